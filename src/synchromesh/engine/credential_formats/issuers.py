"""The line "issuer": does the registry know whoever holds the key that signed?

Only identifiers that the signature proves are asked for. What a document says about its issuer, such as a name or an
address, anybody could have written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.surroundings import IssuerStanding, Surroundings
from synchromesh.engine.credential_formats.verdicts import IssuerWord, Verdict
from synchromesh.engine.errors import ExternalFailure


def check_issuer(proved: Iterable[str], *, around: Surroundings, at: datetime | None = None) -> Verdict:
    """Ask the registry for the identifiers that a signature proves; `at` is when the credential was issued."""
    identifiers = tuple(dict.fromkeys(proved))
    if not identifiers:
        return Verdict(word=IssuerWord.COULD_NOT_CHECK, reason=Reason.ISSUER_NOT_PROVED)
    try:
        standing = around.issuer(identifiers)
    except ExternalFailure:
        return Verdict(word=IssuerWord.COULD_NOT_CHECK, reason=Reason.REGISTRY_UNREACHABLE)
    if standing is None:
        return Verdict(word=IssuerWord.UNKNOWN, reason=Reason.ISSUER_UNKNOWN, details={"identifier": identifiers[-1]})
    return _of_standing(standing, at or around.now, around.now)


def _of_standing(standing: IssuerStanding, at: datetime, now: datetime) -> Verdict:
    """Known at the time of issue is what counts: an award stays one after its issuer has closed."""
    if standing.list_operator:
        return _of_trust_service(standing, at, now)
    details = {"name": standing.name}
    if standing.known_until is not None and at.date() > standing.known_until:
        details["on"] = standing.known_until.isoformat()
        return Verdict(word=IssuerWord.UNKNOWN, reason=Reason.ISSUER_NO_LONGER_KNOWN, details=details)
    if standing.known_since is not None:
        details["since"] = standing.known_since.isoformat()
    if standing.accredited_by:
        details["accredited_by"] = standing.accredited_by
    return Verdict(word=IssuerWord.KNOWN, reason=Reason.ISSUER_KNOWN, details=details)


def _of_trust_service(standing: IssuerStanding, at: datetime, now: datetime) -> Verdict:
    """A service on a trusted list vouches for a name; of what came after the list's own end the list says nothing."""
    details = {"name": standing.name, "operator": standing.list_operator}
    if standing.known_until is not None and at.date() > standing.known_until:
        details["on"] = standing.known_until.isoformat()
        return Verdict(word=IssuerWord.UNKNOWN, reason=Reason.ISSUER_NO_LONGER_VOUCHED_FOR, details=details)
    if standing.known_since is not None:
        details["since"] = standing.known_since.isoformat()
    end = standing.list_renewed_by
    if end is None or now.date() <= end:
        return Verdict(word=IssuerWord.KNOWN, reason=Reason.ISSUER_VOUCHED_FOR, details=details)
    details["on"] = end.isoformat()
    if at.date() > end:
        return Verdict(word=IssuerWord.COULD_NOT_CHECK, reason=Reason.TRUSTED_LIST_TOO_OLD, details=details)
    return Verdict(word=IssuerWord.KNOWN, reason=Reason.ISSUER_VOUCHED_FOR_BY_OLD_LIST, details=details)
