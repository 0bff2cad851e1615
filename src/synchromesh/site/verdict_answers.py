"""The answer of a check as data: the console and the interface for machines give the same.

Each line has its word, the reason as a sentence and as a code, and what would mend it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from synchromesh.engine.credential_formats.instants import instant_text
from synchromesh.engine.credential_formats.sentences import reason_sentence, remedy_sentence
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, Verdict

MOST_PARTS = 100


def verdict_answer(checked: CheckedCredential) -> dict[str, Any]:
    """The three lines, that of the transparency log or None, what the document says, and the credentials inside it."""
    shown = checked.shown
    return {
        "signature": _line(checked.signature),
        "status": _line(checked.status),
        "issuer": _line(checked.issuer),
        "log": _line(checked.log) if checked.log is not None else None,
        "format": checked.format,
        "achievement": _clean(shown.title),
        "holder": _clean(shown.holder),
        "issued_by": _clean(shown.issuer_name or shown.issuer_id),
        "issued_at": _instant(shown.issued_at),
        "valid_until": _instant(shown.valid_until),
        "parts": [verdict_answer(part) for part in checked.parts[:MOST_PARTS]],
    }


def _line(verdict: Verdict) -> dict[str, str]:
    return {
        "verdict": str(verdict.word),
        "reason": _clean(reason_sentence(verdict)),
        "code": str(verdict.reason),
        "remedy": _clean(remedy_sentence(verdict)),
    }


def _instant(value: datetime | None) -> str | None:
    return instant_text(value) if value is not None else None


def _clean(text: str) -> str:
    """Without halves of characters, which JSON can write and other programs cannot read."""
    return text.encode(errors="replace").decode()
