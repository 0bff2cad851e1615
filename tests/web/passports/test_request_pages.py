"""An authority asks a team on its page, and the team answers on the page of the request."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from synchromesh.accounts.models import User
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.passports.models import ChainRole, Classroom, DataRequest
from synchromesh.passports.operations.classrooms import close_classroom, join_classroom, start_classroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom(person: User) -> Classroom:
    """A class of `person` with one team."""
    return start_classroom(by=person, title="Batteries 7", kind=BatteryKind.EV, teams=1, seed=3)


def learner(classroom: Classroom, role: ChainRole) -> Client:
    """The browser of somebody in this role."""
    someone = User.objects.create_user(name=f"Learner {role}")
    join_classroom(by=someone, code=classroom.code, role=role)
    client = Client()
    client.force_login(someone)
    return client


def text_of(answer: Any) -> str:
    """The words of a page."""
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def page_of(classroom: Classroom) -> str:
    """The address of a class."""
    return f"/en/passports/classes/{classroom.uid}/"


def asked(classroom: Classroom, client: Client, **more: Any) -> str:
    """Ask the team for the number of cells and the test report; the address of the request."""
    given = {"keys": ["cell_count", "test_report"], "reason": "A battery burnt"} | more
    answer = client.post(f"{page_of(classroom)}ask/1/", given)
    assert answer.status_code == 302
    return str(answer["Location"])


def test_the_way_of_a_request_from_the_class_to_the_answer(classroom: Classroom) -> None:
    authority, maker = learner(classroom, ChainRole.AUTHORITY), learner(classroom, ChainRole.MAKER)
    assert f'href="{page_of(classroom)}ask/1/"' in authority.get(page_of(classroom)).content.decode()
    address = asked(classroom, authority)
    room = maker.get(page_of(classroom))
    assert address in room.content.decode()
    assert "waits for an answer" in text_of(room)
    page = text_of(maker.get(address))
    assert "Reason: A battery burnt" in page
    assert "What do you hand over?" in page
    assert "What do you hand over?" not in text_of(authority.get(address))
    answer = maker.post(address, {"keys": ["cell_count", "materials"], "note": "The rest is secret"}, follow=True)
    assert "The authority has your answer." in text_of(answer)
    page = text_of(authority.get(address))
    for words in ("The rest is secret", "Cell maker", "Not handed over.", "not asked for"):
        assert words in page
    assert "answered by: Cell maker" in text_of(authority.get(page_of(classroom)))
    report = DataRequest.objects.get().team.passports.get().versions.get().data["values"]["test_report"]["value"]
    assert report not in authority.get(address).content.decode()


def test_what_is_refused_is_said_at_its_field_and_kept(classroom: Classroom) -> None:
    authority, maker = learner(classroom, ChainRole.AUTHORITY), learner(classroom, ChainRole.MAKER)
    ask = f"{page_of(classroom)}ask/1/"
    answer = authority.post(ask, {"keys": [], "reason": "A battery burnt"})
    assert (answer.status_code, "Choose what you need" in text_of(answer)) == (422, True)
    assert "A battery burnt" in answer.content.decode()
    assert authority.post(ask, {"keys": ["manufacturer_name"], "reason": "x"}).status_code == 422
    assert authority.post(ask, {"keys": ["cell_count"], "reason": ""}).status_code == 422
    address = asked(classroom, authority)
    answer = maker.post(address, {"keys": ["cell_count", "remaining_capacity"]})
    assert (answer.status_code, "An authority may not see" in text_of(answer)) == (422, True)
    assert maker.post(address, {}).status_code == 422
    assert DataRequest.objects.get().answered_at is None


@pytest.mark.parametrize("role", [ChainRole.MAKER, ChainRole.CARMAKER, ChainRole.WORKSHOP, ChainRole.RECYCLER])
def test_who_is_no_authority_finds_no_page_to_ask(role: ChainRole, classroom: Classroom) -> None:
    client = learner(classroom, role)
    assert "/ask/" not in client.get(page_of(classroom)).content.decode()
    assert client.get(f"{page_of(classroom)}ask/1/").status_code == 404
    assert client.post(f"{page_of(classroom)}ask/1/", {"keys": ["cell_count"], "reason": "x"}).status_code == 404


def test_a_request_is_hidden_from_strangers_and_under_another_class(classroom: Classroom, staff: User) -> None:
    address = asked(classroom, learner(classroom, ChainRole.AUTHORITY))
    stranger = Client()
    stranger.force_login(staff)
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"keys": ["cell_count"]}).status_code == 404
    other = start_classroom(by=staff, title="Other", kind=BatteryKind.EV, teams=1)
    assert stranger.get(address.replace(str(classroom.uid), str(other.uid))).status_code == 404
    assert stranger.get(f"{page_of(classroom)}ask/1/").status_code == 404
    assert stranger.get(f"{page_of(other)}ask/2/").status_code == 404


def test_who_only_reads_cannot_answer(classroom: Classroom) -> None:
    authority = learner(classroom, ChainRole.AUTHORITY)
    address = asked(classroom, authority)
    assert authority.post(address, {"keys": ["cell_count"], "note": "Mine"}).status_code in (403, 422)
    assert DataRequest.objects.get().answered_at is None


def test_in_a_closed_class_requests_are_read_only(classroom: Classroom, person: User) -> None:
    authority, maker = learner(classroom, ChainRole.AUTHORITY), learner(classroom, ChainRole.MAKER)
    address = asked(classroom, authority)
    close_classroom(by=person, uid=classroom.uid)
    assert "What do you hand over?" not in text_of(maker.get(address))
    assert authority.get(f"{page_of(classroom)}ask/1/").status_code == 404
    assert "Ask for data" not in text_of(authority.get(page_of(classroom)))


def test_the_pages_ask_no_more_with_many_requests(
    classroom: Classroom, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    authority, maker = learner(classroom, ChainRole.AUTHORITY), learner(classroom, ChainRole.MAKER)
    for _ in range(9):
        address = asked(classroom, authority)
    for client, path in ((maker, page_of(classroom)), (maker, address), (authority, f"{page_of(classroom)}ask/1/")):
        client.get(path)
        with django_assert_max_num_queries(10):
            assert client.get(path).status_code == 200
