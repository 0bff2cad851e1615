"""The directory of members, and what waits for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.community.member_records import a_member, a_member_person, an_application

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.community.models import JoinRequest, MailDomain
from synchromesh.community.queries.members import (
    MemberFilter,
    find_join_state,
    get_application,
    get_join_request,
    get_mail_domain,
    get_member,
    list_due_renewals,
    list_join_requests,
    list_mail_domains,
    list_member_countries,
    list_member_regions,
    list_members,
    list_organisations_to_apply_for,
    list_own_applications,
    list_waiting_applications,
    list_waiting_domains,
)
from synchromesh.engine.errors import NotAllowed, NotFound
from synchromesh.places.models import Country, Region

pytestmark = pytest.mark.django_db


def _names(**wanted: str) -> list[str]:
    return [profile.organisation.name for profile in list_members(MemberFilter(**wanted))]


def test_only_members_of_today_are_listed_by_name() -> None:
    today = timezone.localdate()
    a_member("Zinc")
    a_member("Amber", joined_on=None)
    a_member("Gone", ended_on=today)
    a_member("Coming", joined_on=today + timedelta(days=1))
    assert _names() == ["Amber", "Zinc"]


def test_the_directory_is_narrowed_by_name_country_region_and_area() -> None:
    malta = Country.objects.create(code="MT", names={"en": "Malta"})
    region = Region.objects.create(code="MT001", level=3, name="Malta", country=malta)
    found = a_member("Island Seats", value_chain_area="suppliers")
    Organisation.objects.filter(pk=found.organisation.pk).update(country=malta, region=region)
    a_member("Mainland Seats")
    for wanted in ({"words": "island"}, {"country": "MT"}, {"region": "MT0"}, {"area": "suppliers"}):
        assert _names(**wanted) == ["Island Seats"]
    assert _names(words="seats") == ["Island Seats", "Mainland Seats"]
    assert (list_member_countries(), list_member_regions()) == ([malta], [region])


def test_an_organisation_that_was_never_a_member_has_no_page(organisation: Organisation) -> None:
    with pytest.raises(NotFound):
        get_member(organisation.slug)


def test_applications_are_for_staff_and_ones_own(person: User, manager: User, staff: User) -> None:
    made = an_application(person)
    assert list_waiting_applications(visible_to=staff) == [made]
    assert list_own_applications(person) == [made]
    assert list_own_applications(manager) == []
    for reader in (person, manager):
        with pytest.raises(NotAllowed):
            list_waiting_applications(visible_to=reader)
        with pytest.raises(NotAllowed):
            get_application(made.uid, visible_to=reader)


def test_one_applies_for_what_one_manages_and_what_is_no_member(manager: User, organisation: Organisation) -> None:
    member = a_member()
    Membership.objects.create(person=manager, organisation=member.organisation, role="manager")
    other = Organisation.objects.create(slug="other", name="Other")
    Membership.objects.create(person=manager, organisation=other, role="editor")
    assert list_organisations_to_apply_for(manager) == [organisation]


def test_domains_and_wishes_to_join_are_for_managers_of_the_member(person: User, staff: User) -> None:
    profile = a_member()
    manager, editor = a_member_person(profile, role="manager"), a_member_person(profile, role="editor")
    domain = MailDomain.objects.create(profile=profile, domain="works.example", named_by="x")
    asked = JoinRequest.objects.create(person=person, organisation=profile.organisation)
    for reader in (manager, staff):
        assert list_mail_domains(profile, visible_to=reader) == [domain]
        assert get_join_request(asked.uid, profile, visible_to=reader) == asked
    for reader in (person, editor, a_member_person(role="manager")):
        assert list_mail_domains(profile, visible_to=reader) == []
        assert list_join_requests(profile, visible_to=reader) == []
        with pytest.raises(NotFound):
            get_mail_domain(domain.uid, visible_to=reader)
        with pytest.raises(NotFound):
            get_join_request(asked.uid, profile, visible_to=reader)
    assert list_waiting_domains(visible_to=staff) == [domain]
    with pytest.raises(NotAllowed):
        list_waiting_domains(visible_to=manager)
    assert (find_join_state(person, profile.organisation), find_join_state(manager, profile.organisation)) == (
        "open",
        "in",
    )


def test_renewals_that_are_due_are_for_staff(staff: User, person: User) -> None:
    today = timezone.localdate()
    due = a_member(renewal_due_on=today + timedelta(days=10))
    a_member(renewal_due_on=today + timedelta(days=100))
    a_member(renewal_due_on=today - timedelta(days=10), ended_on=today)
    assert list_due_renewals(visible_to=staff, until=today + timedelta(days=60)) == [due]
    with pytest.raises(NotAllowed):
        list_due_renewals(visible_to=person, until=today)
