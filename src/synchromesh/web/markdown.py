"""Markdown of courses and questions as HTML: no HTML of its own, no pictures, links to sources, headings in order.

CommonMark with tables (https://spec.commonmark.org/0.31.2/). What an author writes as HTML is shown as the characters
that it is; addresses of scripts become no links (markdown-it-py refuses them); pictures stand in blocks of their own,
which ask for their text alternative. Nothing here writes a `style`, which the security policy would block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

HIGHEST_HEADING = 2
KEPT_TEXTS = 2048
"""How many rendered texts a process keeps: those of some twenty courses, of a few thousand characters each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a text may point at: sources by their key with their number, and fields that stand in gaps by their key."""

    sources: Mapping[str, int] = field(default_factory=dict)
    gaps: Mapping[str, SafeString] = field(default_factory=dict)


NOTHING_AROUND = Surroundings()


def markdown_blocks(text: str, around: Surroundings = NOTHING_AROUND) -> SafeString:
    """Paragraphs, lists, tables and headings; headings begin at level 2 and leave no level out."""
    if around.gaps:  # they hold what one learner wrote
        return _blocks(text, around)
    return _kept_blocks(text, tuple(around.sources.items()), get_language() or "")


@lru_cache(maxsize=KEPT_TEXTS)
def _kept_blocks(text: str, sources: tuple[tuple[str, int], ...], language: str) -> SafeString:
    """The same for everybody who reads a course in one language: `language` is that of the words around sources."""
    return _blocks(text, Surroundings(sources=dict(sources)))


def _blocks(text: str, around: Surroundings) -> SafeString:
    reader = _reader()
    tokens = reader.parse(text, {"around": around})
    _put_headings_in_order(tokens)
    return SafeString(reader.renderer.render(tokens, reader.options, {"around": around}))


def markdown_line(text: str, around: Surroundings = NOTHING_AROUND) -> SafeString:
    """One line: emphasis, code, links and gaps without a paragraph around them."""
    if around.gaps:
        return _line(text, around)
    return _kept_line(text, tuple(around.sources.items()), get_language() or "")


@lru_cache(maxsize=KEPT_TEXTS)
def _kept_line(text: str, sources: tuple[tuple[str, int], ...], language: str) -> SafeString:
    return _line(text, Surroundings(sources=dict(sources)))


def _line(text: str, around: Surroundings) -> SafeString:
    return SafeString(_reader().renderInline(text, {"around": around}))


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_inline", "html_block"])
    reader.inline.ruler.before("link", "source", _read_source)
    reader.inline.ruler.before("text", "gap", _read_gap)
    reader.inline.add_terminator_char("{")
    reader.add_render_rule("source", _write_source)
    reader.add_render_rule("gap", _write_gap)
    reader.add_render_rule("table_open", lambda *_: _write_table_open())
    reader.add_render_rule("table_close", lambda *_: "</table></div>\n")
    for name in ("th_open", "td_open"):
        reader.add_render_rule(name, _write_cell)
    reader.add_render_rule("link_open", _write_link)
    for name in ("fence", "code_block"):
        reader.add_render_rule(name, _write_code)
    return reader


def _read_source(state: StateInline, silent: bool) -> bool:
    """`[^key]` of a source that the unit names."""
    end = state.src.find("]", state.pos)
    if not state.src.startswith("[^", state.pos) or end < 0:
        return False
    key = state.src[state.pos + 2 : end]
    if key not in state.env["around"].sources:
        return False
    if not silent:
        state.push("source", "", 0).meta = {"key": key}
    state.pos = end + 1
    return True


def _read_gap(state: StateInline, silent: bool) -> bool:
    """`{{key}}` of a field that belongs there."""
    end = state.src.find("}}", state.pos)
    if not state.src.startswith("{{", state.pos) or end < 0:
        return False
    key = state.src[state.pos + 2 : end].strip()
    if key not in state.env["around"].gaps:
        return False
    if not silent:
        state.push("gap", "", 0).meta = {"key": key}
    state.pos = end + 2
    return True


def _write_source(_: Any, tokens: Sequence[Token], position: int, options: Any, env: Any) -> str:
    key = tokens[position].meta["key"]
    number = env["around"].sources[key]
    said = gettext("Source %(number)s") % {"number": number}
    return format_html('<sup><a href="#source-{}" aria-label="{}">[{}]</a></sup>', key, said, number)


def _write_gap(_: Any, tokens: Sequence[Token], position: int, options: Any, env: Any) -> str:
    return conditional_escape(env["around"].gaps[tokens[position].meta["key"]])


def _write_table_open() -> str:
    """A wide table is moved sideways inside its own frame, which the keyboard must reach."""
    return format_html(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table class="data">\n', gettext("Table")
    )


def _write_cell(_: Any, tokens: Sequence[Token], position: int, options: Any, env: Any) -> str:
    token = tokens[position]
    number = ' class="num"' if "right" in str(token.attrGet("style") or "") else ""
    return f'<th scope="col"{number}>' if token.tag == "th" else f"<td{number}>"


def _write_link(_: Any, tokens: Sequence[Token], position: int, options: Any, env: Any) -> str:
    address = str(tokens[position].attrGet("href") or "")
    outside = SafeString(' rel="external noopener"') if urlsplit(address).netloc else ""
    return format_html('<a href="{}"{}>', address, outside)


def _write_code(_: Any, tokens: Sequence[Token], position: int, options: Any, env: Any) -> str:
    return f'<pre tabindex="0"><code>{escape(tokens[position].content)}</code></pre>\n'


def _put_headings_in_order(tokens: Sequence[Token]) -> None:
    """Let the first heading have level 2, and each later one at most one level below the one before."""
    before = HIGHEST_HEADING - 1
    written = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    lift = HIGHEST_HEADING - min(written) if written else 0
    for token in tokens:
        if token.type == "heading_open":
            before = min(int(token.tag[1]) + lift, before + 1, 6)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{before}"
