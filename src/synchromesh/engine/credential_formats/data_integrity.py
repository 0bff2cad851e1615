"""Proofs inside a document: made with eddsa-rdfc-2022 and eddsa-jcs-2022, checked also in sets, chains and older kinds.

Sources: W3C Data Integrity 1.0 (sections 4.2 to 4.5; sets and chains 2.1), Data Integrity EdDSA Cryptosuites 1.0
(sections 3.2, 3.3 and Ed25519Signature2020 in the appendix), Data Integrity ECDSA Cryptosuites 1.0.

Of several proofs, none that can be checked may be bad and one at least must be good; one of an unknown kind counts for
nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from synchromesh.engine.credential_formats.canonical_graph import canonical_credential, canonical_graph
from synchromesh.engine.credential_formats.canonical_json import canonical_json, read_json
from synchromesh.engine.credential_formats.contexts import CREDENTIALS_2, DATA_INTEGRITY_2
from synchromesh.engine.credential_formats.did_documents import ISSUING, FoundKey, find_key
from synchromesh.engine.credential_formats.encodings import base58_decode, base58_encode
from synchromesh.engine.credential_formats.instants import instant_text, read_instant
from synchromesh.engine.credential_formats.limits import MOST_PROOFS
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.surroundings import Signer, Surroundings
from synchromesh.engine.credential_formats.verdicts import SignatureWord, Verdict
from synchromesh.engine.errors import InvalidInput

RDFC = "eddsa-rdfc-2022"
JCS = "eddsa-jcs-2022"
# By name of the cryptosuite: whether it signs the graph (else the JSON), and the algorithms of its keys.
_SUITES: Mapping[str, tuple[bool, tuple[str, ...]]] = {
    RDFC: (True, ("EdDSA",)),
    JCS: (False, ("EdDSA",)),
    # The name of eddsa-rdfc-2022 in drafts of 2023, which badges of that year still bear.
    "eddsa-2022": (True, ("EdDSA",)),
    "Ed25519Signature2020": (True, ("EdDSA",)),
    "ecdsa-rdfc-2019": (True, ("ES256", "ES384")),
    "ecdsa-jcs-2019": (False, ("ES256", "ES384")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the signatures of a document say: the line "signature", and the identifiers that they prove."""

    verdict: Verdict
    proves: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether the document is as it was signed."""
        return self.verdict.word == SignatureWord.GOOD


def add_proof(
    document: Mapping[str, Any],
    *,
    signer: Signer,
    cryptosuite: str,
    created: datetime | None,
    purpose: str = ISSUING,
    proof_id: str = "",
    previous: str | Sequence[str] = (),
) -> dict[str, Any]:
    """Return a copy of the document with one proof more, the proofs as an array, and with the vocabulary of proofs.

    `previous` names the proofs that this one confirms (a chain). Raises InvalidInput for a document that has no one
    canonical form, for a suite that is only checked, and for a key of another kind.
    """
    if cryptosuite not in (RDFC, JCS) or signer.algorithm != "EdDSA":
        raise InvalidInput(f"{cryptosuite} with {signer.algorithm} is not issued here. Use an Ed25519 key.")
    proofs = _proofs_of(document) if "proof" in document else []
    config = {
        "type": "DataIntegrityProof",
        "cryptosuite": cryptosuite,
        "verificationMethod": signer.verification_method,
        "proofPurpose": purpose,
    }
    if created is not None:
        config["created"] = instant_text(created)
    if proof_id:
        config["id"] = proof_id
    proof: dict[str, Any] = dict(config)
    if previous:
        proof["previousProof"] = previous if isinstance(previous, str) else list(previous)
    document = _with_context(document)
    unsecured = _unsecured(document, proof, proofs)
    if cryptosuite == JCS and "@context" in document:
        proof["@context"] = document["@context"]
    proof["proofValue"] = "z" + base58_encode(signer.sign(_signed_bytes(unsecured, proof, cryptosuite, "sha256")))
    return {**document, "proof": [*proofs, proof]}


def _with_context(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Add the vocabulary of proofs where the document's own does not have it (Data Integrity 1.0, section 2.4.1)."""
    contexts = document.get("@context")
    if not isinstance(contexts, list) or CREDENTIALS_2 in contexts or DATA_INTEGRITY_2 in contexts:
        return document
    return {**document, "@context": [*contexts, DATA_INTEGRITY_2]}


def check_proofs(document: Mapping[str, Any], *, around: Surroundings, issuer: str, purpose: str = ISSUING) -> Finding:
    """Check all proofs of a document. `issuer` is who it says has signed. Never raises for what is in the document."""
    try:
        if not document.get("proof"):
            raise Refusal(Reason.NOT_SIGNED)
        return _check_all(document, _proofs_of(document), around=around, issuer=issuer, purpose=purpose)
    except Refusal as refusal:
        return Finding(verdict=refusal.verdict())


def _check_all(
    document: Mapping[str, Any], proofs: list[dict[str, Any]], *, around: Surroundings, issuer: str, purpose: str
) -> Finding:
    suites: list[str] = []
    proves: list[str] = []
    unknown: Refusal | None = None
    for proof in proofs:
        try:
            suite = _suite_of(proof)
        except Refusal as refusal:
            unknown = refusal
            continue
        found = _check_one(document, proof, proofs, around=around, purpose=purpose)
        suites.append(suite)
        proves += found.proves
    if not suites:
        raise unknown or Refusal(Reason.NOT_SIGNED)
    if issuer.startswith("did:") and issuer not in proves:
        raise Refusal(Reason.KEY_OF_ANOTHER, method=str(proofs[0].get("verificationMethod"))[:200], issuer=issuer[:200])
    details = {"suite": ", ".join(dict.fromkeys(suites))}
    verdict = Verdict(word=SignatureWord.GOOD, reason=Reason.SIGNATURE_GOOD, details=details)
    return Finding(verdict=verdict, proves=tuple(dict.fromkeys(proves)))


def _check_one(
    document: Mapping[str, Any],
    proof: dict[str, Any],
    proofs: list[dict[str, Any]],
    *,
    around: Surroundings,
    purpose: str,
) -> FoundKey:
    """Check one proof; raises Refusal unless it is good."""
    if proof.get("proofPurpose") != purpose:
        raise Refusal(Reason.PROOF_OF_ANOTHER_PURPOSE, purpose=str(proof.get("proofPurpose"))[:60])
    suite, created = _suite_of(proof), _instant(proof, "created")
    expires = _instant(proof, "expires")
    if expires is not None and expires <= around.now:
        raise Refusal(Reason.PROOF_EXPIRED, on=instant_text(expires))
    signature = _signature_of(proof)
    found = find_key(proof.get("verificationMethod"), issuer="", around=around, purpose=purpose, at=created)
    if found.key.algorithm not in _SUITES[suite][1]:
        raise Refusal(Reason.ALGORITHM_REFUSED, algorithm=f"{suite} with {found.key.algorithm}")
    config = {name: value for name, value in proof.items() if name != "proofValue"}
    digest = "sha384" if found.key.algorithm == "ES384" else "sha256"
    signed = _signed_bytes(_unsecured(document, proof, proofs), config, suite, digest)
    if not found.key.verify(signature, signed):
        raise Refusal(Reason.SIGNATURE_BAD)
    return found


def _proofs_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    value = document["proof"]
    proofs = value if isinstance(value, list) else [value]
    if len(proofs) > MOST_PROOFS:
        raise Refusal(Reason.PROOF_INVALID, problem=f"there are more than {MOST_PROOFS}.")
    if not all(isinstance(proof, dict) for proof in proofs):
        raise Refusal(Reason.PROOF_INVALID, problem="it is no object.")
    # A field under its whole address would be signed, but not be found by its name.
    if any(":" in name for proof in proofs for name in proof):
        raise Refusal(Reason.PROOF_INVALID, problem="its fields must stand under their names.")
    return proofs


def _suite_of(proof: Mapping[str, Any]) -> str:
    kind = proof.get("type")
    suite = proof.get("cryptosuite") if kind == "DataIntegrityProof" else kind
    if not isinstance(suite, str) or suite not in _SUITES:
        raise Refusal(Reason.PROOF_UNKNOWN, suite=str(suite)[:60])
    if (kind == "DataIntegrityProof") == (suite == "Ed25519Signature2020"):
        raise Refusal(Reason.PROOF_UNKNOWN, suite=suite)
    return suite


def _instant(proof: Mapping[str, Any], name: str) -> datetime | None:
    if name not in proof:
        return None
    found = read_instant(proof[name])
    if found is None:
        raise Refusal(Reason.PROOF_INVALID, problem=f"{name} is no instant such as 2026-01-31T12:00:00Z.")
    return found


def _signature_of(proof: Mapping[str, Any]) -> bytes:
    value = proof.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z"):
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="proofValue is no base58 text that begins with z.")
    return base58_decode(value[1:])


def _unsecured(
    document: Mapping[str, Any], proof: Mapping[str, Any], proofs: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The document that a proof is over: without proofs, but with those that it confirms."""
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    if "previousProof" not in proof:
        return unsecured
    previous = proof["previousProof"]
    names = previous if isinstance(previous, list) else [previous]
    confirmed = [other for other in proofs if "id" in other and other["id"] in names]
    for name in names:
        if not any(other["id"] == name for other in confirmed):
            raise Refusal(Reason.PROOF_CHAIN_BROKEN, previous=str(name)[:200])
    return {**unsecured, "proof": confirmed}


def _signed_bytes(unsecured: dict[str, Any], config: Mapping[str, Any], suite: str, digest: str) -> bytes:
    """The hash of the proof's own fields, then that of the document (section "Hashing" of each cryptosuite)."""
    context = unsecured.get("@context")
    if _SUITES[suite][0]:
        config_hash = _graph_hash(canonical_json({**config, "@context": context}), digest)
        return config_hash + _hash(canonical_credential(unsecured, algorithm=digest).encode(), digest)
    if "@context" in config:
        unsecured = {**unsecured, "@context": _begins_with(context, config["@context"])}
    return _hash(canonical_json(config), digest) + _hash(canonical_json(unsecured), digest)


def _begins_with(context: Any, of_proof: Any) -> Any:
    """The contexts that a JCS proof was made with; the document's must begin with them (section 3.3.2, step 4)."""
    whole, first = (value if isinstance(value, list) else [value] for value in (context, of_proof))
    if whole[: len(first)] != first:
        raise Refusal(Reason.PROOF_INVALID, problem="its @context is not the one that the document begins with.")
    return of_proof


@lru_cache(maxsize=500)
def _graph_hash(config: bytes, digest: str) -> bytes:
    """The hash of a proof's own fields as a graph; within a batch of one second they are all the same."""
    return _hash(canonical_graph(read_json(config), algorithm=digest).encode(), digest)


def _hash(data: bytes, digest: str) -> bytes:
    return hashlib.new(digest, data).digest()
