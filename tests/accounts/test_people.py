"""Making people and changing what they may do for an organisation."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from synchromesh.accounts.models import Membership, MembershipRole, Organisation, User
from synchromesh.accounts.operations import people
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.accounts.queries.people import find_person, list_memberships, list_people
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
PASSWORD = "four words and more"


def audit_lines() -> list[tuple[str, str, str]]:
    return [(line.actor, line.action, line.target_uid) for line in AuditEvent.objects.order_by("pk")]


def test_a_new_person_signs_in_with_the_address_in_lower_case_and_leaves_an_audit_line_without_it(staff: User) -> None:
    found = people.create_person(by=staff, email=" New@Example.ORG ", name=" Nora  New ", password=PASSWORD)
    assert (found.email, found.sign_in_name, found.name) == ("new@example.org", "new@example.org", "Nora New")
    assert found.check_password(PASSWORD)
    assert audit_lines() == [(staff.public_id, "create_person", str(found.uid))]
    assert "example" not in str(AuditEvent.objects.values_list("details").get())


def test_a_person_without_a_password_cannot_sign_in_with_an_empty_one() -> None:
    found = people.create_person(by=OPERATOR, email="new@example.org")
    assert not found.has_usable_password()


def test_the_same_address_in_other_letters_is_one_account(staff: User, person: User) -> None:
    with pytest.raises(Conflict) as refused:
        people.create_person(by=staff, email="PERSON@example.org")
    assert refused.value.field == "email"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("email", {"email": "no address"}),
        ("email", {"email": ""}),
        ("password", {"password": "short"}),
        ("password", {"password": "new@example.org"}),
        ("name", {"name": "n" * 121}),
    ],
)
def test_what_cannot_be_accepted_names_its_field(staff: User, field: str, values: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refused:
        people.create_person(by=staff, **({"email": "new@example.org"} | values))
    assert refused.value.field == field
    assert User.objects.count() == 1


def test_only_staff_makes_accounts_for_others_and_only_the_operator_makes_staff(
    staff: User, manager: User, person: User
) -> None:
    for actor in (VISITOR, person, manager):
        with pytest.raises(NotAllowed):
            people.create_person(by=actor, email="new@example.org")
    with pytest.raises(NotAllowed):
        people.create_person(by=staff, email="new@example.org", alliance_staff=True)
    assert people.create_person(by=OPERATOR, email="new@example.org", alliance_staff=True).is_alliance_staff


def test_a_closed_staff_account_may_do_nothing(staff: User) -> None:
    staff.is_active = False
    with pytest.raises(NotAllowed):
        people.create_person(by=staff, email="new@example.org")


def test_staff_adds_a_person_directly_and_a_manager_has_to_invite(
    staff: User, manager: User, person: User, organisation: Organisation
) -> None:
    with pytest.raises(NotAllowed, match="invitation"):
        people.add_membership(by=manager, person=person, organisation=organisation, role="member")
    added = people.add_membership(by=staff, person=person, organisation=organisation, role="editor")
    assert added.role == MembershipRole.EDITOR
    assert audit_lines() == [(staff.public_id, "add_membership", str(organisation.uid))]
    with pytest.raises(Conflict):
        people.add_membership(by=staff, person=person, organisation=organisation, role="member")
    with pytest.raises(InvalidInput):
        people.add_membership(by=staff, person=manager, organisation=organisation, role="owner")


def test_a_manager_changes_a_role_and_an_editor_does_not(
    manager: User, editor: User, member: User, organisation: Organisation
) -> None:
    for actor in (VISITOR, member, editor):
        with pytest.raises(NotAllowed):
            people.change_role(by=actor, person=member, organisation=organisation, role="manager")
    people.change_role(by=manager, person=member, organisation=organisation, role="editor")
    assert Membership.objects.get(person=member).role == "editor"
    details = AuditEvent.objects.get().details
    assert (details["before"], details["after"], details["person"]) == ("member", "editor", member.public_id)


def test_the_same_role_again_changes_nothing_and_leaves_no_audit_line(
    manager: User, member: User, organisation: Organisation
) -> None:
    people.change_role(by=manager, person=member, organisation=organisation, role="member")
    assert audit_lines() == []


def test_the_last_manager_stays_until_there_is_another_or_staff_decides(
    manager: User, member: User, staff: User, organisation: Organisation
) -> None:
    with pytest.raises(Conflict, match="last manager"):
        people.change_role(by=manager, person=manager, organisation=organisation, role="member")
    with pytest.raises(Conflict, match="last manager"):
        people.remove_membership(by=manager, person=manager, organisation=organisation)
    people.change_role(by=manager, person=member, organisation=organisation, role="manager")
    people.remove_membership(by=manager, person=manager, organisation=organisation)
    people.remove_membership(by=staff, person=member, organisation=organisation)
    assert not Membership.objects.exists()


def test_a_person_leaves_an_organisation_alone_and_nobody_else_is_taken_out_by_a_member(
    member: User, editor: User, organisation: Organisation
) -> None:
    with pytest.raises(NotAllowed):
        people.remove_membership(by=editor, person=member, organisation=organisation)
    people.remove_membership(by=member, person=member, organisation=organisation)
    assert not Membership.objects.filter(person=member).exists()
    with pytest.raises(NotFound):
        people.remove_membership(by=member, person=member, organisation=organisation)


def test_a_manager_of_one_organisation_is_nobody_in_another(manager: User, member: User) -> None:
    other = Organisation.objects.create(slug="south-works", name="South Works")
    Membership.objects.create(person=member, organisation=other)
    with pytest.raises(NotAllowed):
        people.remove_membership(by=manager, person=member, organisation=other)


def test_a_person_is_found_by_address_or_sign_in_name_in_any_letters(person: User) -> None:
    named = User.objects.create_user(sign_in_name="maple-0001")
    assert find_person(" Person@Example.org ") == person
    assert find_person("Maple-0001") == named
    assert find_person("nobody@example.org") is None


def test_managers_and_staff_see_the_people_of_an_organisation_and_others_only_themselves(
    manager: User, editor: User, member: User, staff: User, person: User, organisation: Organisation
) -> None:
    everybody = {manager, editor, member}
    for viewer in (manager, staff, OPERATOR):
        assert {found.person for found in list_people(organisation, visible_to=viewer)} == everybody
    assert [found.person for found in list_people(organisation, visible_to=member)] == [member]
    assert list_people(organisation, visible_to=person) == []
    assert list_people(organisation, visible_to=VISITOR) == []


def test_the_people_of_an_organisation_come_in_two_queries_however_many_there_are(
    manager: User,
    editor: User,
    member: User,
    organisation: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(2):  # the viewer's role, and the people
        assert [str(found.person) for found in list_people(organisation, visible_to=manager)]


def test_all_organisations_of_a_person_are_shown_to_the_person_alone(manager: User, member: User, staff: User) -> None:
    assert [found.organisation.slug for found in list_memberships(member, visible_to=member)] == ["north-works"]
    assert list_memberships(member, visible_to=manager) == []
    assert list_memberships(member, visible_to=staff) == []
