"""The credentials with which 1EdTech tests its own validator, judged as their names say.

Source: github.com/1EdTech/digital-credentials-public-validator, inspector-vc/src/test/resources (Apache-2.0). Some name
keys or lists on sites that are not there; those are brought along here. Three are not what their names promise, and
1EdTech's own tests (Samples.java, OB30Tests.java, PayloadParserTests.java) do not take them for valid either:

- complete_v1.json is expected to be refused there, for a schema of an endorsement inside. It is refused here for a term
  that its contexts do not define, whatever its key; the key lies at an address that is not there.
- velocity.jwt is expected to be refused there, for a context that is not at hand. Its key has a method of its own.
- simple.jwt is only read there, never verified: it names no key, none lies with the samples, and those in the headers
  of the other tokens are not its own. Nothing can be said about its signature; a look-alike with a key shows the way.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from tests.conformance.standards import needs, standards

from synchromesh.engine.credential_formats.baked import read_baked_png
from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.data_integrity import RDFC, add_proof
from synchromesh.engine.credential_formats.encodings import base64url_decode, base64url_encode
from synchromesh.engine.credential_formats.multikeys import ed25519_key
from synchromesh.engine.credential_formats.offline import Offline
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.signing_keys import key_from_seed
from synchromesh.engine.credential_formats.surroundings import KeptAnswer
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, SignatureWord, StatusWord

FOLDER = standards("open_badges", "ob30")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
VALID = (
    "simple.json",
    "simple.1ob",
    "complete.json",
    "simple-context-alias.json",
    "simple-context-version.json",
    "simple-did-key-method.json",
    "simple-did-web-method.json",
    "simple-eddsa-2022.json",
    "simple-multiple-proofs.json",
    "simple_v1.json",
    "endorsement-valid.json",
    "simple-json.png",
    "simple-json.svg",
    "simple-jwt.png",
    "simple-jwt.svg",
    "simple-jwt_v1.png",
    "simple-jwt_v1.svg",
)
# By file: the reason that refuses it.
REFUSED = {
    "simple-noproof.json": Reason.NOT_SIGNED,
    "simple-err-context.json": Reason.INVALID_FIELD,
    "simple-err-credential-subject-achievement-result-description-type.json": Reason.INVALID_FIELD,
    "simple-err-credential-subject-identifier-type.json": Reason.INVALID_FIELD,
    "simple-err-credential-subject-profile-type.json": Reason.INVALID_FIELD,
    "simple-err-credential-subject-result-type.json": Reason.INVALID_FIELD,
    "simple-err-credential-subject-type.json": Reason.INVALID_FIELD,
    "simple-err-evidence-type.json": Reason.UNDEFINED_TERM,
    "simple-err-issuer-otheridentifier-type.json": Reason.INVALID_FIELD,
    "simple-err-issuer-parentorg-type.json": Reason.INVALID_FIELD,
    "simple-err-issuer-type.json": Reason.INVALID_FIELD,
    "simple-err-issuer.json": Reason.INVALID_FIELD,
    "simple-err-proof-method-no-scheme.json": Reason.KEY_METHOD_UNKNOWN,
    "simple-err-proof-method-unknown-did-method.json": Reason.KEY_METHOD_UNKNOWN,
    "simple-err-proof-method-unknown-scheme.json": Reason.KEY_METHOD_UNKNOWN,
    "simple-err-proof-method.json": Reason.KEY_UNREADABLE,
    "simple-err-proof-value.json": Reason.SIGNATURE_BAD,
    "simple-err-type.json": Reason.UNDEFINED_TERM,
    "endorsement-err-schema-status-refresh.json": Reason.SIGNATURE_BAD,
    "complete_v1.json": Reason.KEY_UNREACHABLE,
    "simple.jwt": Reason.KEY_UNREACHABLE,
    "velocity.jwt": Reason.KEY_METHOD_UNKNOWN,
}
# Signed, but with dates that speak against them.
DATED = {
    "simple-err-expired.json": (StatusWord.EXPIRED, Reason.EXPIRED),
    "simple-err-issued.json": (StatusWord.COULD_NOT_CHECK, Reason.NOT_YET_VALID),
}
ORGANISATION = "did:web:dc.1edtech.org:wellspring2022:wellspring-portal:org:da1e96e9-afcc-4eed-b9a2-2ddf7353214c"
ORGANISATION_ON_THE_WEB = "https://1edtech.edu/issuers/565049"
UNDEFINED = {"credentialSchema", "credentialStatus", "refreshService"}
KEY = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"

pytestmark = needs(FOLDER)


def checked(name: str, **kept: Any) -> CheckedCredential:
    around = Offline(**{"now": NOW, "standings": {}, **kept})
    return check_credential((FOLDER / name).read_bytes(), around=around)


@pytest.mark.parametrize("name", VALID)
def test_a_valid_one_is_good_and_valid(name: str) -> None:
    nobody_withdrawn = KeptAnswer(data=b'{"revokedCredential": []}', as_of=NOW)
    lists = {"https://1edtech.edu/credentials/3732/revocations": nobody_withdrawn}
    found = checked(name, did_documents=documents(), status_lists=lists)
    assert found.signature.word == SignatureWord.GOOD, found.signature
    assert found.status.word == StatusWord.VALID, found.status


@pytest.mark.parametrize(("name", "reason"), REFUSED.items(), ids=REFUSED)
def test_an_erroneous_one_is_refused_with_its_reason(name: str, reason: Reason) -> None:
    found = checked(name)
    assert found.signature.word != SignatureWord.GOOD
    assert found.signature.reason == reason, found.signature


@pytest.mark.parametrize("name", DATED)
def test_dates_speak_against_a_credential_that_is_signed(name: str) -> None:
    found = checked(name)
    assert found.signature.word == SignatureWord.GOOD
    assert (found.status.word, found.status.reason) == DATED[name]


def test_no_fixture_of_a_credential_is_left_out() -> None:
    known = {*VALID, *REFUSED, *DATED, "credential-status-revoked.json"}
    assert {file.name for file in FOLDER.iterdir() if file.is_file()} - known == set()


def documents() -> dict[str, dict[str, Any]]:
    """The documents of organisations in the fixtures, with the key that signed."""
    method = {"id": f"{ORGANISATION}#{KEY}", "type": "Multikey", "controller": ORGANISATION, "publicKeyMultibase": KEY}
    return {
        ORGANISATION: {"id": ORGANISATION, "verificationMethod": [method], "assertionMethod": [method["id"]]},
    }


def test_one_on_a_revocation_list_is_withdrawn() -> None:
    document = json.loads((FOLDER / "credential-status-revoked.json").read_text(encoding="utf-8"))
    listed = {"issuer": document["issuer"]["id"], "revokedCredential": [{"id": document["id"], "revoked": True}]}
    answer = KeptAnswer(data=json.dumps(listed).encode(), as_of=NOW)
    found = checked(
        "credential-status-revoked.json",
        did_documents=documents(),
        status_lists={document["credentialStatus"]["id"]: answer},
    )
    assert found.signature.word == SignatureWord.GOOD, found.signature
    assert found.status.word == StatusWord.WITHDRAWN


@pytest.mark.parametrize("name", ["credential-status-revoked.json", "credential-status-revoked-blank-nodes.json"])
def test_one_whose_bit_is_set_is_withdrawn(name: str) -> None:
    document = json.loads((FOLDER / "bit-string-list" / name).read_text(encoding="utf-8"))
    url = document["credentialStatus"]["statusListCredential"]
    answer = KeptAnswer(data=(FOLDER / "bit-string-list/testlist").read_bytes(), as_of=NOW)
    found = checked(f"bit-string-list/{name}", status_lists={url: answer})
    assert found.signature.word == SignatureWord.GOOD, found.signature
    assert (found.status.word, found.status.reason) == (StatusWord.WITHDRAWN, Reason.WITHDRAWN), found.status


def listing(owner: str, fragment: str, **key: Any) -> dict[str, KeptAnswer]:
    """The document at an issuer's address, with one key, as it would be served there."""
    method = {"id": owner + fragment, "type": "Multikey", "controller": owner, **key}
    document = {"id": owner, "verificationMethod": [method], "assertionMethod": [method["id"]]}
    return {owner: KeptAnswer(data=json.dumps(document).encode(), as_of=NOW)}


def as_defined(value: Any) -> Any:
    """A document without the parts whose types its contexts do not define."""
    if isinstance(value, dict):
        return {name: as_defined(inner) for name, inner in value.items() if name not in UNDEFINED}
    return [as_defined(inner) for inner in value] if isinstance(value, list) else value


def rsa_key(secret: rsa.RSAPrivateKey) -> dict[str, str]:
    """Its public half as JWK."""
    numbers = secret.public_key().public_numbers()
    return {"kty": "RSA", "n": base64url_encode(numbers.n.to_bytes(256, "big")), "e": "AQAB"}


def test_the_complete_one_of_the_first_version_is_refused_whatever_its_key() -> None:
    served = listing(ORGANISATION_ON_THE_WEB, "#key-1", publicKeyMultibase=KEY)
    found = checked("complete_v1.json", documents=served)
    assert (found.signature.word, found.signature.reason) == (SignatureWord.ALTERED, Reason.UNDEFINED_TERM)
    assert found.signature.details["term"] == "1EdTechJsonSchemaValidator2019"


def test_a_look_alike_of_the_complete_one_is_judged_by_the_key_at_its_address() -> None:
    owner = ORGANISATION_ON_THE_WEB
    ours = key_from_seed(bytes(32), f"{owner}#key-1")
    document = as_defined(json.loads((FOLDER / "complete_v1.json").read_bytes()))
    del document["proof"]
    signed = add_proof(document, signer=ours, cryptosuite=RDFC, created=NOW)
    served = listing(owner, "#key-1", publicKeyMultibase=ed25519_key(ours.public_bytes()).multikey())
    around = Offline(now=NOW, standings={}, documents=served)
    found = check_credential(json.dumps(signed).encode(), around=around)
    assert found.signature.word == SignatureWord.GOOD, found.signature
    changed = json.dumps(signed | {"name": "Another"}).encode()
    assert check_credential(changed, around=around).signature.reason == Reason.SIGNATURE_BAD
    unserved = Offline(now=NOW, standings={})
    assert check_credential(json.dumps(signed).encode(), around=unserved).signature.reason == Reason.KEY_UNREACHABLE


def test_the_token_without_a_key_is_read_and_a_look_alike_is_judged_by_its_issuers_key() -> None:
    issuer, secret = "https://example.edu/issuers/565049", rsa.generate_private_key(65537, 2048)
    read = checked("simple.jwt")
    assert read.shown.title == "Example University Degree"
    assert read.signature.details["method"] == issuer
    head, body, _ = (FOLDER / "simple.jwt").read_text(encoding="ascii").strip().split(".")
    signature = secret.sign(f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256())
    served = listing(issuer, "", type="JsonWebKey", publicKeyJwk=rsa_key(secret))
    around = Offline(now=NOW, standings={}, documents=served)
    token = f"{head}.{body}.{base64url_encode(signature)}".encode()
    found = check_credential(token, around=around)
    assert found.signature.word == SignatureWord.GOOD, found.signature
    theirs = check_credential((FOLDER / "simple.jwt").read_bytes(), around=around)
    assert theirs.signature.reason == Reason.SIGNATURE_BAD


@pytest.mark.parametrize("name", ["simple-jwt.png", "simple-jwt_v1.png"])
def test_the_keys_of_the_other_tokens_did_not_sign_the_token_without_a_key(name: str) -> None:
    baked = read_baked_png((FOLDER / name).read_bytes())
    assert baked is not None
    header = read_object(base64url_decode(baked.split(b".")[0].decode()))
    key = {name: header["jwk"][name] for name in ("kty", "n", "e")}
    served = listing("https://example.edu/issuers/565049", "", type="JsonWebKey", publicKeyJwk=key)
    assert checked("simple.jwt", documents=served).signature.reason == Reason.SIGNATURE_BAD
