"""The JSON-LD of a web page: its `<script type="application/ld+json">` elements, found in one pass.

Source: https://html.spec.whatwg.org/multipage/scripting.html#the-script-element
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from synchromesh.engine.feeds.readers._course_parts import read_language

__all__ = ["decode_page", "is_page", "json_ld_scripts", "page_language"]

_NEXT = re.compile(r"<!--|<script(?=[\s>/])", re.IGNORECASE)
_END = re.compile("</script", re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?\s*application/ld\+json\b""", re.IGNORECASE)
# Only encodings whose decoding takes no longer than reading.
_CHARSET = re.compile(
    rb"""<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*((?:iso-?8859|windows|cp|latin|koi8|utf-8)[0-9a-z_-]{0,10})""",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(
    r"""<html\b[^>]{0,1000}?\slang\s*=\s*["']?\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9-]{1,20})?)""", re.IGNORECASE
)
_BEFORE_PAGE = re.compile(r"(?:\s+|<\?xml[^>]{0,200}>|<!--.{0,2000}?-->)*", re.DOTALL)
_PAGE = re.compile(
    r"<!doctype\s+html\b|<html\b|<head\b|<body\b|<script\b[^>]{0,500}application/ld\+json", re.IGNORECASE
)
# What programs put around a script for the sake of browsers of the last century.
_WRAPPING = re.compile(r"\A\s*(?:/[/*]\s*)?(?:<!\[CDATA\[|<!--)(?:\s*\*/)?|(?:/[/*]\s*)?(?:\]\]>|-->)(?:\s*\*/)?\s*\Z")
_HEAD = 4096  # characters within which a page says its language and its encoding


def is_page(start: str) -> bool:
    """Tell whether a text starts as an HTML page does, or as the script of one."""
    begins = _BEFORE_PAGE.match(start)
    return _PAGE.match(start, begins.end() if begins else 0) is not None


def decode_page(data: bytes) -> str:
    """The text of a page in the encoding that it states, else UTF-8; wrong bytes become replacement signs."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", errors="replace")
    stated = _CHARSET.search(data[:_HEAD])
    for encoding in (stated[1].decode("ascii") if stated else "utf-8", "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    return data.decode("utf-8", errors="replace")


def page_language(page: str) -> str:
    """The language that the page states, "" where it states none."""
    stated = _LANGUAGE.search(page[:_HEAD])
    return read_language(stated[1]) if stated else ""


def json_ld_scripts(page: str) -> Iterator[str]:
    """The content of each JSON-LD script, without what may be wrapped around it; comments are passed over."""
    position = 0
    while mark := _NEXT.search(page, position):
        if mark[0] == "<!--":
            end = page.find("-->", mark.end())
            position = end + 3 if end >= 0 else len(page)
            continue
        opened = page.find(">", mark.end())
        closing = _END.search(page, opened) if opened >= 0 else None
        if closing is None:
            return
        if _TYPE.search(page[mark.end() : opened][:2_000]):
            yield _WRAPPING.sub("", page[opened + 1 : closing.start()])
        position = closing.end()
