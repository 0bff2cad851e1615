"""Twelve learners in five roles pass practice passports along the chain."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.passports.records import record, typed

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.engine.passport_models.model import BatteryKind, fields
from synchromesh.passports.models import ChainRole, Classroom, ClassroomSeat, ClassroomTeam, EventKind, Passport
from synchromesh.passports.operations.classrooms import (
    assign_seat,
    close_classroom,
    join_classroom,
    move_passport,
    remove_seat,
    start_classroom,
)
from synchromesh.passports.operations.editing import save_category
from synchromesh.passports.operations.removing import remove_passport
from synchromesh.passports.queries.classrooms import get_classroom, list_classrooms
from synchromesh.passports.queries.views import get_passport

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom(person: User) -> Classroom:
    """A class of `person` with one team and no faults."""
    return start_classroom(by=person, title="Batteries 1", kind=BatteryKind.EV, teams=1, seed=4)


def _learner(number: int) -> User:
    """Somebody without an e-mail address."""
    return User.objects.create_user(name=f"Learner {number}")


def _in_role(classroom: Classroom, role: ChainRole) -> User:
    learner = _learner(User.objects.count())
    join_classroom(by=learner, code=classroom.code, role=role)
    return learner


def _passport(classroom: Classroom) -> Passport:
    return Passport.objects.filter(team__classroom=classroom).latest("made_at", "id")


def _team(classroom: Classroom) -> UUID:
    return ClassroomTeam.objects.get(classroom=classroom).uid


def test_twelve_learners_without_an_address_are_spread_over_teams_and_five_roles(person: User) -> None:
    classroom = start_classroom(by=person, title="Batteries", kind=BatteryKind.LMT, teams=2)
    for number in range(12):
        join_classroom(by=_learner(number), code=classroom.code.lower().replace("-", " "))
    seats = Counter(ClassroomSeat.objects.values_list("team__number", "role"))
    assert len(seats) == 10
    assert sum(seats.values()) == 12
    assert max(seats.values()) == 2


def test_who_joins_twice_keeps_the_seat_and_a_wrong_code_opens_nothing(classroom: Classroom) -> None:
    learner = _learner(1)
    seat = join_classroom(by=learner, code=classroom.code, role=ChainRole.RECYCLER)
    assert join_classroom(by=learner, code=classroom.code, role=ChainRole.MAKER) == seat
    for code in ("", "0000-0000", "x"):
        with pytest.raises(NotFound):
            join_classroom(by=_learner(2), code=code)


def test_the_teacher_takes_no_seat_and_a_closed_class_nobody(classroom: Classroom, person: User) -> None:
    with pytest.raises(Conflict):
        join_classroom(by=person, code=classroom.code)
    close_classroom(by=person, uid=classroom.uid)
    with pytest.raises(Conflict):
        join_classroom(by=_learner(1), code=classroom.code)


def test_planted_faults_are_counted_and_mending_one_is_seen(person: User) -> None:
    classroom = start_classroom(by=person, title="Find it", kind=BatteryKind.EV, teams=1, faults=3, seed=5)
    maker = _in_role(classroom, ChainRole.MAKER)
    progress = get_classroom(classroom.uid, visible_to=person).teams[0].progress
    assert progress is not None
    assert (progress.planted, progress.mended) == (3, 0)
    passport, fault = _passport(classroom), progress.faults[0].field
    save_category(
        by=maker, uid=passport.uid, category=fields()[fault].category, values=typed(**{fault: ""}), expected=1
    )
    after = get_classroom(classroom.uid, visible_to=person).teams[0].progress
    assert after is not None
    is_due = fault in {found.field for found in get_passport(passport.uid, visible_to=person).findings}
    assert after.mended == (0 if is_due else 1)
    seen = get_classroom(classroom.uid, visible_to=maker).teams[0].progress
    assert seen is not None
    assert (seen.planted, seen.faults) == (3, ())


@pytest.mark.parametrize("kind", list(BatteryKind))
def test_a_passport_without_faults_goes_through_all_hands(kind: BatteryKind, person: User) -> None:
    classroom = start_classroom(by=person, title="Chain", kind=kind, teams=1, seed=6)
    maker, carmaker, workshop, recycler, authority = (_in_role(classroom, role) for role in ChainRole)
    team, passport = _team(classroom), _passport(classroom)
    for early in (workshop, recycler, authority):
        with pytest.raises(NotFound):
            get_passport(passport.uid, visible_to=early)
    with pytest.raises(NotAllowed):
        record(carmaker, passport, EventKind.PLACED, ChainRole.CARMAKER)
    record(maker, passport, EventKind.MADE, ChainRole.MAKER)
    with pytest.raises(NotAllowed):
        move_passport(by=carmaker, team=team, to=ChainRole.CARMAKER)
    move_passport(by=maker, team=team, to=ChainRole.CARMAKER)
    record(carmaker, passport, EventKind.PLACED, ChainRole.CARMAKER)
    assert get_passport(passport.uid, visible_to=workshop).sight.word == "interest"
    assert get_passport(passport.uid, visible_to=authority).sight.word == "authority"
    move_passport(by=carmaker, team=team, to=ChainRole.WORKSHOP)
    record(workshop, passport, EventKind.USED, ChainRole.WORKSHOP, values=typed(state_of_charge="60"))
    move_passport(by=workshop, team=team, to=ChainRole.RECYCLER)
    with pytest.raises(NotAllowed):
        record(workshop, passport, EventKind.USED, ChainRole.WORKSHOP)
    record(recycler, passport, EventKind.RECYCLED, ChainRole.RECYCLER)
    record(recycler, passport, EventKind.CEASED, ChainRole.RECYCLER)
    passport.refresh_from_db()
    assert passport.state == "ceased"


def test_a_second_life_begins_with_the_makers_of_the_same_team(classroom: Classroom, person: User) -> None:
    workshop = _in_role(classroom, ChainRole.WORKSHOP)
    old, team = _passport(classroom), _team(classroom)
    record(person, old, EventKind.MADE, ChainRole.MAKER)
    record(person, old, EventKind.PLACED, ChainRole.MAKER)
    move_passport(by=person, team=team, to=ChainRole.WORKSHOP)
    new = record(workshop, old, EventKind.REPURPOSED, ChainRole.WORKSHOP)
    assert (new.owner, new.team_id) == (person, old.team_id)
    with pytest.raises(Conflict):
        move_passport(by=workshop, team=team, to=ChainRole.RECYCLER)
    move_passport(by=workshop, team=team, to=ChainRole.MAKER)


def test_before_the_market_the_passport_stays_with_the_makers(classroom: Classroom, person: User) -> None:
    team = _team(classroom)
    for role in (ChainRole.WORKSHOP, ChainRole.RECYCLER, ChainRole.AUTHORITY, ChainRole.MAKER):
        with pytest.raises(Conflict):
            move_passport(by=person, team=team, to=role)


def test_only_who_has_the_passport_edits_it_and_only_makers_at_all(classroom: Classroom, person: User) -> None:
    maker, carmaker = _in_role(classroom, ChainRole.MAKER), _in_role(classroom, ChainRole.CARMAKER)
    passport = _passport(classroom)
    values = typed(model_name="Other")
    with pytest.raises(NotAllowed):
        save_category(by=carmaker, uid=passport.uid, category="identification", values=values, expected=1)
    save_category(by=maker, uid=passport.uid, category="identification", values=values, expected=1)
    with pytest.raises(NotAllowed):
        remove_passport(by=maker, uid=passport.uid)


def test_nobody_outside_sees_a_class_and_learners_see_no_code(classroom: Classroom, staff: User) -> None:
    learner = _in_role(classroom, ChainRole.AUTHORITY)
    with pytest.raises(NotFound):
        get_classroom(classroom.uid, visible_to=staff)
    with pytest.raises(NotFound):
        move_passport(by=staff, team=_team(classroom), to=ChainRole.CARMAKER)
    view = get_classroom(classroom.uid, visible_to=learner)
    assert (view.code, view.is_teacher, view.teams[0].progress) == ("", False, None)
    assert view.own_seat is not None
    assert view.own_seat.role == ChainRole.AUTHORITY


def test_the_teacher_gives_and_takes_seats_and_learners_do_not(classroom: Classroom, person: User) -> None:
    learner, other = _in_role(classroom, ChainRole.MAKER), _in_role(classroom, ChainRole.CARMAKER)
    seat = ClassroomSeat.objects.get(person=learner)
    with pytest.raises(NotAllowed):
        assign_seat(by=other, classroom=classroom.uid, seat=seat.uid, team=1, role=ChainRole.RECYCLER)
    assign_seat(by=person, classroom=classroom.uid, seat=seat.uid, team=1, role=ChainRole.RECYCLER)
    seat.refresh_from_db()
    assert seat.role == ChainRole.RECYCLER
    with pytest.raises(NotAllowed):
        remove_seat(by=other, classroom=classroom.uid, seat=seat.uid)
    remove_seat(by=learner, classroom=classroom.uid, seat=seat.uid)
    assert list_classrooms(learner) == []
    assert [(row.is_teacher, row.role) for row in list_classrooms(person)] == [(True, None)]
    assert [(row.is_teacher, row.role) for row in list_classrooms(other)] == [(False, ChainRole.CARMAKER)]


def test_in_a_closed_class_nobody_works_any_more_and_everybody_still_reads(classroom: Classroom, person: User) -> None:
    maker = _in_role(classroom, ChainRole.MAKER)
    passport = _passport(classroom)
    close_classroom(by=person, uid=classroom.uid)
    with pytest.raises(NotAllowed):
        record(maker, passport, EventKind.MADE, ChainRole.MAKER)
    with pytest.raises(Conflict):
        move_passport(by=maker, team=_team(classroom), to=ChainRole.CARMAKER)
    assert get_passport(passport.uid, visible_to=maker).sight.sees_all


@pytest.mark.parametrize(("teams", "faults"), [(0, 0), (9, 0), (1, -1), (1, 6)])
def test_numbers_out_of_range_are_refused(teams: int, faults: int, person: User) -> None:
    with pytest.raises(InvalidInput):
        start_classroom(by=person, title="x", kind=BatteryKind.EV, teams=teams, faults=faults)


def test_a_class_is_read_with_a_fixed_number_of_queries(
    person: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    classroom = start_classroom(by=person, title="Many", kind=BatteryKind.LMT, teams=8, faults=2)
    for number in range(12):
        join_classroom(by=_learner(number), code=classroom.code)
    with django_assert_max_num_queries(8):
        assert len(get_classroom(classroom.uid, visible_to=person).seats) == 12
