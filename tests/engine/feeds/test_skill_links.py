"""The short notation for what a course teaches."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.records import SkillLinkRecord
from synchromesh.engine.feeds.skill_links import format_skill_links, parse_skill_links

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
names = st.from_regex(r"[a-z][a-z0-9-]{0,8}|https?://[a-z]{1,5}\.org/[a-z>/]{0,5}", fullmatch=True)
links = st.builds(
    lambda skill, level, below, quote: SkillLinkRecord(
        skill=skill, entry=None if below is None else max(level - below, 0), level=level, quote=quote
    ),
    names, st.integers(1, 3), st.none() | st.integers(1, 3), any_text,
)  # fmt: skip


def link(skill: str, entry: int | None, level: int, quote: str = "") -> SkillLinkRecord:
    return SkillLinkRecord(skill=skill, entry=entry, level=level, quote=quote)


def test_entry_level_and_quote_may_be_left_out() -> None:
    assert parse_skill_links('isolate-hv 0>2 "switch off; lock ""out"""; use-hv-ppe 1; x None>Expert ;') == (
        link("isolate-hv", 0, 2, 'switch off; lock "out"'),
        link("use-hv-ppe", None, 1),
        link("x", 0, 3),
    )


def test_curly_quotes_of_office_programs_are_read() -> None:
    assert parse_skill_links("a 1 “one; two”; b 1>2 „drei“") == (
        link("a", None, 1, "one; two"),
        link("b", 1, 2, "drei"),
    )


@pytest.mark.parametrize("text", ["", " ", ";", " ; ; "])
def test_nothing_gives_no_links(text: str) -> None:
    assert parse_skill_links(text) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [("isolate-hv", "isolate-hv"), ("a 4", "'4'"), ("a 0", "level 0"), ("a 2>2", "not below"), ("a 3>1", "not below"),
     ("a 1; a 2", "twice"), ('a 1 "open', "a 1"), ('a 1 "x" y', "a 1"), ("a 1; b one", "one"), ("a 1 2", "a 1 2")],
)  # fmt: skip
def test_what_is_wrong_is_named(text: str, named: str) -> None:
    with pytest.raises(InvalidInput, match=named) as refusal:
        parse_skill_links(text)
    assert refusal.value.field == "skills"


@given(st.lists(links, max_size=4, unique_by=lambda item: item.skill).map(tuple))
def test_writing_and_reading_lose_nothing(items: tuple[SkillLinkRecord, ...]) -> None:
    assert parse_skill_links(format_skill_links(items)) == items


@pytest.mark.parametrize("skill", ["", "two words", "a;b", 'a"b'])
def test_a_skill_that_the_notation_cannot_hold_is_refused_when_writing(skill: str) -> None:
    with pytest.raises(InvalidInput, match="slug"):
        format_skill_links([link(skill, None, 1)])


@given(st.text(st.sampled_from('a1>"; 0“”'), max_size=30) | any_text)
def test_no_text_fails_in_another_way(text: str) -> None:
    with contextlib.suppress(InvalidInput):
        assert all(1 <= item.level <= 3 for item in parse_skill_links(text))
