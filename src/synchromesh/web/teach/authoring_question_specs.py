"""The fields of each kind of question, as an author fills them in, and the way between them and the document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from synchromesh.engine.vocabulary.slugs import slugify
from synchromesh.web.teach.authoring_contents import PICTURES
from synchromesh.web.teach.authoring_fields import FieldSpec

Document = dict[str, Any]

KIND_NAMES: Mapping[str, Any] = {
    "single": _("One right answer of several"),
    "multiple": _("Several right answers"),
    "true-false": _("True or false"),
    "order": _("Put in order"),
    "match": _("Match"),
    "fill-in": _("Fill in gaps"),
    "numeric": _("A number"),
    "hotspot": _("A place in a picture"),
    "short-text": _("A short text"),
    "free-text": _("A free text, marked by a person"),
    "file": _("A file, marked by a person"),
    "scale": _("A scale, for questionnaires"),
}
ROW_NAMES: Mapping[str, Any] = {
    "choices": _("Answer"),
    "items": _("Line"),
    "pairs": _("Pair"),
    "gaps": _("Gap"),
    "regions": _("Place"),
    "rubric": _("Criterion"),
    "steps": _("Step"),
}
_KEY = FieldSpec(name="key", label="", look="key")
_TEXTS = FieldSpec(name="texts", label=_("Text"), look="line")
_EXACT = FieldSpec(name="exact_case", label=_("Capital letters matter"), look="truth")
_RUBRIC = (
    _KEY,
    FieldSpec(name="titles", label=_("What is looked at"), look="line"),
    FieldSpec(
        name="steps",
        label=_("Points for it"),
        look="forms",
        hint=_("One step on each line, from least to most, such as “0: Nothing is named”, “2: All is named”."),
    ),
)
BODIES: Mapping[str, Sequence[FieldSpec]] = {
    "single": (FieldSpec(name="keep_order", label=_("Never shuffle the answers"), look="truth"),),
    "multiple": (FieldSpec(name="keep_order", label=_("Never shuffle the answers"), look="truth"),),
    "true-false": (
        FieldSpec(
            name="answer",
            label=_("What is right"),
            look="choice",
            choices=(("true", _("True")), ("false", _("False"))),
            is_needed=True,
        ),
        FieldSpec(name="feedback_true", label=_("Said to who answers “true”"), look="texts", rows=2),
        FieldSpec(name="feedback_false", label=_("Said to who answers “false”"), look="texts", rows=2),
    ),
    "numeric": (
        FieldSpec(name="value", label=_("The right number"), look="number", is_needed=True),
        FieldSpec(name="tolerance", label=_("How far off still counts"), look="number"),
        FieldSpec(name="tolerance_in_percent", label=_("That is in percent of the number"), look="truth"),
        FieldSpec(
            name="units",
            label=_("Units"),
            look="words",
            hint=_("One on each line: “V = 1”, “kV = 1000”. The number above is in the unit with 1. Empty: no unit."),
        ),
    ),
    "hotspot": (
        FieldSpec(name="media", label=_("Picture"), look="file", endings=PICTURES),
        FieldSpec(
            name="alternatives",
            label=_("What the picture shows, in one sentence"),
            look="line",
            hint=_("Whoever cannot see it gets these words instead."),
            needed_with="media",
        ),
    ),
    "short-text": (
        FieldSpec(
            name="accepted", label=_("Accepted answers"), look="forms", hint=_("One on each line.")
        ),
        _EXACT,
        FieldSpec(
            name="slips", label=_("Typing slips that still count"), look="whole", least=0, most=2
        ),
    ),
    "free-text": (
        FieldSpec(name="least_words", label=_("At least so many words"), look="whole", least=0, most=100_000),
        FieldSpec(name="most_words", label=_("At most so many words"), look="whole", least=0, most=100_000),
        FieldSpec(name="model_answers", label=_("A good answer"), look="texts", rows=5),
    ),
    "file": (
        FieldSpec(
            name="endings", label=_("Kinds of files"), look="words", hint=_("One ending on each line, such as pdf.")
        ),
        FieldSpec(name="most_megabytes", label=_("Largest file in MB"), look="whole", least=1, most=100),
    ),
}  # fmt: skip
ROWS: Mapping[str, tuple[str, Sequence[FieldSpec]]] = {
    **dict.fromkeys(
        ("single", "multiple"),
        (
            "choices",
            (
                _KEY,
                _TEXTS,
                FieldSpec(name="correct", label=_("This is right"), look="truth"),
                FieldSpec(name="feedback", label=_("Said to who picks it"), look="line"),
            ),
        ),
    ),
    "order": ("items", (_KEY, _TEXTS)),
    "match": (
        "pairs",
        (
            _KEY,
            FieldSpec(name="texts", label=_("This"), look="line"),
            FieldSpec(name="target", label="", look="key"),
            FieldSpec(name="targets", label=_("belongs to this"), look="line"),
        ),
    ),
    "fill-in": (
        "gaps",
        (
            FieldSpec(
                name="key", label=_("Name of the gap"), look="word", hint=_("It stands in the question as {{name}}.")
            ),
            FieldSpec(name="accepted", label=_("Accepted answers, to type"), look="forms", hint=_("One on each line.")),
            FieldSpec(
                name="options",
                label=_("Or answers, to pick"),
                look="forms",
                hint=_("One on each line; the right one begins with *."),
            ),
            _EXACT,
        ),
    ),
    "hotspot": (
        "regions",
        (
            _KEY,
            FieldSpec(name="labels", label=_("What is there, in words"), look="line"),
            FieldSpec(
                name="shape",
                label=_("Shape"),
                look="choice",
                choices=(("circle", _("Circle")), ("rectangle", _("Rectangle")), ("polygon", _("Polygon"))),
            ),
            FieldSpec(
                name="places",
                label=_("Where, in percent"),
                look="word",
                hint=_("Circle: x y radius. Rectangle: left top right bottom. Polygon: x y of each corner."),
            ),
            FieldSpec(name="correct", label=_("This is right"), look="truth"),
        ),
    ),
    "free-text": ("rubric", _RUBRIC),
    "file": ("rubric", _RUBRIC),
    "scale": ("steps", (_KEY, _TEXTS)),
}  # fmt: skip
_OF_ALL_KINDS = ("key", "prompts", "points", "explanations", "right", "wrong", "skill", "level", "sources")
_STEP = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*:\s*(.*)")
_UNIT = re.compile(r"(.+?)\s*=\s*([0-9]+(?:[.,][0-9]+)?)")


def to_fields(kind: str, document: Mapping[str, Any]) -> Document:
    """The document as the forms show it: everything of a row stands in the row."""
    fields = dict(document)
    change = _TO_FIELDS.get(kind)
    try:
        return change(fields) if change else fields
    except (AttributeError, TypeError, ValueError):  # a draft may hold anything: what all kinds have is still shown
        return {name: fields[name] for name in _OF_ALL_KINDS if name in fields}


def to_document(kind: str, fields: Document) -> Document:
    """The document from what the forms hold."""
    change = _TO_DOCUMENT.get(kind)
    return change(fields) if change else fields


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _show_numeric(fields: Document) -> Document:
    units = fields.get("units")
    named = units.items() if isinstance(units, dict) else ()
    return fields | {"units": [f"{name} = {factor}" for name, factor in named]}


def _read_numeric(fields: Document) -> Document:
    units: dict[str, Any] = {}
    for line in fields.pop("units", ()):
        found = _UNIT.fullmatch(line)
        units[found[1] if found else line] = _amount(found[2]) if found else 1
    return fields | ({"units": units} if units else {})


def _read_true_false(fields: Document) -> Document:
    return fields | {"answer": fields.get("answer") == "true"}


def _show_match(fields: Document) -> Document:
    targets = {str(target.get("key")): target.get("texts") for target in _objects(fields.get("targets"))}
    pairs = fields.get("pairs") if isinstance(fields.get("pairs"), Mapping) else {}
    rows, used = [], set()
    for item in _objects(fields.get("items")):
        target = str((pairs or {}).get(item.get("key"), ""))
        used.add(target)
        row = {"key": item.get("key"), "texts": item.get("texts")}
        rows.append(row | {"target": target, "targets": targets.get(target)})
    rows += [{"target": key, "targets": texts} for key, texts in targets.items() if key not in used]
    return fields | {"pairs": rows}


def _read_match(fields: Document) -> Document:
    """Lines that belong to the same words belong to one target; a line with only a target is one that stays free."""
    items: list[Document] = []
    targets: list[Document] = []
    pairs: dict[str, str] = {}
    for row in fields.pop("pairs", ()):
        target = next((one for one in targets if row.get("targets") and one["texts"] == row["targets"]), None)
        if target is None and row.get("targets"):
            taken = [one["key"] for one in targets]
            target = {"key": free_key(row["targets"], taken, stated=row.get("target", "")), "texts": row["targets"]}
            targets.append(target)
        if row.get("texts"):
            key = free_key(row["texts"], [one["key"] for one in items], stated=row.get("key", ""))
            items.append({"key": key, "texts": row["texts"]})
            if target is not None:
                pairs[key] = target["key"]
    return {name: value for name, value in fields.items() if name != "targets"} | {
        "items": items,
        "targets": targets,
        "pairs": pairs,
    }


def _show_fill_in(fields: Document) -> Document:
    rows = []
    for gap in _objects(fields.get("gaps")):
        options = _objects(gap.get("options"))
        lines: dict[str, list[str]] = {}
        for option in options:
            for language, text in (option.get("texts") or {}).items():
                lines.setdefault(language, []).append(f"{'*' if option.get('correct') else ''}{text}")
        exact = gap.get("exact_case", fields.get("exact_case", False))
        rows.append({**gap, "options": lines, "kept": options, "exact_case": exact})
    return {name: value for name, value in fields.items() if name != "exact_case"} | {"gaps": rows}


def _read_fill_in(fields: Document) -> Document:
    return fields | {"gaps": [_read_gap(gap) for gap in fields.get("gaps", ())]}


def _read_gap(gap: Document) -> Document:
    lines, kept = gap.pop("options", {}), gap.pop("kept", [])
    if not lines:
        return gap
    options: list[Document] = []
    for place in range(max(map(len, lines.values()))):
        said = {language: texts[place] for language, texts in lines.items() if place < len(texts)}
        before = kept[place] if place < len(kept) else {}
        texts = {language: text.removeprefix("*").strip() for language, text in said.items()}
        key = free_key(texts, [one["key"] for one in options], stated=str(before.get("key", "")))
        option = {"key": key, "texts": texts, "correct": any(text.startswith("*") for text in said.values())}
        options.append(option | ({"feedback": before["feedback"]} if before.get("feedback") else {}))
    return gap | {"options": options}


def _show_regions(fields: Document) -> Document:
    rows = []
    for region in _objects(fields.get("regions")):
        places = region.get("places")
        rows.append({**region, "places": " ".join(map(str, places)) if isinstance(places, list) else ""})
    return fields | {"regions": rows}


def _read_regions(fields: Document) -> Document:
    rows = []
    for region in fields.get("regions", ()):
        words = str(region.get("places", "")).replace(",", " ").split()
        rows.append(region | {"places": [_amount(word) for word in words]})
    return fields | {"regions": rows}


def _show_rubric(fields: Document) -> Document:
    rows = []
    for criterion in _objects(fields.get("rubric")):
        lines: dict[str, list[str]] = {}
        for step in _objects(criterion.get("steps")):
            for language, text in (step.get("texts") or {}).items():
                lines.setdefault(language, []).append(f"{step.get('points')}: {text}")
        rows.append({**criterion, "steps": lines})
    return fields | {"rubric": rows}


def _read_rubric(fields: Document) -> Document:
    """Steps with the same place in each language are one; the points stand on the first that says them."""
    fields.pop("points", None)
    rows = []
    for criterion in fields.get("rubric", ()):
        lines = criterion.get("steps") or {}
        steps: list[Document] = []
        for place in range(max(map(len, lines.values()), default=0)):
            said = {code: texts[place] for code, texts in lines.items() if place < len(texts)}
            read = {code: _STEP.fullmatch(text) for code, text in said.items()}
            points = [_amount(found[1]) for found in read.values() if found]
            texts = {code: found[2] if (found := read[code]) else text for code, text in said.items()}
            steps.append({"texts": texts} | ({"points": points[0]} if points else {}))
        rows.append(criterion | {"steps": steps})
    return fields | {"rubric": rows}


def _amount(word: str) -> Any:
    """A number that JSON holds; words stay as they are, and are found to be wrong."""
    try:
        value = float(word.replace(",", "."))
    except ValueError:
        return word
    return int(value) if value == int(value) else value


def free_key(texts: Any, taken: Sequence[str], *, stated: str = "", numbers: bool = False) -> str:
    """The key that a row has, else one made from its words; of a scale a number."""
    if stated and stated not in taken:
        return stated
    words = next(iter(texts.values()), "") if isinstance(texts, Mapping) else ""
    stem = "" if numbers else slugify(str(words))[:30].strip("-")
    candidates = [stem] if stem else []
    names = (f"{stem}-{number}" if stem else str(number) for number in range(1 if not stem else 2, len(taken) + 3))
    return next(name for name in (*candidates, *names) if name not in taken)


_TO_FIELDS: Mapping[str, Callable[[Document], Document]] = {
    "numeric": _show_numeric,
    "match": _show_match,
    "fill-in": _show_fill_in,
    "hotspot": _show_regions,
    "free-text": _show_rubric,
    "file": _show_rubric,
}
_TO_DOCUMENT: Mapping[str, Callable[[Document], Document]] = {
    "true-false": _read_true_false,
    "numeric": _read_numeric,
    "match": _read_match,
    "fill-in": _read_fill_in,
    "hotspot": _read_regions,
    "free-text": _read_rubric,
    "file": _read_rubric,
}
