"""Say which skills a course teaches: confirm, change, reject, remove, look again, and take the last word back.

Every decision is a step with its changes before and after, like an import of one row, so that it can be taken back
exactly, and leaves a `MappingVerdict` from which matching learns.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from synchromesh.catalogue.models import Course, CourseSkill, MappingDecision, MappingVerdict
from synchromesh.catalogue.operations.mapping_steps import (
    BY_HAND,
    NO_EVIDENCE,
    Step,
    check_permission,
    confirmation_columns,
    level_columns,
    make_step,
    origin_columns,
    record_verdict,
)
from synchromesh.catalogue.queries.course_mapping import Evidence, Suggestion, standing_rejections
from synchromesh.catalogue.queries.mapping_steps import columns_of_steps
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.framework.models import Skill
from synchromesh.plumbing import audit, jobs
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.plumbing.undo import undo_step


def confirm_course_skill(
    *,
    by: audit.Actor,
    course: Course,
    skill: Skill,
    level: int,
    entry_level: int | None = None,
    evidence: Evidence = NO_EVIDENCE,
    instead_of: Suggestion | None = None,
) -> Step:
    """Link a course to a skill that it teaches to `level` (1 to 3), from `entry_level` (0 to below `level`) if stated.

    A link that a file brought becomes confirmed; its level is changed where the person says another one. `evidence` is
    what the person was shown. `instead_of` is the suggestion that this skill was chosen in place of: it is rejected.
    Raises NotAllowed, InvalidInput for impossible levels, Conflict for a retired skill and for one that is linked
    already at another level. The same again changes nothing.
    """
    levels = level_columns(level, entry_level)

    def write(locked: Course, log: ChangeLog, now: datetime) -> bool:
        if skill.retired_at is not None:
            raise Conflict(f"The skill '{skill.slug}' is retired. Choose one that took its place.")
        link = CourseSkill.objects.filter(course=locked, skill=skill).first()
        if link is not None and link.confirmed_at is not None:
            if link.level == level and entry_level in {None, link.entry_level}:
                return False
            raise Conflict("The course is linked to this skill already. Change the level of that link.")
        _confirm(log, locked, link, skill, levels, evidence, confirmation_columns(by, now))
        record_verdict(
            by=by,
            log=log,
            course=locked,
            skill=skill,
            decision=MappingDecision.CONFIRMED,
            at=now,
            evidence=evidence,
            level=level,
        )
        if instead_of is not None:
            _reject(by, log, locked, instead_of.skill, now, instead_of.evidence)
        return True

    return make_step(by=by, course=course, action="confirm_course_skill", skill=skill, write=write, searched=True)


def change_course_skill(
    *, by: audit.Actor, course: Course, skill: Skill, level: int, entry_level: int | None = None, quote: str = ""
) -> Step:
    """Say another level or entry level of a confirmed link; whoever says so confirms it thereby.

    `quote` are the words of the course that say it; without any, the words that were seen before stay. Raises
    NotAllowed, InvalidInput for impossible levels, NotFound where there is no such link, and Conflict where
    nobody has confirmed it yet.
    """
    levels = level_columns(level, entry_level)

    def write(locked: Course, log: ChangeLog, now: datetime) -> bool:
        link = _confirmed_link(locked, skill)
        stated = levels | ({"quote": quote} if quote else {})
        if all(getattr(link, name) == value for name, value in stated.items()):
            return False
        evidence = Evidence(quote=quote) if quote else _remembered(locked, link)
        log.change(link, **stated, **BY_HAND, **confirmation_columns(by, now))
        record_verdict(
            by=by,
            log=log,
            course=locked,
            skill=skill,
            decision=MappingDecision.CONFIRMED,
            at=now,
            evidence=evidence,
            level=level,
        )
        return True

    return make_step(by=by, course=course, action="change_course_skill", skill=skill, write=write, searched=True)


def reject_course_skill(*, by: audit.Actor, course: Course, skill: Skill, evidence: Evidence = NO_EVIDENCE) -> Step:
    """Say that the course does not teach a skill that was suggested: it is not suggested again.

    A link that a file brought and nobody confirmed goes. Raises NotAllowed, and Conflict where somebody confirmed the
    link: remove it instead. The same again changes nothing.
    """

    def write(locked: Course, log: ChangeLog, now: datetime) -> bool:
        return _reject(by, log, locked, skill, now, evidence)

    return make_step(by=by, course=course, action="reject_course_skill", skill=skill, write=write)


def mark_not_a_skill(*, by: audit.Actor, course: Course, evidence: Evidence) -> Step:
    """Say that the quoted words name no skill in this course: nothing is suggested because of them again.

    Raises NotAllowed, and InvalidInput without words.
    """
    if not evidence.quote.strip():
        raise InvalidInput("There are no words of the text to speak of. Reject the skill instead.", field="quote")

    def write(locked: Course, log: ChangeLog, now: datetime) -> bool:
        said = MappingVerdict.objects.filter(course=locked, decision=MappingDecision.NOT_A_SKILL)
        if evidence.quote.casefold() in {quote.casefold() for quote in said.values_list("quote", flat=True)}:
            return False
        record_verdict(
            by=by, log=log, course=locked, skill=None, decision=MappingDecision.NOT_A_SKILL, at=now, evidence=evidence
        )
        return True

    return make_step(by=by, course=course, action="mark_not_a_skill", words=evidence.quote, write=write)


def remove_course_skill(*, by: audit.Actor, course: Course, skill: Skill) -> Step:
    """Take a link away, confirmed or not: the course does not teach the skill, and it is not suggested again.

    Raises NotAllowed, and NotFound where there is no such link.
    """

    def write(locked: Course, log: ChangeLog, now: datetime) -> bool:
        link = _link(locked, skill)
        evidence = _remembered(locked, link)
        log.delete(link)
        record_verdict(
            by=by, log=log, course=locked, skill=skill, decision=MappingDecision.REJECTED, at=now, evidence=evidence
        )
        return True

    return make_step(by=by, course=course, action="remove_course_skill", skill=skill, write=write, searched=True)


def review_course_skill(*, by: audit.Actor, course: Course, skill: Skill) -> Step:
    """Say that a confirmed link is still right: it carries who said so and when, and is due again after a while.

    Raises NotAllowed, NotFound where there is no such link, and Conflict where nobody has confirmed it yet.
    """

    def write(locked: Course, log: ChangeLog, now: datetime) -> bool:
        return log.change(_confirmed_link(locked, skill), **confirmation_columns(by, now))

    return make_step(by=by, course=course, action="review_course_skill", skill=skill, write=write)


def undo_mapping_step(*, by: audit.Actor, course: Course, uid: UUID | str) -> ImportBatch:
    """Put links and judgements back as they were before a step. Raises NotAllowed, NotFound, and Conflict where the
    step was taken back already or where later work stands in the way.
    """
    check_permission(by, course)
    try:
        with transaction.atomic():
            step = undo_step(ImportBatch.objects.filter(**columns_of_steps(course), uid=_uid(uid)))
            audit.record(by=by, action="undo_mapping_step", kind="course", uid=course.uid, step=str(step.uid))
            jobs.enqueue("search.tasks.update_index", kind="course", uids=[str(course.uid)])
    except IntegrityError:  # somebody has linked the skill anew since
        raise Conflict("Something was decided about this skill since. Look at the list again.") from None
    return step


def _confirmed_link(course: Course, skill: Skill) -> CourseSkill:
    link = _link(course, skill)
    if link.confirmed_at is None:
        raise Conflict("Nobody has confirmed this link yet. Confirm it first.")
    return link


def _link(course: Course, skill: Skill) -> CourseSkill:
    link = CourseSkill.objects.filter(course=course, skill=skill).first()
    if link is None:
        raise NotFound("The course is not linked to this skill. Somebody may have removed the link.")
    return link


def _confirm(
    log: ChangeLog,
    course: Course,
    link: CourseSkill | None,
    skill: Skill,
    levels: dict[str, Any],
    evidence: Evidence,
    confirmation: dict[str, Any],
) -> None:
    """Write a confirmed link; one that a file brought keeps its source unless the person says another level."""
    if link is None:
        origin = origin_columns(course, evidence)
        log.create(CourseSkill(course=course, skill=skill, **levels, **origin, **confirmation))
        return
    stated = link.entry_level
    if levels["entry_level"] is None and stated is not None and stated < levels["level"]:
        levels = levels | {"entry_level": stated}
    changed = any(getattr(link, name) != value for name, value in levels.items())
    log.change(link, **levels, **(BY_HAND if changed else {}), **confirmation)


def _reject(by: audit.Actor, log: ChangeLog, course: Course, skill: Skill, now: datetime, evidence: Evidence) -> bool:
    """Take away an unconfirmed link and keep the judgement; says whether that was news."""
    link = CourseSkill.objects.filter(course=course, skill=skill).first()
    if link is not None and link.confirmed_at is not None:
        raise Conflict("Somebody has confirmed this link. Remove it if the course does not teach the skill.")
    if link is not None:
        log.delete(link)
    elif skill.pk in standing_rejections(course):
        return False
    record_verdict(
        by=by, log=log, course=course, skill=skill, decision=MappingDecision.REJECTED, at=now, evidence=evidence
    )
    return True


def _remembered(course: Course, link: CourseSkill) -> Evidence:
    """What was seen when the link was judged last; no program is asked again, so there is no probability."""
    verdict = MappingVerdict.objects.filter(course=course, skill=link.skill_id, inherited=False).first()
    if verdict is None:
        return Evidence(quote=link.quote)
    return Evidence(quote=verdict.quote or link.quote, sentence=verdict.sentence, language=verdict.language)


def _uid(text: UUID | str) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound("There is no such step.") from None
