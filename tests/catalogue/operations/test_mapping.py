"""Decisions about what a course teaches: who may, what is written, what is learned from it, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.records import a_course, a_skill, commit_feed, course_row, csv_file, stored, undo_feed

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.catalogue.models import Course, CourseSkill, MappingVerdict
from synchromesh.catalogue.operations.mapping import (
    change_course_skill,
    confirm_course_skill,
    mark_not_a_skill,
    reject_course_skill,
    remove_course_skill,
    review_course_skill,
    undo_mapping_step,
)
from synchromesh.catalogue.operations.mapping_steps import Step
from synchromesh.catalogue.queries.course_mapping import Evidence, Suggestion
from synchromesh.catalogue.queries.mapping_steps import find_last_step
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.engine.vocabulary.periods import months_later
from synchromesh.framework.models import Skill
from synchromesh.plumbing.models import AuditEvent
from synchromesh.search.queries import search

pytestmark = pytest.mark.django_db
SEEN = Evidence(quote="weld steel", sentence="You weld steel alone.", language="en", probability=0.834, mode="fast")


@pytest.fixture
def course(organisation: Organisation) -> Course:
    return a_course("welding", provider=organisation, source="North", source_on=date(2027, 1, 2))


@pytest.fixture
def skill() -> Skill:
    return a_skill("weld")


def _confirm(course: Course, skill: Skill, level: int = 2, by: Any = OPERATOR, **more: Any) -> Step:
    return confirm_course_skill(by=by, course=course, skill=skill, level=level, **more)


def _verdicts() -> list[tuple[str | None, str, int | None]]:
    found = MappingVerdict.objects.select_related("skill").order_by("pk")
    return [(row.skill.slug if row.skill else None, row.decision, row.level) for row in found]


def _due() -> date:
    return months_later(timezone.localdate(), 12)


def test_a_confirmed_suggestion_carries_its_words_who_and_when_and_the_day_to_look_again(
    course: Course, skill: Skill, editor: User
) -> None:
    _confirm(course, skill, 3, by=editor, evidence=SEEN)
    link = CourseSkill.objects.get()
    assert (link.method, link.confidence, link.quote, link.source) == (
        "suggested",
        Decimal("0.83"),
        "weld steel",
        "North",
    )
    assert (link.level, link.entry_level, link.source_on) == (3, None, date(2027, 1, 2))
    assert (link.confirmed_by, link.review_due_on) == (editor.public_id, _due())
    verdict = MappingVerdict.objects.get()
    assert (verdict.decision, verdict.level, verdict.probability, verdict.mode) == (
        "confirmed",
        3,
        Decimal("0.83"),
        "fast",
    )
    assert (verdict.quote, verdict.sentence, verdict.language) == (SEEN.quote, SEEN.sentence, "en")
    assert (verdict.decided_by, verdict.decided_at) == (editor.public_id, link.confirmed_at)
    event = AuditEvent.objects.get(action="confirm_course_skill")
    assert (event.actor, event.target_uid, event.details) == (editor.public_id, str(course.uid), {"skill": "weld"})


def test_a_skill_that_was_added_by_hand_says_so(course: Course, skill: Skill) -> None:
    _confirm(course, skill, 2, entry_level=1)
    link = CourseSkill.objects.get()
    assert (link.method, link.confidence, link.quote, link.source) == ("hand", None, "", "")
    assert link.entry_level == 1
    assert MappingVerdict.objects.get().mode == ""


def test_the_day_to_look_again_is_a_setting(course: Course, skill: Skill, settings: Settings) -> None:
    settings.MAPPING_REVIEW_MONTHS = 6
    _confirm(course, skill)
    assert CourseSkill.objects.get().review_due_on == months_later(timezone.localdate(), 6)


def test_the_same_again_changes_nothing_and_another_level_is_a_conflict(course: Course, skill: Skill) -> None:
    assert _confirm(course, skill) is not None
    before = stored()
    assert _confirm(course, skill) is None
    assert stored() == before
    with pytest.raises(Conflict):
        _confirm(course, skill, 3)


@pytest.mark.parametrize(("level", "entry"), [(0, None), (4, None), (2, 2), (2, 3), (1, -1)])
def test_impossible_levels_are_refused(course: Course, skill: Skill, level: int, entry: int | None) -> None:
    with pytest.raises(InvalidInput):
        _confirm(course, skill, level, entry_level=entry)
    _confirm(course, skill)
    with pytest.raises(InvalidInput):
        change_course_skill(by=OPERATOR, course=course, skill=skill, level=level, entry_level=entry)


def test_a_retired_skill_cannot_be_confirmed(course: Course) -> None:
    with pytest.raises(Conflict):
        _confirm(course, a_skill("old", retired_at=timezone.now()))
    assert not CourseSkill.objects.exists()


def test_a_link_that_a_file_states_keeps_its_source_when_it_is_confirmed_as_stated(
    course: Course, skill: Skill
) -> None:
    CourseSkill.objects.create(
        course=course, skill=skill, level=2, entry_level=1, method="import", source="North", quote="weld alone"
    )
    _confirm(course, skill, evidence=SEEN)
    link = CourseSkill.objects.get()
    assert (link.method, link.source, link.quote, link.entry_level) == ("import", "North", "weld alone", 1)
    assert link.confirmed_at is not None


def test_another_level_than_the_file_states_is_the_persons_own_word(course: Course, skill: Skill) -> None:
    CourseSkill.objects.create(
        course=course, skill=skill, level=2, entry_level=1, method="import", source="North", quote="weld alone"
    )
    _confirm(course, skill, 3)
    link = CourseSkill.objects.get()
    assert (link.method, link.source, link.level, link.entry_level) == ("hand", "", 3, 1)


def test_choosing_another_skill_rejects_the_suggestion(course: Course, skill: Skill) -> None:
    other = a_skill("join")
    CourseSkill.objects.create(course=course, skill=skill, level=2, method="import")
    suggestion = Suggestion(
        number=1,
        skill=skill,
        level=2,
        level_stated=False,
        level_words="",
        evidence=SEEN,
        places=(),
        alternatives=(),
        link=None,
    )
    _confirm(course, other, evidence=Evidence(quote="weld steel", probability=0.3, mode="fast"), instead_of=suggestion)
    assert [link.skill.slug for link in CourseSkill.objects.all()] == ["join"]
    assert _verdicts() == [("join", "confirmed", 2), ("weld", "rejected", None)]
    assert MappingVerdict.objects.get(skill=skill).probability == Decimal("0.83")


def test_a_change_of_level_is_confirmed_and_learned_from(course: Course, skill: Skill, editor: User) -> None:
    _confirm(course, skill, evidence=SEEN)
    change_course_skill(by=editor, course=course, skill=skill, level=3, entry_level=0)
    link = CourseSkill.objects.get()
    assert (link.level, link.entry_level, link.method, link.confirmed_by) == (3, 0, "hand", editor.public_id)
    assert _verdicts() == [("weld", "confirmed", 2), ("weld", "confirmed", 3)]
    last = MappingVerdict.objects.latest("pk")
    assert (last.quote, last.sentence, last.probability) == (SEEN.quote, SEEN.sentence, None)
    before = stored()
    assert change_course_skill(by=editor, course=course, skill=skill, level=3, entry_level=0) is None
    assert stored() == before


def test_a_rejected_skill_loses_the_link_of_a_file_but_not_one_that_somebody_confirmed(
    course: Course, skill: Skill
) -> None:
    CourseSkill.objects.create(course=course, skill=skill, level=2, method="import")
    reject_course_skill(by=OPERATOR, course=course, skill=skill, evidence=SEEN)
    assert not CourseSkill.objects.exists()
    assert _verdicts() == [("weld", "rejected", None)]
    assert reject_course_skill(by=OPERATOR, course=course, skill=skill) is None
    _confirm(course, skill)
    with pytest.raises(Conflict):
        reject_course_skill(by=OPERATOR, course=course, skill=skill)


def test_words_are_marked_once_and_never_none_at_all(course: Course) -> None:
    assert mark_not_a_skill(by=OPERATOR, course=course, evidence=SEEN) is not None
    assert mark_not_a_skill(by=OPERATOR, course=course, evidence=Evidence(quote="Weld Steel")) is None
    assert _verdicts() == [(None, "not_a_skill", None)]
    with pytest.raises(InvalidInput):
        mark_not_a_skill(by=OPERATOR, course=course, evidence=Evidence(quote=" "))


def test_a_removed_link_is_a_rejection_with_the_words_of_the_link(course: Course, skill: Skill) -> None:
    _confirm(course, skill, evidence=SEEN)
    remove_course_skill(by=OPERATOR, course=course, skill=skill)
    assert not CourseSkill.objects.exists()
    last = MappingVerdict.objects.latest("pk")
    assert (last.decision, last.quote, last.sentence) == ("rejected", SEEN.quote, SEEN.sentence)
    with pytest.raises(NotFound):
        remove_course_skill(by=OPERATOR, course=course, skill=skill)


def test_a_second_look_renews_the_day_and_the_name_and_judges_nothing_new(
    course: Course, skill: Skill, editor: User
) -> None:
    _confirm(course, skill)
    CourseSkill.objects.update(review_due_on=timezone.localdate() - timedelta(days=1))
    review_course_skill(by=editor, course=course, skill=skill)
    link = CourseSkill.objects.get()
    assert (link.confirmed_by, link.review_due_on) == (editor.public_id, _due())
    assert len(_verdicts()) == 1


def test_what_nobody_has_confirmed_cannot_be_looked_at_again_or_changed(course: Course, skill: Skill) -> None:
    for act in (review_course_skill, lambda **who: change_course_skill(level=1, **who)):
        with pytest.raises(NotFound):
            act(by=OPERATOR, course=course, skill=skill)
    CourseSkill.objects.create(course=course, skill=skill, level=2)
    for act in (review_course_skill, lambda **who: change_course_skill(level=1, **who)):
        with pytest.raises(Conflict):
            act(by=OPERATOR, course=course, skill=skill)


def test_every_step_can_be_taken_back_to_the_letter(course: Course, skill: Skill) -> None:
    CourseSkill.objects.create(course=course, skill=a_skill("join"), level=2, method="import", quote="join")
    known: dict[str, Any] = {"by": OPERATOR, "course": course}
    steps: list[Callable[[], Step]] = [
        lambda: _confirm(course, skill, evidence=SEEN),
        lambda: change_course_skill(skill=skill, level=3, **known),
        lambda: review_course_skill(skill=skill, **known),
        lambda: remove_course_skill(skill=skill, **known),
        lambda: reject_course_skill(skill=Skill.objects.get(slug="join"), **known),
        lambda: mark_not_a_skill(evidence=SEEN, **known),
    ]
    states, done = [stored()], []
    for act in steps:
        step = act()
        assert step is not None
        done.append(step)
        states.append(stored())
    for step, before in zip(reversed(done), reversed(states[:-1]), strict=True):
        undo_mapping_step(by=OPERATOR, course=course, uid=step.uid)
        assert stored() == before


def test_a_step_is_taken_back_once_in_order_and_on_its_own_course(course: Course, skill: Skill) -> None:
    first = _confirm(course, skill)
    second = change_course_skill(by=OPERATOR, course=course, skill=skill, level=3)
    assert first is not None
    assert second is not None
    with pytest.raises(Conflict):
        undo_mapping_step(by=OPERATOR, course=course, uid=first.uid)
    undo_mapping_step(by=OPERATOR, course=course, uid=second.uid)
    with pytest.raises(Conflict):
        undo_mapping_step(by=OPERATOR, course=course, uid=second.uid)
    with pytest.raises(NotFound):
        undo_mapping_step(by=OPERATOR, course=a_course("other"), uid=first.uid)
    with pytest.raises(NotFound):
        undo_mapping_step(by=OPERATOR, course=course, uid="nonsense")


def test_the_last_step_is_the_persons_own_and_not_old(course: Course, skill: Skill, editor: User, staff: User) -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    first = _confirm(course, skill, by=editor)
    second = mark_not_a_skill(by=staff, course=course, evidence=SEEN)
    assert find_last_step(course, by=editor, since=hour_ago) == first
    found = find_last_step(course, by=staff, since=hour_ago)
    assert found == second
    assert found is not None
    assert found.options == {"action": "mark_not_a_skill", "skill_uid": "", "words": "weld steel"}
    assert find_last_step(course, by=staff, since=timezone.now()) is None
    undo_mapping_step(by=staff, course=course, uid=found.uid)
    assert find_last_step(course, by=staff, since=hour_ago) is None


def _everything(by: Any, course: Course, skill: Skill) -> list[Callable[[], object]]:
    known: dict[str, Any] = {"by": by, "course": course}
    other = Skill.objects.filter(slug="join").first() or a_skill("join")
    return [
        lambda: confirm_course_skill(skill=skill, level=2, **known),
        lambda: change_course_skill(skill=skill, level=3, **known),
        lambda: review_course_skill(skill=skill, **known),
        lambda: remove_course_skill(skill=skill, **known),
        lambda: reject_course_skill(skill=other, **known),
        lambda: mark_not_a_skill(evidence=SEEN, **known),
    ]


def test_strangers_other_providers_and_mere_members_may_do_nothing(
    course: Course, skill: Skill, person: User, member: User, manager: User
) -> None:
    elsewhere = a_course("elsewhere", provider=None)
    _confirm(elsewhere, skill)
    step = _confirm(course, skill)
    assert step is not None
    other = Organisation.objects.create(slug="other", name="Other")
    foreign = User.objects.create_user(email="other@example.org")
    foreign.memberships.create(organisation=other, role="manager")
    a_skill("join")
    before = stored()
    for by, at in ((VISITOR, course), (person, course), (member, course), (foreign, course), (manager, elsewhere)):
        for act in (
            *_everything(by, at, skill),
            lambda by=by, at=at: undo_mapping_step(by=by, course=at, uid=step.uid),  # type: ignore[misc]
        ):
            with pytest.raises(NotAllowed):
                act()
    assert stored() == before


@pytest.mark.parametrize("who", ["editor", "manager", "staff"])
def test_editors_managers_and_staff_may_do_everything(
    who: str, course: Course, skill: Skill, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    for act in _everything(by, course, skill):
        assert act() is not None
    assert set(MappingVerdict.objects.values_list("decided_by", flat=True)) == {by.public_id}


def test_the_search_finds_the_course_by_what_was_confirmed(
    course: Course, django_capture_on_commit_callbacks: Any
) -> None:
    skill = a_skill("anodise", titles={"en": "Anodise a housing"})
    with django_capture_on_commit_callbacks(execute=True):
        step = _confirm(course, skill)
    assert [hit.slug for hit in search("anodise", kinds=("course",)).hits] == ["welding"]
    assert step is not None
    with django_capture_on_commit_callbacks(execute=True):
        undo_mapping_step(by=OPERATOR, course=course, uid=step.uid)
    assert search("anodise", kinds=("course",)).total == 0


def test_a_file_does_not_bring_back_what_a_person_rejected() -> None:
    skill = a_skill("weld")
    a_skill("join")
    feed = csv_file(course_row("c1", skills="weld 2; join 1"))
    commit_feed(feed)
    course = Course.objects.get()
    step = reject_course_skill(by=OPERATOR, course=course, skill=skill)
    assert step is not None
    again = commit_feed(feed)
    assert again.counts["same"] == 1
    assert [link.skill.slug for link in course.skill_links.all()] == ["join"]
    undo_mapping_step(by=OPERATOR, course=course, uid=step.uid)
    assert [link.skill.slug for link in course.skill_links.all()] == ["join", "weld"]


def test_an_import_with_judgements_of_its_courses_can_still_be_undone_after_their_undo() -> None:
    batch = commit_feed(csv_file(course_row("c1", skills="")))
    course = Course.objects.get()
    mark_not_a_skill(by=OPERATOR, course=course, evidence=SEEN)
    step = _confirm(course, a_skill("weld"))
    with pytest.raises(Conflict):
        undo_feed(batch)
    assert step is not None
    undo_mapping_step(by=OPERATOR, course=course, uid=step.uid)
    undo_feed(batch)
    assert not Course.objects.exists()
    assert not MappingVerdict.objects.exists()
