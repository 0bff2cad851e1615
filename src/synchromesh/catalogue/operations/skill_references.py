"""Hand what the catalogue says about a skill on to its successors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.catalogue.models import Brief, BriefClaim, CourseSkill, MappingDecision, MappingVerdict
from synchromesh.framework.models import Skill
from synchromesh.framework.operations.skill_succession import Succession, planned
from synchromesh.plumbing import audit
from synchromesh.plumbing.imports import PlannedRow
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.plumbing.sources import STATED_BY_HAND, LinkMethod


def move_skill_references(*, by: audit.Actor, log: ChangeLog, succession: Succession) -> list[PlannedRow]:
    """Move course links, judgements about them, wishes, and what providers said they would offer. Raises NotAllowed.

    Where a course has a link to the successor already, the confirmed one of the two counts, and the higher level if
    both or neither are: a suggestion never takes over a confirmation that was given to another level. After a split
    imported links count as made by hand, since a feed that still names the former skill cannot say which part it means,
    and they are due for a review unless the request states them. Judgements about a skill that is split stay as a trace
    of what was said about the whole: nobody has judged the parts. After a merge two people may have said the opposite
    about one course: where a confirmed link is left the rejection becomes a trace, else the judgement that moves.
    """
    require(is_alliance_staff(by), "Only alliance staff can split or merge skills.")
    links = CourseSkill.objects.filter(skill=succession.retired).select_related("course").order_by("course__slug")
    rows = [_move_link(log, succession, link, by=by) for link in links]
    _move_verdicts(log, succession)
    _move_claims(log, succession)
    return [*rows, *_move_briefs(log, succession)]


def _move_link(log: ChangeLog, succession: Succession, link: CourseSkill, *, by: audit.Actor) -> PlannedRow:
    before, stated = f"{succession.retired.slug} {link.level}", succession.courses.get(link.course.slug)
    confirmation = {"confirmed_by": by.public_id, "confirmed_at": timezone.now()} if stated is not None else {}
    wanted = [
        (skill, _columns(link, level, is_split=succession.is_split, stated=stated is not None) | confirmation)
        for skill, level in succession.levels(stated, link.level)
    ]
    own = {row.skill_id: row for row in CourseSkill.objects.filter(course=link.course, skill__in=succession.successors)}
    levels = {skill.slug: columns["level"] for skill, columns in wanted}
    for skill, columns in wanted:
        if skill.pk in own:
            levels[skill.slug] = _keep_the_better(log, own[skill.pk], _meaning(link) | columns)
    free = [(skill, columns) for skill, columns in wanted if skill.pk not in own]
    for skill, columns in free[1:]:
        log.copy(link, skill=skill, **columns)
    if free:
        log.change(link, skill=free[0][0], **free[0][1])
    else:
        log.delete(link)
    after = "; ".join(f"{slug} {level}" for slug, level in levels.items())
    return planned("course", link.course.slug, "skill", before, after)


def _columns(link: CourseSkill, level: int, *, is_split: bool, stated: bool) -> dict[str, Any]:
    """What a link says after it was moved, beside its skill."""
    columns: dict[str, Any] = {"level": level}
    if level != link.level:
        entry = link.entry_level
        columns |= STATED_BY_HAND | {"entry_level": entry if entry is not None and entry < level else None}
    elif stated or (is_split and link.method == LinkMethod.IMPORT):
        columns["method"] = LinkMethod.HAND
    if is_split and not stated:
        columns["review_due_on"] = timezone.localdate()
    return columns


def _meaning(link: CourseSkill) -> dict[str, Any]:
    skipped = {"id", "course_id", "skill_id"}
    names = [field.attname for field in link._meta.concrete_fields if field.attname not in skipped]
    return {name: getattr(link, name) for name in names}


def _keep_the_better(log: ChangeLog, own: CourseSkill, other: dict[str, Any]) -> int:
    """Write `other` into `own` where it is better confirmed or, equally confirmed, higher; returns the level kept."""
    if (other["confirmed_at"] is not None, other["level"]) > (own.confirmed_at is not None, own.level):
        log.change(own, **other)
    return own.level


def _move_verdicts(log: ChangeLog, succession: Succession) -> None:
    """They are no change that a preview shows: pages show only what follows from them, the links. Links move first."""
    moved = _standing(succession.retired)
    traces: set[int] = set()
    if not succession.is_split:
        traces = _courses_of_traces(log, succession.successors[0], moved)
    for verdict in MappingVerdict.objects.filter(skill=succession.retired).order_by("pk"):
        inherited = {"inherited": True} if succession.is_split or verdict.course_id in traces else {}
        for skill in succession.successors[1:]:
            log.copy(verdict, skill=skill, **inherited)
        log.repoint(verdict, skill=succession.successors[0], **inherited)


def _courses_of_traces(log: ChangeLog, successor: Skill, moved: dict[int, str]) -> set[int]:
    """Courses for which what was said about the retired skill is no more than a trace.

    Where a confirmed link is left instead what was said about the successor, that becomes the trace.
    """
    own = _standing(successor)
    linked = set(
        CourseSkill.objects.filter(skill=successor).exclude(confirmed_at=None).values_list("course", flat=True)
    )
    overruled = {course for course in linked if own.get(course) == MappingDecision.REJECTED}
    for verdict in MappingVerdict.objects.filter(skill=successor, course__in=overruled, inherited=False).order_by("pk"):
        log.repoint(verdict, inherited=True)
    return {
        course
        for course, decision in moved.items()
        if (decision == MappingDecision.REJECTED if course in linked else decision != own.get(course, decision))
    }


def _standing(skill: Skill) -> dict[int, str]:
    """The last judgement about the skill by course row."""
    verdicts = MappingVerdict.objects.filter(skill=skill, inherited=False)
    return dict(verdicts.order_by("decided_at", "pk").values_list("course", "decision"))


def _move_briefs(log: ChangeLog, succession: Succession) -> Iterator[PlannedRow]:
    """Wishes stay counted where they were counted, so that an undo finds them: two of the same are two rows."""
    briefs = Brief.objects.filter(skill=succession.retired).order_by("pk")
    for brief in briefs:
        for skill in succession.successors[1:]:
            log.copy(brief, skill=skill, wish=f"{brief.wish}|{skill.uid}")
        log.repoint(brief, skill=succession.successors[0])
        label = f"{brief.origin}, times wished: {brief.times}"
        yield planned("wish", label, "skill", succession.retired.slug, succession.names())


def _move_claims(log: ChangeLog, succession: Succession) -> None:
    """A provider that was to teach the whole is to teach each part. A preview shows the wishes, not these."""
    for claim in BriefClaim.objects.filter(skill=succession.retired).order_by("pk"):
        for skill in succession.successors[1:]:
            log.copy(claim, skill=skill)
        log.repoint(claim, skill=succession.successors[0])
