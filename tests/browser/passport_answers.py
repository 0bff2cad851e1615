"""`python -m tests.browser.passport_answers EMAIL COURSE UNIT`: the form that answers an exercise rightly, as JSON.

What an exercise on a battery passport asks follows from the enrolment and the unit, so that only the site knows it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synchromesh.learning.models import Enrolment


def right_form(enrolment: Enrolment, unit_key: str) -> dict[str, Any]:
    """The names of the fields with what is right, for the first exercise of this enrolment in the unit."""
    from synchromesh.engine.passport_models.exercises import get_exercise_kind
    from synchromesh.learning.models import Unit
    from synchromesh.learning.unit_kinds import personal_kind, seed_of

    unit = Unit.objects.get(version=enrolment.version_id, key=unit_key)
    kind = personal_kind(unit.kind)
    if kind is None:
        raise LookupError(unit_key)
    exercise = kind.show_own(unit.content, {}, seed=seed_of(enrolment.uid, unit.uid))["exercise"]
    answers = get_exercise_kind(exercise.kind).answer_key(exercise.seed, exercise.options)
    form: dict[str, Any] = {}
    for task in exercise.tasks:
        right = answers.get(task.key)
        if isinstance(right, Mapping):
            form[f"a-{task.key}"] = f"{right['value']:.10g}"
            if len(task.units) > 1:
                form[f"u-{task.key}"] = right["unit"]
        elif right is not None:
            form[f"a-{task.key}"] = right
    return form


def main(email: str, course: str, unit_key: str) -> None:
    """Print the form of a person."""
    import django

    django.setup()
    from synchromesh.learning.models import Enrolment

    enrolment = Enrolment.objects.get(person__email=email, course__slug=course)
    sys.stdout.write(json.dumps(right_form(enrolment, unit_key)))


if __name__ == "__main__":
    main(*sys.argv[1:])
