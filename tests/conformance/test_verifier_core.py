"""A verifier of others, in another language, verifies what is issued here: @digitalcredentials/verifier-core on Node.

It knows eddsa-rdfc-2022 alone, and takes contexts and keys from what it brings and from what is handed to it here: the
network is closed. `make check` installs it (scripts/verifier-core).
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.engine.credential_formats.badge_samples import BADGE, DID, ISSUER, LEAST, LISTS, NOW, WITH_STATUS
from tests.engine.credential_formats.badge_samples import KEY as NAMED_BY_ITSELF

from synchromesh.engine.credential_formats.contexts import CREDENTIALS_2, OPEN_BADGES_3, get_context
from synchromesh.engine.credential_formats.data_integrity import RDFC, add_proof
from synchromesh.engine.credential_formats.did_documents import StatedKey, did_document, did_web_address
from synchromesh.engine.credential_formats.envelopes import open_badge
from synchromesh.engine.credential_formats.signing_keys import MemoryKey, key_from_seed
from synchromesh.engine.credential_formats.status_lists import list_document, pack_bits

ROOT = Path(__file__).parents[2]
INSTALLED = ROOT / ".venv" / "verifier-core"
PROGRAM = Path(__file__).parent / "verifier_core" / "verify.mjs"
WEB = "did:web:alliance.example:issuers"
WEB_KEY = key_from_seed(bytes(range(1, 33)))
SIGNATURE, STATUS = "valid_signature", "revocation_status"

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed, on which this verifier runs."),
    pytest.mark.skipif(
        not (INSTALLED / "installed").is_file(),
        reason="verifier-core is not installed. scripts/verifier-core does that, with Node 20 and npm.",
    ),
]


Answers = dict[str, dict[str, Any]]


def case(signed: bytes, documents: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A credential, and what the addresses that it names hold."""
    pinned = {url: get_context(url) for url in (CREDENTIALS_2, OPEN_BADGES_3)}
    return {"credential": json.loads(signed), "documents": {**pinned, **(documents or {})}}


def listed(revoked: set[int]) -> dict[str, Any]:
    """One with a place in the list of withdrawals, which is signed as the site signs it."""
    url, bits = LISTS["revocation"], pack_bits(revoked)
    document = list_document(url=url, issuer=DID, purpose="revocation", bits=bits, valid_from=NOW)
    signed = add_proof(document, signer=NAMED_BY_ITSELF, cryptosuite=RDFC, created=NOW)
    return case(open_badge.seal(WITH_STATUS, signer=NAMED_BY_ITSELF), {url: signed})


def of_web(name: str, stated: MemoryKey | None) -> dict[str, Any]:
    """One of an issuer on the web, whose document states this key or cannot be had. It remembers each document."""
    did = f"{WEB}:{name}"
    signer = replace(WEB_KEY, verification_method=f"{did}#key-1")
    signed = open_badge.seal(replace(BADGE, issuer=replace(ISSUER, did=did)), signer=signer)
    if stated is None:
        return case(signed)
    document = did_document(did, [StatedKey(fragment="key-1", public=stated.public_bytes())])
    return case(signed, {did_web_address(did): document})


def cases() -> dict[str, dict[str, Any]]:
    """What is verified, by name."""
    full, least = (open_badge.seal(record, signer=NAMED_BY_ITSELF) for record in (BADGE, LEAST))
    return {
        "full": case(full),
        "least": case(least),
        "changed": case(full.replace(b'"88.5"', b'"98.5"')),
        "renamed": case(least.replace(b"A. Rossi", b"B. Rossi")),
        "web": of_web("one", WEB_KEY),
        "web, another key": of_web("two", NAMED_BY_ITSELF),
        "web, no document": of_web("three", None),
        "listed": listed(set()),
        "withdrawn": listed({place.index for place in WITH_STATUS.status}),
    }


@pytest.fixture(scope="module")
def answers() -> Answers:
    """What it says of every case. One process for all: to load the package takes seconds."""
    ran = subprocess.run(
        ["node", str(PROGRAM), str(INSTALLED)], input=json.dumps(cases()).encode(), capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stderr.decode()
    found: Answers = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("name", ["full", "least"])
def test_what_we_issue_is_valid_there(answers: Answers, name: str) -> None:
    assert answers[name]["steps"][SIGNATURE] is True, answers[name]
    assert answers[name]["errors"] == []


@pytest.mark.parametrize("name", ["changed", "renamed"])
def test_what_was_changed_is_not_valid_there(answers: Answers, name: str) -> None:
    assert answers[name] == {"steps": {}, "errors": ["invalid_signature"], "refused": []}


def test_a_key_of_the_web_is_found_in_the_document_that_we_publish(answers: Answers) -> None:
    assert answers["web"]["steps"][SIGNATURE] is True, answers["web"]
    assert answers["web, another key"]["errors"] == ["invalid_signature"]
    assert answers["web, no document"]["refused"] == [did_web_address(f"{WEB}:three")]
    assert SIGNATURE not in answers["web, no document"]["steps"]


@pytest.mark.parametrize(("name", "holds"), [("listed", True), ("withdrawn", False)])
def test_our_status_lists_are_read_there(answers: Answers, name: str, holds: bool) -> None:
    assert answers[name]["steps"][SIGNATURE] is True, answers[name]
    assert answers[name]["steps"][STATUS] is holds
