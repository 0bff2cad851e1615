"""Markdown of courses: nothing runs, nothing breaks the order of headings, sources and gaps find their place."""

from __future__ import annotations

import re

import html5lib
import pytest
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.web.markdown import Surroundings, markdown_blocks, markdown_line


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("a <img src=x onerror=go()> b", "<p>a &lt;img src=x onerror=go()&gt; b</p>\n"),
        ("[x](javascript:go())", "<p>[x](javascript:go())</p>\n"),
        ("[x](data:text/html,hello)", "<p>[x](data:text/html,hello)</p>\n"),
        ("[x](/help/)", '<p><a href="/help/">x</a></p>\n'),
        ("[x](https://e.org/)", '<p><a href="https://e.org/" rel="external noopener">x</a></p>\n'),
        ("**a** `<b>`", "<p><strong>a</strong> <code>&lt;b&gt;</code></p>\n"),
        ("[^no] {{no}}", "<p>[^no] {{no}}</p>\n"),
    ],
)
def test_only_what_is_harmless_becomes_an_element(written: str, shown: str) -> None:
    assert markdown_blocks(written) == shown


def test_no_picture_comes_from_somewhere_else() -> None:
    assert "<img" not in markdown_blocks("![p](https://e.org/p.png)")


def test_a_column_of_numbers_is_aligned_without_a_style_of_its_own() -> None:
    table = markdown_blocks("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert '<td class="num">2</td>' in table
    assert 'tabindex="0"' in table
    assert "style" not in table


def test_headings_begin_at_the_second_level_and_leave_none_out() -> None:
    assert re.findall(r"<h(\d)>", markdown_blocks("#### A\n\n###### B\n\n# C\n\n### D")) == ["2", "3", "2", "3"]


def test_a_source_is_a_link_with_its_number() -> None:
    around = Surroundings(sources={"iec": 3})
    link = '<sup><a href="#source-iec" aria-label="Source 3">[3]</a></sup>'
    assert markdown_line("It holds [^iec].", around) == f"It holds {link}."


def test_a_gap_takes_its_field() -> None:
    around = Surroundings(gaps={"volts": SafeString("<input>")})
    assert markdown_blocks("The pack has {{volts}} V.", around) == "<p>The pack has <input> V.</p>\n"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>[](){}!#*`|^-:\"'/ \nabjs&;=x1", max_size=80))
def test_whatever_is_written_is_well_formed_and_runs_nothing(text: str) -> None:
    shown = markdown_blocks(text)
    document = f"<!doctype html><html><head><title>x</title></head><body>{shown}</body></html>"
    html5lib.HTMLParser(strict=True).parse(document)  # type: ignore[no-untyped-call]
    assert not re.search(r"<(script|img|style|iframe)|<[^>]*\son\w+=|href=\"javascript:", shown)
