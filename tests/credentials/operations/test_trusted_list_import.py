"""A trusted list in XML goes into the registry by preview, commit and undo, and then speaks in checks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from tests.engine.credential_formats.badge_samples import BADGE, KEY
from tests.engine.credential_formats.trusted_list_samples import (
    KEEPER,
    PROVIDER,
    TIME_STAMPS,
    Entry,
    authority,
    seal_of,
    written_list,
)

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import KnownIssuer, KnownIssuerIdentifier, TrustedList
from synchromesh.credentials.operations.checking import OnlineSurroundings
from synchromesh.credentials.operations.registry_import import TrustListImporter
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.envelopes import european_learning_model
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.verdicts import Verdict
from synchromesh.engine.errors import InvalidInput, NotAllowed
from synchromesh.plumbing import imports
from synchromesh.plumbing.import_plans import ImportPlan
from synchromesh.plumbing.models import ImportBatch

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OURS = authority()
SERVICE = Entry(certificates=[OURS.text])
OTHER = Entry(certificates=[authority("Another").text], provider="Another provider")


def preview(
    *entries: Entry, by: Any = OPERATOR, source: str = "list of XX", **more: Any
) -> tuple[ImportBatch, ImportPlan]:
    file = BytesIO(written_list(entries, **more))
    return imports.preview(TrustListImporter(), by=by, file=file, name="list.xml", source=source, options={})


def load(*entries: Entry, **more: Any) -> ImportBatch:
    return imports.commit(TrustListImporter(), by=OPERATOR, batch=preview(*entries, **more)[0])


def issuer_line(*, now: datetime = NOW) -> Verdict:
    """What a check says of who sealed a credential, by a seal of our authority."""
    sealed = european_learning_model.seal(BADGE, signer=KEY, seal_key=seal_of(OURS))
    around = OnlineSurroundings(now=now, fetch_address=lambda url: b"{}")
    return check_credential(sealed, around=around).issuer


def test_a_list_is_previewed_committed_and_then_vouches_for_a_seal() -> None:
    assert issuer_line().reason == Reason.ISSUER_UNKNOWN
    batch, plan = preview(SERVICE, Entry(type=TIME_STAMPS))
    assert (plan.format, plan.counts["new"], plan.counts["error"]) == ("ts119612", 2, 0)
    assert [row.label for row in plan.rows] == [f"{KEEPER}, 12", PROVIDER]
    assert not KnownIssuer.objects.exists()
    imports.commit(TrustListImporter(), by=OPERATOR, batch=batch)
    known = KnownIssuer.objects.get()
    assert (known.name, known.accredited_by, known.country) == (PROVIDER, KEEPER, "GR")
    assert (known.known_since, known.known_until) == (date(2020, 5, 5), None)
    assert known.service_status.endswith("/granted")
    line = issuer_line()
    assert (line.word, line.reason) == ("known", Reason.ISSUER_VOUCHED_FOR)
    assert (line.details["name"], line.details["operator"]) == (PROVIDER, KEEPER)


def test_the_preview_says_that_the_lists_own_signature_was_not_checked_and_what_stays_out() -> None:
    _, plan = preview(SERVICE, Entry(type=TIME_STAMPS), Entry(certificates=[OURS.text]), Entry())
    said = {(problem.position, problem.field) for problem in plan.problems}
    assert {("list", "Signature"), ("list", "ServiceTypeIdentifier"), ("entry 3", "X509Certificate")} <= said
    assert plan.counts["error"] == 2
    assert "bears no signature" in plan.problems[0].message
    signed = preview(SERVICE, signature='<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>')[1]
    assert "bears a signature, which was not checked" in signed.problems[0].message


def test_an_undo_takes_the_whole_list_back() -> None:
    batch = load(SERVICE)
    imports.undo(TrustListImporter(), by=OPERATOR, batch=batch)
    assert not KnownIssuer.objects.exists()
    assert not KnownIssuerIdentifier.objects.exists()
    assert not TrustedList.objects.exists()


def test_the_next_number_changes_what_changed_and_an_undo_brings_the_former_back() -> None:
    load(SERVICE, OTHER)
    lost = Entry(
        certificates=[OURS.text],
        status="withdrawn",
        since="2026-06-01T00:00:00Z",
        before=[("granted", "2020-05-05T00:00:00Z")],
    )
    _, plan = preview(lost, number=13)
    assert (plan.counts["changed"], plan.counts["missing"]) == (2, 1)
    batch = load(lost, number=13)
    assert TrustedList.objects.get().sequence_number == 13
    assert KnownIssuer.objects.get(name=PROVIDER).known_until == date(2026, 5, 31)
    line = issuer_line()
    assert (line.word, line.reason) == ("unknown", Reason.ISSUER_NO_LONGER_VOUCHED_FOR)
    imports.undo(TrustListImporter(), by=OPERATOR, batch=batch)
    assert TrustedList.objects.get().sequence_number == 12
    assert issuer_line().reason == Reason.ISSUER_VOUCHED_FOR


def test_loading_the_same_number_again_changes_nothing() -> None:
    load(SERVICE)
    _, plan = preview(SERVICE)
    assert not plan.changes_something


def test_an_older_number_and_a_list_of_somebody_else_are_refused() -> None:
    load(SERVICE)
    with pytest.raises(InvalidInput, match="number 12 of this list already, and this is number 11"):
        preview(SERVICE, number=11)
    with pytest.raises(InvalidInput, match="another source"):
        preview(SERVICE, operator="Somebody else", number=13)


@pytest.mark.parametrize(
    ("renewed_by", "word", "reason"),
    [
        ("2026-11-22T00:00:00Z", "known", Reason.ISSUER_VOUCHED_FOR_BY_OLD_LIST),
        ("2026-11-01T00:00:00Z", "could_not_check", Reason.TRUSTED_LIST_TOO_OLD),
        ("2026-12-01T00:00:00Z", "known", Reason.ISSUER_VOUCHED_FOR),
        ("", "known", Reason.ISSUER_VOUCHED_FOR),
    ],
)
def test_a_check_says_when_the_list_should_have_been_renewed(renewed_by: str, word: str, reason: Reason) -> None:
    load(SERVICE, renewed_by=renewed_by)
    line = issuer_line()
    assert (line.word, line.reason) == (word, reason)
    assert line.details.get("on", "") == ("" if reason == Reason.ISSUER_VOUCHED_FOR else renewed_by[:10])


def test_only_alliance_staff_load_one(person: User) -> None:
    with pytest.raises(NotAllowed):
        preview(SERVICE, by=person)
