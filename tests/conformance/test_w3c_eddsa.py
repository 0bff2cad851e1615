"""The test vectors of W3C's Data Integrity EdDSA Cryptosuites 1.0 (github.com/w3c/vc-di-eddsa/TestVectors)."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.conformance.standards import needs, standards

from synchromesh.engine.credential_formats.canonical_graph import canonical_graph
from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.data_integrity import JCS, RDFC, add_proof, check_proofs
from synchromesh.engine.credential_formats.encodings import multibase_decode
from synchromesh.engine.credential_formats.instants import read_instant
from synchromesh.engine.credential_formats.offline import Offline
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.signing_keys import MemoryKey, key_from_seed
from synchromesh.engine.credential_formats.verdicts import SignatureWord

FOLDER = standards("w3c", "vc-di-eddsa")
AROUND = Offline(now=datetime(2026, 11, 23, tzinfo=UTC))
SIGNED = (
    "eddsa-rdfc-2022/signedDataInt.json",
    "eddsa-jcs-2022/signedJCS.json",
    "Ed25519Signature2020/signedEdSig.json",
    "proof-set-chain/signedProofSet1.json",
    "proof-set-chain/signedProofSet2.json",
    "proof-set-chain/signedProofChain1.json",
    "proof-set-chain/signedProofChain2.json",
)
# Folder, and how its files are named.
SUITES = (("eddsa-rdfc-2022", "DataInt"), ("eddsa-jcs-2022", "JCS"), ("Ed25519Signature2020", "EdSig"))

pytestmark = needs(FOLDER)


def text_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def object_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text_of(name))
    return found


def key_of(pair: dict[str, str]) -> MemoryKey:
    """A key of the vectors: its secret is a Multikey of two bytes and the seed."""
    public = pair["publicKeyMultibase"]
    return key_from_seed(multibase_decode(pair["privateKeyMultibase"])[2:], f"did:key:{public}#{public}")


@pytest.mark.parametrize("name", SIGNED)
def test_what_the_vectors_sign_is_good(name: str) -> None:
    finding = check_proofs(object_of(name), around=AROUND, issuer="")
    assert finding.verdict.word == SignatureWord.GOOD, finding.verdict


@pytest.mark.parametrize("name", SIGNED)
def test_what_the_vectors_sign_is_altered_by_one_word(name: str) -> None:
    document = object_of(name)
    document["credentialSubject"]["alumniOf"] = "Another School"
    finding = check_proofs(document, around=AROUND, issuer="")
    assert (finding.verdict.word, finding.verdict.reason) == (SignatureWord.ALTERED, Reason.SIGNATURE_BAD)


@pytest.mark.parametrize(("folder", "ending"), SUITES)
def test_canonical_forms_and_hashes_are_those_of_the_vectors(folder: str, ending: str) -> None:
    document, config = object_of(f"{folder}/signed{ending}.json"), object_of(f"{folder}/proofConfig{ending}.json")
    del document["proof"]
    for part, canonical, digest in ((document, "canonDoc", "docHash"), (config, "proofCanon", "proofHash")):
        found = canonical_json(part).decode() if ending == "JCS" else canonical_graph(part)
        assert found == text_of(f"{folder}/{canonical}{ending}.txt")
        assert hashlib.sha256(found.encode()).hexdigest() == text_of(f"{folder}/{digest}{ending}.txt").strip()


@pytest.mark.parametrize(("folder", "ending", "suite"), [(*SUITES[0], RDFC), (*SUITES[1], JCS)])
def test_our_signature_is_that_of_the_vectors(folder: str, ending: str, suite: str) -> None:
    signed = object_of(f"{folder}/signed{ending}.json")
    key = key_of(object_of("keyPair.json"))
    proof = signed["proof"]
    ours = add_proof(object_of("unsigned.json"), signer=key, cryptosuite=suite, created=read_instant(proof["created"]))
    assert ours["proof"] == [proof]


def test_a_chain_is_made_as_the_vectors_make_it() -> None:
    signed = object_of("proof-set-chain/signedProofChain1.json")
    keys = object_of("proof-set-chain/multiKeyPairs.json")
    by_public = {pair["publicKeyMultibase"]: key_of(pair) for pair in keys.values()}
    *before, last = signed["proof"]
    signer = by_public[last["verificationMethod"].split("#")[1]]
    ours = add_proof(
        {**signed, "proof": before},
        signer=signer,
        cryptosuite=RDFC,
        created=read_instant(last["created"]),
        previous=last["previousProof"],
        proof_id=last.get("id", ""),
    )
    assert ours["proof"] == signed["proof"]


def test_a_chain_with_a_changed_earlier_proof_is_altered() -> None:
    signed = object_of("proof-set-chain/signedProofChain2.json")
    signed["proof"][0]["created"] = "2023-02-24T23:36:39Z"
    assert check_proofs(signed, around=AROUND, issuer="").verdict.word == SignatureWord.ALTERED


def test_a_vocabulary_without_a_pinned_copy_is_named() -> None:
    verdict = check_proofs(object_of("eddsa-rdfc-2022/employ/signedDataInt.json"), around=AROUND, issuer="").verdict
    assert (verdict.word, verdict.reason) == (SignatureWord.COULD_NOT_CHECK, Reason.UNKNOWN_CONTEXT)
    assert "citizenship" in verdict.details["url"]
