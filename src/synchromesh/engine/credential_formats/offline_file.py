"""One file that verifies without a network: the credential with the keys, the status lists and the log as they were.

JSON in UTF-8. What can be text is text, so that the file can be read without us: a credential with its proof, lists
that bear their own signatures, documents of identifiers as their owners publish them, a proof of RFC 9162.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.encodings import base64url_decode
from synchromesh.engine.credential_formats.instants import instant_text, read_instant
from synchromesh.engine.credential_formats.log_entries import CredentialFacts
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.surroundings import KeptAnswer
from synchromesh.engine.credential_formats.token_status_lists import issued_at
from synchromesh.engine.errors import InvalidInput

FORMAT = "synchromesh-offline-credential"
VERSION = 1
LARGEST_FILE = 24_000_000
"""Bytes: room for a picture or a PDF in base64."""
MOST_KEPT = 50
"""Documents of identifiers, and status lists, of one file."""
LONGEST_PROOF = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class LogProof:
    """That the log holds an entry of this credential: signed head, entry, its place and path, what it commits to."""

    head: Mapping[str, Any]
    entry: bytes
    index: int
    proof: tuple[bytes, ...]
    facts: CredentialFacts
    salt: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineFile:
    """The contents of an offline file, made at `made_at`. `envelope` is the name of the credential's format."""

    envelope: str
    credential: bytes
    made_at: datetime
    did_documents: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    status_lists: Mapping[str, KeptAnswer] = field(default_factory=dict)
    log: LogProof | None = None


def pack_offline_file(contents: OfflineFile) -> bytes:
    """Write an offline file. The same contents give the same bytes."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "made": instant_text(contents.made_at),
        "envelope": contents.envelope,
        "credential": _packed(contents.credential),
        "didDocuments": {did: contents.did_documents[did] for did in sorted(contents.did_documents)},
        "statusLists": [
            {"url": url, "asOf": instant_text(kept.as_of), "list": _packed(kept.data)}
            for url, kept in sorted(contents.status_lists.items())
        ],
    }
    if contents.log is not None:
        document["log"] = _log_values(contents.log)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _packed(data: bytes) -> dict[str, str]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode("ascii")}
    # A byte order mark would be lost, since readers of text drop it.
    return {"base64": base64.b64encode(data).decode("ascii")} if text.startswith("\ufeff") else {"text": text}


def _log_values(log: LogProof) -> dict[str, Any]:
    facts = {
        "id": log.facts.identifier,
        "issuer": log.facts.issuer,
        "achievement": log.facts.achievement,
        "validFrom": instant_text(log.facts.valid_from),
    }
    if log.facts.valid_until is not None:
        facts["validUntil"] = instant_text(log.facts.valid_until)
    return {
        "head": dict(log.head),
        "entry": log.entry.decode("utf-8"),
        "index": log.index,
        "proof": [part.hex() for part in log.proof],
        "facts": facts,
        "salt": log.salt.hex(),
    }


def read_offline_file(data: bytes) -> OfflineFile:
    """Read an offline file, believing nothing of it. Raises InvalidInput (a Refusal) for what is none."""
    document = read_object(data, most_bytes=LARGEST_FILE)
    if document.get("format") != FORMAT or document.get("version") != VERSION:
        raise Refusal(Reason.UNKNOWN_FORMAT)
    made_at = read_instant(document.get("made"))
    if made_at is None:
        raise _invalid("made", "it is no instant.")
    return OfflineFile(
        envelope=_text(document, "envelope"),
        credential=_unpacked(document, "credential"),
        made_at=made_at,
        did_documents=_documents(document),
        status_lists=dict(_status_list(item) for item in _list(document, "statusLists")),
        log=_log(document["log"]) if "log" in document else None,
    )


def _invalid(name: str, problem: str) -> Refusal:
    return Refusal(Reason.INVALID_FIELD, field=name, problem=problem)


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str):
        raise _invalid(name, "it is no text.")
    return value


def _object(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = values.get(name)
    if not isinstance(value, Mapping):
        raise _invalid(name, "it is no object.")
    return value


def _list(values: Mapping[str, Any], name: str) -> list[Any]:
    value = values.get(name, [])
    if not isinstance(value, list) or len(value) > MOST_KEPT:
        raise _invalid(name, f"it is no list of at most {MOST_KEPT}.")
    return value


def _unpacked(values: Mapping[str, Any], name: str) -> bytes:
    packed = _object(values, name)
    if "text" in packed:
        try:
            return _text(packed, "text").encode("utf-8")
        except UnicodeEncodeError:
            raise _invalid(name, "its text is not Unicode.") from None
    try:
        return base64.b64decode(_text(packed, "base64"), validate=True)
    except (binascii.Error, ValueError):
        raise _invalid(name, "its base64 is damaged.") from None


def _documents(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    documents = _object(document, "didDocuments")
    if len(documents) > MOST_KEPT:
        raise _invalid("didDocuments", f"there are more than {MOST_KEPT}.")
    return {did: _object(documents, did) for did in documents}


def _status_list(item: Any) -> tuple[str, KeptAnswer]:
    values = item if isinstance(item, Mapping) else {}
    as_of = read_instant(values.get("asOf"))
    if as_of is None:
        raise _invalid("asOf", "it is no instant.")
    return _text(values, "url"), KeptAnswer(data=_unpacked(values, "list"), as_of=as_of)


def _log(value: Any) -> LogProof:
    values = value if isinstance(value, Mapping) else {}
    index, path, facts = values.get("index"), values.get("proof"), _object(values, "facts")
    if type(index) is not int or not isinstance(path, list) or len(path) > LONGEST_PROOF:
        raise _invalid("log", "its index or its proof is not of the right kind.")
    valid_from = read_instant(facts.get("validFrom"))
    if valid_from is None:
        raise _invalid("validFrom", "it is no instant.")
    return LogProof(
        head=_object(values, "head"),
        entry=_text(values, "entry").encode("utf-8", "replace"),
        index=index,
        proof=tuple(_from_hex(part) for part in path),
        facts=CredentialFacts(
            identifier=_text(facts, "id"),
            issuer=_text(facts, "issuer"),
            achievement=_text(facts, "achievement"),
            valid_from=valid_from,
            valid_until=read_instant(facts.get("validUntil")),
        ),
        salt=_from_hex(values.get("salt")),
    )


def _from_hex(text: Any) -> bytes:
    try:
        data = bytes.fromhex(text)
    except (TypeError, ValueError):
        data = b""
    if len(data) != 32:
        raise _invalid("log", "a hash or the salt is not 32 bytes in hexadecimal.")
    return data


def signed_instant(data: bytes) -> datetime | None:
    """When a status list was signed, as its own signed words say: JSON with a proof, or a token. None: it does not say.

    The date beside a list in an offline file is anybody's word; this one is under the issuer's signature.
    """
    try:
        if data.lstrip()[:1] == b"{":
            return read_instant(read_object(data).get("validFrom"))
        return _instant_of_token(data)
    except InvalidInput:
        return None


def _instant_of_token(data: bytes) -> datetime | None:
    parts = data.decode("ascii", "replace").strip().split(".")
    payload = read_object(base64url_decode(parts[1])) if len(parts) == 3 else {}
    return read_instant(payload.get("validFrom")) or issued_at(payload)
