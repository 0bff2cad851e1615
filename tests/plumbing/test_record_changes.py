"""Every write of an import can be taken back exactly, or is refused when somebody would lose work."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.records import a_course, a_run, a_skill, stored

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.catalogue.models import Brief, Course, CourseSkill, Run
from synchromesh.engine.errors import Conflict
from synchromesh.framework.models import Skill, Topic
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog, snapshot, undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch() -> ImportBatch:
    """An import of no kind in particular."""
    return ImportBatch.objects.create(kind="feed", name="f.csv", source="s", actor="operator")


def test_what_was_created_is_gone_after_undo(batch: ImportBatch) -> None:
    before = stored()
    log = ChangeLog(batch)
    topic = Topic(slug="hydrogen", titles={"en": "Hydrogen"})
    skill = Skill(slug="test-leaks", titles={"en": "Test for leaks"})
    log.create(topic)
    log.create(skill)
    log.create(Skill.topics.through(skill=skill, topic=topic))
    assert log.save() == 3
    assert stored() != before
    assert undo(batch) == 3
    assert stored() == before


def test_what_was_changed_reads_as_before_after_undo(batch: ImportBatch) -> None:
    course = a_course(
        "weld",
        ects=Decimal("2.25"),
        source_on=date(2026, 1, 2),
        outcomes={"en": ["Weld", "Test the weld"]},
        published_at=datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
    )
    before = stored()
    log = ChangeLog(batch)
    assert log.change(course, minutes=90, ects=None, source_on=None, outcomes={}, published_at=None)
    log.save()
    undo(batch)
    assert stored() == before


def test_what_was_deleted_is_back_to_the_microsecond_after_undo(batch: ImportBatch) -> None:
    course = a_course("weld", {"weld-parts": (None, 2)})
    run = a_run(course, date(2027, 5, 4))
    skill = a_skill("alone", created_at=datetime(2020, 1, 1, tzinfo=UTC))
    before = stored()
    log = ChangeLog(batch)
    for record in (CourseSkill.objects.get(), run, skill):
        log.delete(record)
    log.save()
    assert not Run.objects.exists()
    undo(batch)
    assert stored() == before


def test_several_changes_of_one_record_are_taken_back_in_reverse(batch: ImportBatch) -> None:
    before = stored()
    log = ChangeLog(batch)
    topic = Topic(slug="battery", titles={"en": "Battery"})
    log.create(topic)
    log.change(topic, position=2)
    log.change(topic, position=3)
    log.delete(topic)
    assert log.save() == 4
    undo(batch)
    assert stored() == before


def test_a_change_to_the_same_value_is_no_change(batch: ImportBatch) -> None:
    course = a_course("weld", ects=Decimal(2))
    course = Course.objects.get(pk=course.pk)
    log = ChangeLog(batch)
    assert not log.change(course, minutes=60)
    assert not log.change(course, ects=Decimal("2"), titles={"en": "Weld"})
    assert log.save() == 0


def test_a_reference_moves_without_becoming_news_and_moves_back(batch: ImportBatch) -> None:
    old, new = a_skill("old"), a_skill("new")
    brief = Brief.objects.create(wish="w", origin="gap", skill=old)
    Brief.objects.update(last_on=date(2020, 1, 2))
    brief.refresh_from_db()
    before = stored()
    log = ChangeLog(batch)
    log.repoint(brief, skill=new)
    log.save()
    assert Brief.objects.get().skill == new
    assert Brief.objects.get().last_on == date(2020, 1, 2)
    undo(batch)
    assert stored() == before


def test_a_copy_has_a_uid_of_its_own_and_the_dates_of_the_original(batch: ImportBatch) -> None:
    skill, other = a_skill("weld"), a_skill("other")
    brief = Brief.objects.create(wish="w", origin="gap", skill=skill, times=3)
    Brief.objects.update(first_on=date(2020, 1, 1), last_on=date(2020, 1, 2))
    brief.refresh_from_db()
    before = stored()
    log = ChangeLog(batch)
    log.copy(brief, skill=other, wish="w2")
    log.save()
    copied = Brief.objects.get(wish="w2")
    assert (copied.skill, copied.times, copied.first_on, copied.last_on) == (
        other,
        3,
        date(2020, 1, 1),
        date(2020, 1, 2),
    )
    assert copied.uid != brief.uid
    undo(batch)
    assert stored() == before


def test_undo_is_refused_when_somebody_changed_the_record_since(batch: ImportBatch) -> None:
    log = ChangeLog(batch)
    topic = Topic(slug="battery", titles={"en": "Battery"})
    log.create(topic)
    log.save()
    Topic.objects.update(titles={"en": "Batteries"})
    with pytest.raises(Conflict, match="Batteries was changed after this import"):
        undo(batch)
    assert Topic.objects.get().titles == {"en": "Batteries"}


def test_undo_is_refused_when_the_record_is_gone(batch: ImportBatch) -> None:
    course = a_course("weld")
    log = ChangeLog(batch)
    log.change(course, minutes=90)
    log.save()
    Course.objects.all().delete()
    with pytest.raises(Conflict, match=r"catalogue\.Course"):
        undo(batch)


def test_undo_is_refused_while_something_protected_uses_the_record(batch: ImportBatch) -> None:
    log = ChangeLog(batch)
    skill = Skill(slug="weld-parts", titles={"en": "Weld parts"})
    log.create(skill)
    log.save()
    a_course("weld", {"weld-parts": (None, 1)})
    with pytest.raises(Conflict, match="Weld parts came with this import and is in use by now"):
        undo(batch)


def test_undo_never_takes_later_work_along_that_hangs_on_the_record(batch: ImportBatch, person: User) -> None:
    log = ChangeLog(batch)
    provider = Organisation(slug="south", name="South")
    log.create(provider)
    log.save()
    Membership.objects.create(person=person, organisation=provider)
    with pytest.raises(Conflict, match="South came with this import"):
        undo(batch)
    assert Membership.objects.count() == 1


def test_undo_takes_along_what_only_counts_wishes(batch: ImportBatch) -> None:
    log = ChangeLog(batch)
    skill = Skill(slug="weld-parts", titles={"en": "Weld parts"})
    log.create(skill)
    log.save()
    Brief.objects.create(wish="gap|weld-parts", origin="gap", skill=skill, level=2)
    undo(batch)
    assert not Skill.objects.exists()
    assert not Brief.objects.exists()


def test_a_snapshot_holds_plain_values_by_column_and_no_row_number_of_its_own() -> None:
    course = a_course("weld", {"weld-parts": (0, 1)}, ects=Decimal("2.50"))
    values = snapshot(Course.objects.get())
    assert values["ects"] == "2.50"
    assert values["languages"] == ["en"]
    assert "id" not in values
    assert snapshot(CourseSkill.objects.get())["course_id"] == course.pk
