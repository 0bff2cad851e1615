"""A trust list goes into the registry by preview, commit and undo."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import KnownIssuer, KnownIssuerIdentifier
from synchromesh.credentials.operations.issuers import enter_known_issuer
from synchromesh.credentials.operations.registry_import import TrustListImporter
from synchromesh.credentials.queries.issuers import find_standing
from synchromesh.engine.errors import InvalidInput, NotAllowed
from synchromesh.plumbing import imports
from synchromesh.plumbing.import_plans import ImportPlan
from synchromesh.plumbing.models import ImportBatch

pytestmark = pytest.mark.django_db
HEAD = "name,identifiers,known_since,known_until,accredited_by,country\n"
TWO = (
    HEAD
    + "Institute A,did:web:a.example; https://a.example/issuer,2025-01-01,,Agency,CZ\n"
    + f"Institute B,{'AB' * 32},2025-02-01,2027-02-01,,DE\n"
)


def preview(text: str, *, source: str = "alliance list", complete: bool = True) -> tuple[ImportBatch, ImportPlan]:
    return imports.preview(
        TrustListImporter(),
        by=OPERATOR,
        file=BytesIO(text.encode()),
        name="list.csv",
        source=source,
        options={"complete": complete},
    )


def load(text: str, **more: object) -> ImportBatch:
    batch, _ = preview(text, **more)  # type: ignore[arg-type]
    return imports.commit(TrustListImporter(), by=OPERATOR, batch=batch)


def test_a_preview_writes_nothing_and_a_commit_makes_issuers_known() -> None:
    batch, plan = preview(TWO)
    assert (plan.counts["new"], plan.counts["error"]) == (2, 0)
    assert KnownIssuer.objects.count() == 0
    imports.commit(TrustListImporter(), by=OPERATOR, batch=batch)
    standing = find_standing(["did:web:a.example"], on=date(2026, 1, 1))
    assert standing is not None
    assert (standing.name, standing.accredited_by, standing.known_since) == (
        "Institute A",
        "Agency",
        date(2025, 1, 1),
    )
    assert find_standing([f"sha256:{'ab' * 32}"], on=date(2026, 1, 1)) is not None


def test_loading_the_same_list_again_changes_nothing() -> None:
    load(TWO)
    _, plan = preview(TWO)
    assert (plan.counts["new"], plan.counts["changed"], plan.counts["same"]) == (0, 0, 2)
    assert not plan.changes_something


def test_a_new_list_changes_identifiers_and_ends_who_is_not_named_any_more() -> None:
    load(TWO)
    changed = HEAD + "Institute A,did:web:a.example; did:web:new.example,2025-01-01,,Agency,CZ\n"
    _, plan = preview(changed)
    assert (plan.counts["changed"], plan.counts["missing"]) == (1, 1)
    batch = load(changed)
    values = set(KnownIssuerIdentifier.objects.values_list("value", flat=True))
    assert values == {"did:web:a.example", "did:web:new.example", f"sha256:{'ab' * 32}"}
    assert KnownIssuer.objects.get(name="Institute B").known_until == timezone.localdate()
    imports.undo(TrustListImporter(), by=OPERATOR, batch=batch)
    assert KnownIssuer.objects.get(name="Institute B").known_until == date(2027, 2, 1)
    assert find_standing(["https://a.example/issuer"], on=date(2026, 1, 1)) is not None


def test_undoing_the_first_load_leaves_the_registry_empty() -> None:
    imports.undo(TrustListImporter(), by=OPERATOR, batch=load(TWO))
    assert (KnownIssuer.objects.count(), KnownIssuerIdentifier.objects.count()) == (0, 0)


def test_a_part_of_a_list_ends_nobody() -> None:
    load(TWO)
    load(TWO.rpartition("Institute B")[0], complete=False)
    assert KnownIssuer.objects.get(name="Institute B").known_until == date(2027, 2, 1)


def test_an_issuer_of_another_source_stays_as_it_is() -> None:
    enter_known_issuer(
        by=OPERATOR, name="Own entry", identifiers=["did:web:a.example"], known_since=date(2024, 1, 1), source="staff"
    )
    _, plan = preview(TWO)
    assert (plan.counts["new"], plan.counts["error"]) == (1, 1)
    assert "from the source 'staff'" in plan.problems[0].message
    load(TWO)
    assert KnownIssuer.objects.get(source="staff").name == "Own entry"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,did:web:a.example,,,,", "needed"),
        ("A,did:web:a.example,soon,,,", "is not a date"),
        ("A,nobody,2025-01-01,,,", "is no identifier of an issuer"),
        ("A,,2025-01-01,,,", "needed"),
        (",did:web:a.example,2025-01-01,,,", "needed"),
        ("A,did:web:a.example,2025-01-01,2024-01-01,,", "before the first"),
        ("A,did:web:a.example,2025-01-01,,,Germany", "country code"),
    ],
)
def test_a_bad_row_stays_out_and_says_why(row: str, said: str) -> None:
    _, plan = preview(f"{HEAD}{row}\nGood,did:web:good.example,2025-01-01,,,\n")
    assert (plan.counts["new"], plan.counts["error"]) == (1, 1)
    assert said in plan.problems[0].message


def test_two_rows_with_one_identifier_are_not_both_loaded() -> None:
    _, plan = preview(HEAD + "A,did:web:a.example,2025-01-01,,,\nB,did:web:a.example,2025-01-01,,,\n")
    assert (plan.counts["new"], plan.counts["error"]) == (1, 1)


def test_a_table_of_something_else_is_refused_whole() -> None:
    with pytest.raises(InvalidInput, match="no column 'identifiers'"):
        preview("name,known_since\nA,2025-01-01\n")


def test_only_alliance_staff_load_a_list(person: User) -> None:
    with pytest.raises(NotAllowed):
        imports.preview(TrustListImporter(), by=person, file=BytesIO(TWO.encode()), name="x.csv", source="x")
