"""Save what a person answered and the path they chose; mark what they finished; throw a plan away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR, require
from synchromesh.accounts.queries.organisations import find_region_of
from synchromesh.catalogue.models import BriefOrigin
from synchromesh.catalogue.operations.briefs import record_brief
from synchromesh.engine.errors import Conflict, NotFound
from synchromesh.framework.queries.concepts import find_published_version
from synchromesh.pathways.models import Plan, PlanStep, Rating, RatingKind, StepStatus
from synchromesh.pathways.permissions import may_change_profile
from synchromesh.pathways.queries.gaps import Gap
from synchromesh.pathways.queries.paths import TrainingPath
from synchromesh.plumbing import audit


def save_self_ratings(*, by: User, gap: Gap, answers: Mapping[str, int]) -> int:
    """Keep a person's answers as self ratings; returns how many are new. An unchanged answer is not repeated."""
    require(may_change_profile(by, by), "Sign in to keep your answers.")
    written = 0
    with transaction.atomic():
        latest = {
            rating.skill_id: rating.level
            for rating in Rating.objects.filter(person=by, kind=RatingKind.SELF).order_by("rated_at", "pk")
        }
        for row in gap.rows:
            answer = answers.get(str(row.skill.uid))
            if answer is None or latest.get(row.skill.pk) == answer:
                continue
            Rating.objects.create(
                person=by,
                skill=row.skill,
                kind=RatingKind.SELF,
                level=answer,
                rater=by.public_id,
                evidence="self-check",
            )
            written += 1
        if written:
            audit.record(by=by, action="save_self_ratings", kind="person", uid=by.uid, written=written)
    return written


def save_plan(*, by: User, path: TrainingPath) -> Plan:
    """Keep a path as the person's plan for this role; an older plan for the same role stays until they delete it."""
    require(may_change_profile(by, by), "Sign in to keep a plan.")
    version = find_published_version()
    if version is None:
        raise Conflict("No framework is published yet, so that there is nothing to plan for.")
    region = find_region_of(by) if path.unreachable else None
    with transaction.atomic():
        plan = Plan.objects.create(
            person=by,
            role=path.gap.role,
            version=version,
            hour_value_cents=path.wishes.hour_value_cents,
            proved=path.plan.proved,
        )
        for step in path.steps:
            closes = [
                {"skill": str(closed.skill.uid), "from": closed.from_level, "to": closed.to_level}
                for closed in step.closes
            ]
            PlanStep.objects.create(plan=plan, course=step.course, position=step.number, closes=closes)
        for skill, level in path.unreachable:
            record_brief(
                by=VISITOR,
                origin=BriefOrigin.PLAN,
                skill=skill,
                level=level,
                language=path.wishes.languages[0] if len(path.wishes.languages) == 1 else by.language,
                region=region,
            )
        audit.record(by=by, action="save_plan", kind="plan", uid=plan.uid)
    return plan


def finish_step(*, by: User, plan_uid: str, position: int, on: date) -> PlanStep:
    """Mark a course of the own plan as finished. It raises no level: only evidence does. Raises NotFound."""
    with transaction.atomic():
        step = (
            PlanStep.objects.select_related("plan")
            .filter(plan__uid=plan_uid, plan__person=by, position=position)
            .first()
        )
        if step is None:
            raise NotFound("There is no such course in your plan.")
        if step.status != StepStatus.FINISHED:
            step.status, step.finished_on = StepStatus.FINISHED, on
            step.save()
            audit.record(by=by, action="finish_step", kind="plan", uid=step.plan.uid, position=position)
    return step


def delete_plan(*, by: User, plan_uid: str) -> None:
    """Delete an own plan with its steps. Raises NotFound."""
    with transaction.atomic():
        plan = Plan.objects.filter(uid=plan_uid, person=by).first()
        if plan is None:
            raise NotFound("There is no such plan.")
        plan.delete()
        audit.record(by=by, action="delete_plan", kind="plan", uid=plan_uid)
