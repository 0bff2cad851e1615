"""`synchromesh path`: the same answer as the path page, as data."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.languages import parse_language
from synchromesh.engine.vocabulary.levels import parse_level
from synchromesh.framework.queries.concepts import get_role, get_skill
from synchromesh.pathways.queries.gaps import find_gap
from synchromesh.pathways.queries.paths import PathStep, TrainingPath, Wishes, find_training_path
from synchromesh.plumbing.audit import Actor


def path(arguments: argparse.Namespace, *, by: Actor) -> dict[str, Any]:
    """Answer with gap, courses in order, totals, objective, bound, proof and what is unreachable."""
    del by  # reading the framework and the catalogue needs no permission
    role = get_role(arguments.role)
    answers = _answers(arguments.have)
    wishes = Wishes(
        hour_value_cents=_cents(arguments.hour_value),
        languages=tuple(_language(text) for text in arguments.language),
        modes=tuple(arguments.mode),
        use=tuple(arguments.use),
        without=tuple(arguments.without),
    )
    found = find_training_path(find_gap(role, answers=answers), wishes=wishes, today=timezone.localdate())
    return path_answer(found)


def path_answer(path: TrainingPath) -> dict[str, Any]:
    """The answer in the shape that docs/glossary.md fixes."""
    plan, role = path.plan, path.gap.role
    return {
        "role": {"uid": str(role.uid), "slug": role.slug, "title": str(role)},
        "gap": [{"skill": row.skill.slug, "have": row.have, "need": row.need} for row in path.gap.open_rows],
        "courses": [_course_answer(step) for step in path.steps],
        "minutes": plan.minutes,
        "price_cents": plan.price_cents,
        "currency": "EUR",
        "at_least": plan.at_least,
        "objective": plan.objective,
        "bound": plan.bound,
        "proved": plan.proved,
        "unreachable": [{"skill": skill.slug, "level": level} for skill, level in path.unreachable],
    }


def _course_answer(step: PathStep) -> dict[str, Any]:
    course = step.course
    return {
        "uid": str(course.uid),
        "slug": course.slug,
        "title": str(course),
        "provider": course.provider.name if course.provider else None,
        "minutes": course.minutes,
        "price_cents": course.price_cents,
        "currency": course.currency or None,
        "origin": course.origin,
        "closes": [
            {"skill": closed.skill.slug, "from": closed.from_level, "to": closed.to_level} for closed in step.closes
        ],
    }


def _answers(pairs: list[str]) -> dict[str, int]:
    answers = {}
    for pair in pairs:
        name, separator, level = pair.partition("=")
        if not separator:
            raise InvalidInput(f"Write --have SKILL=LEVEL, for example isolate-hv=1, not '{pair}'.", field="have")
        answers[str(get_skill(name.strip()).uid)] = int(parse_level(level, field="have"))
    return answers


def _language(text: str) -> str:
    code = parse_language(text)
    if code is None:
        raise InvalidInput(f"'{text}' is not a language. Use a two-letter code such as de.", field="language")
    return code


def _cents(text: str) -> int:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or value < 0 or value > 100_000:
        raise InvalidInput(f"The value of an hour must be an amount in euro, not '{text}'.", field="hour_value")
    return int((value * 100).to_integral_value())
