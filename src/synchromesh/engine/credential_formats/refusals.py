"""What stops a check inside: one exception that carries the reason, and its way into the three lines.

Envelopes catch it at their border, so that it never leaves `check`; `seal` lets it pass, because it is an InvalidInput
with a full sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.sentences import reason_sentence
from synchromesh.engine.credential_formats.verdicts import (
    CheckedCredential,
    IssuerWord,
    Shown,
    SignatureWord,
    StatusWord,
    Verdict,
)
from synchromesh.engine.errors import InvalidInput

# Reasons by which the document is not the one that was signed; by all others that could not be found out.
ALTERED = frozenset(
    {
        Reason.SIGNATURE_BAD,
        Reason.SIGNATURE_UNREADABLE,
        Reason.PROOF_INVALID,
        Reason.PROOF_CHAIN_BROKEN,
        Reason.PROOF_OF_ANOTHER_PURPOSE,
        Reason.KEY_OF_ANOTHER,
        Reason.KEY_OF_ANOTHER_PURPOSE,
        Reason.UNDEFINED_TERM,
        Reason.DUPLICATE_NAME,
        Reason.HOSTED_DIFFERS,
        Reason.PAGES_CHANGED,
    }
)


class Refusal(InvalidInput):
    """A document or a part of it that cannot be used, with the reason as a code."""

    code = "refused"

    def __init__(self, reason: Reason, **details: str) -> None:
        self.reason = reason
        self.details = details
        super().__init__(reason_sentence(self.verdict()), field=details.get("field"))

    def verdict(self) -> Verdict:
        """The line "signature" that this refusal ends in."""
        word = SignatureWord.ALTERED if self.reason in ALTERED else SignatureWord.COULD_NOT_CHECK
        return Verdict(word=word, reason=self.reason, details=self.details)


def refusal_of(error: InvalidInput) -> Refusal:
    """Take any refused input as a refusal; the sentence of one without a code goes into the details."""
    if isinstance(error, Refusal):
        return error
    return Refusal(Reason.INVALID_FIELD, field=error.field or "", problem=error.message)


def refused(
    format_name: str,
    error: InvalidInput,
    *,
    document: Mapping[str, Any] | None = None,
    shown: Shown | None = None,
) -> CheckedCredential:
    """All three lines for a file whose signature could not be found good before anything else was asked."""
    unproved = Verdict(word=StatusWord.COULD_NOT_CHECK, reason=Reason.SIGNATURE_NOT_PROVED)
    return CheckedCredential(
        format=format_name,
        signature=refusal_of(error).verdict(),
        status=unproved,
        issuer=Verdict(word=IssuerWord.COULD_NOT_CHECK, reason=Reason.ISSUER_NOT_PROVED),
        shown=shown or Shown(),
        document=document,
    )
