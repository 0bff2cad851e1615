"""An authority of a class asks a team for data, and the team hands over what an authority may see."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.passports.records import record

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.engine.passport_models.model import BatteryKind, Tier, fields
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.passports.models import ChainRole, Classroom, ClassroomTeam, DataRequest, EventKind, Passport
from synchromesh.passports.operations import data_requests
from synchromesh.passports.operations.classrooms import (
    assign_seat,
    close_classroom,
    join_classroom,
    move_passport,
    start_classroom,
)
from synchromesh.passports.operations.data_requests import ask_for_data, give_data
from synchromesh.passports.operations.versions import add_version
from synchromesh.passports.queries.classrooms import get_classroom
from synchromesh.passports.queries.contents import newest_content
from synchromesh.passports.queries.data_requests import RequestView, get_request
from synchromesh.passports.queries.views import get_passport
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
KEYS = ["test_report", "cell_count"]


@pytest.fixture
def classroom(person: User) -> Classroom:
    """A class of `person` with two teams."""
    return start_classroom(by=person, title="Batteries 1", kind=BatteryKind.EV, teams=2, seed=4)


def learner(classroom: Classroom, role: ChainRole, *, team: int = 1) -> User:
    """Somebody in this role of a team."""
    found = User.objects.create_user(name=f"{role} of team {team}")
    seat = join_classroom(by=found, code=classroom.code, role=role)
    assign_seat(by=classroom.teacher, classroom=classroom.uid, seat=seat.uid, team=team, role=role)
    return found


def team_of(classroom: Classroom, number: int = 1) -> ClassroomTeam:
    """A team of the class."""
    return ClassroomTeam.objects.get(classroom=classroom, number=number)


def asked(classroom: Classroom, by: User, *, team: int = 1, keys: list[str] | None = None) -> DataRequest:
    """A request to a team."""
    return ask_for_data(by=by, team=team_of(classroom, team).uid, keys=keys or KEYS, reason="A battery burnt")


def seen(request: DataRequest, by: User) -> RequestView:
    """The request as somebody sees it."""
    return get_request(request.team.classroom.uid, request.uid, visible_to=by)


def on_the_market(classroom: Classroom) -> Passport:
    """The passport of the first team, with the workshop."""
    passport = Passport.objects.get(team=team_of(classroom))
    record(classroom.teacher, passport, EventKind.MADE, ChainRole.MAKER)
    record(classroom.teacher, passport, EventKind.PLACED, ChainRole.MAKER)
    move_passport(by=classroom.teacher, team=team_of(classroom).uid, to=ChainRole.WORKSHOP)
    return passport


def test_the_holder_hands_over_what_was_asked_for_as_it_is_stated_now(classroom: Classroom) -> None:
    authority, maker = learner(classroom, ChainRole.AUTHORITY), learner(classroom, ChainRole.MAKER)
    request = asked(classroom, authority)
    give_data(by=maker, request=request.uid, keys=KEYS, note="Here it is")
    content = newest_content(Passport.objects.get(team=team_of(classroom)))
    view = seen(request, authority)
    assert {one.field.key: one.stated.value for one in view.fields if one.stated} == {
        key: content.value_of(key) for key in KEYS
    }
    assert (view.answered_as, view.note, view.reason) == (ChainRole.MAKER, "Here it is", "A battery burnt")
    assert all(one.was_asked and one.was_handed for one in view.fields)
    noted = AuditEvent.objects.filter(action__in=["ask_for_data", "give_data"])
    assert {one.target_uid for one in noted} == {str(classroom.uid)}
    assert noted.count() == 2


def test_what_was_handed_over_stays_as_it_was(classroom: Classroom, person: User) -> None:
    authority, maker = learner(classroom, ChainRole.AUTHORITY), learner(classroom, ChainRole.MAKER)
    request = asked(classroom, authority, keys=["cell_count"])
    give_data(by=maker, request=request.uid, keys=["cell_count"])
    passport = Passport.objects.get(team=team_of(classroom))
    before = newest_content(passport)
    add_version(by=person, passport=passport, before=before, after=before.with_value("cell_count", FieldValue(value=1)))
    [one] = seen(request, authority).fields
    assert one.stated is not None
    assert one.stated.value == before.value_of("cell_count") != 1


@pytest.mark.parametrize("key", [field.key for field in fields().values() if Tier.AUTHORITY not in field.seen_by])
def test_what_an_authority_may_not_see_is_neither_asked_for_nor_handed_over(key: str, classroom: Classroom) -> None:
    authority, maker = learner(classroom, ChainRole.AUTHORITY), learner(classroom, ChainRole.MAKER)
    with pytest.raises(InvalidInput):
        asked(classroom, authority, keys=[key])
    request = asked(classroom, authority)
    with pytest.raises(InvalidInput):
        give_data(by=maker, request=request.uid, keys=[key, *KEYS])
    request.refresh_from_db()
    assert (request.answered_at, request.handed) == (None, {})


def test_what_is_for_everybody_or_no_field_is_not_asked_for(classroom: Classroom) -> None:
    authority = learner(classroom, ChainRole.AUTHORITY)
    for keys in ([], ["manufacturer_name"], ["no_such_field"]):
        with pytest.raises(InvalidInput):
            ask_for_data(by=authority, team=team_of(classroom).uid, keys=keys, reason="A fire")
    with pytest.raises(InvalidInput):
        ask_for_data(by=authority, team=team_of(classroom).uid, keys=KEYS, reason="  ")
    assert not DataRequest.objects.exists()


def test_more_than_was_asked_for_shows_as_too_much_and_less_as_kept_back(classroom: Classroom) -> None:
    authority, maker = learner(classroom, ChainRole.AUTHORITY), learner(classroom, ChainRole.MAKER)
    request = asked(classroom, authority)
    give_data(by=maker, request=request.uid, keys=["cell_count", "materials"])
    found = {one.field.key: (one.was_asked, one.was_handed) for one in seen(request, authority).fields}
    assert found == {"test_report": (True, False), "cell_count": (True, True), "materials": (False, True)}


def test_a_refusal_says_why(classroom: Classroom) -> None:
    authority, maker = learner(classroom, ChainRole.AUTHORITY), learner(classroom, ChainRole.MAKER)
    request = asked(classroom, authority)
    with pytest.raises(InvalidInput, match="say why not"):
        give_data(by=maker, request=request.uid, keys=[], note=" ")
    give_data(by=maker, request=request.uid, keys=[], note="The reason is no reason")
    [row] = get_classroom(classroom.uid, visible_to=authority).requests
    assert row.is_refused
    assert not any(one.was_handed for one in seen(request, authority).fields)


def test_a_field_that_the_passport_does_not_state_is_handed_over_as_not_stated(
    classroom: Classroom, person: User
) -> None:
    passport = Passport.objects.get(team=team_of(classroom))
    before = newest_content(passport)
    add_version(by=person, passport=passport, before=before, after=before.without("cell_count"))
    authority, maker = learner(classroom, ChainRole.AUTHORITY), learner(classroom, ChainRole.MAKER)
    request = asked(classroom, authority, keys=["cell_count"])
    give_data(by=maker, request=request.uid, keys=["cell_count"])
    [one] = seen(request, authority).fields
    assert (one.was_handed, one.stated) == (True, None)


@pytest.mark.parametrize("role", [role for role in ChainRole if role != ChainRole.AUTHORITY])
def test_only_an_authority_and_the_teacher_ask(role: ChainRole, classroom: Classroom, staff: User) -> None:
    with pytest.raises(NotAllowed):
        asked(classroom, learner(classroom, role))
    with pytest.raises(NotFound):
        asked(classroom, staff)
    assert asked(classroom, classroom.teacher).asked == KEYS


def test_an_authority_asks_every_team_of_its_class_and_none_of_another(classroom: Classroom, staff: User) -> None:
    authority = learner(classroom, ChainRole.AUTHORITY)
    assert asked(classroom, authority, team=2).team.number == 2
    other = start_classroom(by=staff, title="Other", kind=BatteryKind.EV, teams=1)
    with pytest.raises(NotFound):
        asked(other, authority)


def test_who_has_the_passport_and_the_makers_answer_and_nobody_else(classroom: Classroom, staff: User) -> None:
    on_the_market(classroom)
    people = {role: learner(classroom, role) for role in ChainRole}
    for role, expected in {
        ChainRole.AUTHORITY: NotAllowed,
        ChainRole.RECYCLER: NotAllowed,
        ChainRole.WORKSHOP: None,
        ChainRole.MAKER: None,
        ChainRole.CARMAKER: None,
    }.items():
        request = asked(classroom, people[ChainRole.AUTHORITY], keys=["cell_count"])
        if expected is None:
            assert give_data(by=people[role], request=request.uid, keys=["cell_count"]).answered_as == role
            continue
        with pytest.raises(expected):
            give_data(by=people[role], request=request.uid, keys=["cell_count"])
    request = asked(classroom, people[ChainRole.AUTHORITY])
    for outside in (staff, learner(classroom, ChainRole.MAKER, team=2)):
        with pytest.raises(NotFound):
            give_data(by=outside, request=request.uid, keys=["cell_count"])


def test_a_workshop_hands_over_no_more_than_it_sees(classroom: Classroom) -> None:
    passport = on_the_market(classroom)
    authority, workshop = learner(classroom, ChainRole.AUTHORITY), learner(classroom, ChainRole.WORKSHOP)
    assert not get_passport(passport.uid, visible_to=workshop).sight.may_see("test_report")
    request = asked(classroom, authority)
    with pytest.raises(InvalidInput, match="You do not see this yourself"):
        give_data(by=workshop, request=request.uid, keys=KEYS)
    give_data(by=workshop, request=request.uid, keys=["cell_count"])


def test_a_request_is_read_by_the_team_the_authorities_and_the_teacher(classroom: Classroom, staff: User) -> None:
    authority, other_authority = (
        learner(classroom, ChainRole.AUTHORITY),
        learner(classroom, ChainRole.AUTHORITY, team=2),
    )
    maker, other_maker = learner(classroom, ChainRole.MAKER), learner(classroom, ChainRole.MAKER, team=2)
    request = asked(classroom, authority)
    give_data(by=maker, request=request.uid, keys=KEYS)
    for reader in (authority, other_authority, maker, classroom.teacher):
        assert seen(request, reader).uid == request.uid
        assert len(get_classroom(classroom.uid, visible_to=reader).requests) == 1
    for stranger in (other_maker, staff):
        with pytest.raises(NotFound):
            seen(request, stranger)
    assert get_classroom(classroom.uid, visible_to=other_maker).requests == ()


def test_a_request_is_answered_once(classroom: Classroom) -> None:
    authority, maker = learner(classroom, ChainRole.AUTHORITY), learner(classroom, ChainRole.MAKER)
    request = asked(classroom, authority)
    give_data(by=maker, request=request.uid, keys=KEYS)
    assert seen(request, maker).offered == ()
    with pytest.raises(Conflict):
        give_data(by=maker, request=request.uid, keys=["materials"])


def test_in_a_closed_class_nobody_asks_or_answers(classroom: Classroom, person: User) -> None:
    authority, maker = learner(classroom, ChainRole.AUTHORITY), learner(classroom, ChainRole.MAKER)
    request = asked(classroom, authority)
    close_classroom(by=person, uid=classroom.uid)
    with pytest.raises(NotAllowed):
        asked(classroom, authority)
    with pytest.raises(NotAllowed):
        give_data(by=maker, request=request.uid, keys=KEYS)
    assert seen(request, authority).answered_at is None


def test_open_requests_to_a_team_have_an_end(classroom: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_requests, "MOST_OPEN", 1)
    authority = learner(classroom, ChainRole.AUTHORITY)
    asked(classroom, authority)
    with pytest.raises(Conflict):
        asked(classroom, authority)
    asked(classroom, authority, team=2)


def test_what_is_not_there_is_not_found(person: User) -> None:
    with pytest.raises(NotFound):
        ask_for_data(by=person, team=uuid4(), keys=KEYS, reason="A fire")
    with pytest.raises(NotFound):
        give_data(by=person, request=uuid4(), keys=KEYS)
