"""Plans are private: their pages do not exist for anybody else."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from tests.records import TODAY, a_course, a_gap, a_role, stored

from synchromesh.accounts.models import User
from synchromesh.pathways.models import Plan
from synchromesh.pathways.operations.plans import save_plan
from synchromesh.pathways.queries.paths import Wishes, find_training_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(person: User) -> Plan:
    """A plan of `person` with one course."""
    a_course("weld-course", {"weld": (0, 1)}, origin="example")
    path = find_training_path(a_gap(a_role("technician", {"weld": 1})), wishes=Wishes(), today=TODAY)
    return save_plan(by=person, path=path)


def _page(plan: Plan) -> str:
    return f"/en/me/plan/{plan.uid}/"


def test_the_person_sees_the_plan_on_three_pages(client: Client, person: User, plan: Plan) -> None:
    client.force_login(person)
    for address in ("/en/me/", "/en/me/plan/", _page(plan)):
        page = client.get(address)
        assert page.status_code == 200
        text = page.content.decode()
        assert "Technician" in text or "Weld course" in text
        assert "⚠ unknown variable" not in text
    assert "Weld course" in client.get(_page(plan)).content.decode()
    assert "Example" in client.get(_page(plan)).content.decode()


def test_for_everybody_else_the_plan_does_not_exist(client: Client, staff: User, manager: User, plan: Plan) -> None:
    before = stored()
    for other in (staff, manager):
        client.force_login(other)
        assert client.get(_page(plan)).status_code == 404
        assert client.post(f"{_page(plan)}finished/", {"position": "1"}).status_code == 404
        assert client.post(f"{_page(plan)}delete/").status_code == 404
        assert "Technician" not in client.get("/en/me/plan/").content.decode()
    client.logout()
    assert client.get(_page(plan)).status_code == 302
    after = stored()
    assert after["pathways.Plan"] == before["pathways.Plan"]
    assert after["pathways.PlanStep"] == before["pathways.PlanStep"]


def test_a_plan_that_was_never_there_looks_the_same_as_somebody_elses(client: Client, staff: User, plan: Plan) -> None:
    client.force_login(staff)
    pages = [client.get(f"/en/me/plan/{uid}/") for uid in (plan.uid, uuid.uuid4())]
    assert [page.status_code for page in pages] == [404, 404]
    first, second = (page.content.decode().replace(str(plan.uid), "") for page in pages)
    assert (
        first.split("<main", 1)[1].split("</main>")[0].split("value=")[0]
        == (second.split("<main", 1)[1].split("</main>")[0].split("value=")[0])
    )


def test_a_course_is_marked_as_finished(client: Client, person: User, plan: Plan) -> None:
    client.force_login(person)
    page = client.post(f"{_page(plan)}finished/", {"position": "1"}, follow=True)
    assert "Marked as finished." in page.content.decode()
    assert plan.steps.get().status == "finished"


@pytest.mark.parametrize(("position", "status"), [("", 422), ("one", 422), ("²", 422), ("-1", 422), ("7", 404)])
def test_a_position_that_is_none_is_refused(
    client: Client, person: User, plan: Plan, position: str, status: int
) -> None:
    client.force_login(person)
    assert client.post(f"{_page(plan)}finished/", {"position": position}).status_code == status
    assert plan.steps.get().status == "planned"


def test_a_plan_is_deleted_only_by_a_form(client: Client, person: User, plan: Plan) -> None:
    client.force_login(person)
    assert client.get(f"{_page(plan)}delete/").status_code == 405
    assert Plan.objects.count() == 1
    assert client.post(f"{_page(plan)}delete/", follow=True).status_code == 200
    assert not Plan.objects.exists()
