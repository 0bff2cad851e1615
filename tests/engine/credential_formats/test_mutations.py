"""5,000 single changes to signed credentials: each is refused, or the document is provably the same; none crashes."""

from __future__ import annotations

import json
import random
from collections import Counter
from types import ModuleType
from typing import Any

import pytest
from tests.engine.credential_formats.badge_samples import DID, KEY, LISTS, NOW, WITH_STATUS, offline
from tests.engine.credential_formats.mutations import change_document, change_token, change_writing

from synchromesh.engine.credential_formats.canonical_graph import canonical_graph
from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.credential_shape import as_list
from synchromesh.engine.credential_formats.data_integrity import RDFC, add_proof
from synchromesh.engine.credential_formats.envelopes import open_badge, open_badge_jcs, open_badge_jwt
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.shown import read_shown
from synchromesh.engine.credential_formats.status_lists import list_document, pack_bits
from synchromesh.engine.credential_formats.surroundings import KeptAnswer
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, SignatureWord


def status_lists() -> dict[str, KeptAnswer]:
    """Lists in which the credential is withdrawn, so that hiding its status would pay."""
    answers = {}
    for purpose, url in LISTS.items():
        bits = pack_bits([94_567] if purpose == "revocation" else [])
        listed = list_document(url=url, issuer=DID, purpose=purpose, bits=bits, valid_from=NOW)
        data = json.dumps(add_proof(listed, signer=KEY, cryptosuite=RDFC, created=NOW)).encode()
        answers[url] = KeptAnswer(data=data, as_of=NOW)
    return answers


AROUND = offline(status_lists=status_lists())


def without_proof(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "proof"}


def proofs_of(document: dict[str, Any]) -> list[bytes]:
    """Every proof with the vocabulary that it is read with, which is the document's."""
    return [canonical_json({**proof, "@context": document["@context"]}) for proof in as_list(document["proof"])]


def is_same_json(found: dict[str, Any], original: dict[str, Any]) -> bool:
    """The same canonical JSON, but for contexts that were added after those that are signed."""
    signed = original["@context"]
    trimmed = without_proof(found) | {"@context": as_list(found["@context"])[: len(signed)]}
    same_proof = {canonical_json(proof) for proof in as_list(found["proof"])} >= {canonical_json(original["proof"][0])}
    return canonical_json(trimmed) == canonical_json(without_proof(original)) and same_proof


def is_same_graph(found: dict[str, Any], original: dict[str, Any]) -> bool:
    """The same canonical graph under a proof with the same canonical graph."""
    configs = [canonical_graph(json.loads(proof)) for proof in proofs_of(found) if b'"DataIntegrityProof"' in proof]
    same_proof = canonical_graph(json.loads(proofs_of(original)[0])) in configs
    return canonical_graph(without_proof(found)) == canonical_graph(without_proof(original)) and same_proof


def assert_says_the_same(found: CheckedCredential, original: dict[str, Any]) -> None:
    """What readers of JSON see of a document that was found good is what was signed."""
    assert found.document is not None
    shown, before = read_shown(found.document), read_shown(original)
    assert (shown.title, shown.holder, shown.issuer_id) == (before.title, before.holder, before.issuer_id)
    assert (shown.valid_from, shown.valid_until) == (before.valid_from, before.valid_until)
    assert set(shown.skills) == set(before.skills)
    assert found.status.word == "withdrawn", found.status


@pytest.mark.parametrize(
    ("envelope", "is_same", "count"),
    [(open_badge_jcs, is_same_json, 2_600), (open_badge, is_same_graph, 400)],
    ids=["jcs", "rdfc"],
)
def test_a_changed_document_is_refused_or_the_same(envelope: ModuleType, is_same: Any, count: int) -> None:
    data: bytes = envelope.seal(WITH_STATUS, signer=KEY)
    original = json.loads(data)
    chance = random.Random(envelope.NAME)
    outcomes: Counter[str] = Counter()
    for _ in range(count):
        document = json.loads(data)
        if chance.random() < 0.7:
            changed = json.dumps(change_document(chance, document)).encode()
        else:
            changed = change_writing(chance, document)
        found = check_credential(changed, around=AROUND)
        assert found.signature.reason != Reason.CHECK_FAILED, changed
        outcomes[found.signature.word] += 1
        if found.signature.word == SignatureWord.GOOD:
            assert found.document is not None
            assert is_same(dict(found.document), original), changed
            assert_says_the_same(found, original)
    assert outcomes[SignatureWord.GOOD] > count * 0.02
    assert outcomes[SignatureWord.ALTERED] > count * 0.3


def test_a_changed_token_is_refused_or_the_same() -> None:
    token = open_badge_jwt.seal(WITH_STATUS, signer=KEY)
    chance = random.Random(1)
    refused = 0
    for _ in range(2_000):
        changed = change_token(chance, token)
        found = check_credential(changed, around=AROUND)
        assert found.signature.reason != Reason.CHECK_FAILED, changed
        refused += found.signature.word != SignatureWord.GOOD
        assert found.signature.word != SignatureWord.GOOD or changed.strip() == token
    assert refused > 1_900
