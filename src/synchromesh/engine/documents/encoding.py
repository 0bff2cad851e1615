"""Bytes of a text file into characters, when nobody says which encoding they are in.

Sources: the byte order marks of Unicode, https://www.unicode.org/faq/utf_bom.html; Windows code pages 1250 and 1252,
https://encoding.spec.whatwg.org/#legacy-single-byte-encodings
"""

from __future__ import annotations

import codecs
import re

from synchromesh.engine.documents.assembling import Assembly
from synchromesh.engine.errors import InvalidInput

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODE_PAGES = re.compile(r"(?:iso-8859-\d{1,2}|windows-125\d|koi8-[ru])", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.005
_UNREADABLE = 0.05
# What Windows-1252 makes of Central European letters, where no Western language writes it. In Polish, ł ą ż ź become
# signs inside words; Czech, Slovak, Slovene and Croatian write š and ž, which look the same in both code pages and are
# rare in the West; Romanian ş and ţ become º and þ; Hungarian ő and ű become õ and û, without any French letter.
_CENTRAL = re.compile(r"(?<=[a-zóê])[³¹¿Ÿ£¯º](?=[a-zó])|(?<!\S)[³£¯](?=[a-zó])|[šž]|þ(?=[aei])", re.IGNORECASE)
_HUNGARIAN = re.compile(r"[õû]", re.IGNORECASE)
_NOT_HUNGARIAN = re.compile(r"[àâãäçèêëîïñœ]", re.IGNORECASE)
_WESTERN = re.compile(r"[ãçñêàâîßåð]", re.IGNORECASE)


def decoded(data: bytes, *, name: str, assembly: Assembly, stated: str | None = None) -> str:
    """Return the characters; the encoding is reported when it had to be guessed.

    UTF-8, UTF-16 and UTF-32 with a byte order mark, else Windows-1252 or Windows-1250. `stated` is what the file itself
    says; only the code pages of Europe are believed. Raises InvalidInput when the bytes are no text.
    """
    text = _marked(data, name, assembly)
    if text is None and stated and _CODE_PAGES.fullmatch(stated):
        text = _in_code_page(data, stated)
    if text is None:
        text = _unmarked(data, name, assembly)
    control = len(_CONTROL.findall(text))
    unreadable = text.count("\ufffd")
    if control > _MOST_CONTROL * len(text) or unreadable > _UNREADABLE * len(text):
        raise _no_text(name)
    return text


def _marked(data: bytes, name: str, assembly: Assembly) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            if "\ufffd" in text:
                assembly.report("the file", f"Some characters of {name} are damaged and could not be read.")
            return text
    return None


def _in_code_page(data: bytes, stated: str) -> str | None:
    try:
        return data.decode(stated, errors="replace")
    except LookupError:
        return None


def _unmarked(data: bytes, name: str, assembly: Assembly) -> str:
    if b"\0" in data:
        raise _no_text(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Other characters beyond ASCII before it say that this is UTF-8, and not a code page with an accent at the end.
        if len(data) - error.start < 4 and not data[: error.start].isascii():
            assembly.report("the end", f"{name} is cut off in the middle of its last character.")
            return data[: error.start].decode("utf-8")
    encoding, title = ("cp1250", "Windows-1250") if _is_central_european(data) else ("cp1252", "Windows-1252")
    assembly.report("the file", f"{name} is not in UTF-8; it was read as {title}. Check letters with accents.")
    return data.decode(encoding, errors="replace")


def _is_central_european(data: bytes) -> bool:
    """Return whether Windows-1250 explains the bytes better than Windows-1252."""
    sample = data[:200_000]
    western = sample.decode("cp1252", errors="replace")
    if ("\ufffd" in western) != ("\ufffd" in sample.decode("cp1250", errors="replace")):
        return "\ufffd" in western
    central = len(_CENTRAL.findall(western))
    if ("á" in western or "é" in western) and not _NOT_HUNGARIAN.search(western):
        central += len(_HUNGARIAN.findall(western))
    return central > len(_WESTERN.findall(western)) / 2


def _no_text(name: str) -> InvalidInput:
    return InvalidInput(f"{name} is not a text and of no format that is read. Save it as PDF, DOCX or plain text.")
