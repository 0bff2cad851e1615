"""Courses edited by hand: the same rules as for feeds, drafts that are published, and a line for every change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.records import a_course, a_provider, a_topic, stored

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.catalogue.models import Course, FieldLock
from synchromesh.catalogue.operations.course_editing import (
    create_course,
    edit_course,
    publish_course,
    withdraw_course,
)
from synchromesh.catalogue.operations.course_steps import undo_course_edit
from synchromesh.catalogue.queries.exports import course_record
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed
from synchromesh.engine.feeds.records import RunRecord
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
RUN = RunRecord(
    position="", external_id="", starts_on=date(2027, 5, 4), ends_on=None, dates_text="", country="", nuts="",
    place="Graz", language="de", mode="", deadline_on=None, seats=None,
)  # fmt: skip


def _edit(course: Course, by: Any = OPERATOR, **changes: Any) -> Any:
    return edit_course(by=by, course=course, changes=changes)


def test_an_edit_sets_fields_is_noted_and_can_be_taken_back(asked_jobs: list[str]) -> None:
    a_topic("battery")
    course = a_course("weld", minutes=60)
    before = stored()
    step = _edit(course, titles={"de": "Schweißen", "en": ""}, ects=Decimal("2.5"), topics=["battery"], runs=[RUN])
    now = Course.objects.get()
    assert (now.titles, now.ects, now.minutes) == ({"de": "Schweißen"}, Decimal("2.5"), 60)
    assert [topic.slug for topic in now.topics.all()] == ["battery"]
    assert [run.place for run in now.runs.all()] == ["Graz"]
    event = AuditEvent.objects.get(action="edit_course")
    assert event.details == {"fields": ["ects", "runs", "titles", "topics"]}
    assert asked_jobs == ["search.tasks.update_index"]
    undo_course_edit(by=OPERATOR, course=course, uid=step.uid)
    assert stored() == before


def test_the_same_again_changes_nothing() -> None:
    course = a_course("weld", minutes=60)
    _edit(course, runs=[RUN])
    before = stored()
    assert _edit(course, minutes=60, runs=[RUN], titles={"en": "Weld"}) is None
    assert stored() == before


def test_a_course_of_no_feed_has_nothing_to_be_locked_against() -> None:
    _edit(a_course("weld"), minutes=90)
    assert not FieldLock.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"titles": {"en": " "}}, "titles"),
        ({"titles": {}}, "titles"),
        ({"summaries": {"xx": "?"}}, "summaries"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 10**12}, "minutes"),
        ({"mode": "by post"}, "mode"),
        ({"currency": ""}, "currency"),
        ({"currency": "euro"}, "currency"),
        ({"price_cents": 1, "currency": "eur"}, "currency"),
        ({"eqf_min": 9}, "eqf_min"),
        ({"eqf_max": 3}, "eqf_max"),
        ({"ects": Decimal("1.125")}, "ects"),
        ({"url": "example.org"}, "url"),
        ({"languages": ["klingon"]}, "languages"),
        ({"topics": ["magic"]}, "topics"),
        ({"licence": "x" * 301}, "licence"),
        ({"runs": [RUN, RUN]}, "runs"),
        ({"runs": [replace(RUN, ends_on=date(2027, 1, 1))]}, "ends_on"),
        ({"runs": [replace(RUN, country="JP")]}, "country"),
        ({"slug": "other"}, "slug"),
        ({"skills": []}, "skills"),
    ],
)
def test_what_a_feed_may_not_say_nobody_may(changes: dict[str, Any], field: str) -> None:
    a_topic("battery")
    course = a_course("weld", eqf_min=4)
    before = stored()
    with pytest.raises(InvalidInput) as refused:
        _edit(course, **changes)
    assert refused.value.field == field
    assert refused.value.message.endswith(".")
    assert stored() == before


def test_editors_edit_the_courses_of_their_own_provider_only(
    editor: User, member: User, person: User, organisation: Organisation
) -> None:
    own, other = a_course("own", provider=organisation), a_course("other", provider=a_provider())
    assert _edit(own, by=editor, minutes=90)
    for by, course in ((member, own), (person, own), (VISITOR, own), (editor, other), (editor, a_course("nobodys"))):
        with pytest.raises(NotAllowed):
            _edit(course, by=by, minutes=30)
    with pytest.raises(NotAllowed):
        _edit(own, by=editor, provider=other.provider)
    with pytest.raises(NotAllowed):
        create_course(by=editor, provider=other.provider, values={"titles": {"en": "New"}})
    assert set(Course.objects.values_list("slug", "minutes")) == {("own", 90), ("other", 60), ("nobodys", 60)}


def test_a_course_made_by_hand_is_a_draft_until_it_is_published(editor: User, organisation: Organisation) -> None:
    a_topic("battery")
    a_course("weld")
    values = {"titles": {"en": "Weld"}, "minutes": 90, "topics": ["battery"], "runs": [RUN]}
    course = create_course(by=editor, provider=organisation, values=values)
    course.refresh_from_db()
    assert (course.slug, course.published_at, course.provider, course.origin) == ("weld-2", None, organisation, "real")
    assert (course.import_source, course.external_id, course.confirmed_by) == ("", "", editor.public_id)
    assert [topic.slug for topic in course.topics.all()] == ["battery"]
    other = create_course(by=editor, provider=organisation, values=values)
    assert course.runs.get().uid != other.runs.get().uid
    assert publish_course(by=editor, course=course)
    assert Course.objects.exclude(published_at=None).filter(pk=course.pk).exists()
    assert publish_course(by=editor, course=course) is None
    assert withdraw_course(by=editor, course=course)
    assert withdraw_course(by=editor, course=course) is None
    assert Course.objects.get(pk=course.pk).published_at is None
    actions = AuditEvent.objects.filter(target_uid=str(course.uid)).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["create_course", "publish_course", "withdraw_course"]


def test_a_course_without_a_title_is_not_made(organisation: Organisation) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_course(by=OPERATOR, provider=organisation, values={"minutes": 60})
    assert refused.value.field == "titles"
    assert not Course.objects.exists()


def test_a_merged_course_is_not_published() -> None:
    course = a_course("one", merged_into=a_course("other"), published_at=None)
    with pytest.raises(Conflict):
        publish_course(by=OPERATOR, course=course)


def test_only_editors_publish_and_withdraw(person: User, organisation: Organisation) -> None:
    course = a_course("weld", provider=organisation)
    for operation in (publish_course, withdraw_course):
        with pytest.raises(NotAllowed):
            operation(by=person, course=course)


def test_a_record_of_an_edited_course_is_what_was_set() -> None:
    course = a_course("weld")
    _edit(course, outcomes={"en": ["Weld"]}, languages=["de"], keywords=["steel"], certificate="attendance")
    record = course_record(Course.objects.get())
    assert (record.outcomes, record.languages, record.keywords) == ({"en": ("Weld",)}, ("de",), ("steel",))
