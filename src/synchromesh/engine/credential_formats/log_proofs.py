"""What a proof from the transparency log says about a credential: whether the log holds it, and since when.

The signature of a credential cannot show when it was made: whoever has the key can write any date. The log can, since
its heads are signed as it grows and entries cannot be put in between afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from synchromesh.engine.credential_formats.did_documents import FoundKey, did_web_address, find_key
from synchromesh.engine.credential_formats.instants import instant_text
from synchromesh.engine.credential_formats.log_entries import EntryKind, LoggedChange, commitment_of, read_entry
from synchromesh.engine.credential_formats.log_heads import is_head_signed, read_head
from synchromesh.engine.credential_formats.offline_file import LogProof
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.surroundings import Surroundings
from synchromesh.engine.credential_formats.transparency import is_included, leaf_hash
from synchromesh.engine.credential_formats.verdicts import LogWord, Shown, Verdict
from synchromesh.engine.errors import InvalidInput

LOGGED_WITHIN = timedelta(days=2)
"""A credential may wait in the queue of the log; one that is entered later than this is dated back."""


def check_log_proof(
    log: LogProof,
    *,
    shown: Shown,
    around: Surroundings,
    is_proved: Callable[[tuple[str, ...]], bool] = lambda _identifiers: True,
) -> Verdict:
    """Hold a proof against the credential that it came with (`shown` is what that says). Never raises.

    The word is `recorded` only when the head is signed by the log's key, the entry lies under it, the entry is the one
    of this very credential, and the credential does not say that it is older.
    """
    try:
        found = _check_head(log, issuer=shown.issuer_id, around=around)
        change = _check_entry(log)
        _check_facts(log, shown)
    except Refusal as refusal:
        word = LogWord.COULD_NOT_CHECK if refusal.reason == Reason.LOG_NOT_CHECKED else LogWord.CONTRADICTED
        return Verdict(word=word, reason=refusal.reason, details=refusal.details)
    on = instant_text(change.at)
    stated = shown.issued_at or shown.valid_from
    if stated is not None and stated + LOGGED_WITHIN < change.at:
        late = {"on": on, "stated": instant_text(stated)}
        return Verdict(word=LogWord.CONTRADICTED, reason=Reason.LOG_LATER_THAN_STATED, details=late)
    details = {"on": on, "log": read_head(log.head).log}
    if not is_proved(found.proves):
        return Verdict(word=LogWord.COULD_NOT_CHECK, reason=Reason.LOG_KEY_FROM_FILE, details=details)
    return Verdict(word=LogWord.RECORDED, reason=Reason.LOG_RECORDED, details=details)


def _contradicted(problem: str) -> Refusal:
    return Refusal(Reason.LOG_CONTRADICTED, problem=problem)


def _check_head(log: LogProof, *, issuer: str, around: Surroundings) -> FoundKey:
    try:
        head = read_head(log.head)
        found = find_key(log.head.get("verificationMethod"), issuer="", around=around, at=head.at)
    except InvalidInput as error:
        raise Refusal(Reason.LOG_NOT_CHECKED, problem=error.message) from None
    if not any(name == issuer or _is_of_site(name, head.log) for name in found.proves):
        raise Refusal(Reason.LOG_NOT_CHECKED, problem="its key belongs neither to the issuer nor to the log's site.")
    if found.key.algorithm != "EdDSA" or not is_head_signed(log.head, public_key=found.key.public_bytes()):
        raise _contradicted("its head does not bear the log's signature.")
    if not is_included(leaf_hash(log.entry), index=log.index, size=head.size, proof=log.proof, root=head.root):
        raise _contradicted("the entry does not lie in the log.")
    return found


def _is_of_site(did: str, address: str) -> bool:
    """Whether the document of a did:web lies on the site of this address; one on a laptop has no https."""
    try:
        return did.startswith("did:web:") and urlsplit(did_web_address(did)).netloc == urlsplit(address).netloc
    except ValueError:  # an address that is none
        return False


def _check_entry(log: LogProof) -> LoggedChange:
    try:
        change = read_entry(log.entry)
        commitment = commitment_of(log.facts, salt=log.salt)
    except (InvalidInput, ValueError):
        raise _contradicted("its entry cannot be read.") from None
    if change.commitment != commitment:
        raise _contradicted("the entry is that of another credential.")
    if change.kind not in (EntryKind.ISSUED, EntryKind.CORRECTED):
        raise _contradicted("the entry is not about issuing it.")
    return change


def _check_facts(log: LogProof, shown: Shown) -> None:
    """Compare what the entry binds with what the credential says, wherever it says something."""
    pairs = (
        (log.facts.identifier, shown.identifier),
        (log.facts.issuer, shown.issuer_id),
        (log.facts.valid_from, shown.valid_from),
        (log.facts.valid_until, shown.valid_until or log.facts.valid_until),
    )
    if not shown.identifier or any(said and logged != said for logged, said in pairs):
        raise _contradicted("the entry is that of another credential.")
