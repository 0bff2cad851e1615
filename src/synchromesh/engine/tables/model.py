"""What a table is after reading: named columns, rows with the position a person can find, and what was wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from synchromesh.engine.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row below the heading.

    `position` counts from 1 as a spreadsheet shows it, the heading and blank rows included. `cells` holds a stripped
    text for every column of the table, empty where the row has nothing.
    """

    position: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows that could be read and the problems of those that could not.

    `columns` are the headings in their order, lower case, spaces as underscores, those without a heading left out.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTable:
    """A table whose rows come while one iterates, once, with the problems of the others where they stand.

    `headings` are the headings as the file spells them, in the order of `columns`, which are their keys as in `Table`.
    """

    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: Iterator[Row | Problem]
