"""What a button of the mapping desk does, and what the page says afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.operations.mapping import (
    change_course_skill,
    confirm_course_skill,
    mark_not_a_skill,
    reject_course_skill,
    remove_course_skill,
    review_course_skill,
    undo_mapping_step,
)
from synchromesh.catalogue.operations.mapping_steps import NO_EVIDENCE
from synchromesh.catalogue.queries.course_mapping import CourseMapping, Evidence
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.framework.models import Skill
from synchromesh.framework.queries.concepts import get_skill
from synchromesh.plumbing.models import ImportBatch
from synchromesh.web.templatetags.synchromesh import plain

# What was done, by the name of the operation; the same words name a step that can be taken back.
_DONE = {
    "confirm_course_skill": gettext_noop("Confirmed: %(what)s"),
    "change_course_skill": gettext_noop("Changed: %(what)s"),
    "reject_course_skill": gettext_noop("Rejected: %(what)s"),
    "mark_not_a_skill": gettext_noop("Not a skill here: “%(what)s”"),
    "remove_course_skill": gettext_noop("Removed: %(what)s"),
    "review_course_skill": gettext_noop("Still right: %(what)s"),
}
_UNDONE = gettext_noop("Taken back: %(what)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pressed:
    """A button with everything around it."""

    request: HttpRequest
    person: User
    course: Course
    skill: Skill
    evidence: Evidence

    def number(self, name: str) -> int | None:
        """A level from the form; None where it is left open."""
        text = self.request.POST.get(name, "")
        if text and (not text.isascii() or not text.isdigit() or len(text) > 1):
            raise InvalidInput("Choose a level from the list.", field=name)
        return int(text) if text else None

    def level(self) -> int:
        """The level that the course leads to, which must be there."""
        return self.number("level") or 0


def _confirm(pressed: _Pressed) -> str:
    confirm_course_skill(
        by=pressed.person,
        course=pressed.course,
        skill=pressed.skill,
        level=pressed.level(),
        evidence=pressed.evidence,
    )
    return "confirm_course_skill"


def _change(pressed: _Pressed) -> str:
    change_course_skill(
        by=pressed.person,
        course=pressed.course,
        skill=pressed.skill,
        level=pressed.level(),
        entry_level=pressed.number("entry_level"),
    )
    return "change_course_skill"


def _reject(pressed: _Pressed) -> str:
    reject_course_skill(by=pressed.person, course=pressed.course, skill=pressed.skill, evidence=pressed.evidence)
    return "reject_course_skill"


def _remove(pressed: _Pressed) -> str:
    remove_course_skill(by=pressed.person, course=pressed.course, skill=pressed.skill)
    return "remove_course_skill"


def _review(pressed: _Pressed) -> str:
    review_course_skill(by=pressed.person, course=pressed.course, skill=pressed.skill)
    return "review_course_skill"


_Decision: TypeAlias = Callable[[_Pressed], str]
_DECISIONS: dict[str, _Decision] = {
    "confirm": _confirm,
    "change": _change,
    "reject": _reject,
    "remove": _remove,
    "review": _review,
}


def decide(request: HttpRequest, person: User, mapping: CourseMapping) -> tuple[str, str]:
    """Do what the button says. Gives the sentence to show, and the uid of a skill that came back into the list."""
    if "undo" in request.POST:
        step = undo_mapping_step(by=person, course=mapping.course, uid=request.POST["undo"])
        return gettext(_UNDONE) % {"what": step_words(step)}, str(step.options.get("skill_uid", ""))
    # What the person saw is looked up again rather than sent along, so that nobody can send other words.
    suggestion = mapping.find(request.POST.get("skill", ""))
    evidence = suggestion.evidence if suggestion else NO_EVIDENCE
    do = request.POST.get("do", "")
    if do == "not_a_skill":
        mark_not_a_skill(by=person, course=mapping.course, evidence=evidence)
        return _done("mark_not_a_skill", evidence.quote), ""
    if instead := request.POST.get("instead", ""):
        return _choose_another(request, person, mapping, instead), ""
    if do not in _DECISIONS:
        raise InvalidInput("Use one of the buttons of the page.", field="do")
    skill = _skill(request.POST.get("skill", ""))
    pressed = _Pressed(request=request, person=person, course=mapping.course, skill=skill, evidence=evidence)
    return _done(_DECISIONS[do](pressed), plain(skill.titles)), ""


def _choose_another(request: HttpRequest, person: User, mapping: CourseMapping, instead: str) -> str:
    """Confirm one of the alternatives of a suggestion; the suggestion itself is rejected thereby."""
    suggestion = mapping.find(request.POST.get("skill", ""))
    other = (
        next((row for row in suggestion.alternatives if str(row.skill.uid) == instead), None) if suggestion else None
    )
    if suggestion is None or other is None:
        raise NotFound("This suggestion is gone. Load the page again.")
    evidence = replace(suggestion.evidence, probability=other.probability)
    pressed = _Pressed(
        request=request, person=person, course=mapping.course, skill=other.skill, evidence=suggestion.evidence
    )
    confirm_course_skill(
        by=person,
        course=mapping.course,
        skill=other.skill,
        level=pressed.level(),
        evidence=evidence,
        instead_of=suggestion,
    )
    return _done("confirm_course_skill", plain(other.skill.titles))


def step_words(step: ImportBatch) -> str:
    """What a step was, such as "Confirmed: Isolate a battery"."""
    uid = str(step.options.get("skill_uid", ""))
    what = plain(get_skill(uid).titles) if uid else str(step.options.get("words", ""))
    return _done(str(step.options.get("action", "")), what)


def _done(action: str, what: str) -> str:
    return gettext(_DONE[action]) % {"what": what}


def _skill(uid: str) -> Skill:
    if not uid:
        raise InvalidInput("Choose a skill first.", field="skill")
    return get_skill(uid)
