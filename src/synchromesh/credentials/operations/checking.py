"""Check any credential with what the world says today: keys, status lists and the registry of issuers.

What belongs to this site is read from its database. The rest is fetched over https, within limits, and kept for a
short time, because a person who checks often looks twice. Nothing is noted about who checks what.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from synchromesh.credentials.operations.status_publishing import find_own_list
from synchromesh.credentials.queries.issuers import find_authority, find_standing
from synchromesh.credentials.queries.keys import find_published_document
from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.did_documents import did_web_address
from synchromesh.engine.credential_formats.offline import Offline
from synchromesh.engine.credential_formats.qr import read_qr
from synchromesh.engine.credential_formats.surroundings import IssuerStanding, KeptAnswer
from synchromesh.engine.credential_formats.verdicts import CheckedCredential
from synchromesh.engine.errors import Conflict, ExternalFailure, InvalidInput
from synchromesh.plumbing import outgoing_http

LARGEST_FILE = 10 * 1024 * 1024  # bytes
_LIMIT_BYTES = 2 * 1024 * 1024
_TIMEOUT_SECONDS = 5.0
_PATIENCE_SECONDS = 15.0  # for all addresses of one document together
_KEPT_SECONDS = 60
_LARGEST_KEPT = 200_000  # bytes
_MOST_FETCHES = 12
_AT_ONCE = 3  # checks in one process: one may wait for other servers, or unpack a picture of fifty million pixels
_WAIT_SECONDS = 3
_places = threading.BoundedSemaphore(_AT_ONCE)
# Hosted badges answer a browser with a page, and a program with the document.
_WANTED = "application/vc+jwt, application/ld+json, application/json;q=0.9, */*;q=0.5"


@dataclass(slots=True, kw_only=True)
class OnlineSurroundings:
    """The world as this site can ask it; see `engine.credential_formats.surroundings`.

    `fetch_address` is the door to the network. At most twelve addresses are asked for one document, and for no longer
    than fifteen seconds in all, so that a document can use the site neither to knock at many doors nor to wait at them.
    """

    now: datetime = field(default_factory=timezone.now)
    fetch_address: Callable[[str], bytes] | None = None
    _asked: int = 0
    _waited: float = 0.0

    def did_document(self, did: str) -> Mapping[str, Any]:
        """Own DIDs from the database, others from where did:web says."""
        own = find_published_document(did)
        if own is not None:
            return own
        return read_object(self._fetched(did_web_address(did)))

    def status_list(self, url: str) -> KeptAnswer:
        """Own lists as they are this moment, others as their server gives them."""
        try:
            own = find_own_list(url)
        except Conflict as error:  # no key to sign it with
            raise ExternalFailure(error.message) from None
        return KeptAnswer(data=own if own is not None else self._fetched(url), as_of=self.now)

    def fetch(self, url: str) -> KeptAnswer:
        """Any other document over https."""
        return KeptAnswer(data=self._fetched(url), as_of=self.now)

    def issuer(self, identifiers: tuple[str, ...]) -> IssuerStanding | None:
        """What the registry knows."""
        return find_standing(identifiers, on=self.now.date())

    def authority(self, key_id: str) -> bytes | None:
        """What trusted lists hold."""
        return find_authority(key_id)

    def _fetched(self, url: str) -> bytes:
        self._asked += 1
        if self._asked > _MOST_FETCHES:
            raise ExternalFailure("The document names too many addresses; no more of them were asked.")
        if self._waited >= _PATIENCE_SECONDS:
            raise ExternalFailure("The other servers took too long; no more of them were asked.")
        began = time.monotonic()
        try:
            return self.fetch_address(url) if self.fetch_address is not None else _kept_or_fetched(url)
        finally:
            self._waited += time.monotonic() - began


def _kept_or_fetched(url: str) -> bytes:
    """What the address gave less than a minute ago, or gives now."""
    key = f"credential-check:{hashlib.sha256(url.encode(errors='replace')).hexdigest()}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = fetch_over_https(url)
        if len(kept) <= _LARGEST_KEPT:
            cache.set(key, kept, _KEPT_SECONDS)
    return kept


def fetch_over_https(url: str, *, limit_bytes: int = _LIMIT_BYTES) -> bytes:
    """The bytes at an https address. Raises ExternalFailure for anything else than a whole answer."""
    if not url.lower().startswith("https://"):
        raise ExternalFailure(f"{url[:200]} is no https address, so nothing was asked there.")
    try:
        answer = outgoing_http.fetch(
            url, limit_bytes=limit_bytes, timeout_seconds=_TIMEOUT_SECONDS, headers={"Accept": _WANTED}
        )
    except InvalidInput as error:
        raise ExternalFailure(error.message) from None
    if answer.status not in outgoing_http.WHOLE:
        raise ExternalFailure(f"{url[:200]} answered with {answer.status}.")
    return answer.body


def verify_credential(data: bytes, *, name: str = "", offline: bool = False) -> CheckedCredential:
    """The three verdicts for a file of any issuer. Raises InvalidInput for one that is empty or too large.

    `offline` asks nobody, not even this site's own records: the answer rests on the file alone. Raises Conflict where
    too many checks are under way.
    """
    if not data:
        raise InvalidInput("The file is empty. Choose the file of a credential.", field="file")
    if len(data) > LARGEST_FILE:
        raise InvalidInput(f"The file is larger than {LARGEST_FILE // 1024**2} MB.", field="file")
    around = Offline(now=timezone.now()) if offline else OnlineSurroundings()
    with _few_at_once():
        return check_credential(data, around=around, name=name)


def verify_address(url: str) -> CheckedCredential:
    """The three verdicts for what lies at an https address. Raises ExternalFailure where nothing can be had there."""
    with _few_at_once():
        data = fetch_over_https(url, limit_bytes=LARGEST_FILE)
    return verify_credential(data, name=url[:200])


def read_codes(picture: bytes) -> tuple[str, ...]:
    """What the QR codes in a picture say. Raises InvalidInput for what is no picture, Conflict as above."""
    with _few_at_once():
        return read_qr(picture)


@contextmanager
def _few_at_once() -> Iterator[None]:
    """Leave the rest of the process to the other pages."""
    if not _places.acquire(timeout=_WAIT_SECONDS):
        raise Conflict("Many credentials are being checked at the moment. Try again in some seconds.")
    try:
        yield
    finally:
        _places.release()
