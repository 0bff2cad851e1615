"""A class on its pages: open it, come in by a code, hand a passport on, give seats, close."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.passports.records import record

from synchromesh.accounts.models import User
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.passports.models import ChainRole, Classroom, ClassroomSeat, ClassroomTeam, EventKind, Passport
from synchromesh.passports.operations.classrooms import close_classroom, join_classroom, start_classroom

pytestmark = pytest.mark.django_db
CLASSES = "/en/passports/classes/"


@pytest.fixture
def teacher(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def classroom(person: User) -> Classroom:
    return start_classroom(by=person, title="Batteries 7", kind=BatteryKind.EV, teams=1, seed=3)


def learner(classroom: Classroom | None = None, role: ChainRole | None = None, name: str = "Lena") -> Client:
    """The browser of somebody without an e-mail address, with a seat where a class is given."""
    someone = User.objects.create_user(name=name)
    if classroom is not None:
        join_classroom(by=someone, code=classroom.code, role=role)
    client = Client()
    client.force_login(someone)
    return client


def text_of(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def page_of(classroom: Classroom) -> str:
    return f"{CLASSES}{classroom.uid}/"


def test_a_teacher_opens_a_class_and_learners_come_in_with_its_code(teacher: Client) -> None:
    form = {"title": "Cells", "kind": "lmt", "teams": "2", "faults": "3"}
    page = text_of(teacher.post(f"{CLASSES}start/", form, follow=True))
    classroom = Classroom.objects.get()
    assert classroom.code in page
    assert "Mended: 0 of 3 planted faults." in page
    client = learner()
    seen = text_of(client.post(CLASSES, {"code": classroom.code.lower(), "role": "recycler"}, follow=True))
    assert "You are in team 1, as Recycler." in seen
    assert classroom.code not in seen
    assert "planted" not in seen.lower()
    assert "Cells" in text_of(client.get(CLASSES))
    assert "Lena" in text_of(teacher.get(page_of(classroom)))


def test_a_wrong_code_is_said_at_its_field_and_many_are_stopped(classroom: Classroom) -> None:
    client = learner()
    answer = client.post(CLASSES, {"code": "0000-0000"})
    assert answer.status_code == 422
    assert "No class has this code." in text_of(answer)
    for _ in range(40):
        answer = client.post(CLASSES, {"code": "0000-0000"})
    client.post(CLASSES, {"code": classroom.code})
    assert not ClassroomSeat.objects.exists()


@pytest.mark.parametrize("wrong", [{"title": ""}, {"teams": "9"}, {"faults": "6"}, {"kind": "boat"}])
def test_a_class_that_cannot_be_is_not_opened(teacher: Client, wrong: dict[str, str]) -> None:
    form = {"title": "Cells", "kind": "lmt", "teams": "2", "faults": "3"} | wrong
    assert teacher.post(f"{CLASSES}start/", form).status_code == 422
    assert not Classroom.objects.exists()


def test_who_has_the_passport_hands_it_on_and_sees_its_page(classroom: Classroom) -> None:
    maker, carmaker = learner(classroom, ChainRole.MAKER), learner(classroom, ChainRole.CARMAKER, "Carl")
    team = ClassroomTeam.objects.get()
    assert "Hand it to: Carmaker" in text_of(maker.get(page_of(classroom)))
    assert "Hand it to" not in text_of(carmaker.get(page_of(classroom)))
    given = {"do": "move", "team": str(team.uid), "to": "carmaker"}
    assert carmaker.post(page_of(classroom), given).status_code == 403
    assert maker.post(page_of(classroom), given).status_code == 302
    team.refresh_from_db()
    assert team.holder == "carmaker"
    passport = Passport.objects.get(team=team)
    assert carmaker.get(f"/en/passports/{passport.uid}/edit/").status_code == 200
    assert maker.post(f"/en/passports/{passport.uid}/edit/materials/", {}).status_code in (403, 404)


def test_the_passport_leads_back_to_the_class_for_those_who_are_in_it(
    classroom: Classroom, person: User, client: Client
) -> None:
    passport = Passport.objects.get(team__classroom=classroom)
    record(person, passport, EventKind.MADE, ChainRole.MAKER)
    record(person, passport, EventKind.PLACED, ChainRole.MAKER)
    address = f"/en/passports/{passport.uid}/"
    for role in ChainRole:
        assert page_of(classroom) in learner(classroom, role, role.value).get(address).content.decode()
    assert page_of(classroom) not in client.get(address).content.decode()


def test_each_role_sees_its_tier_of_the_passport_of_the_class(classroom: Classroom, person: User) -> None:
    passport = Passport.objects.get(team__classroom=classroom)
    record(person, passport, EventKind.MADE, ChainRole.MAKER)
    record(person, passport, EventKind.PLACED, ChainRole.MAKER)
    report = passport.versions.latest("number").data["values"]["test_report"]["value"]
    address = f"/en/passports/{passport.uid}/"
    seen = {role: report in learner(classroom, role, role.value).get(address).content.decode() for role in ChainRole}
    assert [role for role, is_seen in seen.items() if is_seen] == ["maker", "carmaker", "authority"]


def test_the_teacher_gives_seats_takes_learners_out_and_closes(classroom: Classroom, teacher: Client) -> None:
    client = learner(classroom, ChainRole.MAKER)
    seat = ClassroomSeat.objects.get()
    given = {"do": "assign", "seat": str(seat.uid), "team_number": "1", "role": "authority"}
    assert client.post(page_of(classroom), given).status_code == 403
    assert teacher.post(page_of(classroom), given).status_code == 302
    seat.refresh_from_db()
    assert seat.role == "authority"
    assert teacher.post(page_of(classroom), {"do": "remove", "seat": str(seat.uid)}).status_code == 302
    assert client.get(page_of(classroom)).status_code == 404
    teacher.post(page_of(classroom), {"do": "close"})
    page = text_of(teacher.get(page_of(classroom)))
    assert "closed on" in page
    assert "Hand it to" not in page


def test_a_learner_leaves(classroom: Classroom) -> None:
    client = learner(classroom)
    answer = client.post(page_of(classroom), {"do": "leave", "seat": str(ClassroomSeat.objects.get().uid)})
    assert answer["Location"] == CLASSES
    assert not ClassroomSeat.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"do": "dance"},
        {"do": "move", "team": "x", "to": "maker"},
        {"do": "move", "team": "00000000-0000-0000-0000-000000000000", "to": "maker"},
        {"do": "assign", "seat": "x", "team_number": "1", "role": "maker"},
        {"do": "assign", "seat": "00000000-0000-0000-0000-000000000000", "team_number": "x", "role": "king"},
    ],
)
def test_what_the_page_does_not_offer_is_not_found(
    given: dict[str, str], classroom: Classroom, teacher: Client
) -> None:
    assert teacher.post(page_of(classroom), given).status_code == 404


def test_in_a_closed_class_nothing_is_done_any_more(classroom: Classroom, teacher: Client, person: User) -> None:
    close_classroom(by=person, uid=classroom.uid)
    team = str(ClassroomTeam.objects.get().uid)
    assert teacher.post(page_of(classroom), {"do": "move", "team": team, "to": "carmaker"}).status_code == 409


def test_a_page_of_a_class_costs_the_same_for_many_learners(
    teacher: Client, person: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    classroom = start_classroom(by=person, title="Many", kind=BatteryKind.LMT, teams=3, faults=1)
    for number in range(12):
        learner(classroom, name=f"Learner {number}")
    with django_assert_max_num_queries(12):
        page = text_of(teacher.get(page_of(classroom)))
    assert "12 learners" in page
