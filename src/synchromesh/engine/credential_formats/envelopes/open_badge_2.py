"""Open Badges 2.0 and 2.1, hosted by their issuer or signed: checked, not written."""

from __future__ import annotations

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.checking import judge_words
from synchromesh.engine.credential_formats.jose import Token, looks_like_token, read_token
from synchromesh.engine.credential_formats.older_badges import MARK, OlderBadge, as_credential, is_older_token
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import refusal_of, refused
from synchromesh.engine.credential_formats.shown import read_shown
from synchromesh.engine.credential_formats.statuses import check_dates
from synchromesh.engine.credential_formats.surroundings import Surroundings
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, StatusWord, Verdict
from synchromesh.engine.errors import InvalidInput

TITLE = "Open Badge 2.0"
MEDIA_TYPE = "application/ld+json"
ENDING = "json"
IS_WRITTEN = False

NAME = "open_badge_2"


def accepts(data: bytes) -> bool:
    """Whether this is an assertion with the context of Open Badges 2, as JSON or inside a token."""
    if looks_like_token(data):
        return is_older_token(data)
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and MARK in data and b'"Assertion"' in data


def check(data: bytes, *, around: Surroundings) -> CheckedCredential:
    """Check an assertion: where it lies, or its signature; then its dates and the issuer's list of withdrawn ones."""
    try:
        token = read_token(data) if looks_like_token(data) else None
        badge = OlderBadge(read_object(data if token is None else token.payload), around)
    except InvalidInput as fault:
        return refused(NAME, fault)
    return _check(badge, token, around)


def _check(badge: OlderBadge, token: Token | None, around: Surroundings) -> CheckedCredential:
    try:
        finding = badge.check_hosted() if token is None else badge.check_signed(token)
    except InvalidInput as fault:
        shown = read_shown(as_credential(badge))
        return refused(NAME, fault, document=badge.assertion, shown=shown)
    document = as_credential(badge)
    return judge_words(
        document, finding, _status(badge, document, around), around=around, format_name=NAME, original=badge.assertion
    )


def _status(badge: OlderBadge, document: dict[str, object], around: Surroundings) -> Verdict:
    try:
        if badge.is_withdrawn():
            return Verdict(word=StatusWord.WITHDRAWN, reason=Reason.WITHDRAWN)
    except InvalidInput as fault:
        refusal = refusal_of(fault)
        return Verdict(word=StatusWord.COULD_NOT_CHECK, reason=refusal.reason, details=refusal.details)
    return check_dates(document, around.now) or Verdict(word=StatusWord.VALID, reason=Reason.STATUS_CLEAR)
