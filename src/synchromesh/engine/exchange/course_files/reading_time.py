"""How long the units of a course take, measured from what there is to read, to look at, to answer and to do.

180 words a minute is slow reading, for a text that one learns from; adults read 238 words of non-fiction on average
(Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047). The other figures are the alliance's own until learners
have been measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from synchromesh.engine.exchange.course_files._document import CourseDocument, UnitRecord
from synchromesh.engine.vocabulary.languages import ISO_639_1
from synchromesh.engine.vocabulary.plain_language import count_words

WORDS_A_MINUTE, MINUTES_A_FIGURE, MINUTES_A_QUESTION, MINUTES_A_TASK = 180, 0.5, 0.75, 2
PASSPORT_EXERCISE, MINUTES_A_PASSPORT_EXERCISE = "passport-exercise", 8


def texts_in(value: Any) -> Iterator[Mapping[str, str]]:
    """Every text by language in a content or question, in its order; lists of words and units of numbers are none."""
    if isinstance(value, Mapping):
        if value and all(isinstance(text, str) for text in value.values()) and value.keys() <= ISO_639_1:
            yield value
            return
        for key, part in value.items():
            if key not in {"units", "pairs", "avoid"}:
                yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)


def words_to_read(value: Any, languages: Sequence[str]) -> float:
    """Words of a content or question, as the mean of the languages."""
    total = sum(count_words(texts.get(language, "")) for texts in texts_in(value) for language in languages)
    return total / len(languages) if languages else 0.0


def measured_minutes(unit: UnitRecord, document: CourseDocument) -> float:
    """Minutes that reading, looking, answering and doing take. Of a pool of questions the mean of one is taken."""
    read = words_to_read(unit.content, document.languages)
    count = len(unit.content.get("questions", ()))
    instrument = next((one for one in document.instruments if one.key == unit.instrument), None)
    documents = {str(question["key"]): question for question in document.questions}
    for part in instrument.parts if instrument else ():
        asked = [words_to_read(documents[key], document.languages) for key in part.questions if key in documents]
        count += part.count
        read += part.count * sum(asked) / len(asked) if asked else 0
    figures, tasks = _figures(unit.content), _tasks(unit.content)
    seen = figures * MINUTES_A_FIGURE + tasks * MINUTES_A_TASK
    seen += MINUTES_A_PASSPORT_EXERCISE * (unit.kind == PASSPORT_EXERCISE)
    return read / WORDS_A_MINUTE + count * MINUTES_A_QUESTION + seen


def _figures(content: Mapping[str, Any]) -> int:
    shown: int = sum(block.get("kind") == "figure" for block in _blocks(content))
    return shown + ("media" in content)


def _tasks(content: Mapping[str, Any]) -> int:
    return sum(block.get("kind") == "checklist" for block in _blocks(content))


def _blocks(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    blocks = content.get("blocks")
    return [block for block in blocks if isinstance(block, Mapping)] if isinstance(blocks, list) else []
