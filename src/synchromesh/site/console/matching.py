"""Commands about matching texts to skills and occupations.

What loads the matching engine is imported inside the functions, so that every other command starts without it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.languages import parse_language
from synchromesh.plumbing.audit import Actor
from synchromesh.site.console.match_input import Line, opened, read_lines, read_whole

if TYPE_CHECKING:
    from synchromesh.engine.matching import Match, TextMatches
    from synchromesh.framework.queries.text_matching import MatchingAnswer

MOST_MATCHES = 1000
_BATCH = 64


def match(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Say which skills or occupations a text, or each line of a text, speaks of."""
    del by  # the vocabularies are public
    if not 1 <= arguments.top <= MOST_MATCHES:
        raise InvalidInput(f"--top is a number from 1 to {MOST_MATCHES}, not {arguments.top}.", field="top")
    language = _language(arguments.lang)
    if arguments.lines:
        return _match_lines(arguments, language)
    return _match_whole(arguments, language)


def _match_lines(arguments: argparse.Namespace, language: str | None) -> None:
    from synchromesh.framework.queries.text_matching import LONGEST_TEXT
    from synchromesh.site.match_answers import empty_answer, match_answer

    said: set[str] = set()
    refused = 0
    with opened(arguments.file) as stream:
        for lines in _batches(read_lines(stream, longest=LONGEST_TEXT)):
            texts = [line.text for line in lines if line.text.strip()]
            found = iter(_ask(texts, arguments, language, said).texts if texts else ())
            for line in lines:
                answer = match_answer(next(found)) if line.text.strip() else empty_answer(language)
                if line.refusal:
                    refused += 1
                    answer["error"] = _error(line)
                _write_line(answer)
            sys.stdout.flush()
    if refused:
        _note(f"{refused} lines could not be read; their answers say why.")


def _match_whole(arguments: argparse.Namespace, language: str | None) -> Any:
    from synchromesh.engine.matching import TextMatches
    from synchromesh.site.match_answers import empty_answer, match_answer

    whole = read_whole(arguments.file)
    for note in whole.notes:
        _note(note)
    if whole.text.strip():
        found = _ask([whole.text], arguments, language, set()).texts[0]
        answer = match_answer(found)
    else:
        found = TextMatches(language=language or "", matches=())
        answer = empty_answer(language)
    if arguments.json:
        return answer
    _write_table(whole.text, found)
    return None


def _ask(texts: Sequence[str], arguments: argparse.Namespace, language: str | None, said: set[str]) -> MatchingAnswer:
    from synchromesh.engine.matching import Mode
    from synchromesh.framework.queries.text_matching import match_texts

    answer = match_texts(
        texts,
        vocabulary=arguments.vocabulary,
        kind=arguments.kind,
        language=language,
        top=arguments.top,
        purpose="command",
        mode=Mode(arguments.mode) if arguments.mode else None,
    )
    if answer.fell_back and answer.fell_back not in said:
        said.add(answer.fell_back)
        _note(answer.fell_back)
    return answer


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while batch := list(islice(lines, _BATCH)):
        yield batch


def _language(text: str | None) -> str | None:
    if text is None:
        return None
    code = parse_language(text)
    if code is None:
        raise InvalidInput(f"'{text}' is not a language. Use a two-letter code such as de.", field="lang")
    return code


def _error(line: Line) -> dict[str, str]:
    return {"code": InvalidInput.code, "message": line.refusal, "field": f"line {line.number}"}


def _write_line(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")


def _note(text: str) -> None:
    """Tell the person at the terminal something that is no part of the answer."""
    sys.stderr.write(f"Note: {text}\n")


def _write_table(text: str, found: TextMatches) -> None:
    lines = [f"Language: {found.language or 'not known'}. A star marks what is probable enough to be proposed.", ""]
    if not found.matches:
        lines = ["Nothing in this text fits."]
    for entry in found.matches:
        star = "*" if entry.accepted else " "
        lines.append(f"{entry.probability * 100:4.0f} % {star} {_printable(entry.label)}{_level(entry)}")
        lines.append(f"         {entry.uri}")
        lines.append(f"         “{_printable(_words(text, entry))}”")
    sys.stdout.buffer.write("\n".join([*lines, ""]).encode("utf-8", errors="replace"))
    sys.stdout.flush()


def _level(entry: Match) -> str:
    return f" (level {entry.level} by its wording)" if entry.level else ""


def _words(text: str, entry: Match) -> str:
    return " … ".join(text[span.start : span.end] for span in entry.spans[:3])


def _printable(text: str) -> str:
    """Without control and direction characters: a file must not steer the terminal that shows it."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
