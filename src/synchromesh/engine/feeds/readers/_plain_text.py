"""HTML of descriptions into plain text: blocks become lines, items of a list get a dash, what is not seen is dropped.

One pass in time that grows with the length only. The parser of the standard library takes quadratic time and more on
unfinished marks, and a feed is somebody else's text; so the marks are cut out here. Source of the names:
https://html.spec.whatwg.org/multipage/indices.html#elements-3
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

__all__ = ["as_html", "html_document", "looks_like_html", "plain_text"]

_UNSEEN = ("script", "style", "template", "noscript", "svg", "math", "iframe", "textarea", "select", "object", "head")
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("html", "legend", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody"),
        *("tfoot", "thead", "title", "tr", "ul"),
    )
)
_INLINE = (
    *("a", "abbr", "b", "big", "bdi", "bdo", "button", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img"),
    *("input", "ins", "kbd", "label", "mark", "picture", "q", "s", "samp", "small", "span", "strike", "strong", "sub"),
    *("sup", "time", "tt", "u", "var", "video", "wbr"),
)
_KNOWN = "|".join(sorted({*_UNSEEN, *_BLOCKS, *_INLINE, "br", "li", "td", "th"}, key=len, reverse=True))
_SIGN = re.compile(
    rf"<!--|</?(?:{_KNOWN})(?:\s[^<>]*)?/?>|&(?:\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});",
    re.IGNORECASE,
)
_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9:-]*)")
_CLOSING = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _UNSEEN}
_ONE_SPACE = re.compile(r"[ \t\n\r\f]")
_SPACE = re.compile(r"[ \t\n\r\f]+")
# Spaces and lines that a browser would swallow.
_KEPT_SPACE = re.compile(r"(?<=[ \n])[ \t\f]+|[ \t\f]+(?=\n)|[\t\f]+|(?<=\n\n)\n+")
_NO_BREAK = re.compile("&nbsp;|&#160;|&#[xX][aA]0;")
_AROUND_LINES = re.compile(r" ?\n ?")
_EMPTY_LINES = re.compile(r"\n{3,}")


def looks_like_html(text: str) -> bool:
    """Tell whether the text has a mark or a character reference of HTML; "U < 60 V" and "R&D" are plain text."""
    return ("<" in text or "&" in text) and _SIGN.search(text) is not None


def plain_text(text: str) -> str:
    """Return the text of HTML as a person reads it; text without any HTML comes back as it is, ends stripped."""
    if not looks_like_html(text):
        return text.strip()
    shown = "".join(_pieces(text))
    shown = _EMPTY_LINES.sub("\n\n", _AROUND_LINES.sub("\n", re.sub(" +", " ", shown)))
    return unescape(_NO_BREAK.sub(" ", shown.strip())).strip()


def as_html(text: str) -> str:
    """Return HTML from which `plain_text` gives back the same text, where it would else be taken for HTML."""
    if not looks_like_html(text):
        return text
    return _ONE_SPACE.sub(lambda space: f"&#{ord(space[0])};", escape(text, quote=False))


def html_document(text: str) -> str:
    """Return the text as HTML that looks the same, and from which `plain_text` gives back the same text."""
    marked = _KEPT_SPACE.sub(lambda space: "".join(f"&#{ord(sign)};" for sign in space[0]), escape(text, quote=False))
    return marked.replace("\n", "<br>\n")


def _pieces(text: str) -> Iterator[str]:
    """Yield what is shown, with line breaks where marks make some; references are still as written."""
    position = 0
    while position < len(text):
        mark = text.find("<", position)
        if mark < 0:
            yield _SPACE.sub(" ", text[position:])
            return
        yield _SPACE.sub(" ", text[position:mark])
        shown, position = _mark(text, mark)
        yield shown


def _mark(text: str, start: int) -> tuple[str, int]:
    """Return what the mark at `start` shows, and where the text goes on.

    What is never finished takes the rest of the text with it, as in a browser.
    """
    if text.startswith("<!--", start):
        return "", _after(text, "-->", start + 4)
    named = _NAME.match(text, start + 1)
    if named is None:
        is_declaration = text.startswith(("<!", "<?", "</"), start)
        return ("", _after(text, ">", start)) if is_declaration else ("<", start + 1)
    name, ends = named[1].lower(), text[start + 1] == "/"
    position = _after(text, ">", named.end())
    if name in _CLOSING and not ends and text[position - 2 : position] != "/>":
        closing = _CLOSING[name].search(text, position)
        return "", _after(text, ">", closing.end()) if closing else len(text)
    return _shown(name, ends=ends), position


def _shown(name: str, *, ends: bool) -> str:
    if name == "li":
        return "" if ends else "\n- "
    if name in ("td", "th"):
        return " "
    return "\n" if name in _BLOCKS or name == "br" else ""


def _after(text: str, sign: str, start: int) -> int:
    found = text.find(sign, start)
    return found + len(sign) if found >= 0 else len(text)
