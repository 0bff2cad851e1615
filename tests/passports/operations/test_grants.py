"""Sharing: with whom, as whom, until when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.passports.records import a_passport, on_the_market

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.engine.errors import InvalidInput, NotAllowed, NotFound
from synchromesh.engine.passport_models.model import BatteryKind, Tier
from synchromesh.passports.models import ChainRole, Passport, PassportGrant
from synchromesh.passports.operations.grants import grant_access, withdraw_access
from synchromesh.passports.operations.starting import start_passport
from synchromesh.passports.queries.grants import list_grants
from synchromesh.passports.queries.lists import list_own, list_shared, shared_row_of
from synchromesh.passports.queries.views import get_passport
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=10)


@pytest.fixture
def passport(person: User) -> Passport:
    """A draft of `person`."""
    return a_passport(person)


def test_a_person_sees_a_draft_that_was_shared_with_them_and_nobody_else_does(
    passport: Passport, person: User, staff: User, manager: User
) -> None:
    grant_access(by=person, uid=passport.uid, tier=Tier.INTEREST, ends_on=SOON, email=" STAFF@example.org ")
    view = get_passport(passport.uid, visible_to=staff)
    assert (view.sight.word, view.rights.may_edit, view.number) == ("interest", False, 0)
    assert list(list_shared(staff)) == [passport]
    assert list(list_shared(manager)) == []
    assert list(list_own(person)) == [passport]
    with pytest.raises(NotFound):
        get_passport(passport.uid, visible_to=manager)


def test_all_members_of_an_organisation_see_what_was_shared_with_it(
    passport: Passport, person: User, member: User, organisation: Organisation
) -> None:
    grant_access(by=person, uid=passport.uid, tier=Tier.AUTHORITY, ends_on=SOON, organisation=organisation)
    assert get_passport(passport.uid, visible_to=member).sight.word == "authority"
    (row,) = list_grants(get_passport(passport.uid, visible_to=person))
    assert (row.how, row.who, row.tier, row.is_live) == ("organisation", "North Works", Tier.AUTHORITY, True)


def test_of_a_link_only_the_hash_is_kept(passport: Passport, person: User) -> None:
    grant, secret = grant_access(by=person, uid=passport.uid, tier=Tier.INTEREST, ends_on=TODAY)
    assert len(secret) > 30
    assert secret not in repr([list(PassportGrant.objects.values()), list(AuditEvent.objects.values())])
    assert get_passport(passport.uid, visible_to=VISITOR, secret=f" {secret} ").sight.word == "interest"
    for wrong in ("", "x", grant.secret_sha256):
        with pytest.raises(NotFound):
            get_passport(passport.uid, visible_to=VISITOR, secret=wrong)


def test_somebody_with_two_grants_sees_what_either_shows(passport: Passport, person: User, staff: User) -> None:
    for tier in (Tier.INTEREST, Tier.AUTHORITY):
        grant_access(by=person, uid=passport.uid, tier=tier, ends_on=SOON, email="staff@example.org")
    sight = get_passport(passport.uid, visible_to=staff).sight
    assert sight.may_see("test_report")
    assert sight.may_see("battery_status")
    assert not sight.sees_all
    (row,) = list_shared(staff)
    assert shared_row_of(row).changed_at is None


def test_a_list_of_shared_passports_tells_no_more_than_the_grant(person: User, staff: User) -> None:
    passport = on_the_market(person)
    Passport.objects.filter(pk=passport.pk).update(state="recycled")
    grant_access(by=person, uid=passport.uid, tier=Tier.AUTHORITY, ends_on=SOON, email="staff@example.org")
    assert [shared_row_of(one).state for one in list_shared(staff)] == ["placed"]
    grant_access(by=person, uid=passport.uid, tier=Tier.INTEREST, ends_on=SOON, email="staff@example.org")
    assert [shared_row_of(one).state for one in list_shared(staff)] == ["recycled"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"tier": Tier.PUBLIC}, "tier"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"ends_on": TODAY + timedelta(days=400)}, "ends_on"),
        ({"role": ChainRole.WORKSHOP}, "role"),
        ({"role": ChainRole.MAKER, "email": "staff@example.org"}, "role"),
        ({"role": ChainRole.WORKSHOP, "email": "staff@example.org", "tier": Tier.AUTHORITY}, "role"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_what_cannot_be_shared_so_is_refused_at_its_field(
    wrong: dict[str, object], field: str, passport: Passport, person: User, staff: User
) -> None:
    given = {"tier": Tier.INTEREST, "ends_on": SOON} | wrong
    with pytest.raises(InvalidInput) as refused:
        grant_access(by=person, uid=passport.uid, **given)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_nobody_has_the_address_and_nobody_else_shares(passport: Passport, person: User, staff: User) -> None:
    with pytest.raises(NotFound) as refused:
        grant_access(by=person, uid=passport.uid, tier=Tier.INTEREST, ends_on=SOON, email="nobody@example.org")
    assert refused.value.field == "email"
    with pytest.raises(NotFound):
        grant_access(by=staff, uid=passport.uid, tier=Tier.INTEREST, ends_on=SOON)
    grant, _ = grant_access(by=person, uid=passport.uid, tier=Tier.INTEREST, ends_on=SOON, email="staff@example.org")
    with pytest.raises(NotAllowed):
        grant_access(by=staff, uid=passport.uid, tier=Tier.AUTHORITY, ends_on=SOON)
    with pytest.raises(NotAllowed):
        withdraw_access(by=staff, uid=passport.uid, grant=grant.uid)
    with pytest.raises(NotFound):
        list_grants(get_passport(passport.uid, visible_to=staff))


def test_a_grant_of_another_passport_is_not_found(passport: Passport, person: User) -> None:
    other = start_passport(by=person, kind=BatteryKind.EV)
    grant, _ = grant_access(by=person, uid=other.uid, tier=Tier.INTEREST, ends_on=SOON)
    with pytest.raises(NotFound):
        withdraw_access(by=person, uid=passport.uid, grant=grant.uid)
    withdraw_access(by=person, uid=other.uid, grant=grant.uid)
    assert [row.is_live for row in list_grants(get_passport(other.uid, visible_to=person))] == [False]
