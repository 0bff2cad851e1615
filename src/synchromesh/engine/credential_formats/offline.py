"""Surroundings that ask nobody: what was brought along is there, everything else cannot be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from synchromesh.engine.credential_formats.surroundings import IssuerStanding, KeptAnswer, Surroundings
from synchromesh.engine.errors import ExternalFailure

_Answer = TypeVar("_Answer")
_OFFLINE = "nothing is asked of the network here."


@dataclass(slots=True, kw_only=True)
class Offline:
    """Answers from what is kept, by DID or address. Without `standings`, the registry of issuers cannot be asked."""

    now: datetime
    did_documents: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    status_lists: Mapping[str, KeptAnswer] = field(default_factory=dict)
    documents: Mapping[str, KeptAnswer] = field(default_factory=dict)
    standings: Mapping[str, IssuerStanding] | None = None
    authorities: Mapping[str, bytes] = field(default_factory=dict)

    def did_document(self, did: str) -> Mapping[str, Any]:
        """The kept document of a DID."""
        return _kept(self.did_documents, did)

    def status_list(self, url: str) -> KeptAnswer:
        """The kept status list of this address."""
        return _kept(self.status_lists, url)

    def fetch(self, url: str) -> KeptAnswer:
        """The kept document of this address."""
        return _kept(self.documents, url)

    def issuer(self, identifiers: tuple[str, ...]) -> IssuerStanding | None:
        """What the kept part of the registry knows."""
        if self.standings is None:
            raise ExternalFailure(f"The registry of issuers cannot be asked: {_OFFLINE}")
        return next((self.standings[name] for name in identifiers if name in self.standings), None)

    def authority(self, key_id: str) -> bytes | None:
        """The kept certificate of a trust service."""
        return self.authorities.get(key_id)


@dataclass(slots=True, kw_only=True)
class WithKept:
    """Asks `around` first and falls back on what is kept."""

    around: Surroundings
    kept: Offline
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        """The instant of the check is the one of who asks."""
        self.now = self.around.now

    def did_document(self, did: str) -> Mapping[str, Any]:
        """The document of a DID, from the network or kept."""
        try:
            return self.around.did_document(did)
        except ExternalFailure:
            return self.kept.did_document(did)

    def status_list(self, url: str) -> KeptAnswer:
        """A status list, from the network or kept."""
        try:
            return self.around.status_list(url)
        except ExternalFailure:
            return self.kept.status_list(url)

    def fetch(self, url: str) -> KeptAnswer:
        """Another document, from the network or kept."""
        try:
            return self.around.fetch(url)
        except ExternalFailure:
            return self.kept.fetch(url)

    def issuer(self, identifiers: tuple[str, ...]) -> IssuerStanding | None:
        """What the registry knows; nothing kept can speak for it."""
        return self.around.issuer(identifiers)

    def authority(self, key_id: str) -> bytes | None:
        """What trusted lists hold; nothing kept can speak for them."""
        return self.around.authority(key_id)


def _kept(answers: Mapping[str, _Answer], name: str) -> _Answer:
    try:
        return answers[name]
    except KeyError:
        raise ExternalFailure(f"{name} is not at hand, and {_OFFLINE}") from None
