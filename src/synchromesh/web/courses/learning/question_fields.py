"""A public question and an answer as the fields that the partials of `templates/learn/questions/` show.

Nothing here knows a key: what is right comes only with feedback, once the assessment says that it is due.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from synchromesh.engine.scoring.public import PublicQuestion
from synchromesh.web.courses.learning.regions import region_fields
from synchromesh.web.markdown import Surroundings

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a question is put to one learner: its name in the form, the language, what was answered, where files lie."""

    prefix: str
    language: str
    answer: Any = None
    is_open: bool = True
    links: Mapping[str, str]
    files: Sequence[Any] = ()


def show_question(question: PublicQuestion, asked: Asked) -> Fields:
    """The fields of one question; `template` names its partial."""
    kind = str(question.kind)
    common: Fields = {
        "kind": kind,
        "prefix": asked.prefix,
        "language": asked.language,
        "is_open": asked.is_open,
        "prompts": question.prompts,
        "points": question.points,
        "template": f"learn/questions/{kind}.html",
    }
    return common | _BY_KIND[kind](question, asked)


def _choices(question: PublicQuestion, asked: Asked) -> Fields:
    picked = asked.answer if isinstance(asked.answer, list) else [asked.answer]
    return {
        "choices": [
            _keyed(choice) | {"is_chosen": choice.key in picked} for choice in question.choices or question.steps
        ]
    }


def _keyed(item: Any) -> Fields:
    return {"key": item.key, "texts": item.texts}


def _order(question: PublicQuestion, asked: Asked) -> Fields:
    wanted = [key for key in asked.answer or [] if isinstance(key, str)]
    places = {key: place for place, key in enumerate(wanted)}
    items = sorted(question.items, key=lambda item: places.get(item.key, len(places)))
    lines = [_keyed(item) | {"place": place if wanted else 0} for place, item in enumerate(items, start=1)]
    return {"items": lines, "places": range(1, len(lines) + 1)}


def _match(question: PublicQuestion, asked: Asked) -> Fields:
    chosen = asked.answer or {}
    return {
        "items": [_keyed(item) | {"target": chosen.get(item.key, "")} for item in question.items],
        "targets": [_keyed(target) for target in question.targets],
    }


def _fill_in(question: PublicQuestion, asked: Asked) -> Fields:
    typed = asked.answer or {}
    fields = {gap.key: _gap(gap, number, typed, asked) for number, gap in enumerate(question.gaps, start=1)}
    return {"around": Surroundings(gaps=fields)}


def _gap(gap: Any, number: int, typed: Mapping[str, str], asked: Asked) -> SafeString:
    context = {
        "gap": gap,
        "prefix": asked.prefix,
        "language": asked.language,
        "value": typed.get(gap.key, ""),
        "said": gettext("Gap %(number)s") % {"number": number},
    }
    return SafeString(render_to_string("learn/questions/_gap.html", context).strip())


def _numeric(question: PublicQuestion, asked: Asked) -> Fields:
    given = asked.answer or {}
    return {"value": given.get("value", ""), "unit": given.get("unit", ""), "units": question.units}


def _hotspot(question: PublicQuestion, asked: Asked) -> Fields:
    return {
        "address": asked.links.get(question.media, ""),
        "alternatives": question.alternatives,
        "regions": region_fields(question.regions, chosen=asked.answer or []),
    }


def _text(question: PublicQuestion, asked: Asked) -> Fields:
    return {"value": asked.answer or ""}


def _free_text(question: PublicQuestion, asked: Asked) -> Fields:
    limits = {"least_words": question.least_words, "most_words": question.most_words}
    return {"value": asked.answer or "", "rubric": question.rubric} | limits


def _file(question: PublicQuestion, asked: Asked) -> Fields:
    return {
        "files": asked.files,
        "rubric": question.rubric,
        "endings": question.endings,
        "accept": ",".join(f".{ending}" for ending in question.endings),
        "most_megabytes": question.most_megabytes,
    }


_BY_KIND: Mapping[str, Callable[[PublicQuestion, Asked], Fields]] = {
    "single": _choices,
    "multiple": _choices,
    "true-false": _choices,
    "scale": _choices,
    "order": _order,
    "match": _match,
    "fill-in": _fill_in,
    "numeric": _numeric,
    "hotspot": _hotspot,
    "short-text": _text,
    "free-text": _free_text,
    "file": _file,
}
