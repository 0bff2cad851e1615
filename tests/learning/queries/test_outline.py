"""Tests of synchromesh.learning.queries.outline."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.learning.records import (
    ALL_KINDS,
    NOW,
    a_cohort,
    a_course_with_content,
    a_done_unit,
    a_section,
    a_unit,
    an_enrolment,
)

from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import CohortDate, ContentVersion, Enrolment, Unit
from synchromesh.learning.queries.outline import Outline, course_outline, get_unit_to_learn, list_progress

pytestmark = pytest.mark.django_db


def _outline(enrolment: Enrolment) -> Outline:
    enrolment.refresh_from_db()
    return course_outline(enrolment.version, enrolment=enrolment)


def test_units_have_one_number_through_all_sections() -> None:
    outline = course_outline(a_course_with_content(kinds=["text", "video", "picture"]))
    assert [(section.number, section.key) for section in outline.sections] == [(1, "first"), (2, "second")]
    assert [(unit.number, unit.key) for unit in outline.units] == [(1, "text"), (2, "video"), (3, "picture")]
    assert (outline.unit_count, outline.sections[0].minutes, outline.minutes_left) == (3, 10, 15)


def test_units_come_in_the_order_of_their_sections_and_places() -> None:
    version = a_course_with_content(kinds=[])
    late, early = a_section(version, "late", position=9), a_section(version, "early", position=8)
    for section, key, place in ((late, "d", 1), (early, "b", 2), (early, "a", 1), (late, "c", 0)):
        a_unit(section, key=key, position=place)
    assert [unit.key for unit in course_outline(version).units] == ["a", "b", "c", "d"]


def test_every_unit_leads_to_the_one_before_and_after() -> None:
    outline = course_outline(a_course_with_content(kinds=["text", "video", "picture"]))
    around = [(outline.before(unit.key), outline.after(unit.key)) for unit in outline.units]
    assert [(one and one.key, other and other.key) for one, other in around] == [
        (None, "video"),
        ("text", "picture"),
        ("video", None),
    ]
    with pytest.raises(NotFound):
        outline.after("riddle")


def test_only_ones_own_progress_is_counted() -> None:
    version = a_course_with_content(kinds=["text", "picture", "file"])
    enrolment, other = an_enrolment(version), an_enrolment(version)
    a_done_unit(enrolment, "text")
    a_done_unit(enrolment, "picture", done_at=None)
    a_done_unit(other, "file")
    outline = _outline(enrolment)
    assert [unit.state for unit in outline.units] == ["done", "begun", "todo"]
    assert (outline.done, outline.total, outline.percent, outline.minutes_left) == (1, 3, 33, 10)
    assert [unit.state for unit in course_outline(version).units] == ["todo"] * 3


def test_a_learner_goes_on_where_they_were_and_then_with_what_is_required() -> None:
    version = a_course_with_content(kinds=["text", "picture", "file", "video"])
    enrolment = an_enrolment(version)
    Unit.objects.filter(key="file").update(is_required=False)

    def next_key() -> str:
        found = _outline(enrolment).next_unit
        return found.key if found else ""

    assert next_key() == "text"
    Enrolment.objects.update(last_unit=version.units.get(key="picture"))
    assert next_key() == "picture"
    a_done_unit(enrolment, "picture")
    assert next_key() == "video"
    a_done_unit(enrolment, "video")
    assert next_key() == "text"
    a_done_unit(enrolment, "text")
    assert next_key() == "file"
    Enrolment.objects.update(last_unit=version.units.get(key="file"))
    assert next_key() == "file"
    a_done_unit(enrolment, "file")
    assert next_key() == ""


def test_no_unit_has_a_date_that_nobody_set() -> None:
    version = a_course_with_content(kinds=["text", "live-session"])
    cohort = a_cohort(version.course, starts_on=NOW.date())
    for enrolment in (an_enrolment(version), an_enrolment(version, run=cohort.run)):
        units = _outline(enrolment).units
        assert [(unit.due_at, unit.held_at, unit.place, unit.url) for unit in units] == [(None, None, "", "")] * 2


def test_dates_are_those_of_the_learners_own_group() -> None:
    version = a_course_with_content(kinds=["text", "live-session"])
    own, other = a_cohort(version.course), a_cohort(version.course)
    CohortDate.objects.create(cohort=own, unit_key="text", at=NOW)
    CohortDate.objects.create(cohort=own, unit_key="live-session", at=NOW, place="Hall 2", url="https://example.org/")
    CohortDate.objects.create(cohort=other, unit_key="text", at=NOW + timedelta(days=1))
    text, session = _outline(an_enrolment(version, run=own.run)).units
    assert (text.due_at, text.held_at) == (NOW, None)
    assert (session.due_at, session.held_at, session.place, session.url) == (
        None,
        NOW,
        "Hall 2",
        "https://example.org/",
    )
    assert _outline(an_enrolment(version)).units[0].due_at is None


def test_an_outline_asks_only_for_what_is_the_learners_own(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """The first reader asks for the units of a published version too: progress, what waits for a mark, dates, units."""
    version = a_course_with_content(kinds=[*ALL_KINDS, *ALL_KINDS])
    enrolment = an_enrolment(version, run=a_cohort(version.course).run)
    a_done_unit(enrolment, "quiz-2")
    for count in (4, 3):
        with django_assert_num_queries(count):
            assert course_outline(version, enrolment=enrolment).unit("quiz-2").is_done
    progress = list_progress(enrolment)
    with django_assert_num_queries(2):
        assert course_outline(version, enrolment=enrolment, progress=progress).unit("quiz-2").is_done


def test_what_is_kept_of_a_version_is_not_what_a_learner_gets() -> None:
    """Whoever looks something up from a unit keeps it to themselves; the next one looks again."""
    version = a_course_with_content(kinds=["quiz"])
    first, second = (get_unit_to_learn(an_enrolment(version), "quiz").unit for _ in range(2))
    assert first.instrument is not None
    assert second.instrument is not None
    assert first.instrument.bank.pk == second.instrument.bank.pk
    assert (first.instrument is second.instrument, first.instrument.bank is second.instrument.bank) == (False, False)


def test_a_draft_is_read_anew_each_time(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    version = a_course_with_content(kinds=["text"], published=False)
    for _ in range(2):
        with django_assert_num_queries(1):
            assert course_outline(version).unit("text").number == 1


def test_a_learner_reads_a_unit_with_what_is_kept_of_it() -> None:
    version = a_course_with_content(kinds=["text", "quiz"])
    enrolment = an_enrolment(version)
    a_done_unit(enrolment, "text", state={"a": 1}, save_number=4)
    a_done_unit(an_enrolment(version), "quiz")
    read = get_unit_to_learn(enrolment, "text")
    assert read.progress is not None
    assert (read.unit.key, read.progress.state, read.progress.save_number) == ("text", {"a": 1}, 4)
    assert get_unit_to_learn(enrolment, "quiz").progress is None


@pytest.mark.parametrize("state", ["left", "waiting"])
def test_whoever_has_no_place_reads_no_unit(state: str) -> None:
    enrolment = an_enrolment(a_course_with_content(), state=state)
    with pytest.raises(NotFound):
        get_unit_to_learn(enrolment, "text")


def test_a_unit_of_a_draft_or_of_another_version_is_not_there_for_a_learner() -> None:
    version = a_course_with_content(kinds=["text"])
    enrolment = an_enrolment(version)
    a_course_with_content(course=version.course, kinds=["picture"])
    for key in ("picture", "riddle"):
        with pytest.raises(NotFound):
            get_unit_to_learn(enrolment, key)
    ContentVersion.objects.filter(pk=version.pk).update(published_at=None)
    enrolment = Enrolment.objects.get(pk=enrolment.pk)
    with pytest.raises(NotFound):
        get_unit_to_learn(enrolment, "text")
