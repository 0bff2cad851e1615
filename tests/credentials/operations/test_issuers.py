"""Issuers of this site, and the registry of those of the world."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.credentials.records import an_issuer

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Issuer, KnownIssuer
from synchromesh.credentials.operations.issuers import (
    change_issuer,
    end_known_issuer,
    enter_known_issuer,
    register_issuer,
)
from synchromesh.credentials.queries.issuers import find_standing, list_issuers_of
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed
from synchromesh.places.models import Country
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def a_known_issuer(**changes: Any) -> KnownIssuer:
    values: dict[str, Any] = {
        "name": "Technische Prüfstelle",
        "identifiers": ["did:web:elsewhere.example", " https://elsewhere.example "],
        "known_since": date(2020, 1, 1),
        "source": "Letter of the ministry",
    }
    return enter_known_issuer(by=OPERATOR, **(values | changes))


def test_an_organisation_becomes_an_issuer_with_an_identifier_for_ever_and_a_key() -> None:
    issuer = an_issuer()
    assert issuer.did == f"did:web:localhost%3A8000:id:issuer:{issuer.uid}"
    assert (issuer.legal_name, issuer.keys.get().name) == ("Skills Body", "key-1")
    assert AuditEvent.objects.filter(action="register_issuer").count() == 1
    with pytest.raises(Conflict):
        an_issuer(issuer.organisation)


@pytest.mark.parametrize("lacking", ["country", "url"])
def test_an_issuer_must_say_where_it_is_at_home(organisation: Organisation, lacking: str) -> None:
    organisation.country = Country.objects.create(code="CZ", names={"en": "Czechia"})
    organisation.url = "https://body.example/"
    setattr(organisation, lacking, None if lacking == "country" else "")
    with pytest.raises(InvalidInput) as refusal:
        register_issuer(by=OPERATOR, organisation=organisation)
    assert refusal.value.field == lacking
    assert not Issuer.objects.exists()


def test_managers_register_and_change_their_issuer_and_editors_do_not(manager: User, editor: User) -> None:
    organisation = manager.memberships.get().organisation
    organisation.country = Country.objects.create(code="CZ", names={"en": "Czechia"})
    organisation.url = "https://north.example/"
    with pytest.raises(NotAllowed):
        register_issuer(by=editor, organisation=organisation)
    issuer = register_issuer(by=manager, organisation=organisation, legal_name=" North Works a.s. ")
    assert issuer.legal_name == "North Works a.s."
    changed: dict[str, Any] = {"legal_id": "CZ1", "email": "", "is_higher_education": True}
    change_issuer(by=manager, issuer=issuer, legal_name="North", **changed)
    issuer.refresh_from_db()
    assert (issuer.legal_name, issuer.legal_id, issuer.is_higher_education) == ("North", "CZ1", True)
    with pytest.raises(InvalidInput):
        change_issuer(by=manager, issuer=issuer, legal_name=" ", **changed)
    assert list_issuers_of(editor) == [issuer]


def test_an_issuer_is_found_under_any_of_its_identifiers() -> None:
    known = a_known_issuer(accredited_by="The ministry")
    standing = find_standing(["did:web:nobody.example", "https://elsewhere.example"], on=DAY)
    assert standing is not None
    assert (standing.name, standing.accredited_by, standing.known_until) == (known.name, "The ministry", None)
    assert find_standing(["did:web:nobody.example", ""], on=DAY) is None


def test_an_issuer_of_this_site_is_known_without_an_entry() -> None:
    standing = find_standing([an_issuer().did], on=DAY)
    assert standing is not None
    assert standing.name == "Skills Body"


def test_that_an_issuer_is_known_may_end() -> None:
    known = a_known_issuer()
    with pytest.raises(InvalidInput):
        end_known_issuer(by=OPERATOR, known=known, until=date(2019, 12, 31))
    end_known_issuer(by=OPERATOR, known=known, until=date(2026, 1, 1))
    standing = find_standing(["did:web:elsewhere.example"], on=DAY)
    assert standing is not None
    assert standing.known_until == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "identifiers"),
        ({"identifiers": [" "]}, "identifiers"),
        ({"identifiers": ["x" * 501]}, "identifiers"),
        ({"country": "DEU"}, "country"),
        ({"source": "x" * 301}, "source"),
        ({"known_until": date(2019, 1, 1)}, "known_until"),
    ],
)
def test_an_entry_that_cannot_be_kept_is_refused_with_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_known_issuer(**changes)
    assert refusal.value.field == field


def test_one_identifier_belongs_to_one_issuer() -> None:
    a_known_issuer()
    with pytest.raises(Conflict):
        a_known_issuer(name="Another")
    assert KnownIssuer.objects.count() == 1


def test_only_alliance_staff_change_the_registry(manager: User, staff: User) -> None:
    known = a_known_issuer()
    with pytest.raises(NotAllowed):
        end_known_issuer(by=manager, known=known, until=DAY)
    end_known_issuer(by=staff, known=known, until=DAY)
