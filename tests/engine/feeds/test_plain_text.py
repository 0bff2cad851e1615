"""HTML of descriptions into plain text, and plain text into HTML and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.engine.feeds.course_strategies import text as texts

from synchromesh.engine.feeds.readers._country_names import country_code
from synchromesh.engine.feeds.readers._plain_text import as_html, html_document, looks_like_html, plain_text


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines"),
        ("<ul>\n <li>one</li>\n <li>two <b>big</b></li></ul>after", "- one\n- two big\nafter"),
        ("R&amp;D &lt;b&gt; &copy;&nbsp;x&#8364;", "R&D <b> © x€"),
        ("a<script>if (1 < 2) {}</script>b<style>p{}</style><!-- c -->d", "abd"),
        ("<SCRIPT src=x>a</sCript >b", "b"), ("a<svg/>b", "ab"), ("x <b>y", "x y"), ("a<script>never closed", "a"),
        ("<td>1</td><td>2</td>", "1 2"), ("<p>a <!-- never closed", "a"), ("<o:p></o:p><b>x</b>", "x"),
        ("  <b> spaces \n and\tlines </b> ", "spaces and lines"), ("<h1>T</h1>text", "T\ntext"),
    ],
)  # fmt: skip
def test_html_is_shown_as_a_person_reads_it(html: str, shown: str) -> None:
    assert plain_text(html) == shown


@pytest.mark.parametrize(
    "text", ["U < 60 V", "R&D", "x\n\n\n  y", "if x<y and z>w", "5 > 3 & 2 < 4", "<3", "a & b;", "a <b", "<y and z>"]
)
def test_plain_text_is_left_as_it_is(text: str) -> None:
    assert not looks_like_html(text)
    assert plain_text(f" {text}\n") == text


@settings(max_examples=100)
@given(texts)
def test_written_as_html_a_text_comes_back_as_it_was(text: str) -> None:
    assert plain_text(as_html(text)) == text
    assert plain_text(html_document(text)) == text


def test_lines_and_spaces_of_a_text_are_seen_in_a_browser_too() -> None:
    assert html_document("a & b\n\n c") == "a &amp; b<br>\n<br>\n&#32;c"


@pytest.mark.parametrize(
    "noise", ["<a", "<!--", "<script>", "<p ", "&amp", "</", "<b>x", "<script>x</script>", "<<", "<style", "< "]
)
def test_the_time_grows_with_the_length_only(noise: str) -> None:
    assert isinstance(plain_text("<p>x</p>" + noise * 100_000), str)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("de", "DE"), ("DEU", "DE"), ("Deutschland", "DE"), (" czech  republic ", "CZ"), ("EL", "GR"), ("UK", "GB"),
        ("XX", ""), ("Atlantis", ""), ("", ""), ("JP", "JP"),
    ],
)  # fmt: skip
def test_countries_are_known_by_code_and_name(name: str, code: str) -> None:
    assert country_code(name) == code
