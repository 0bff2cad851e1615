"""Questions as one JSON file in our own shape, with their pictures beside it: all languages, nothing left out.

An object with `"format": "synchromesh-questions"`, `"format_version": 1` and `questions`, a list of the documents that
docs/how-to/course-files.md describes. Pictures stand in a folder `media`.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from typing import Any

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.exchange.questions._document import QuestionDocuments, WrittenQuestions
from synchromesh.engine.tables.limits import MEBIBYTE
from synchromesh.engine.vocabulary.question_documents import read_question, write_question
from synchromesh.engine.vocabulary.questions import Question

TITLE = "questions in our own JSON (one file, nothing left out)"

_FORMAT, _VERSION = "synchromesh-questions", 1
_SIGN = re.compile(rb'"format"\s*:\s*"synchromesh-questions"')
_MOST_BYTES = 20 * MEBIBYTE


def accepts(files: Mapping[str, bytes]) -> bool:
    """Tell whether a file is JSON that states our format."""
    return any(_is_ours(name, data) for name, data in files.items())


def read(files: Mapping[str, bytes], *, language: str) -> QuestionDocuments:
    """Read the file; raises InvalidInput, with line and column, when it is no sound JSON or of another version.

    `language` is not needed, since every text says its language.
    """
    questions: dict[str, Question] = {}
    positions: list[str] = []
    problems: list[Problem] = []
    count = 0
    for name, data in files.items():
        if not _is_ours(name, data):
            continue
        for place, document in enumerate(_documents(name, data), 1):
            position = f"{name} question {place}"
            count += 1
            question, found = read_question(document, position=position)
            problems += found
            if question is not None and question.key in questions:
                message = f"The key '{question.key}' stands there twice; only the first question was read."
                problems.append(Problem(position=position, field="key", message=message))
            elif question is not None:
                questions[question.key] = question
                positions.append(position)
    media = {posixpath.basename(name): data for name, data in files.items() if "media/" in name}
    return QuestionDocuments(
        questions=tuple(questions.values()),
        positions=tuple(positions),
        media=media,
        problems=tuple(problems),
        left_out=count - len(questions),
    )


def write(document: QuestionDocuments, *, language: str) -> WrittenQuestions:
    """Return questions.json and the pictures; every language is written, whatever `language` says."""
    content = {
        "format": _FORMAT,
        "format_version": _VERSION,
        "questions": [write_question(question) for question in document.questions],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    media = {f"media/{name}": data for name, data in document.media.items()}
    return WrittenQuestions(files={"questions.json": text.encode(), **media})


def _is_ours(name: str, data: bytes) -> bool:
    return name.lower().endswith(".json") and _SIGN.search(data[:MEBIBYTE]) is not None


def _documents(name: str, data: bytes) -> list[Any]:
    if len(data) > _MOST_BYTES:
        raise InvalidInput(f"{name} has {len(data):,} bytes; at most {_MOST_BYTES:,} are read. Split the file.")
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{name} is not UTF-8: byte {error.start + 1} is wrong. Save it in UTF-8.") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise InvalidInput(f"{name} is not sound JSON: {place}: {error.msg}. Correct this place.") from error
    except (RecursionError, ValueError) as error:
        raise InvalidInput(f"{name} is nested too deeply or has a number with too many digits.") from error
    if not isinstance(value, dict) or value.get("format") != _FORMAT:
        raise InvalidInput(f'{name} states no format at its top. Write "format": "{_FORMAT}" there.', field="format")
    if value.get("format_version", _VERSION) != _VERSION:
        message = f"{name} has another format_version; only {_VERSION} is read. Export it again."
        raise InvalidInput(message, field="format_version")
    questions = value.get("questions")
    if not isinstance(questions, list):
        raise InvalidInput(f"{name} needs a list of 'questions'.", field="questions")
    return questions
