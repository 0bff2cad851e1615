"""The line "status": does a credential hold today? Its dates first, then the status lists that it names.

Sources: Verifiable Credentials Data Model 2.0, sections 4.9 and 4.10; Bitstring Status List 1.0, section 3.2; Status
List 2021 and the 1EdTech Revocation List as older credentials have them.

A list that was kept (in an offline file, or since the issuer's site went away) says what held then. Withdrawn stays
withdrawn; everything else may have changed since, so that the honest word is "could not check", with the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.credential_shape import as_list, issuer_of, single, types_of
from synchromesh.engine.credential_formats.data_integrity import Finding, check_proofs
from synchromesh.engine.credential_formats.instants import instant_text, read_instant
from synchromesh.engine.credential_formats.jose import looks_like_token
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.status_lists import entry_value, read_list
from synchromesh.engine.credential_formats.surroundings import KeptAnswer, Surroundings
from synchromesh.engine.credential_formats.vc_jwt import open_token
from synchromesh.engine.credential_formats.verdicts import StatusWord, Verdict
from synchromesh.engine.errors import ExternalFailure, InvalidInput

# An answer that is older than this speaks of the past. Lists are to be kept no longer than their issuer says (`ttl`),
# which by default is five minutes; a site that checks often keeps them a little longer.
FRESH = timedelta(hours=1)
_MOST_ENTRIES = 20
_BIT_LISTS = {"BitstringStatusListEntry", "StatusList2021Entry"}
_REVOCATION_LIST = "1EdTechRevocationList"
_PURPOSES = {
    "revocation": (StatusWord.WITHDRAWN, Reason.WITHDRAWN),
    "suspension": (StatusWord.SUSPENDED, Reason.SUSPENDED),
}
# Which of several answers is said: the first of these words that one of them has.
_GRAVITY = (StatusWord.WITHDRAWN, StatusWord.SUSPENDED, StatusWord.COULD_NOT_CHECK, StatusWord.VALID)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """A list whose signature is good, and since when it is not asked any more (None: it is fresh)."""

    document: Mapping[str, Any]
    known_on: datetime | None


def check_status(document: Mapping[str, Any], *, around: Surroundings) -> Verdict:
    """Say whether a credential holds at the instant of the check. Never raises for what is in the document."""
    dates = check_dates(document, around.now)
    found = [_check_entry(entry, document, around) for entry in _entries(document)[:_MOST_ENTRIES]]
    verdicts = [verdict for verdict in found if verdict is not None]
    grave = min(verdicts, key=lambda verdict: _GRAVITY.index(StatusWord(verdict.word)), default=None)
    # What was withdrawn stays so when its time is over; what was suspended has then run out.
    has_run_out = dates is not None and dates.word == StatusWord.EXPIRED
    counting = (StatusWord.WITHDRAWN,) if has_run_out else (StatusWord.WITHDRAWN, StatusWord.SUSPENDED)
    if grave is not None and grave.word in counting:
        return grave
    if dates is not None:
        return dates
    if grave is not None:
        return grave
    return Verdict(word=StatusWord.VALID, reason=Reason.STATUS_NONE_STATED)


def _entries(document: Mapping[str, Any]) -> list[Any]:
    """All status entries; further ones may stand among the terms of use, where Open Badges allows one only."""
    terms = [item for item in as_list(document.get("termsOfUse")) if isinstance(item, Mapping)]
    return as_list(document.get("credentialStatus")) + [item for item in terms if _BIT_LISTS & set(types_of(item))]


def check_dates(document: Mapping[str, Any], now: datetime) -> Verdict | None:
    """What the dates of a credential say against it; None where they say nothing."""
    for field in ("validUntil", "expirationDate"):
        end = read_instant(document.get(field))
        if field in document and end is None:
            return _unchecked(Reason.INVALID_FIELD, field=field, problem="it is no instant.")
        if end is not None and end < now:
            return Verdict(word=StatusWord.EXPIRED, reason=Reason.EXPIRED, details={"on": instant_text(end)})
    for field in ("validFrom", "issuanceDate"):
        start = read_instant(document.get(field))
        if start is not None and start > now:
            return _unchecked(Reason.NOT_YET_VALID, on=instant_text(start))
    return None


def _check_entry(entry: Any, document: Mapping[str, Any], around: Surroundings) -> Verdict | None:
    """The verdict of one entry; None for one that says nothing about whether the credential holds."""
    if not isinstance(entry, Mapping):
        return _unchecked(Reason.INVALID_FIELD, field="credentialStatus", problem="each entry must be an object.")
    kinds = types_of(entry)
    try:
        if _BIT_LISTS & set(kinds):
            return _check_bit(entry, document, around)
        if _REVOCATION_LIST in kinds:
            return _check_revocation_list(entry, document, around)
    except Refusal as refusal:
        return _unchecked(refusal.reason, **refusal.details)
    return _unchecked(Reason.STATUS_TYPE_UNKNOWN, type=", ".join(kinds)[:80])


def _check_bit(entry: Mapping[str, Any], document: Mapping[str, Any], around: Surroundings) -> Verdict | None:
    purpose, url = single(entry.get("statusPurpose")), single(entry.get("statusListCredential"))
    if not isinstance(purpose, str):
        raise Refusal(Reason.INVALID_FIELD, field="statusPurpose", problem="it must be one text.")
    if purpose not in _PURPOSES:
        # Messages, hints to refresh and the like do not say whether it holds.
        return None
    if not isinstance(url, str):
        raise Refusal(Reason.INVALID_FIELD, field="statusListCredential", problem="it must be an address.")
    index = _index(single(entry.get("statusListIndex")))
    listed = _open_list(url, document, around)
    try:
        is_set = entry_value(read_list(listed.document, purpose=purpose), index) == 1
    except InvalidInput as fault:
        raise Refusal(Reason.STATUS_LIST_INVALID, url=url[:200], problem=fault.message) from None
    return _verdict(*_PURPOSES[purpose], is_set=is_set, known_on=listed.known_on)


def _verdict(word: StatusWord, reason: Reason, *, is_set: bool, known_on: datetime | None) -> Verdict:
    if known_on is None:
        return (
            Verdict(word=word, reason=reason) if is_set else Verdict(word=StatusWord.VALID, reason=Reason.STATUS_CLEAR)
        )
    details = {"on": instant_text(known_on)}
    if is_set:
        return Verdict(word=word, reason=reason, details=details)
    return _unchecked(Reason.STATUS_LAST_KNOWN, was=StatusWord.VALID, **details)


def _index(value: Any) -> int:
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise Refusal(Reason.INVALID_FIELD, field="statusListIndex", problem="it must be a whole number.")
    return int(text)


def _open_list(url: str, document: Mapping[str, Any], around: Surroundings) -> _Listed:
    """Fetch a list and check that it is signed, still holds and is the one that was asked for."""
    answer = _fetched(url, around)
    try:
        listed, finding = _opened(answer.data, around)
    except InvalidInput as fault:
        raise Refusal(Reason.STATUS_LIST_INVALID, url=url[:200], problem=fault.message) from None
    if not finding.is_good:
        raise Refusal(Reason.STATUS_LIST_NOT_SIGNED, url=url[:200])
    known_on = None if around.now - answer.as_of <= FRESH else answer.as_of
    # Another may keep the list for the issuer, if it came just now from the address that the credential names; a kept
    # file could hold anybody's list.
    if issuer_of(listed) != issuer_of(document) and (known_on is not None or listed.get("id") != url):
        raise Refusal(Reason.STATUS_LIST_INVALID, url=url[:200], problem="it is a list of another issuer.")
    if check_dates(listed, answer.as_of) is not None:
        raise Refusal(Reason.STATUS_LIST_INVALID, url=url[:200], problem="it is not valid at this time.")
    return _Listed(document=listed, known_on=known_on)


def _fetched(url: str, around: Surroundings) -> KeptAnswer:
    try:
        return around.status_list(url)
    except (ExternalFailure, InvalidInput) as failure:
        raise Refusal(Reason.STATUS_LIST_UNREACHABLE, url=url[:200], problem=failure.message) from None


def _opened(data: bytes, around: Surroundings) -> tuple[Mapping[str, Any], Finding]:
    if looks_like_token(data):
        return open_token(data, around=around)
    listed = read_object(data)
    return listed, check_proofs(listed, around=around, issuer=issuer_of(listed))


def _check_revocation_list(entry: Mapping[str, Any], document: Mapping[str, Any], around: Surroundings) -> Verdict:
    """1EdTech Revocation List 1.0: an unsigned list of the identifiers that were withdrawn."""
    url = single(entry.get("id"))
    if not isinstance(url, str):
        raise Refusal(Reason.INVALID_FIELD, field="credentialStatus.id", problem="it must be an address.")
    answer = _fetched(url, around)
    try:
        listed = read_object(answer.data)
    except InvalidInput as fault:
        raise Refusal(Reason.STATUS_LIST_INVALID, url=url[:200], problem=fault.message) from None
    if listed.get("issuer") not in (None, issuer_of(document)):
        raise Refusal(Reason.STATUS_LIST_INVALID, url=url[:200], problem="it is a list of another issuer.")
    withdrawn = {
        item.get("id") if isinstance(item, Mapping) else item
        for field in ("revokedCredential", "revokedCredentials")
        for item in as_list(listed.get(field))
    }
    known_on = None if around.now - answer.as_of <= FRESH else answer.as_of
    return _verdict(*_PURPOSES["revocation"], is_set=document.get("id") in withdrawn, known_on=known_on)


def _unchecked(reason: Reason, **details: str) -> Verdict:
    return Verdict(word=StatusWord.COULD_NOT_CHECK, reason=reason, details=details)
