"""Projects: the list and what came of one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.community.member_records import a_member_person

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import VISITOR
from synchromesh.catalogue.models import Course
from synchromesh.community.models import Deliverable, Event, Practice, Project, ProjectPartner, ProjectResult
from synchromesh.community.queries.projects import (
    ProjectFilter,
    get_project,
    get_published_practice,
    list_deliverables,
    list_project_countries,
    list_projects,
    list_results,
)
from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import JobRole
from synchromesh.places.models import Country, Region

pytestmark = pytest.mark.django_db


def _project(name: str, **columns: object) -> Project:
    return Project.objects.create(slug=name.lower(), name=name, **columns)


def _names(wanted: ProjectFilter, **narrowed: object) -> list[str]:
    return [project.name for project in list_projects(wanted, **narrowed)]  # type: ignore[arg-type]


def test_running_and_ended_are_told_apart_as_exactly_as_the_source_says() -> None:
    today = timezone.localdate()
    _project("Unknown")
    _project("ThisYear", ends=str(today.year))
    _project("ThisMonth", ends=today.isoformat()[:7])
    _project("Today", ends=today.isoformat())
    _project("LastYear", ends=str(today.year - 1))
    _project("Yesterday", ends=(today - timedelta(days=1)).isoformat())
    assert _names(ProjectFilter(state="running")) == ["ThisMonth", "ThisYear", "Today"]
    assert _names(ProjectFilter(state="ended")) == ["LastYear", "Yesterday"]
    assert len(_names(ProjectFilter())) == 6


def test_a_project_is_found_by_words_and_by_where_its_partners_are() -> None:
    malta = Country.objects.create(code="MT", names={"en": "Malta"})
    region = Region.objects.create(code="MT00", level=2, name="Malta", country=malta)
    below = Region.objects.create(code="MT001", level=3, name="Malta", country=malta, parent=region)
    here = Organisation.objects.create(slug="here", name="Here", country=malta, region=below)
    there = Organisation.objects.create(slug="there", name="There")
    amber = _project("Amber", programme="Erasmus+", coordinator=here)
    basalt = _project("Basalt", coordinator=there)
    ProjectPartner.objects.create(project=basalt, organisation=here)
    _project("Chalk", coordinator=there)
    assert _names(ProjectFilter(words="erasmus")) == [amber.name]
    assert _names(ProjectFilter(country="MT")) == ["Amber", "Basalt"]
    assert _names(ProjectFilter(region=region.code)) == ["Amber", "Basalt"]
    assert _names(ProjectFilter(region="DE11")) == []
    assert _names(ProjectFilter(), organisation=here) == ["Amber", "Basalt"]
    assert list_project_countries() == [malta]


def test_of_what_came_of_a_project_a_visitor_sees_what_is_public() -> None:
    project = _project("Amber")
    now, day = timezone.now(), date(2027, 1, 1)
    shown = Course.objects.create(slug="shown", titles={"en": "Shown"}, published_at=now)
    hidden = Course.objects.create(slug="hidden", titles={"en": "Hidden"})
    role = JobRole.objects.create(slug="role", titles={"en": "Role"})
    retired = JobRole.objects.create(slug="retired", titles={"en": "Retired"}, retired_at=now)
    draft = Practice.objects.create(slug="draft", titles={"en": "Draft"}, state="draft")
    words = {"titles": {"en": "Forum"}, "starts_on": day, "ends_on": day, "made_by": "x", "state": "published"}
    for_members = Event.objects.create(slug="for-members", visibility="members", **words)
    for columns in (
        {"course": shown},
        {"course": hidden},
        {"role": role},
        {"role": retired},
        {"practice": draft},
        {"event": for_members},
    ):
        ProjectResult.objects.create(project=project, **columns)
    assert [one.course or one.role for one in list_results(project, visible_to=VISITOR)] == [shown, role]
    assert [one.event for one in list_results(project, visible_to=a_member_person())][-1] == for_members
    with pytest.raises(NotFound):
        get_published_practice("draft")


def test_an_unknown_project_is_not_found() -> None:
    with pytest.raises(NotFound):
        get_project("nothing")


def test_deliverables_come_in_the_order_of_their_codes_as_people_count() -> None:
    project = _project("Amber")
    for code in ("", "D2.10", "D1.1", "D2.9"):
        Deliverable.objects.create(project=project, title="x", code=code)
    assert [one.code for one in list_deliverables(get_project("amber"))] == ["D1.1", "D2.9", "D2.10", ""]
