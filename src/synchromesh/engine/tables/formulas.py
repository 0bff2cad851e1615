"""Keep text from becoming a formula when a person opens our CSV in a spreadsheet program.

Source: OWASP, "CSV Injection", https://owasp.org/www-community/attacks/CSV_Injection: text that starts with = + - @,
tab or carriage return is run as a formula. A leading apostrophe stops that. Reading takes the apostrophe away again,
and writing adds one more to text that already has one, so nothing is lost on the way out and back.
"""

from __future__ import annotations

import re

_STARTS_LIKE_A_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_GUARDED = re.compile(r"'+(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def guard(text: str) -> str:
    """Return `text` with an apostrophe in front if a spreadsheet might run it; plain numbers stay as they are."""
    if _STARTS_LIKE_A_FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def guard_apostrophe(text: str) -> str:
    """Return `text` so that `unguard` gives it back, for formats in which text can never be run (XLSX)."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguard(text: str) -> str:
    """Take away the apostrophe that `guard` put in front."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text
