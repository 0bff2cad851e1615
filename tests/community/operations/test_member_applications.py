"""Becoming a member: who may ask, what is checked, who decides, and what follows."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail as outbox
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.community.member_records import a_member, an_applicant, an_application

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.community.models import MemberApplication, MemberProfile
from synchromesh.community.operations.member_applications import (
    accept_member_application,
    refuse_member_application,
    request_member_entry,
)
from synchromesh.community.operations.members import publish_statutes
from synchromesh.community.permissions import is_member
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db


def test_an_approved_application_makes_the_organisation_a_member_and_its_asker_a_manager(
    person: User, staff: User
) -> None:
    assert not is_member(person)
    profile = accept_member_application(by=staff, application=an_application(person))
    assert profile.organisation.name == "South Works"
    assert Membership.objects.get(person=person).role == "manager"
    assert [one.kind for one in profile.organisation.kinds.all()] == ["member"]
    assert profile.contact_email == "zoe@south-works.example"
    assert profile.renewal_due_on is not None
    assert is_member(person)


def test_the_asker_gets_a_mail_either_way_in_their_language(
    person: User, staff: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        accept_member_application(by=staff, application=an_application(person))
        refused = an_application(person, name="North Seats")
        refuse_member_application(by=staff, application=refused, answer="Too small")
    assert [message.to for message in outbox.outbox] == [["person@example.org"]] * 2
    assert "/members/south-works/" in str(outbox.outbox[0].body)
    assert "Too small" in str(outbox.outbox[1].body)


def test_who_accepts_other_statutes_than_the_newest_is_refused(person: User, staff: User) -> None:
    publish_statutes(by=staff, version="2025", url="https://example.org/old")
    publish_statutes(by=staff, version="2026", url="https://example.org/statutes")
    for accepted in ("", "2025"):
        with pytest.raises(InvalidInput):
            request_member_entry(by=person, applicant=an_applicant(), accepts=accepted)
    made = request_member_entry(by=person, applicant=an_applicant(), accepts="2026")
    assert (made.statutes_version, made.statutes_accepted_at is not None) == ("2026", True)
    assert accept_member_application(by=staff, application=made).statutes_version == "2026"


def test_only_a_manager_asks_for_an_organisation_that_is_here(
    person: User, manager: User, organisation: Organisation
) -> None:
    applicant = an_applicant(name=organisation.name)
    with pytest.raises(NotAllowed):
        request_member_entry(by=person, applicant=applicant, organisation=organisation)
    made = request_member_entry(by=manager, applicant=applicant, organisation=organisation)
    with pytest.raises(Conflict):
        request_member_entry(by=manager, applicant=applicant, organisation=organisation)
    assert made.organisation == organisation


def test_a_known_name_cannot_be_taken_by_an_application(person: User, organisation: Organisation) -> None:
    with pytest.raises(Conflict):
        an_application(person, name=organisation.name.upper())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"value_chain_area": "toys"}, "value_chain_area"),
        ({"contact_name": ""}, "contact_name"),
        ({"contact_email": "nobody"}, "contact_name"),
    ],
)
def test_what_is_missing_is_named(person: User, changes: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        an_application(person, **changes)
    assert refused.value.field == field


def test_three_applications_of_one_person_wait_and_no_more(person: User) -> None:
    for number in range(3):
        an_application(person, name=f"Works {number}")
    with pytest.raises(Conflict):
        an_application(person, name="Works 4")


def test_only_alliance_staff_decide_and_only_once(person: User, manager: User, staff: User) -> None:
    application = an_application(person)
    with pytest.raises(NotAllowed):
        accept_member_application(by=manager, application=application)
    with pytest.raises(NotAllowed):
        refuse_member_application(by=manager, application=application, answer="No")
    with pytest.raises(InvalidInput):
        refuse_member_application(by=staff, application=application, answer=" ")
    accept_member_application(by=staff, application=application)
    with pytest.raises(Conflict):
        refuse_member_application(by=staff, application=application, answer="No")
    assert MemberApplication.objects.get().decided_by == staff.public_id


def test_a_former_member_that_applies_again_gets_its_profile_back(
    manager: User, organisation: Organisation, staff: User
) -> None:
    former = MemberProfile.objects.create(
        organisation=organisation, joined_on=date(2020, 1, 1), ended_on=date(2022, 1, 1), about={"en": "Seats"}
    )
    assert not is_member(manager)
    made = request_member_entry(by=manager, applicant=an_applicant(name=organisation.name), organisation=organisation)
    again = accept_member_application(by=staff, application=made)
    assert (again.pk, again.ended_on, again.about) == (former.pk, None, {"en": "Seats"})
    assert is_member(manager)


def test_a_member_does_not_apply_again(staff: User) -> None:
    profile = a_member()
    with pytest.raises(Conflict):
        request_member_entry(
            by=staff, applicant=an_applicant(name=profile.organisation.name), organisation=profile.organisation
        )


def test_a_name_stands_on_one_line(person: User) -> None:
    assert an_application(person, name=" South\n Works ").name == "South Works"
