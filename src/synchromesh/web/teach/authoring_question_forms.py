"""The forms of a question: what all kinds have, what one kind has, and its rows; errors stand at their fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from synchromesh.engine.errors import Problem
from synchromesh.engine.vocabulary.question_documents import read_question
from synchromesh.web.teach.authoring_fields import DocumentForm, FieldSpec, Setting, filled, row_forms
from synchromesh.web.teach.authoring_question_specs import (
    BODIES,
    ROW_NAMES,
    ROWS,
    free_key,
    to_document,
    to_fields,
)

_FIRST = (
    FieldSpec(name="prompts", label=_("Question"), look="texts", hint=_("You can use Markdown."), is_needed=True),
    FieldSpec(
        name="key",
        label=_("Short name"),
        look="word",
        hint=_("Only authors see it. Letters a to z, digits and hyphens; empty: made from the question."),
    ),
)
_POINTS = (
    FieldSpec(name="points", label=_("Points"), look="number"),
    FieldSpec(name="partial", label=_("Part of the points for part of the answer"), look="truth"),
)
_LAST = (
    FieldSpec(name="explanations", label=_("Explanation, for everybody"), look="texts", rows=2),
    FieldSpec(name="right", label=_("Said after a right answer"), look="texts", rows=2),
    FieldSpec(name="wrong", label=_("Said after a wrong answer"), look="texts", rows=2),
    FieldSpec(name="skill", label=_("Skill that it asks about"), look="choice"),
    FieldSpec(
        name="level",
        label=_("Level"),
        look="choice",
        choices=(("", "–"), ("1", _("Awareness")), ("2", _("Practitioner")), ("3", _("Expert"))),
    ),
    FieldSpec(name="sources", label=_("Sources"), look="words", hint=_("One address or title on each line."), rows=2),
)
_WITHOUT_POINTS = ("free-text", "file", "scale")
_PART = re.compile(r"([a-z_]+)(?:\[(\d+)\])?(?:\.(.*))?")
_ROWS_OF = {"items": "pairs", "targets": "pairs"}


def prompts_of(document: Mapping[str, Any]) -> dict[str, str]:
    """The prompts of a stored question by language; what is no text, in a broken draft, is left out."""
    prompts = document.get("prompts")
    found = prompts if isinstance(prompts, Mapping) else {}
    return {language: text for language, text in found.items() if isinstance(text, str)}


class QuestionForms:
    """All forms of one question. `stored` is its document; a new one has only its kind."""

    def __init__(
        self,
        data: Any,
        *,
        stored: Mapping[str, Any],
        setting: Setting,
        skills: Sequence[tuple[str, str]] = (),
        for_practice: bool = False,
    ) -> None:
        self.kind, self.stored = str(stored["kind"]), stored
        self.is_new, self.prompts = "key" not in stored, prompts_of(stored)
        fields = {"points": 1} | to_fields(self.kind, stored)
        first = _FIRST if self.is_new else _FIRST[:1]
        self.first = DocumentForm(data, specs=first, stored=fields, setting=setting, prefix="first")
        self.body = DocumentForm(data, specs=BODIES.get(self.kind, ()), stored=fields, setting=setting, prefix="body")
        last = self._last_specs(skills, for_practice=for_practice)
        self.last = DocumentForm(data, specs=last, stored=fields, setting=setting, prefix="last")
        self.row_name, specs = ROWS.get(self.kind, ("", ()))
        self.row_title = ROW_NAMES.get(self.row_name, "")
        rows = fields.get(self.row_name)
        self.rows: list[DocumentForm] = []
        if self.row_name:
            known: list[Any] = rows if isinstance(rows, list) else []
            self.rows = row_forms(
                data, specs=specs, stored=known, setting=setting, prefix="row", empty=2 if known else 4
            )  # fmt: skip
        self.problems: list[Problem] = []

    def _last_specs(self, skills: Sequence[tuple[str, str]], *, for_practice: bool) -> list[FieldSpec]:
        points = () if self.kind in _WITHOUT_POINTS or for_practice else _POINTS
        present = self.stored.get("skill")
        named = [("", "–"), *skills]
        if isinstance(present, str) and present and present not in dict(named):
            named.append((present, present))
        skill = FieldSpec(name="skill", label=_("Skill that it asks about"), look="choice", choices=named)
        return [*points, *(skill if spec.name == "skill" else spec for spec in _LAST)]

    @property
    def all_forms(self) -> list[DocumentForm]:
        """Every form in its order."""
        return [self.first, self.body, *self.rows, self.last]

    def is_valid(self, taken: Sequence[str] = ()) -> bool:
        """Whether the question can be used; what the reader of questions finds wrong stands at the fields then."""
        every = [form.is_valid() for form in self.all_forms]
        if not all(every):
            return False
        document = self.document(taken)
        question, problems = read_question(document)
        if question is None:
            self.put_problems(problems)
        elif self.is_new and document["key"] in taken:
            self.first.put_error("key", str(_("Another question has this name. Choose another one.")))
        return question is not None and not self.first.errors

    def document(self, taken: Sequence[str] = ()) -> dict[str, Any]:
        """The document that the forms hold."""
        stated = str(self.stored.get("key", ""))
        first = self.first.document()
        fields = first | self.body.document() | self.last.document()
        if fields.get("level"):
            fields["level"] = int(fields["level"])
        if self.row_name:
            fields[self.row_name] = self._row_documents()
        document = to_document(self.kind, fields)
        key = stated or first.get("key") or free_key(first.get("prompts", {}), taken)
        return {name: value for name, value in document.items() if value is not False} | {
            "key": key,
            "kind": self.kind,
        } | ({"answer": document["answer"]} if "answer" in document else {})  # fmt: skip

    def _row_documents(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for row in filled(self.rows):
            document = row.document()
            if "kept" in row.stored:
                document["kept"] = row.stored["kept"]
            words = document.get("texts") or document.get("labels") or document.get("titles") or {}
            if self.row_name not in {"pairs", "gaps"}:
                taken = [one["key"] for one in found]
                document["key"] = free_key(
                    words, taken, stated=document.get("key", ""), numbers=self.row_name == "steps"
                )  # fmt: skip
            found.append(document)
        return found

    def put_problems(self, problems: Sequence[Problem]) -> None:
        """Put each problem at its field; what has none stands above the form."""
        for problem in problems:
            if not self._put(problem):
                self.first.add_error(None, problem.message)
        self.problems = list(problems)

    def _put(self, problem: Problem) -> bool:
        found = _PART.fullmatch(problem.field)
        if found is None:
            return False
        name, place, rest = found[1], found[2], found[3] or ""
        row_name = _ROWS_OF.get(name, name) if self.row_name == "pairs" else name
        if place is not None and row_name == self.row_name:
            rows = filled(self.rows)
            inner = re.split(r"[.\[]", rest)[0] or "texts"
            row = rows[int(place)] if int(place) < len(rows) else None
            return row is not None and any(row.put_error(one, problem.message) for one in (inner, row.specs[1].name))
        language = rest if len(rest) == 2 else ""
        if any(form.put_error(name, problem.message, language) for form in (self.first, self.body, self.last)):
            return True
        if row_name == self.row_name and self.rows:
            rows = filled(self.rows) or self.rows
            return rows[0].put_error(rows[0].specs[1].name, problem.message)
        return False
