"""A check as JSON, so that it can be kept beside what was checked, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.credentials.models import HeldCredential
from synchromesh.engine.credential_formats.instants import instant_text, read_instant
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, Shown, Verdict
from synchromesh.engine.vocabulary.storable_text import printable

LINES = ("signature", "status", "issuer")
_TEXTS = ("title", "description", "criteria", "holder", "issuer_name", "issuer_url", "language", "identifier")
_INSTANTS = ("issued_at", "valid_from", "valid_until")


def check_as_json(checked: CheckedCredential) -> dict[str, Any]:
    """The three lines and what the document says, in values that JSON and every database hold."""
    shown = checked.shown
    instants = {name: getattr(shown, name) for name in _INSTANTS}
    kept: dict[str, Any] = {
        **{name: _line_as_json(getattr(checked, name)) for name in LINES},
        "shown": {
            **{name: getattr(shown, name) for name in _TEXTS},
            **{name: instant_text(value) for name, value in instants.items() if value is not None},
            "skills": list(shown.skills),
            "facts": [list(fact) for fact in shown.facts],
        },
    }
    return {name: _storable(value) for name, value in kept.items()}


def _storable(value: Any) -> Any:
    """A file may say signs that no database takes, such as half a character."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_storable(one) for one in value]
    if isinstance(value, dict):
        return {printable(name): _storable(one) for name, one in value.items()}
    return value


def _line_as_json(line: Verdict) -> dict[str, Any]:
    return {"verdict": str(line.word), "reason": str(line.reason), "details": dict(line.details)}


def check_from_json(kept: Mapping[str, Any], *, format_name: str) -> CheckedCredential:
    """A check as `check_as_json` wrote it. A line that is not there could not be checked."""
    signature, status, issuer = (_line(kept.get(name, {})) for name in LINES)
    return CheckedCredential(
        format=format_name, signature=signature, status=status, issuer=issuer, shown=_shown(kept.get("shown", {}))
    )


def _line(kept: Mapping[str, Any]) -> Verdict:
    return Verdict(
        word=kept.get("verdict", "could_not_check"),
        reason=kept.get("reason", Reason.CHECK_FAILED),
        details=kept.get("details", {}),
    )


def _shown(kept: Mapping[str, Any]) -> Shown:
    texts: dict[str, Any] = {name: str(kept.get(name, "")) for name in _TEXTS}
    instants: dict[str, Any] = {name: read_instant(kept.get(name)) for name in _INSTANTS}
    return Shown(
        **texts,
        **instants,
        skills=tuple(kept.get("skills", ())),
        facts=tuple((name, value) for name, value in kept.get("facts", ())),
    )


def kept_check(held: HeldCredential) -> CheckedCredential:
    """What the last check of a credential from elsewhere said, as of `held.checked_at`. Nobody is asked."""
    return check_from_json(held.verdicts, format_name=held.format)
