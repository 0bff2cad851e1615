"""Seats and the waiting list: never more people than seats, and whoever waits moves up by itself."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from tests.assessment.simultaneity import shared_database, together
from tests.community.event_records import (
    NOW,
    a_confirmed_guest,
    a_content,
    a_guest,
    a_registration,
    an_event,
    person_of,
    somebody,
)

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import Event, Registration
from synchromesh.community.operations.event_editing import edit_event
from synchromesh.community.operations.event_guests import confirm_guest
from synchromesh.community.operations.event_registering import (
    refuse_registration,
    register_person,
    withdraw_registration,
)
from synchromesh.community.queries.event_guests import guest_key
from synchromesh.community.queries.event_seats import place_in_queue
from synchromesh.engine.errors import Conflict


def states(event: Event) -> dict[str, int]:
    """How many registrations there are in each state."""
    return dict(Counter(Registration.objects.filter(event=event).values_list("state", flat=True)))


def state_of(registration: Registration) -> str:
    """Where somebody stands now."""
    return Registration.objects.get(pk=registration.pk).state


@pytest.mark.django_db
def test_whoever_comes_when_all_seats_are_taken_waits_in_order() -> None:
    event = an_event(seats=1)
    first, second, third = (a_registration(event, now=NOW + timedelta(minutes=n)) for n in range(3))
    assert (first.state, second.state, third.state) == ("approved", "waiting", "waiting")
    assert [place_in_queue(one) for one in (first, second, third)] == [None, 1, 2]


@pytest.mark.django_db
def test_a_seat_that_is_given_back_goes_to_whoever_waits_longest() -> None:
    event = an_event(seats=1)
    first, second, third = (a_registration(event, now=NOW + timedelta(minutes=n)) for n in range(3))
    withdraw_registration(by=person_of(first), registration=first, now=NOW)
    assert [state_of(one) for one in (first, second, third)] == ["withdrawn", "approved", "waiting"]


@pytest.mark.django_db
def test_a_seat_of_somebody_who_is_declined_goes_on_too() -> None:
    event = an_event(seats=1)
    first, second = a_registration(event), a_registration(event, now=NOW + timedelta(minutes=1))
    refuse_registration(by=OPERATOR, registration=first, now=NOW)
    assert [state_of(one) for one in (first, second)] == ["declined", "approved"]


@pytest.mark.django_db
def test_more_seats_move_as_many_up_and_fewer_take_none_away() -> None:
    event = an_event(seats=1)
    for minute in range(4):
        a_registration(event, now=NOW + timedelta(minutes=minute))
    edit_event(by=OPERATOR, event=event, content=a_content(seats=3), now=NOW)
    assert states(event) == {"approved": 3, "waiting": 1}
    edit_event(by=OPERATOR, event=event, content=a_content(seats=1), now=NOW)
    assert states(event) == {"approved": 3, "waiting": 1}
    edit_event(by=OPERATOR, event=event, content=a_content(seats=None), now=NOW)
    assert states(event) == {"approved": 4}


@pytest.mark.django_db
def test_one_organisation_takes_no_more_than_its_seats_and_others_pass_by(organisation: Organisation) -> None:
    event = an_event(seats=3, seats_per_organisation=1)
    people = [somebody() for _ in range(2)]
    for person in people:
        Membership.objects.create(person=person, organisation=organisation, role="member")
    ours = [a_registration(event, person, organisation=organisation) for person in people]
    other = a_registration(event, now=NOW + timedelta(minutes=1))
    assert [one.state for one in (*ours, other)] == ["approved", "waiting", "approved"]
    withdraw_registration(by=people[0], registration=ours[0], now=NOW)
    assert state_of(ours[1]) == "approved"


@pytest.mark.django_db
def test_a_guest_counts_for_the_organisation_that_they_name(organisation: Organisation) -> None:
    event = an_event(seats_per_organisation=1, takes_guests=True)
    states_of_guests = [
        a_confirmed_guest(event, f"g{place}@example.org", organisation_name=name).state
        for place, name in enumerate(("north works", "North Works", "Süd AG", "SUED AG", "sud ag", "", ""))
    ]
    assert states_of_guests == ["approved", "waiting", "approved", "approved", "waiting", "approved", "approved"]


@pytest.mark.django_db
def test_whoever_withdrew_comes_back_at_the_end_of_the_list() -> None:
    event = an_event(seats=1)
    first, second = a_registration(event), a_registration(event, now=NOW + timedelta(minutes=1))
    withdraw_registration(by=person_of(first), registration=first, now=NOW)
    third = a_registration(event, now=NOW + timedelta(minutes=2))
    again = a_registration(event, first.person, now=NOW + timedelta(minutes=3))
    assert (again.pk, again.state, place_in_queue(third), place_in_queue(again)) == (first.pk, "waiting", 1, 2)
    assert state_of(second) == "approved"


@pytest.mark.django_db
def test_nobody_registers_twice_and_whoever_was_declined_not_again() -> None:
    event = an_event()
    registration = a_registration(event)
    with pytest.raises(Conflict, match="registered already"):
        a_registration(event, registration.person)
    refuse_registration(by=OPERATOR, registration=registration, now=NOW)
    with pytest.raises(Conflict, match="declined"):
        a_registration(event, registration.person)


def _register(person: User, event: Event) -> object:
    return register_person(by=person, event=event, now=NOW).state


@pytest.mark.django_db(transaction=True)
def test_fifty_at_the_same_moment_get_exactly_the_seats_that_there_are(tmp_path: Path) -> None:
    event = an_event(seats=20)
    people = [somebody() for _ in range(50)]
    with shared_database(tmp_path):
        found = together([partial(_register, person, event) for person in people])
    assert Counter(found) == {"approved": 20, "waiting": 30}
    assert states(event) == {"approved": 20, "waiting": 30}


@pytest.mark.django_db(transaction=True)
def test_one_person_on_ten_devices_is_registered_once(tmp_path: Path) -> None:
    event, person = an_event(seats=5), somebody()
    with shared_database(tmp_path):
        found = together([partial(_register, person, event) for _ in range(10)])
    assert sorted(map(str, found)) == ["You are registered already."] * 9 + ["approved"]
    assert states(event) == {"approved": 1}


@pytest.mark.django_db(transaction=True)
def test_people_who_leave_and_people_who_come_at_the_same_moment_leave_no_seat_empty(tmp_path: Path) -> None:
    event = an_event(seats=20, takes_guests=True)
    seated = [a_registration(event) for _ in range(20)]
    keys = [guest_key(a_guest(event, f"guest-{place}@example.org")) for place in range(15)]
    leaving = [partial(withdraw_registration, by=person_of(one), registration=one, now=NOW) for one in seated[:15]]
    coming = [partial(_register, somebody(), event) for _ in range(20)]
    guests = [partial(confirm_guest, by=OPERATOR, key=key, now=NOW) for key in keys]
    with shared_database(tmp_path):
        found = together([*leaving, *coming, *guests])
    assert [one for one in found if isinstance(one, Exception)] == []
    assert states(event) == {"approved": 20, "waiting": 20, "withdrawn": 15}
