"""What a member says of itself, and how long it stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.community.member_records import a_member, a_member_person

from synchromesh.accounts.models import OrganisationKindOf, User
from synchromesh.community.models import MemberProfile
from synchromesh.community.operations.members import (
    MemberDetails,
    change_member_profile,
    end_member,
    publish_statutes,
    renew_member,
)
from synchromesh.community.permissions import is_member
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db


def _details(**changes: Any) -> MemberDetails:
    said: dict[str, Any] = {
        "language": "de",
        "about": "Wir bauen Sitze.",
        "value_chain_area": "suppliers",
        "contact_name": "Zoë Müller",
        "contact_email": "zoe@example.org",
        "contact_phone": "",
    }
    return MemberDetails(**said | changes)


def test_managers_write_in_one_language_and_the_others_stay() -> None:
    profile = a_member(about={"en": "We make seats."})
    changed = change_member_profile(by=a_member_person(profile, role="manager"), profile=profile, details=_details())
    assert changed.about == {"de": "Wir bauen Sitze.", "en": "We make seats."}
    emptied = change_member_profile(
        by=a_member_person(profile, role="manager"), profile=changed, details=_details(about=" ")
    )
    assert emptied.about == {"en": "We make seats."}
    assert emptied.edited_at is not None


@pytest.mark.parametrize("role", ["member", "editor"])
def test_nobody_but_managers_changes_it(role: str) -> None:
    profile = a_member()
    with pytest.raises(NotAllowed):
        change_member_profile(by=a_member_person(profile, role=role), profile=profile, details=_details())
    with pytest.raises(NotAllowed):
        renew_member(by=a_member_person(profile, role=role), profile=profile)


def test_renewing_goes_on_from_the_end_of_the_running_year_and_no_further_than_two() -> None:
    due = timezone.localdate() + timedelta(days=30)
    profile = a_member(renewal_due_on=due)
    manager = a_member_person(profile, role="manager")
    made = renew_member(by=manager, profile=profile)
    assert made.until_on.year == due.year + 1
    profile.refresh_from_db()
    assert profile.renewal_due_on == made.until_on
    with pytest.raises(Conflict):
        renew_member(by=manager, profile=profile)


def test_a_late_renewal_counts_from_today(staff: User) -> None:
    profile = a_member(renewal_due_on=date(2020, 1, 1))
    made = renew_member(by=staff, profile=profile)
    assert made.until_on > timezone.localdate() + timedelta(days=360)


def test_renewing_asks_for_the_newest_statutes(staff: User) -> None:
    profile = a_member()
    publish_statutes(by=staff, version="2026", url="https://example.org/statutes")
    with pytest.raises(InvalidInput):
        renew_member(by=staff, profile=profile)
    renew_member(by=staff, profile=profile, accepts="2026")
    assert MemberProfile.objects.get().statutes_version == "2026"


def test_who_ends_is_no_member_from_that_day(staff: User) -> None:
    profile = a_member()
    person = a_member_person(profile, role="manager")
    OrganisationKindOf.objects.create(organisation=profile.organisation, kind="member")
    end_member(by=staff, profile=profile, ended_on=timezone.localdate() + timedelta(days=1))
    assert is_member(person)
    end_member(by=staff, profile=profile, ended_on=timezone.localdate())
    assert not is_member(person)
    assert not OrganisationKindOf.objects.exists()
    with pytest.raises(Conflict):
        renew_member(by=person, profile=profile)


def test_only_staff_end_memberships_and_publish_statutes() -> None:
    profile = a_member()
    manager = a_member_person(profile, role="manager")
    with pytest.raises(NotAllowed):
        end_member(by=manager, profile=profile, ended_on=timezone.localdate())
    with pytest.raises(NotAllowed):
        publish_statutes(by=manager, version="2026", url="https://example.org")


def test_a_membership_does_not_end_before_it_begins(staff: User) -> None:
    with pytest.raises(InvalidInput):
        end_member(by=staff, profile=a_member(joined_on=date(2024, 1, 1)), ended_on=date(2023, 1, 1))


def test_two_statutes_of_one_version_there_are_not(staff: User) -> None:
    publish_statutes(by=staff, version="2026", url="https://example.org")
    with pytest.raises(Conflict):
        publish_statutes(by=staff, version="2026", url="https://example.org/other")
    with pytest.raises(InvalidInput):
        publish_statutes(by=staff, version="2027", url="example.org")


def test_a_closed_account_is_no_member() -> None:
    person = a_member_person()
    assert is_member(person)
    person.is_active = False
    assert not is_member(person)
