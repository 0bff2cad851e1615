"""XHTML of bodies as Markdown, and back."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.engine.exchange.questions.qti_items import choices, item, read_one, response, why_not

from synchromesh.engine.exchange.questions._qti_markdown import MarkdownMaker
from synchromesh.engine.exchange.questions._qti_markup import written_blocks
from synchromesh.engine.exchange.questions._qti_tree import Node

MAKER = MarkdownMaker(special=lambda node: None, picture=lambda node: "")


def prompt(body: str) -> str:
    question = read_one(item(body + choices("A", "B", prompt="?"), declared=response("A")))
    return question.prompts["en"].removesuffix("\n\n?")


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        ("<p>One <b>two</b> <em>three </em>four</p><p>Five</p>", "One **two** *three* four\n\nFive"),
        ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n  1. c"),
        ("<div><span>H<sub>2</sub>O at 10<sup>-3</sup></span></div>", "H₂O at 10⁻³"),
        ("<h3>Head</h3><blockquote><p>said</p></blockquote>", "### Head\n\n> said"),
        ("<p>one<br/>two</p>", "one\\\ntwo"),
        ("<pre>a\n  b</pre><p><code>c*d</code></p>", "```\na\n  b\n```\n\n`c*d`"),
        ('<p><a href="https://a.org/x">there</a> <a href="javascript:x">not</a></p>', "[there](https://a.org/x) not"),
        ("<table><tr><th>U</th></tr><tr><td>1|2</td></tr></table>", "| U |\n| --- |\n| 1\\|2 |"),
        ("<p>2 * 3 * 4, a_b, *star*, # no</p>", "2 * 3 * 4, a_b, \\*star\\*, # no"),
        ("<p># head</p><p>1. one</p><p>- item</p>", "\\# head\n\n1\\. one\n\n\\- item"),
        ("<p>&lt;b&gt; &amp;amp; {{x}} [a](b)</p>", "\\<b> \\&amp; { {x}} \\[a](b)"),
        ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", "**Term**\n\nMeaning"),
    ],
)  # fmt: skip
def test_markup_becomes_markdown(body: str, markdown: str) -> None:
    assert prompt(body) == markdown


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>', "a formula"),
        ('<video src="a.mp4"/>', "a film"),
        ("<p>a<sup>x</sup></p>", "raised or lowered text"),
        ('<table><tr><td colspan="2">a</td></tr></table>', "joined cells"),
        ('<p><img src="https://example.org/a.png" alt="a"/></p>', "is not among the files"),
    ],
)
def test_what_would_be_lost_is_refused(body: str, said: str) -> None:
    assert said in why_not(item(body + choices("A", "B"), declared=response("A")))


@settings(max_examples=100)
@example("__0__")
@example("{{{a}}}")
@given(st.text(st.characters(categories=["L", "N", "P", "S"], include_characters=" "), min_size=1, max_size=20))
def test_text_stays_text_whatever_signs_it_has(text: str) -> None:
    plain = re.sub(r"\{(?=\{)", "{ ", " ".join(text.split()))
    node = Node("p", {}, [plain])
    (back,) = written_blocks(MAKER.of([node])) or [Node("p")]
    assert isinstance(back, Node)
    assert (back.name, back.text()) == ("p", plain)
