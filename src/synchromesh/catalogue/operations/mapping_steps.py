"""What every decision at the mapping desk has in common: one step that can be taken back, and one judgement kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course, MappingDecision, MappingVerdict
from synchromesh.catalogue.permissions import may_edit_courses_of
from synchromesh.catalogue.queries.course_mapping import Evidence
from synchromesh.catalogue.queries.mapping_steps import columns_of_steps
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.periods import months_later
from synchromesh.framework.models import Skill
from synchromesh.plumbing import audit, imports, jobs
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.plumbing.sources import LinkMethod

LEVELS = (1, 2, 3)
NO_EVIDENCE = Evidence()
# What a person says instead of a file is theirs: a later file does not change it back.
BY_HAND: dict[str, Any] = {"method": LinkMethod.HAND, "source": "", "source_url": "", "confidence": None}
Step: TypeAlias = "ImportBatch | None"
"""What was written, to be taken back by its uid; None where nothing had to be."""
Write: TypeAlias = Callable[[Course, ChangeLog, datetime], bool]
"""Does the work on the locked course; says whether anything was written."""


def check_permission(by: audit.Actor, course: Course) -> None:
    """Raise NotAllowed unless `by` may say what the course teaches."""
    require(
        may_edit_courses_of(by, course.provider),
        "Only editors and managers of the provider, and alliance staff, can say what a course teaches.",
    )


def make_step(
    *,
    by: audit.Actor,
    course: Course,
    action: str,
    write: Write,
    skill: Skill | None = None,
    words: str = "",
    searched: bool = False,
) -> Step:
    """Run one decision in a transaction, with its line in the audit trail. Raises NotAllowed.

    `skill` or `words` is what it is about; `searched` has the search read the courses anew.
    """
    check_permission(by, course)
    now = timezone.now()
    with transaction.atomic():
        locked = Course.objects.select_for_update().get(pk=course.pk)
        step = imports.begin_step(by=by, name=action, **columns_of_steps(course))
        log = ChangeLog(step)
        if not write(locked, log, now):
            step.delete()
            return None
        log.save()
        step.options = {"action": action, "skill_uid": str(skill.uid) if skill is not None else "", "words": words}
        step.save(update_fields=["options"])
        about = {"skill": skill.slug} if skill is not None else {"words": words}
        audit.record(by=by, action=action, kind="course", uid=course.uid, **about)
        if searched:
            jobs.enqueue("search.tasks.update_index", kind="course", uids=[str(course.uid)])
    return step


def record_verdict(
    *,
    by: audit.Actor,
    log: ChangeLog,
    course: Course,
    skill: Skill | None,
    decision: MappingDecision,
    at: datetime,
    evidence: Evidence,
    level: int | None = None,
) -> None:
    """Keep a judgement with what the person was shown."""
    log.create(
        MappingVerdict(
            course=course,
            skill=skill,
            decision=decision,
            level=level,
            quote=evidence.quote,
            sentence=evidence.sentence,
            language=evidence.language,
            probability=two_places(evidence.probability) if evidence.probability is not None else None,
            mode=evidence.mode,
            decided_by=by.public_id,
            decided_at=at,
        )
    )


def level_columns(level: int, entry_level: int | None) -> dict[str, Any]:
    """The levels as columns of a link. Raises InvalidInput for impossible ones."""
    if level not in LEVELS:
        raise InvalidInput("Choose a level from 1 to 3.", field="level")
    if entry_level is not None and not 0 <= entry_level < level:
        raise InvalidInput("The entry level must lie below the level that the course leads to.", field="entry_level")
    return {"level": level, "entry_level": entry_level}


def confirmation_columns(by: audit.Actor, at: datetime) -> dict[str, Any]:
    """Who confirms a link, when, and on which day somebody should look again."""
    due = months_later(timezone.localdate(at), settings.MAPPING_REVIEW_MONTHS)
    return {"confirmed_by": by.public_id, "confirmed_at": at, "review_due_on": due}


def origin_columns(course: Course, evidence: Evidence) -> dict[str, Any]:
    """Where a new link comes from: words that a program pointed to, or the person alone."""
    if evidence.probability is None:
        return {"method": LinkMethod.HAND, "quote": evidence.quote}
    return {
        "method": LinkMethod.SUGGESTED,
        "quote": evidence.quote,
        "confidence": two_places(evidence.probability),
        "source": course.source,
        "source_url": course.source_url,
        "source_on": course.source_on,
    }


def two_places(probability: float) -> Decimal:
    """A probability as the columns hold it."""
    return Decimal(str(round(probability, 2)))
