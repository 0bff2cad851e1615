"""The rules of a test, and which questions it asks: groups of which some or all are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from synchromesh.assessment.models import Instrument, Question
from synchromesh.assessment.queries.instruments import list_parts
from synchromesh.web.teach.authoring_fields import DocumentForm, FieldSpec, Setting

MOST_GROUPS = 20
PURPOSES = (
    ("quiz", gettext_lazy("Quiz")),
    ("final-test", gettext_lazy("Final test")),
    ("assignment", gettext_lazy("Assignment")),
    ("before-test", gettext_lazy("Test before the course")),
    ("after-test", gettext_lazy("Test after the course")),
    ("questionnaire", gettext_lazy("Questionnaire")),
)
RULES = (
    FieldSpec(name="titles", label=gettext_lazy("Title"), look="line", is_needed=True),
    FieldSpec(name="introductions", label=gettext_lazy("Introduction"), look="texts"),
    FieldSpec(name="purpose", label=gettext_lazy("What it is"), look="choice", choices=PURPOSES, is_needed=True),
    FieldSpec(
        name="minutes", label=gettext_lazy("Time in minutes"), look="whole", least=1, most=10_080,
        hint=gettext_lazy("Empty: as long as it takes."),
    ),
    FieldSpec(
        name="attempts_allowed", label=gettext_lazy("How often one may try"), look="whole", least=1, most=100,
        hint=gettext_lazy("Empty: as often as one likes."),
    ),
    FieldSpec(
        name="attempt_rule", label=gettext_lazy("Which try counts"), look="choice", is_needed=True,
        choices=(
            ("best", gettext_lazy("The best one")),
            ("latest", gettext_lazy("The latest one")),
            ("first", gettext_lazy("The first one")),
        ),
    ),
    FieldSpec(
        name="pass_percent", label=gettext_lazy("Passed from so many percent of the points"), look="whole",
        least=1, most=100, hint=gettext_lazy("Empty: taking part is enough."),
    ),
    FieldSpec(
        name="feedback", label=gettext_lazy("When learners see what was right"), look="choice", is_needed=True,
        choices=(
            ("after-each", gettext_lazy("After each answer")),
            ("after-end", gettext_lazy("After handing in")),
            ("after-pass", gettext_lazy("After passing, or after the last try")),
            ("never", gettext_lazy("Never: only the points")),
        ),
    ),
    FieldSpec(name="shuffle_questions", label=gettext_lazy("Mix the questions"), look="truth"),
    FieldSpec(name="shuffle_choices", label=gettext_lazy("Mix the answers of a question"), look="truth"),
)  # fmt: skip
_COLUMNS = tuple(spec.name for spec in RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One question with its two fields: in which group it is asked, and where."""

    question: Question
    group: forms.BoundField
    place: forms.BoundField


class PartsForm(forms.Form):
    """For each question its group and its place; for each group how many are drawn."""

    def __init__(self, data: Any, *, questions: Sequence[Question], instrument: Instrument | None) -> None:
        super().__init__(data, prefix="part")
        parts = _joined(list_parts(instrument)) if instrument else []
        self.group_count = min(len(parts) + 1, MOST_GROUPS)
        groups = _groups(parts)
        self.questions = sorted(questions, key=lambda one: groups.get(one.key, (MOST_GROUPS + 1, 0)))
        choices = [("", gettext("not asked"))]
        choices += [(str(number), gettext("group %(number)s") % {"number": number}) for number in self._numbers]
        for question in self.questions:
            group, place = groups.get(question.key, ("", None))
            self.fields[f"group-{question.key}"] = forms.ChoiceField(
                label=gettext("Group of %(key)s") % {"key": question.key},
                choices=choices,
                required=False,
                initial=str(group),
            )
            self.fields[f"place-{question.key}"] = forms.IntegerField(
                label=gettext("Place of %(key)s") % {"key": question.key},
                required=False,
                min_value=1,
                max_value=999,
                initial=place,
            )
        for number, (count, asked) in enumerate([*parts, *((0, []) for _ in self._numbers)][: self.group_count], 1):
            self.fields[f"count-{number}"] = forms.IntegerField(
                label=gettext("Group %(number)s: how many are drawn") % {"number": number},
                help_text=gettext("Empty: all of the group."),
                required=False,
                min_value=1,
                max_value=500,
                initial=count if asked and count < len(asked) else None,
            )

    @property
    def _numbers(self) -> range:
        return range(1, self.group_count + 1)

    @property
    def picks(self) -> list[Pick]:
        """The questions, those that are asked first."""
        return [
            Pick(question=one, group=self[f"group-{one.key}"], place=self[f"place-{one.key}"]) for one in self.questions
        ]

    @property
    def counts(self) -> list[forms.BoundField]:
        """How many are drawn from each group."""
        return [self[f"count-{number}"] for number in self._numbers]

    def parts(self) -> list[tuple[int, list[str]]]:
        """What was chosen, as `save_instrument` takes it; groups without questions fall out."""
        entered, found = self.cleaned_data, []
        for number in self._numbers:
            keys = [one.key for one in self.questions if entered.get(f"group-{one.key}") == str(number)]
            keys.sort(key=lambda key: entered.get(f"place-{key}") or 1000)
            if keys:
                found.append((entered.get(f"count-{number}") or len(keys), keys))
        return found


def rules_form(data: Any, instrument: Instrument | None, setting: Setting) -> DocumentForm:
    """The form of the rules, as they are or as usual."""
    if instrument is None:
        stored: dict[str, Any] = {"purpose": "quiz", "attempt_rule": "best", "feedback": "after-end"}
        stored |= {"shuffle_choices": True}
    else:
        stored = {name: getattr(instrument, name) for name in _COLUMNS}
    return DocumentForm(data, specs=RULES, stored=stored, setting=setting, prefix="rules")


def rules_of(form: DocumentForm) -> dict[str, Any]:
    """What was entered, as `save_instrument` takes it."""
    entered = form.document()
    return {name: entered.get(name) for name in ("minutes", "attempts_allowed", "pass_percent")} | {
        "titles": entered.get("titles", {}),
        "introductions": entered.get("introductions", {}),
        **{name: entered[name] for name in ("purpose", "attempt_rule", "feedback")},
        **{name: bool(entered.get(name)) for name in ("shuffle_questions", "shuffle_choices")},
    }


def _joined(parts: Iterable[tuple[int, Sequence[Question]]]) -> list[tuple[int, list[Question]]]:
    """The parts as groups: neighbours of which all questions are asked are one, since that comes to the same."""
    groups: list[tuple[int, list[Question]]] = []
    for count, questions in parts:
        if groups and groups[-1][0] == len(groups[-1][1]) and count == len(questions):
            groups[-1] = (groups[-1][0] + count, [*groups[-1][1], *questions])
        else:
            groups.append((count, list(questions)))
    return groups


def _groups(parts: Iterable[tuple[int, Sequence[Question]]]) -> dict[str, tuple[int, int]]:
    """Group and place of each question that is asked."""
    return {
        question.key: (number, place)
        for number, (_, questions) in enumerate(parts, start=1)
        for place, question in enumerate(questions, start=1)
    }
