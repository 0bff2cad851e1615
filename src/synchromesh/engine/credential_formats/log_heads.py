"""Signed heads of the transparency log, and the audit that finds what was removed, changed, slipped in or back-dated.

A head says: at this instant the log had so many entries and this hash. Who keeps heads can prove later that the log was
rewritten. Source: RFC 9162 section 4.10 (signed tree heads), here as canonical JSON (RFC 8785) with Ed25519 (RFC 8032).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from synchromesh.engine.credential_formats.encodings import base64url_decode, base64url_encode
from synchromesh.engine.credential_formats.instants import instant_text, read_instant
from synchromesh.engine.credential_formats.log_entries import read_entry
from synchromesh.engine.credential_formats.multikeys import ed25519_key
from synchromesh.engine.credential_formats.surroundings import Signer
from synchromesh.engine.credential_formats.transparency import Frontier, append, leaf_hash, root_of
from synchromesh.engine.errors import InvalidInput, Problem

DIGEST_LENGTH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeHead:
    """The log at the address `log` with its first `size` entries, as it was at this instant."""

    log: str
    size: int
    root: bytes
    at: datetime


def head_bytes(head: TreeHead) -> bytes:
    """Write a head as canonical JSON: the bytes that are signed."""
    values = {"at": instant_text(head.at), "log": head.log, "root": head.root.hex(), "size": head.size}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def sign_head(head: TreeHead, *, signer: Signer) -> dict[str, Any]:
    """Sign a head; the result is published as JSON. Raises ExternalFailure when the key cannot be reached."""
    values: dict[str, Any] = json.loads(head_bytes(head))
    signature = base64url_encode(signer.sign(head_bytes(head)))
    return values | {"verificationMethod": signer.verification_method, "signature": signature}


def read_head(document: Mapping[str, Any]) -> TreeHead:
    """Read a head without checking its signature. Raises InvalidInput for what is none."""
    log, size, root = document.get("log"), document.get("size"), document.get("root")
    at = read_instant(document.get("at"))
    try:
        digest = bytes.fromhex(root) if isinstance(root, str) else b""
    except ValueError:
        digest = b""
    if not isinstance(log, str) or not isinstance(size, int) or at is None:
        raise InvalidInput("This is no signed head of a transparency log.")
    if isinstance(size, bool) or size < 0 or len(digest) != DIGEST_LENGTH:
        raise InvalidInput("This is no signed head of a transparency log.")
    return TreeHead(log=log, size=size, root=digest, at=at)


def is_head_signed(document: Mapping[str, Any], *, public_key: bytes) -> bool:
    """Tell whether a head bears the signature of this raw Ed25519 key."""
    text = document.get("signature")
    try:
        signature = base64url_decode(text) if isinstance(text, str) else b""
        return ed25519_key(public_key).verify(signature, head_bytes(read_head(document)))
    except (InvalidInput, UnicodeEncodeError):
        return False


def audit_log(
    entries: Iterable[bytes],
    heads: Sequence[Mapping[str, Any]],
    *,
    public_key: Callable[[str], bytes | None],
) -> tuple[Problem, ...]:
    """Hold a whole log against every head of it that was ever kept, and say what does not fit.

    `public_key` gives the raw key of a verification method, or None. Found are: a head that nobody signed; entries that
    were removed, changed, reordered or slipped in (a hash differs); an entry dated before a head that lacks it (it was
    back-dated) or after a head that holds it.
    """
    found = [(head, _check_signature(head, public_key)) for head in heads]
    problems = [problem for _head, of_head in found for problem in of_head]
    signed = [read_head(head) for head, of_head in found if not of_head]
    audit = _Audit(sorted(signed, key=lambda head: (head.size, head.at)))
    for number, entry in enumerate(entries):
        problems += audit.take(number, entry)
    return (*problems, *audit.end())


def _check_signature(document: Mapping[str, Any], public_key: Callable[[str], bytes | None]) -> list[Problem]:
    method = document.get("verificationMethod")
    key = public_key(method) if isinstance(method, str) else None
    if key is not None and is_head_signed(document, public_key=key):
        return []
    where = f"head of size {document.get('size')}"
    return [Problem(position=where, field="signature", message="This head is not signed by a key of the log.")]


class _Audit:
    """One walk along the log, with the heads in the order of their sizes."""

    def __init__(self, heads: list[TreeHead]) -> None:
        self._heads = heads
        self._next = 0
        self._frontier = Frontier()
        self._before: datetime | None = None

    def take(self, number: int, entry: bytes) -> list[Problem]:
        problems = self._pass_heads() + self._check_date(number, entry)
        self._frontier, _kept = append(self._frontier, [leaf_hash(entry)])
        return problems

    def end(self) -> list[Problem]:
        missing = f"The log has {self._frontier.size} entries, fewer than this head: entries were removed."
        return self._pass_heads() + [_of_head(head, missing) for head in self._heads[self._next :]]

    def _pass_heads(self) -> list[Problem]:
        """Compare the heads of exactly the entries that were walked so far."""
        problems = []
        while self._next < len(self._heads) and self._heads[self._next].size == self._frontier.size:
            head = self._heads[self._next]
            if head.root != root_of(self._frontier):
                problems.append(_of_head(head, "Its hash is not that of the entries: one was changed or slipped in."))
            if self._before is not None and head.at < self._before:
                problems.append(_of_head(head, "A smaller head of this log is younger."))
            self._before = head.at
            self._next += 1
        return problems

    def _check_date(self, number: int, entry: bytes) -> list[Problem]:
        where = f"entry {number}"
        try:
            at = read_entry(entry).at
        except InvalidInput as error:
            return [Problem(position=where, field="", message=error.message)]
        if self._before is not None and at < self._before:
            return [Problem(position=where, field="at", message="It is dated before a head that lacks it: back-dated.")]
        if self._next < len(self._heads) and at > self._heads[self._next].at:
            return [Problem(position=where, field="at", message="It is dated after a head that holds it.")]
        return []


def _of_head(head: TreeHead, message: str) -> Problem:
    return Problem(position=f"head of size {head.size}", field="root", message=message)
