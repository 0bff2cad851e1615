"""Check any file: find its envelope and ask it for the three lines.

The lines are independent of each other, but nothing is said about status and issuer on the word of a document that is
not the one that was signed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import ModuleType
from typing import Any

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.contexts import CREDENTIALS_2
from synchromesh.engine.credential_formats.credential_shape import as_list, check_shape, issuer_of, types_of
from synchromesh.engine.credential_formats.data_integrity import Finding, check_proofs
from synchromesh.engine.credential_formats.issuers import check_issuer
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal, refused
from synchromesh.engine.credential_formats.shown import read_shown
from synchromesh.engine.credential_formats.statuses import check_status
from synchromesh.engine.credential_formats.surroundings import Surroundings
from synchromesh.engine.credential_formats.vc_jwt import open_token
from synchromesh.engine.credential_formats.verdicts import (
    CheckedCredential,
    IssuerWord,
    SignatureWord,
    StatusWord,
    Verdict,
)
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.plugins import discover

# Pictures and PDF files hold more than the credential.
LARGEST_FILE = 30_000_000
ENVELOPED = "EnvelopedVerifiableCredential"
# The form that every other JSON form is a special case of, so it is asked last.
_MOST_GENERAL = "open_badge"


@cache
def envelopes() -> Mapping[str, ModuleType]:
    """Every envelope by name, the most general one last."""
    from synchromesh.engine.credential_formats import envelopes as package

    found = discover(package)
    return {name: found[name] for name in sorted(found, key=lambda name: (name == _MOST_GENERAL, name))}


def check_credential(data: bytes, *, around: Surroundings, name: str = "") -> CheckedCredential:
    """Check a file of any kind. Never raises: a file that is no use ends in a verdict with its reason.

    `name` is the file's, if it has one; it helps nobody to lie about it, because only the content is looked at.
    """
    if len(data) > LARGEST_FILE:
        return refused("", Refusal(Reason.TOO_LARGE, limit=str(LARGEST_FILE)))
    for format_name, envelope in envelopes().items():
        try:
            if envelope.accepts(data):
                found: CheckedCredential = envelope.check(data, around=around)
                return found
        except InvalidInput as fault:
            return refused(format_name, fault)
        except Exception:
            # A fault of ours must not become a page that fails, nor a verdict that somebody could take for good.
            return refused(format_name, Refusal(Reason.CHECK_FAILED, name=name[:80]))
    return refused("", Refusal(Reason.UNKNOWN_FORMAT, name=name[:80]))


def check_json(data: bytes, *, around: Surroundings, format_name: str) -> CheckedCredential:
    """Check a credential that is a file of JSON. Never raises for what is in the file."""
    try:
        document = read_object(data)
    except InvalidInput as fault:
        return refused(format_name, fault)
    return check_document(document, around=around, format_name=format_name)


def check_document(document: Mapping[str, Any], *, around: Surroundings, format_name: str) -> CheckedCredential:
    """Check a credential that is JSON already: with proofs inside, or as the wrapping of a token."""
    try:
        if ENVELOPED in types_of(document):
            document, finding = open_token(_enveloped(document), around=around)
            return judge(document, finding, around=around, format_name=format_name)
        check_shape(document)
        finding = check_proofs(document, around=around, issuer=issuer_of(document))
    except InvalidInput as fault:
        return refused(format_name, fault, document=document, shown=read_shown(document))
    return _judged(document, finding, around=around, format_name=format_name)


def judge(
    document: Mapping[str, Any],
    finding: Finding,
    *,
    around: Surroundings,
    format_name: str,
    parts: Sequence[CheckedCredential] = (),
) -> CheckedCredential:
    """Put the three lines together, once it is known what the signatures say."""
    try:
        check_shape(document)
    except Refusal as refusal:
        return refused(format_name, refusal, document=document, shown=read_shown(document))
    return _judged(document, finding, around=around, format_name=format_name, parts=parts)


def _judged(
    document: Mapping[str, Any],
    finding: Finding,
    *,
    around: Surroundings,
    format_name: str,
    parts: Sequence[CheckedCredential] = (),
) -> CheckedCredential:
    status = _status(document, finding, around)
    return judge_words(document, finding, status, around=around, format_name=format_name, parts=parts)


def judge_words(
    document: Mapping[str, Any],
    finding: Finding,
    status: Verdict,
    *,
    around: Surroundings,
    format_name: str,
    parts: Sequence[CheckedCredential] = (),
    original: Mapping[str, Any] | None = None,
) -> CheckedCredential:
    """As `judge`, for an envelope that has found out the status itself; `document` may be a reading of `original`."""
    shown = read_shown(document)
    if finding.is_good:
        issuer = check_issuer(finding.proves, around=around, at=shown.issued_at or shown.valid_from)
    else:
        issuer = Verdict(word=IssuerWord.COULD_NOT_CHECK, reason=Reason.ISSUER_NOT_PROVED)
    return CheckedCredential(
        format=format_name,
        signature=finding.verdict,
        status=status,
        issuer=issuer,
        shown=shown,
        document=document if original is None else original,
        parts=tuple(parts),
    )


def _status(document: Mapping[str, Any], finding: Finding, around: Surroundings) -> Verdict:
    unproved = Verdict(word=StatusWord.COULD_NOT_CHECK, reason=Reason.SIGNATURE_NOT_PROVED)
    if finding.verdict.word == SignatureWord.ALTERED:
        return unproved
    status = check_status(document, around=around)
    # That an unproved document has expired or was withdrawn may be said; that it is valid may not.
    return unproved if status.word == StatusWord.VALID and not finding.is_good else status


def _enveloped(document: Mapping[str, Any]) -> str:
    """The token inside an EnvelopedVerifiableCredential (data model 2.0, section 4.12.1)."""
    if CREDENTIALS_2 not in as_list(document.get("@context")):
        raise Refusal(Reason.INVALID_FIELD, field="@context", problem=f"it must hold {CREDENTIALS_2}.")
    address = document.get("id")
    if isinstance(address, str):
        kind, comma, token = address.partition(",")
        if comma and kind.split(";")[0] in ("data:application/vc+jwt", "data:application/vc-ld+jwt"):
            return token
    raise Refusal(Reason.INVALID_FIELD, field="id", problem="it must be a data address with a token of a credential.")
