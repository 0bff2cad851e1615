"""Forty questions of the courses that ship, drawn for a second person who answers them without having seen the keys.

Courses in `WAITING` came later: their four questions each are printed too, and nobody has answered them yet.

`python -m tests.starter.drawn_questions > drawn.md` prints them in English: no key, feedback or explanation, answers in
an order that says nothing. The answers are written down in `independent_answers.yaml`, as a list of {course, question,
answer}; an answer says its words as they are printed:

    one answer, true or false     the words (true, false)
    several, places               a list of words
    order                         a list of words, first to last
    match, gaps                   words by words (gap by name): {Voltmeter: Voltage}
    number                        the number with its unit: 75 %
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.starter.course_folders import SLUGS, CourseFolder, folder

FROM_EACH = 4
WAITING = frozenset({"battery-passport-essentials", "battery-passport-for-engineers"})
"""Courses whose questions wait for a second person. Take a course out when its answers stand in the file."""
SEED = "2026-11-23"
LANGUAGE = "en"
Question = Mapping[str, Any]


def drawn(*, waiting: bool = False) -> list[tuple[CourseFolder, Question]]:
    """The questions, four of each course; another question in a course changes few of them."""
    slugs = [slug for slug in SLUGS if waiting or slug not in WAITING]
    return [(folder(slug), one) for slug in slugs for one in _in_chance_order(folder(slug).questions, slug)[:FROM_EACH]]


def answer_by_words(question: Question, words: Any) -> Any:
    """An answer that was given in words, in the shape that answers are stored in."""
    kind = question["kind"]
    if kind == "true-false":
        return str(words).lower()
    if kind == "numeric":
        value, _, unit = str(words).partition(" ")
        return {"value": value, "unit": unit.strip()}
    if kind == "match":
        items, targets = _keys(question["items"]), _keys(question["targets"])
        return {items[_plain(item)]: targets[_plain(target)] for item, target in words.items()}
    if kind == "fill-in":
        gaps = {gap["key"]: gap for gap in question["gaps"]}
        return {key: _gap_answer(gaps[key], word) for key, word in words.items()}
    if kind == "short-text":
        return str(words)
    keys = _keys(question.get("choices") or question.get("items") or question["regions"])
    return keys[_plain(words)] if kind == "single" else [keys[_plain(word)] for word in words]


def _gap_answer(gap: Mapping[str, Any], word: Any) -> str:
    return str(_keys(gap["options"])[_plain(word)] if "options" in gap else word)


def _keys(answers: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {_plain(_words(answer)): answer["key"] for answer in answers}


def _words(answer: Mapping[str, Any]) -> str:
    return str((answer.get("texts") or answer["labels"])[LANGUAGE])


def _plain(text: Any) -> str:
    return "".join(sign for sign in str(text).casefold() if sign.isalnum())


def _in_chance_order(parts: Iterable[Mapping[str, Any]], salt: str) -> list[Mapping[str, Any]]:
    return sorted(parts, key=lambda part: hashlib.sha256(f"{SEED} {salt} {part['key']}".encode()).hexdigest())


def _printed(number: int, course: CourseFolder, question: Question) -> Iterator[str]:
    yield f"## {number}. {course.slug}: {question['key']} ({question['kind']})\n"
    yield f"{question['prompts'][LANGUAGE]}\n"
    if question["kind"] == "hotspot":
        yield f"Picture: starter/courses/{course.slug}/media/{question['media']}. Places:\n"
    for name in ("choices", "items", "regions"):
        yield from (f"- {_words(one)}" for one in _in_chance_order(question.get(name, ()), question["key"]))
    if "targets" in question:
        yield "\nTo be matched with:\n"
        yield from (f"- {_words(one)}" for one in _in_chance_order(question["targets"], "targets"))
    for gap in question.get("gaps", ()):
        options = _in_chance_order(gap.get("options", ()), gap["key"])
        yield f"- gap `{gap['key']}`: {' | '.join(_words(one) for one in options) or 'typed'}"
    if question.get("units"):
        yield f"Units: {', '.join(question['units'])}"
    yield ""


def main() -> None:
    """Print what was drawn."""
    lines = ["# Questions to be answered without the keys\n", (__doc__ or "").partition("\n\n")[2]]
    for number, (course, question) in enumerate(drawn(waiting=True), start=1):
        lines += _printed(number, course, question)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
