"""What the form of a video or an exercise of either kind says, as its kind takes it (`learning.unit_kinds`)."""

from __future__ import annotations

import json
from typing import Any

from django.http import QueryDict

from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.learning.models import Unit
from synchromesh.learning.unit_kinds import get_unit_kind
from synchromesh.web.courses.learning.answer_forms import read_form


def read_report(form: QueryDict, unit: Unit) -> dict[str, Any]:
    """The report of one form. Raises InvalidInput where nothing can be made of it."""
    if unit.kind == "passport-exercise":
        return _passport_exercise(form)
    return _exercise(form, unit) if unit.kind == "exercise" else _video(form)


def _exercise(form: QueryDict, unit: Unit) -> dict[str, Any]:
    key = form.get("question", "")
    if form.get("show"):
        return {"question": key, "show": True}
    shown = get_unit_kind(unit.kind).show(unit.content, language="en", links={})
    question = next((one["question"] for one in shown["questions"] if one["key"] == key), None)
    if question is None:
        raise NotFound("There is no such question in this unit.")
    return {"question": key, "answer": read_form(question, form, prefix=f"q-{key}")}


def _passport_exercise(form: QueryDict) -> dict[str, Any]:
    """Of each task `a-KEY` (what was ticked, chosen or typed) and `u-KEY` (the unit)."""
    said = form.get("number", "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1
    if form.get("again"):
        return {"number": number, "again": True}
    answers = {
        name.removeprefix("a-"): {
            "chosen": form.getlist(name),
            "text": form.get(name, ""),
            "unit": form.get(f"u-{name.removeprefix('a-')}", ""),
        }
        for name in form
        if name.startswith("a-")
    }
    return {"number": number, "answers": answers}


def _video(form: QueryDict) -> dict[str, Any]:
    try:
        spans = json.loads(form.get("spans") or "[]")
        duration, position = (float(form.get(name) or 0) for name in ("duration", "position"))
    except (ValueError, RecursionError):  # brackets within brackets without an end
        raise InvalidInput("Load the page again; its report cannot be read.", field="spans") from None
    is_read = form.get("transcript_read") == "1"
    return {"spans": spans, "duration": duration, "position": position, "transcript_read": is_read}
