"""Which columns of a table that another system made are which columns of our template, by their headings.

First the template's own names, then known words of six languages (`_heading_words`), last words that are nearly the
same: the token sort ratio of RapidFuzz (https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html) from 88 on, so that a
slip of the keyboard passes and another word does not. What was not plain is reported, for a person to look at.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds._heading_words import (
    COMPOUND_STARTS,
    COURSE_WORDS,
    HEADING_WORDS,
    SMALL_WORDS,
    UNIT_WORDS,
)
from synchromesh.engine.feeds.template_columns import (
    IGNORED_COLUMNS,
    TEXT_COLUMNS,
    is_template_column,
    split_text_column,
    text_column,
)
from synchromesh.engine.feeds.wording import fold_words
from synchromesh.engine.tables.reading import column_name
from synchromesh.engine.vocabulary.languages import OWN_NAMES, parse_language

__all__ = ["ColumnChoice", "choose_columns", "heading_unit", "propose_columns"]

_COUNTED = frozenset({"workload_text", "price"})
_NEARLY_THE_SAME = 88  # of 100
_SHORTEST_SLIP = 5  # characters; of shorter words a letter more or less makes another word
_CAMEL_CASE = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")
_IN_BRACKETS = re.compile(r"(.*?)\s*[(\[]([^()\[\]]*)[)\]]\s*")
_LAST_WORD = re.compile(r"(.*\S)[\s_-]+(\w+)\s*")
_IN_UNIT = re.compile(r"(.*\S)\s+(?:in|en|v)\s+(\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChoice:
    """How a table is read.

    `targets` gives the template column of each key of a heading that is read. By template column, `headings` gives the
    heading as the file spells it, and `units` the unit of a workload or price that a heading states. `problems` say
    what was guessed and what is not read.
    """

    targets: Mapping[str, str]
    headings: Mapping[str, str]
    units: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    @property
    def foreign(self) -> frozenset[str]:
        """The template columns whose heading is another word."""
        return frozenset(target for key, target in self.targets.items() if key != target)


@dataclass(slots=True, kw_only=True)
class _Proposals:
    """Gives each template column away once."""

    found: dict[str, str] = field(default_factory=dict)

    def offer(self, heading: str, column: str) -> None:
        if heading not in self.found and column not in self.found.values():
            self.found[heading] = column


def propose_columns(headings: Iterable[str]) -> dict[str, str]:
    """Return the likely template column for each heading, "" where there is none; no column is proposed twice."""
    given = list(headings)
    proposals = _Proposals()
    for heading in given:
        if is_template_column(key := column_name(heading)):
            proposals.offer(heading, key)
    ranked = sorted(
        (rank, place, heading, column) for place, heading in enumerate(given) for rank, column in _known(heading)
    )
    for _, _, heading, column in ranked:
        proposals.offer(heading, column)
    slips = sorted(
        (-score, place, heading, column)
        for place, heading in enumerate(given)
        if heading not in proposals.found
        for score, column in _nearly(heading)
    )
    for _, _, heading, column in slips:
        proposals.offer(heading, column)
    return {heading: proposals.found.get(heading, "") for heading in given}


def choose_columns(headings: Sequence[str], *, columns: Mapping[str, str], name: str) -> ColumnChoice:
    """Return how a table with these headings is read; `columns` is what a person chose, complete if there is anything.

    Raises InvalidInput when no column holds a title, or when the choice names an unknown column or one twice.
    """
    read = [heading for heading in headings if column_name(heading) not in IGNORED_COLUMNS]
    proposed = _chosen(read, columns) if columns else propose_columns(read)
    targets = {column_name(heading): column for heading, column in proposed.items() if column}
    if not any(_holds_titles(column) for column in targets.values()):
        found = ", ".join(f"'{heading[:40]}'" for heading in headings[:12])
        raise InvalidInput(
            f"{name} lacks the column 'title'. It has {found}. Rename the column that holds the titles to 'title', or "
            "say for this source which column is which.",
            field="title",
        )
    return ColumnChoice(
        targets=targets,
        headings={column: heading for heading, column in proposed.items() if column},
        units={
            column: unit
            for heading, column in proposed.items()
            if column in _COUNTED and (unit := heading_unit(heading))
        },
        problems=tuple(_reported(proposed, columns)),
    )


def heading_unit(heading: str) -> str:
    """Return the unit in which the cells below count: "h" for "Stunden", "€" for "Preis (€)", "" if none is stated."""
    words, stated = _without_unit(heading)
    return stated or _units().get(words, "")


def _chosen(headings: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    by_key = {column_name(heading): column for heading, column in columns.items()}
    chosen = {heading: by_key.get(column_name(heading), "") for heading in headings}
    taken: dict[str, str] = {}
    for heading, column in chosen.items():
        if column and not is_template_column(column):
            raise InvalidInput(f"'{column[:60]}' is no column of the course template.", field=heading)
        if column and column in taken:
            raise InvalidInput(
                f"'{taken[column][:60]}' and '{heading[:60]}' are both to be read as '{column}'. Choose one of them.",
                field=heading,
            )
        taken[column] = heading
    return chosen


def _holds_titles(column: str) -> bool:
    split = split_text_column(column)
    return column == "title" or (split is not None and split[0] == "title")


def _reported(proposed: Mapping[str, str], columns: Mapping[str, str]) -> Iterable[Problem]:
    mentioned = {column_name(heading) for heading in columns}
    for heading, column in proposed.items():
        key = column_name(heading)
        if not column and key not in mentioned:
            yield Problem(position="file", field=heading, message="This column is not known and was not read.")
        elif column and column != key and not columns:
            yield Problem(
                position="file",
                field=heading,
                message=f"This column was read as '{column}'. If that is wrong, choose the column yourself.",
            )


def _known(heading: str) -> list[tuple[int, str]]:
    """Return the columns that a heading names in words that are known, each with the rank of the word."""
    return _in_language(heading) or _words().get(_without_unit(heading)[0], [])


def _in_language(heading: str) -> list[tuple[int, str]]:
    """Return the columns of texts in a language of their own that "Titel (EN)" and "Titel EN" name."""
    match = _IN_BRACKETS.fullmatch(heading) or _LAST_WORD.fullmatch(heading)
    code = parse_language(match[2]) if match else None
    if match is None or code not in OWN_NAMES:
        return []
    return [
        (rank, text_column(column, code))
        for rank, column in _words().get(_core(match[1]), ())
        if column in TEXT_COLUMNS
    ]


def _nearly(heading: str) -> list[tuple[float, str]]:
    words, _ = _without_unit(heading)
    if len(words) < _SHORTEST_SLIP:
        return []
    best = process.extractOne(words, _words().keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_NEARLY_THE_SAME)
    return [(best[1], column) for _, column in _words()[best[0]]] if best else []


def _without_unit(heading: str) -> tuple[str, str]:
    """Return the words that count in a heading, and what it states in brackets or behind "in"."""
    plain = _CAMEL_CASE.sub(" ", heading).replace("*", " ").replace(":", " ").strip()
    match = _IN_BRACKETS.fullmatch(plain) or _IN_UNIT.fullmatch(plain)
    if match is None:
        return _core(plain), ""
    return _core(match[1]), match[2].strip()


def _core(text: str) -> str:
    """Return the words without those for "course" and small ones; "title" for a heading that says only "course"."""
    words = fold_words(text.replace("/", " ")).split()
    kept = [word for word in words if word not in COURSE_WORDS and word not in SMALL_WORDS]
    if not kept:
        return "title of a course" if words and set(words) & COURSE_WORDS else ""
    return " ".join(map(_without_start, kept))


def _without_start(word: str) -> str:
    for start in COMPOUND_STARTS:
        rest = word.removeprefix(start)
        if rest != word and len(rest) > 1 and (rest in _plain_words() or rest.removeprefix("s") in _plain_words()):
            return rest if rest in _plain_words() else rest.removeprefix("s")
    return word


@functools.cache
def _plain_words() -> frozenset[str]:
    return frozenset(fold_words(word) for words in HEADING_WORDS.values() for word in words.split(","))


@functools.cache
def _words() -> dict[str, list[tuple[int, str]]]:
    """Return the columns that a word may mean, with its rank among the words of that column; the lower the better."""
    found: dict[str, list[tuple[int, str]]] = {"title of a course": [(1_000, "title")]}
    for column, words in HEADING_WORDS.items():
        for rank, word in enumerate(words.split(",")):
            found.setdefault(_core(word), []).append((rank, column))
    return found


@functools.cache
def _units() -> dict[str, str]:
    return {_core(word): unit for unit, words in UNIT_WORDS.items() for word in words.split(",")}
