"""Save the texts of one language of a unit, for translating side by side."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from synchromesh.assessment.models import Instrument, Question
from synchromesh.assessment.operations.questions import save_question
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.course_files import tidied
from synchromesh.learning.models import ContentVersion, Unit
from synchromesh.learning.operations.drafts import edit_draft
from synchromesh.learning.queries.authoring import places_of, questions_of
from synchromesh.plumbing import audit

_MOST_CHARACTERS = 40_000


def save_unit_texts(*, by: audit.Actor, unit: Unit, language: str, texts: Mapping[str, str]) -> Unit:
    """Set texts of one language by their path (`queries.authoring.list_texts`); an empty one is taken out.

    Questions are shared by all tests of the course: they change for all drafts, published tests keep theirs. Raises
    NotAllowed, Conflict, and InvalidInput for a language that the version lacks or a path that is not there.
    """
    cleaned = {path: str(tidied(text)) for path, text in texts.items()}
    with edit_draft(by=by, version=unit.version) as draft:
        stored = Unit.objects.select_related("version", "instrument__bank__course__provider").get(pk=unit.pk)
        _check(stored, draft, language, cleaned)
        _save_unit(stored, language, cleaned)
        if stored.instrument is not None:
            _save_instrument(stored.instrument, language, cleaned)
            _save_questions(stored, language, cleaned, by=by)
        audit.record(
            by=by,
            action="save_unit_texts",
            kind="content-version",
            uid=draft.uid,
            unit=stored.key,
            language=language,
            texts=len(cleaned),
        )
    return stored


def _check(unit: Unit, draft: ContentVersion, language: str, texts: Mapping[str, str]) -> None:
    if language not in draft.languages:
        raise InvalidInput(f"'{language[:20]}' is no language of this version. Add it first.", field="language")
    known = {path for path, _, _ in places_of(unit)}
    for path, text in texts.items():
        if path not in known:
            raise InvalidInput("A text to translate is not there any more. Load the page again.", field=path)
        if len(text) > _MOST_CHARACTERS or "\0" in text:
            message = f"A text has at most {_MOST_CHARACTERS:,} characters, and none that cannot be stored."
            raise InvalidInput(message, field=path)


def _save_unit(unit: Unit, language: str, texts: Mapping[str, str]) -> None:
    document = {"titles": dict(unit.titles), "content": copy.deepcopy(unit.content)}
    for path, text in texts.items():
        if path.partition("/")[0] in document:
            _set_text(document, path, language, text)
    if not document["titles"]:
        raise InvalidInput("A unit needs a title in some language.", field="titles")
    unit.titles, unit.content = document["titles"], document["content"]
    unit.save(update_fields=["titles", "content"])


def _save_instrument(instrument: Instrument, language: str, texts: Mapping[str, str]) -> None:
    columns = {"titles": dict(instrument.titles), "introductions": dict(instrument.introductions)}
    for name, stored in columns.items():
        if (text := texts.get(f"instrument/{name}")) is not None:
            _put(stored, language, text)
    if columns["titles"] == instrument.titles and columns["introductions"] == instrument.introductions:
        return
    instrument.titles, instrument.introductions = columns["titles"], columns["introductions"]
    instrument.save(update_fields=list(columns))


def _save_questions(unit: Unit, language: str, texts: Mapping[str, str], *, by: audit.Actor) -> None:
    for question in questions_of(unit):
        own = _of_question(question, texts)
        document = copy.deepcopy(question.document)
        for path, text in own.items():
            _set_text(document, path, language, text)
        if document != question.document:
            save_question(by=by, bank=question.bank, document=document)


def _of_question(question: Question, texts: Mapping[str, str]) -> dict[str, str]:
    prefix = f"questions/{question.key}/"
    return {path.removeprefix(prefix): text for path, text in texts.items() if path.startswith(prefix)}


def _set_text(document: Any, path: str, language: str, text: str) -> None:
    """Set one text inside a document; the path is known to be there."""
    place = document
    for step in path.split("/"):
        place = place[int(step)] if isinstance(place, list) else place[step]
    _put(place, language, text)


def _put(texts: dict[str, str], language: str, text: str) -> None:
    if text:
        texts[language] = text
    else:
        texts.pop(language, None)
