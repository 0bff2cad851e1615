"""Groups: who opens, asks, lets in, leads and leaves."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail as outbox
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.community.member_records import (
    a_group,
    a_leader,
    a_member,
    a_member_person,
    group_details,
    in_group,
)

from synchromesh.accounts.models import User
from synchromesh.community.models import GroupMember
from synchromesh.community.operations.groups import (
    accept_group_member,
    add_group_member,
    ask_to_join,
    change_group,
    create_group,
    leave_group,
    refuse_group_member,
    set_leader,
)
from synchromesh.community.queries.alliance_documents import list_group_documents
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def _place(person: User) -> GroupMember:
    return GroupMember.objects.get(person=person)


def test_staff_open_a_group_and_put_its_leader_in(staff: User, person: User) -> None:
    made = create_group(by=staff, details=group_details())
    add_group_member(by=staff, group=made, person=person, is_leader=True)
    assert (made.slug, made.names, _place(person).is_leader) == ("batteries", {"en": "Batteries"}, True)
    with pytest.raises(NotAllowed):
        create_group(by=person, details=group_details())
    with pytest.raises(NotAllowed):
        add_group_member(by=person, group=made, person=staff)


def test_a_leader_writes_the_mandate_but_does_not_open_the_group_to_others() -> None:
    group = a_group(visibility="members")
    changed = change_group(
        by=a_leader(group), group=group, details=group_details(mandate="New words", visibility="public", kind="forum")
    )
    assert changed.mandates == {"en": "New words"}
    assert (changed.visibility, changed.kind) == ("members", "working-group")
    with pytest.raises(NotAllowed):
        change_group(by=in_group(a_member_person(), group), group=group, details=group_details())


def test_a_group_is_never_below_itself(staff: User) -> None:
    above = a_group()
    below = a_group(parent=above)
    with pytest.raises(InvalidInput):
        change_group(by=staff, group=above, details=group_details(parent=below))
    with pytest.raises(InvalidInput):
        change_group(by=staff, group=above, details=group_details(starts_on=date(2025, 1, 1), ends_on=date(2024, 1, 1)))


def test_somebody_of_a_member_asks_and_a_leader_lets_in(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    group, profile = a_group(), a_member()
    asker, leader = a_member_person(profile), a_leader(group)
    asked = ask_to_join(by=asker, group=group, organisation=profile.organisation)
    with pytest.raises(Conflict):
        ask_to_join(by=asker, group=group)
    with pytest.raises(NotAllowed):
        accept_group_member(by=asker, member=asked)
    with django_capture_on_commit_callbacks(execute=True):
        accept_group_member(by=leader, member=asked)
    assert (_place(asker).state, _place(asker).organisation) == ("approved", profile.organisation)
    assert [message.to for message in outbox.outbox] == [[asker.email]]


def test_nobody_asks_for_an_organisation_of_others_nor_without_a_member(person: User) -> None:
    group = a_group()
    with pytest.raises(NotAllowed):
        ask_to_join(by=person, group=group)
    with pytest.raises(NotAllowed):
        ask_to_join(by=a_member_person(), group=group, organisation=a_member().organisation)


def test_a_group_that_one_may_not_know_of_is_not_found(person: User) -> None:
    with pytest.raises(NotFound):
        ask_to_join(by=person, group=a_group(visibility="members"))
    with pytest.raises(NotFound):
        ask_to_join(by=a_member_person(), group=a_group(visibility="group"))


def test_an_ended_group_takes_nobody_in() -> None:
    with pytest.raises(Conflict):
        ask_to_join(by=a_member_person(), group=a_group(ends_on=date(2020, 1, 1)))


def test_who_was_refused_or_has_left_may_ask_again() -> None:
    group = a_group()
    asker, leader = a_member_person(), a_leader(group)
    refuse_group_member(by=leader, member=ask_to_join(by=asker, group=group))
    accept_group_member(by=leader, member=ask_to_join(by=asker, group=group))
    leave_group(by=asker, member=_place(asker))
    assert ask_to_join(by=asker, group=group).state == "asked"


def test_the_last_leader_stays_until_there_is_another(staff: User) -> None:
    group = a_group()
    leader, other = a_leader(group), in_group(a_member_person(), group)
    with pytest.raises(Conflict):
        leave_group(by=leader, member=_place(leader))
    with pytest.raises(Conflict):
        set_leader(by=leader, member=_place(leader), is_leader=False)
    set_leader(by=leader, member=_place(other), is_leader=True)
    leave_group(by=leader, member=_place(leader))
    assert (_place(leader).state, _place(leader).is_leader) == ("left", False)
    set_leader(by=staff, member=_place(other), is_leader=False)


def test_a_leader_takes_people_out_and_people_do_not_take_each_other_out() -> None:
    group = a_group()
    leader, one, other = a_leader(group), in_group(a_member_person(), group), in_group(a_member_person(), group)
    with pytest.raises(NotAllowed):
        leave_group(by=one, member=_place(other))
    leave_group(by=leader, member=_place(other))
    with pytest.raises(Conflict):
        leave_group(by=leader, member=_place(other))


def test_a_group_that_is_closed_is_taken_out_of_the_search(staff: User, asked_jobs: list[str]) -> None:
    group = a_group()
    change_group(by=staff, group=group, details=group_details(visibility="group"))
    assert asked_jobs == ["search.tasks.update_index"]
    assert list(list_group_documents([str(group.uid)])) == []
