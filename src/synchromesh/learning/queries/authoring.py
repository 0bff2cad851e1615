"""What the editor of a course shows beside the contents: what was seen last, and the texts to translate."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from synchromesh.assessment.models import Question
from synchromesh.engine.errors import NotFound
from synchromesh.engine.vocabulary.languages import ISO_639_1
from synchromesh.learning.models import Unit
from synchromesh.learning.unit_kinds import get_unit_kind

_ONE_LINE = ("titles",)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextToTranslate:
    """One text of a unit: its place as a path ("content/blocks/0/texts"), the words to translate, and what there is."""

    path: str
    source: str
    text: str
    is_markdown: bool


def content_digest(content: Mapping[str, Any]) -> str:
    """A short word that tells whether a content is still the one that somebody saw."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:16]


def list_texts(unit: Unit, *, language: str) -> list[TextToTranslate]:
    """The texts of a unit, its test and the questions of that, which there are in the version's source language.

    The caller has asked whether the version may be read.
    """
    source = unit.version.source_language
    return [
        TextToTranslate(path=path, source=texts[source], text=texts.get(language, ""), is_markdown=is_markdown)
        for path, texts, is_markdown in places_of(unit)
        if texts.get(source)
    ]


def places_of(unit: Unit) -> Iterator[tuple[str, Mapping[str, str], bool]]:
    """Path, texts and whether they are Markdown, of everything that a unit says."""
    yield "titles", unit.titles, False
    try:
        places = get_unit_kind(unit.kind).texts_of(unit.content)
    except NotFound:
        places = []
    for place in places:
        yield "/".join(("content", *map(str, place.path))), place.texts, place.is_markdown
    if unit.instrument is None:
        return
    yield "instrument/titles", unit.instrument.titles, False
    yield "instrument/introductions", unit.instrument.introductions, True
    for question in questions_of(unit):
        for path, texts in _texts_in(question.document):
            yield f"questions/{question.key}/{path}", texts, not path.endswith(_ONE_LINE)


def questions_of(unit: Unit) -> list[Question]:
    """The questions that the unit's test may ask, in order."""
    found = Question.objects.filter(entries__part__instrument=unit.instrument_id)
    return list(found.order_by("entries__part__position", "entries__position"))


def _texts_in(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every object of texts by language in a question's document, with its path."""
    if isinstance(value, Mapping):
        if path and value and value.keys() <= ISO_639_1 and all(isinstance(text, str) for text in value.values()):
            if path[-1] not in {"units", "pairs"}:
                yield "/".join(path), value
            return
        for key, part in value.items():
            yield from _texts_in(part, (*path, str(key)))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _texts_in(part, (*path, str(place)))
