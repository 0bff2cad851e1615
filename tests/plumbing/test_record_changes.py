"""Every write of an import can be taken back exactly, or is refused when somebody would lose work."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries
from tests.records import a_course, a_run, a_skill, stored

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.catalogue.models import Brief, Course, CourseSkill, Run
from synchromesh.engine.errors import Conflict
from synchromesh.framework.models import Skill, Topic
from synchromesh.plumbing import record_changes
from synchromesh.plumbing import undo as undo_module
from synchromesh.plumbing.models import ImportBatch, ImportedChange
from synchromesh.plumbing.record_changes import ChangeLog, snapshot
from synchromesh.plumbing.undo import undo_changes as undo

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


@pytest.fixture
def _in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three records make a part, so that a few show what many do."""
    for module in (record_changes, undo_module):
        monkeypatch.setattr(module, "AT_ONCE", 3)


@pytest.mark.usefixtures("_in_small_parts")
def test_many_records_are_created_changed_and_deleted_in_parts_and_taken_back(batch: ImportBatch) -> None:
    kept = [a_course(f"kept-{number}", {"weld-parts": (None, 2)}, ects=Decimal(2)) for number in range(5)]
    before = stored()
    log = ChangeLog(batch)
    skill = a_skill("new-skill")
    skill_rows = stored()
    new = [Course(slug=f"new-{number}", titles={"de": "Neu"}, ects=Decimal("2.5")) for number in range(7)]
    log.create_many(new)
    log.create_many([CourseSkill(course=course, skill=skill, level=1) for course in new])
    log.change_many([(course, {"minutes": number, "ects": None}) for number, course in enumerate(kept)])
    log.change_many([(course, {"titles": {"en": "Again"}}) for course in kept])
    log.delete_many(list(CourseSkill.objects.filter(course__in=kept)))
    assert log.save() == batch.changes.count() == 7 + 7 + 5 + 5 + 5
    assert list(Course.objects.filter(slug__startswith="kept").values_list("minutes", "titles", "ects")) == [
        (number, {"en": "Again"}, None) for number in range(5)
    ]
    assert undo(batch) == 29
    assert stored() == skill_rows
    skill.delete()
    assert stored() == before


def test_of_many_changes_only_those_that_change_something_are_written(batch: ImportBatch) -> None:
    same, other = a_course("same", ects=Decimal(2)), a_course("other")
    courses = list(Course.objects.order_by("slug"))
    log = ChangeLog(batch)
    written = log.change_many([(course, {"minutes": 60, "ects": Decimal("2.0")}) for course in courses])
    assert (written, log.save()) == ([other], 1)
    assert batch.changes.get().record_id == other.pk != same.pk


def test_many_changes_may_set_what_records_refer_to(batch: ImportBatch) -> None:
    course, provider = a_course("weld"), Organisation.objects.create(slug="south", name="South")
    before = stored()
    log = ChangeLog(batch)
    assert log.change_many([(course, {"provider": provider})]) == [course]
    log.save()
    assert Course.objects.get().provider == provider
    undo(batch)
    assert stored() == before


def test_what_many_records_hold_reads_the_same_after_storing(batch: ImportBatch) -> None:
    a_skill("weld-parts")
    course = Course(
        slug="weld",
        titles={"en": "Weld"},
        outcomes={"en": ["One", "Two"]},
        ects=Decimal("2.5"),
        source_on=date(2026, 1, 2),
        published_at=datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
        origin="real",
    )
    log = ChangeLog(batch)
    log.create_many([course])
    log.create_many([Run(course=course, external_id="r", starts_on=date(2027, 5, 4), seats=0)])
    log.create_many([CourseSkill(course=course, skill=Skill.objects.get(), level=2, confidence=Decimal("0.5"))])
    assert snapshot(course) == snapshot(Course.objects.get())
    log.save()
    assert undo(batch) == 3


def test_notes_about_a_record_are_no_change_of_it(batch: ImportBatch) -> None:
    a_course("weld")
    log = ChangeLog(batch)
    assert log.change_many([(Course.objects.get(), {"confirmed_by": "north"})]) == []
    course = Course.objects.get()
    assert log.change_many([(course, {"confirmed_by": "north", "minutes": 90})]) == [course]
    log.save()
    assert Course.objects.get().confirmed_by == "north"
    Course.objects.update(confirmed_by="somebody")
    undo(batch)
    assert Course.objects.get().minutes == 60


@pytest.mark.usefixtures("_in_small_parts")
def test_undo_of_many_is_refused_whole_when_one_record_is_in_use(batch: ImportBatch, person: User) -> None:
    log = ChangeLog(batch)
    providers = [Organisation(slug=f"school-{number}", name=f"School {number}") for number in range(5)]
    log.create_many(providers)
    log.save()
    Membership.objects.create(person=person, organisation=providers[2])
    before = stored()
    with pytest.raises(Conflict, match="School 2 came with this import and is in use by now"), transaction.atomic():
        undo(batch)
    assert stored() == before


def test_taking_back_many_records_asks_few_questions(
    batch: ImportBatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    log = ChangeLog(batch)
    log.create_many([Course(slug=f"new-{number}", titles={"en": "New"}) for number in range(100)])
    log.change_many([(course, {"minutes": 5}) for course in Course.objects.all()])
    log.save()
    with django_assert_max_num_queries(50):
        undo(batch)
    assert not Course.objects.exists()


def test_of_long_texts_only_a_digest_is_noted_and_they_are_guarded_all_the_same(batch: ImportBatch) -> None:
    course = a_course("weld", descriptions={"en": "Old words. " * 40})
    before = stored()
    log = ChangeLog(batch)
    log.change_many([(course, {"descriptions": {"en": "New words. " * 40, "de": "Neu"}, "minutes": 90})])
    log.save()
    noted = batch.changes.get()
    assert noted.after is not None
    assert (list(noted.after["descriptions"]), noted.after["minutes"]) == (["sha256"], 90)
    Course.objects.update(descriptions={"en": "New words. " * 40, "de": "Anders"})
    with pytest.raises(Conflict):
        undo(batch)
    Course.objects.update(descriptions={"de": "Neu", "en": "New words. " * 40})
    undo(batch)
    assert stored() == before


def test_what_was_noted_whole_is_taken_back_too(batch: ImportBatch) -> None:
    course = a_course("weld", descriptions={"en": "Words. " * 40})
    ImportedChange.objects.create(
        batch=batch, position=1, model="catalogue.Course", record_id=course.pk, after=snapshot(course)
    )
    undo(batch)
    assert not Course.objects.exists()
