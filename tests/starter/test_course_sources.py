"""Where the facts of the courses that ship come from: sources, what is not checked, and sums done again."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from tests.starter.course_folders import SLUGS, folder, translated

pytestmark = pytest.mark.parametrize("slug", SLUGS)
FOOTNOTE = re.compile(r"\[\^([^\]]+)\]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OPERATORS: Mapping[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def _entries(slug: str) -> Iterator[Mapping[str, Any]]:
    for block in folder(slug).blocks("sources"):
        yield from block["entries"]


def test_every_mark_of_a_source_leads_to_a_source_of_its_unit_and_none_is_left_over(slug: str) -> None:
    course = folder(slug)
    for unit in course.units:
        blocks = course.content(unit).get("blocks", ())
        entries = [entry for block in blocks if block["kind"] == "sources" for entry in block["entries"]]
        keys = Counter(entry["key"] for entry in entries)
        assert all(count == 1 for count in keys.values()), unit["key"]
        for language in course.file["languages"]:
            texts = [str(texts.get(language, "")) for _, texts in translated(course.content(unit))]
            used = {key for text in texts for key in FOOTNOTE.findall(text)}
            assert used == set(keys), f"{unit['key']} {language}"


def test_a_source_says_whether_it_was_checked_when_and_what_is_open(slug: str) -> None:
    for entry in _entries(slug):
        if entry["checked"]:
            assert entry["url"].startswith("http"), entry["key"]
            assert _DAY.fullmatch(entry["date"]), entry["key"]
        else:
            assert entry["note"].startswith("not checked"), entry["key"]


def test_the_notes_for_who_validates_the_course_are_whole(slug: str) -> None:
    course = folder(slug)
    notes = course.notes
    assert "Status: draft for the alliance to validate" in notes
    assert "CC BY 4.0" in notes
    for title in ("Not checked against the text", "Questions for the people who validate it", "Pages that were read"):
        assert re.search(rf"^#+ {title}$", notes, re.MULTILINE), title
    assert re.search("from general knowledge, without a source", notes, re.IGNORECASE)
    if any(not entry["checked"] for entry in _entries(slug)):
        assert len(_table(notes, "Not checked against the text")) >= 1


def test_every_page_that_was_read_is_listed(slug: str) -> None:
    course = folder(slug)
    cited = {entry["url"] for entry in _entries(slug) if entry["checked"]}
    cited |= {source for question in course.questions for source in question["sources"] if source.startswith("http")}
    unread = {entry.get("url") for entry in _entries(slug) if not entry["checked"]}
    assert [address for address in sorted(cited - unread) if address not in course.notes] == []


def test_there_is_further_reading(slug: str) -> None:
    for language in folder(slug).file["languages"]:
        texts = [str(block["texts"][language]) for block in folder(slug).blocks("text")]
        lists = [len(set(re.findall(r"\]\(https://[^)\s]+\)", text.rpartition("\n## ")[2]))) for text in texts]
        assert 4 <= max(lists) <= 8, f"{language}: the text 'Further reading' has from 4 to 8 links"


def _table(notes: str, title: str) -> list[list[str]]:
    """The rows of the table under a heading, without its head."""
    part = re.split(rf"^#+ {title}$", notes, maxsplit=1, flags=re.MULTILINE)
    lines = re.split(r"^#", part[1], maxsplit=1, flags=re.MULTILINE)[0].splitlines() if len(part) > 1 else []
    rows = [[cell.strip().strip("`") for cell in line.strip().strip("|").split("|")] for line in lines if "|" in line]
    return rows[2:]


def _calculated(node: ast.AST) -> float:
    """Numbers and the four rules, nothing else."""
    if isinstance(node, ast.Expression):
        return _calculated(node.body)
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return float(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_calculated(node.operand)
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](_calculated(node.left), _calculated(node.right))
    raise ValueError(ast.dump(node))


def test_the_keys_of_the_sums_come_out_when_they_are_done_again(slug: str) -> None:
    course = folder(slug)
    numeric = {question["key"]: question for question in course.asked if question["kind"] == "numeric"}
    rows = _table(course.notes, "Numeric keys")
    assert {row[0] for row in rows} == set(numeric)
    assert len(rows) == len(numeric)
    for key, expression, value in rows:
        question = numeric[key]
        found = _calculated(ast.parse(expression.replace("`", ""), mode="eval"))
        assert math.isclose(float(value), question["value"]), f"{key}: the table says {value}"
        # A key may be rounded, yet not so far that an exact answer would be wrong.
        room = question.get("tolerance", 0) * (
            abs(question["value"]) / 100 if question.get("tolerance_in_percent") else 1
        )
        assert math.isclose(found, question["value"], rel_tol=1e-9, abs_tol=room / 2), f"{key}: {expression} is {found}"


def test_the_units_of_a_sum_have_one_that_the_key_is_in(slug: str) -> None:
    for question in folder(slug).asked:
        if question["kind"] == "numeric" and question.get("units"):
            assert 1 in question["units"].values(), question["key"]
