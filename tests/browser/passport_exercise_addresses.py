"""Pages of exercises on battery passports, before and after they are marked, and the course that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.states import State, open_all, submit
from tests.browser.states import a_page as _page

if TYPE_CHECKING:
    from synchromesh.accounts.models import User

SLUG = "passport-practice"
READER, MARKED, FINDER = "passport-reader", "passport-marked", "passport-finder"
NAMES = (READER, MARKED, FINDER)
"""People of these pages; FINDER is for the journey, and nobody looks at their pages otherwise."""
KINDS = (
    "find-faults", "build-category", "who-may-see", "read-footprint", "second-life", "trace-materials",
    "answer-request",
)  # fmt: skip


def passport_exercise_states() -> tuple[State, ...]:
    """Every kind before and after marking, and one that was sent without an answer."""
    unit = f"/en/courses/{SLUG}/learn/"
    return (
        *(_page("learn:unit", f"{unit}{kind}/", kind, person=READER, then=open_all) for kind in KINDS),
        *(_page("learn:unit", f"{unit}{kind}/", f"{kind}, marked", person=MARKED, then=open_all) for kind in KINDS),
        _page("learn:unit", f"{unit}read-footprint/", "nothing answered", person=READER, then=_nothing, status=422),
    )


def _nothing(page: Any) -> None:
    submit(page, "Have it marked")


def passport_exercise_content() -> dict[str, str]:
    """A course with a unit of each kind of exercise; somebody who has opened none, and somebody who is marked."""
    from tests.learning.records import a_course_with_content, a_section, a_unit

    from synchromesh.accounts.models import User
    from synchromesh.engine.passport_models.exercises import find_faults
    from synchromesh.learning.operations.enrolment import enrol_person

    version = a_course_with_content(SLUG, kinds=("text",))
    section = a_section(version, "practice")
    for kind in KINDS:
        content = {"exercise": kind, "battery": "ev", "level": 2, "faults": 4, "needed_percent": 60}
        a_unit(section, "passport-exercise", key=kind, titles={"en": kind.capitalize()}, content=content)
    people = {
        name: User.objects.create_user(
            email=f"{name}@example.org", password="a long enough pass phrase", name=f"{name.title()} Person"
        )
        for name in NAMES
    }
    for person in people.values():
        enrol_person(by=person, course=version.course, language="en")
    for kind in KINDS:
        _answer(people[MARKED], kind)
    _, exercise = _exercise(people[FINDER], "find-faults")
    return {"passport_faults": " ".join(find_faults.answer_key(exercise.seed, exercise.options)["wrong"])}


def _exercise(person: User, unit_key: str) -> tuple[Any, Any]:
    """The enrolment, and the first exercise that this person gets in the unit."""
    from synchromesh.learning.models import Enrolment, Unit
    from synchromesh.learning.unit_kinds import personal_kind, seed_of

    enrolment = Enrolment.objects.get(person=person, course__slug=SLUG)
    unit = Unit.objects.get(version=enrolment.version_id, key=unit_key)
    kind = personal_kind(unit.kind)
    assert kind is not None
    return enrolment, kind.show_own(unit.content, {}, seed=seed_of(enrolment.uid, unit.uid))["exercise"]


def _answer(person: User, unit_key: str) -> None:
    """Answer each task with something, mostly wrongly, so that every verdict is among what is shown."""
    from synchromesh.engine.passport_models.exercises import TaskForm
    from synchromesh.learning.operations.progress import report_unit

    enrolment, exercise = _exercise(person, unit_key)
    answers = {}
    for place, task in enumerate(exercise.tasks):
        chosen = [option.key for option in task.options]
        unit_sign = task.units[place % len(task.units)] if task.form is TaskForm.NUMBER else ""
        answers[task.key] = {"chosen": chosen[place % 2 : 30 : 3], "text": f"{place + 1},5", "unit": unit_sign}
    report = {"number": 0, "answers": answers}
    report_unit(by=person, enrolment_uid=enrolment.uid, unit_key=unit_key, report=report, save_number=1)
