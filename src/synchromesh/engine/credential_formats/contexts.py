"""The vocabularies that documents may take their words from: a closed list, each pinned by its SHA-256.

A signature over linked data covers what the words mean, so their definitions must be the ones that the signer used.
Nothing is ever fetched. The normative files come with openbadgeslib and PyLD; a file with another hash than the one
written here is not used at all. Of the examples in W3C's own specifications there is no file: it is one line.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

from synchromesh.engine.credential_formats.derived_contexts import DERIVED, derived
from synchromesh.engine.credential_formats.encodings import multibase_decode
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

CREDENTIALS_1 = "https://www.w3.org/2018/credentials/v1"
CREDENTIALS_2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OPEN_BADGES_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
LEARNER_RECORD_2 = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
DATA_INTEGRITY_2 = "https://w3id.org/security/data-integrity/v2"
MULTIKEY_1 = "https://w3id.org/security/multikey/v1"
DID_1 = "https://www.w3.org/ns/did/v1"
ED25519_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
EXAMPLES_2 = "https://www.w3.org/ns/credentials/examples/v2"

_BADGES = ("openbadgeslib", "ob3/contexts")
_FROZEN = ("pyld", "documentloader/frozen/bundled")


@dataclass(frozen=True, slots=True)
class _Pin:
    """A file of a dependency, by package and folder, and the SHA-256 that it must have."""

    where: tuple[str, str]
    file: str
    sha256: str


_PINS: Mapping[str, _Pin] = MappingProxyType(
    {
        CREDENTIALS_1: _Pin(
            _FROZEN,
            "credentials-v1.jsonld",
            "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8",
        ),
        CREDENTIALS_2: _Pin(
            _BADGES,
            "credentials-v2.json",
            "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
        ),
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": _Pin(
            _BADGES,
            "ob-v3p0-context-3.0.1.json",
            "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
        ),
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": _Pin(
            _BADGES,
            "ob-v3p0-context-3.0.2.json",
            "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
        ),
        OPEN_BADGES_3: _Pin(
            _BADGES,
            "ob-v3p0-context-3.0.3.json",
            "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
        ),
        OPEN_BADGES_EXTENSIONS: _Pin(
            _BADGES,
            "ob-v3p0-extensions.json",
            "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
        ),
        LEARNER_RECORD_2: _Pin(
            _BADGES,
            "clr_context_2.0.1.json",
            "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6",
        ),
        DATA_INTEGRITY_2: _Pin(
            _BADGES,
            "security-data-integrity-v2.json",
            "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
        ),
        MULTIKEY_1: _Pin(
            _BADGES,
            "security-multikey-v1.json",
            "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
        ),
        DID_1: _Pin(
            _FROZEN,
            "did-v1.jsonld",
            "62c1054bf404d6dd3a4b26b64f830fd72095f6a26edc4469908c94351352ce5f",
        ),
        ED25519_2020: _Pin(
            _FROZEN,
            "security-ed25519-2020-v1.jsonld",
            "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588",
        ),
    }
)

# The vocabulary of the examples in W3C's specifications: every word that is not defined elsewhere is an example's.
_OWN: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {EXAMPLES_2: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}}
)


@cache
def get_context(url: str) -> Mapping[str, Any]:
    """The document of a pinned context. Raises Refusal for any other, and for a file that is not the pinned one."""
    if url in _OWN:
        return _OWN[url]
    if url in DERIVED:
        changes = DERIVED[url]
        document = derived(get_context(changes.base), changes)
        if document is None:
            raise Refusal(Reason.CONTEXT_REFUSED, problem=f"our copy of {url} is not the pinned one.")
        return document
    pin = _PINS.get(url)
    if pin is None:
        raise Refusal(Reason.UNKNOWN_CONTEXT, url=url[:200])
    data = _bytes_of(pin)
    if hashlib.sha256(data).hexdigest() != pin.sha256:
        raise Refusal(Reason.CONTEXT_REFUSED, problem=f"our copy of {url} is not the pinned one.")
    found: dict[str, Any] = json.loads(data)
    return found


def has_digest(url: str, digest: str) -> bool:
    """Whether our copy of a vocabulary has a digest, written as SRI (sha384-...) or as multibase of a SHA-256.

    True for an address of which there is no copy from a file: nothing can be said against it.
    """
    pin = _PINS.get(url)
    if pin is None:
        return True
    data = _bytes_of(pin)
    if digest.startswith(("z", "u")):
        try:
            found = multibase_decode(digest)
        except Refusal:
            return False
        # With or without the two bytes that name the hash and its length (multihash).
        return found.removeprefix(b"\x12\x20") == hashlib.sha256(data).digest()
    algorithm, _, value = digest.partition("-")
    if algorithm not in ("sha256", "sha384", "sha512"):
        return False
    return value == base64.b64encode(hashlib.new(algorithm, data).digest()).decode("ascii")


def _bytes_of(pin: _Pin) -> bytes:
    """Read the file without running the package that it lies in, which would load what is not needed here."""
    package, folder = pin.where
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise Refusal(Reason.CONTEXT_REFUSED, problem=f"the package {package} is not installed.")
    return Path(found.submodule_search_locations[0], folder, pin.file).read_bytes()
