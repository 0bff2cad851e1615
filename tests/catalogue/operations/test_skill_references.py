"""Course links and wishes after a split or a merge."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.records import a_course, a_skill

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Brief, Course, CourseSkill, MappingVerdict
from synchromesh.catalogue.operations.skill_references import move_skill_references
from synchromesh.catalogue.queries.course_mapping import standing_rejections
from synchromesh.engine.errors import NotAllowed
from synchromesh.framework.models import Skill
from synchromesh.framework.operations.skill_succession import Succession
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.plumbing.sources import LinkMethod

pytestmark = pytest.mark.django_db


def _move(*successors: str, by: Any = OPERATOR, **stated: Any) -> None:
    skills = [Skill.objects.filter(slug=slug).first() or a_skill(slug) for slug in ("old", *successors)]
    log = ChangeLog(ImportBatch.objects.create(kind="skill-change", name="test", source="test"))
    succession = Succession(retired=skills[0], successors=tuple(skills[1:]), **stated)
    move_skill_references(by=by, log=log, succession=succession)


def _links() -> list[tuple[str, int | None, int, bool]]:
    found = CourseSkill.objects.select_related("skill").order_by("skill__slug")
    return [(link.skill.slug, link.entry_level, link.level, link.confirmed_at is not None) for link in found]


def _confirm(slug: str) -> None:
    CourseSkill.objects.filter(skill__slug=slug).update(confirmed_at=timezone.now(), confirmed_by="operator")


def test_a_link_moves_with_everything_it_says() -> None:
    a_course("welding", {"old": (0, 2)})
    CourseSkill.objects.update(quote="weld alone", method=LinkMethod.IMPORT, source="North")
    _move("new")
    assert _links() == [("new", 0, 2, True)]
    link = CourseSkill.objects.get()
    assert (link.quote, link.method, link.source, link.review_due_on) == ("weld alone", "import", "North", None)


@pytest.mark.parametrize(
    ("old", "new", "confirmed", "kept"),
    [
        ((0, 3), (0, 1), {"old", "new"}, ("new", 0, 3, True)),
        ((0, 1), (1, 3), {"old", "new"}, ("new", 1, 3, True)),
        ((0, 3), (0, 1), set(), ("new", 0, 3, False)),
        ((0, 3), (0, 1), {"new"}, ("new", 0, 1, True)),
        ((0, 1), (0, 3), {"old"}, ("new", 0, 1, True)),
        ((None, 2), (1, 2), {"old", "new"}, ("new", 1, 2, True)),
    ],
)
def test_of_two_links_the_confirmed_one_counts_and_then_the_higher(
    old: tuple[int | None, int], new: tuple[int | None, int], confirmed: set[str], kept: tuple[object, ...]
) -> None:
    a_course("welding", {"old": old, "new": new}, confirmed=False)
    for slug in confirmed:
        _confirm(slug)
    _move("new")
    assert _links() == [kept]


def test_each_part_of_a_split_takes_the_link_and_is_due_for_a_review() -> None:
    a_course("welding", {"old": (0, 2)})
    CourseSkill.objects.update(method=LinkMethod.IMPORT)
    _move("first", "second")
    assert _links() == [("first", 0, 2, True), ("second", 0, 2, True)]
    assert set(CourseSkill.objects.values_list("method", "review_due_on")) == {("hand", timezone.localdate())}


def test_a_suggestion_stays_a_suggestion_in_each_part() -> None:
    a_course("welding", {"old": (0, 2)}, confirmed=False)
    CourseSkill.objects.update(method=LinkMethod.SUGGESTED)
    _move("first", "second")
    assert _links() == [("first", 0, 2, False), ("second", 0, 2, False)]
    assert set(CourseSkill.objects.values_list("method", flat=True)) == {"suggested"}


def test_what_the_request_states_for_a_course_counts_as_confirmed_by_the_actor() -> None:
    a_course("welding", {"old": (1, 2)}, confirmed=False)
    CourseSkill.objects.update(quote="weld alone", source="North")
    _move("first", "second", courses={"welding": {"second": 1}})
    assert _links() == [("second", None, 1, True)]
    link = CourseSkill.objects.get()
    assert (link.confirmed_by, link.quote, link.source, link.review_due_on) == ("operator", "", "", None)


def test_wishes_move_without_becoming_news() -> None:
    old, new = a_skill("old"), a_skill("new")
    moved = Brief.objects.create(wish=f"gap|{old.uid}|2||", origin="gap", skill=old, level=2, times=5)
    Brief.objects.create(wish=f"gap|{new.uid}|2||", origin="gap", skill=new, level=2, times=3)
    Brief.objects.filter(pk=moved.pk).update(last_on="2026-01-02")
    _move("new")
    found = Brief.objects.filter(skill=new).order_by("-times")
    assert [(brief.times, brief.level) for brief in found] == [(5, 2), (3, 2)]
    assert str(found[0].last_on) == "2026-01-02"


def test_each_part_of_a_split_is_wished_for_since_the_same_day() -> None:
    old = a_skill("old")
    Brief.objects.create(wish=f"gap|{old.uid}|2||", origin="gap", skill=old, level=2, times=5)
    Brief.objects.update(first_on="2026-01-01", last_on="2026-01-02")
    _move("first", "second")
    found = Brief.objects.order_by("skill__slug").values_list("skill__slug", "times", "first_on", "last_on")
    assert [(slug, times, str(first), str(last)) for slug, times, first, last in found] == [
        ("first", 5, "2026-01-01", "2026-01-02"),
        ("second", 5, "2026-01-01", "2026-01-02"),
    ]


def test_nobody_else_may(person: User) -> None:
    with pytest.raises(NotAllowed):
        _move("new", by=person)


def _judge(course: Course, slug: str, decision: str, *, days_ago: int = 0) -> None:
    MappingVerdict.objects.create(
        course=course,
        skill=Skill.objects.filter(slug=slug).first() or a_skill(slug),
        decision=decision,
        level=2 if decision == "confirmed" else None,
        decided_by="operator",
        decided_at=timezone.now() - timedelta(days=days_ago),
    )


def _verdicts() -> list[tuple[str, bool]]:
    """What was decided about the successor, in the order of the decisions, and whether it is a trace only."""
    found = MappingVerdict.objects.filter(skill__slug="new").order_by("pk")
    return list(found.values_list("decision", "inherited"))


def test_after_a_merge_a_rejection_does_not_contradict_the_confirmed_link_of_the_successor() -> None:
    course = a_course("welding", {"new": (0, 2)})
    _judge(course, "old", "rejected")
    _judge(course, "new", "confirmed", days_ago=9)
    _move("new")
    assert _links() == [("new", 0, 2, True)]
    assert _verdicts() == [("rejected", True), ("confirmed", False)]
    assert standing_rejections(course) == {}


def test_a_rejection_gives_way_to_a_confirmed_link_that_nobody_judged_here() -> None:
    course = a_course("welding", {"new": (0, 2)})
    _judge(course, "old", "rejected")
    _move("new")
    assert _verdicts() == [("rejected", True)]


def test_after_a_merge_a_confirmed_link_is_not_contradicted_by_the_rejection_of_the_successor() -> None:
    course = a_course("welding", {"old": (0, 2)})
    _judge(course, "old", "confirmed", days_ago=9)
    _judge(course, "new", "rejected")
    _move("new")
    assert _links() == [("new", 0, 2, True)]
    assert _verdicts() == [("confirmed", False), ("rejected", True)]
    assert standing_rejections(course) == {}


@pytest.mark.parametrize(("moved", "own"), [("rejected", "confirmed"), ("confirmed", "rejected")])
def test_of_two_opposite_judgements_without_a_confirmed_link_that_about_the_successor_stands(
    moved: str, own: str
) -> None:
    course, other = a_course("welding"), a_course("gluing")
    _judge(course, "old", moved)
    _judge(course, "new", own, days_ago=9)
    _judge(other, "old", moved)
    _move("new")
    assert _verdicts() == [(moved, True), (own, False), (moved, False)]
    assert bool(standing_rejections(course)) == (own == "rejected")


def test_judgements_that_say_the_same_count_on_both_sides_and_only_the_last_one_is_compared() -> None:
    course = a_course("welding")
    _judge(course, "old", "confirmed", days_ago=9)
    _judge(course, "old", "rejected")
    _judge(course, "new", "rejected", days_ago=1)
    _move("new")
    assert _verdicts() == [("confirmed", False), ("rejected", False), ("rejected", False)]


def test_the_parts_of_a_split_inherit_judgements_as_a_trace() -> None:
    course = a_course("welding", {"first": (0, 2)})
    _judge(course, "old", "rejected")
    _judge(course, "first", "confirmed")
    _move("first", "second")
    found = MappingVerdict.objects.order_by("skill__slug", "decision")
    assert list(found.values_list("skill__slug", "decision", "inherited")) == [
        ("first", "confirmed", False),
        ("first", "rejected", True),
        ("second", "rejected", True),
    ]
