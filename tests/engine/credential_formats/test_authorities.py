"""A seal is certified by a listed authority only where that authority's key really signed its certificate."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from tests.engine.credential_formats.badge_samples import BADGE, KEY, NOW, offline
from tests.engine.credential_formats.trusted_list_samples import Authority, authority, on, seal_of

from synchromesh.engine.credential_formats.authorities import chain_identifiers
from synchromesh.engine.credential_formats.certificates import identifiers_of_chain, key_id_of
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.envelopes import european_learning_model
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.surroundings import IssuerStanding
from synchromesh.engine.credential_formats.verdicts import IssuerWord

OURS = authority()
LISTED = IssuerStanding(
    name="Example Trust GmbH",
    known_since=on(2020, 5, 5).date(),
    list_operator="Example Supervisory Body",
    list_renewed_by=on(2027, 3, 1).date(),
)


def fingerprint(der: bytes) -> str:
    return f"sha256:{hashlib.sha256(der).hexdigest()}"


def of(above: Authority) -> dict[str, bytes]:
    """What a list with this authority holds."""
    return {key_id_of(above.certificate): above.der}


def test_the_authority_that_signed_is_found_by_the_identifier_of_its_key() -> None:
    seal = seal_of(OURS)
    own = fingerprint(seal.certificates[0])
    assert chain_identifiers(seal.certificates, around=offline()) == (own,)
    assert chain_identifiers(seal.certificates, around=offline(authorities=of(OURS))) == (own, fingerprint(OURS.der))
    assert chain_identifiers((*seal.certificates, OURS.der), around=offline(authorities=of(OURS))) == (
        own,
        fingerprint(OURS.der),
    )


def test_another_authority_under_the_same_identifier_certifies_nothing() -> None:
    seal, other = seal_of(OURS), authority("Another")
    listed = {key_id_of(OURS.certificate): other.der}
    assert len(chain_identifiers(seal.certificates, around=offline(authorities=listed))) == 1
    broken = {key_id_of(OURS.certificate): b"none"}
    assert len(chain_identifiers(seal.certificates, around=offline(authorities=broken))) == 1


def test_who_was_only_certified_certifies_nobody() -> None:
    key, below = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    sealer = Authority(key=key, certificate=OURS.certify(key, "Example Seal"))
    forged = sealer.certify(below, "A great university").public_bytes(Encoding.DER)
    chain = (forged, sealer.der, OURS.der)
    assert identifiers_of_chain(chain) == (fingerprint(forged),)
    assert chain_identifiers((forged,), around=offline(authorities=of(sealer))) == (fingerprint(forged),)


@pytest.mark.parametrize(
    ("standing", "now", "word", "reason"),
    [
        (LISTED, NOW, IssuerWord.KNOWN, Reason.ISSUER_VOUCHED_FOR),
        (replace(LISTED, list_renewed_by=None), on(2040, 1, 1), IssuerWord.KNOWN, Reason.ISSUER_VOUCHED_FOR),
        (LISTED, on(2027, 3, 2), IssuerWord.KNOWN, Reason.ISSUER_VOUCHED_FOR_BY_OLD_LIST),
        (
            replace(LISTED, list_renewed_by=on(2026, 11, 1).date()),
            NOW,
            IssuerWord.COULD_NOT_CHECK,
            Reason.TRUSTED_LIST_TOO_OLD,
        ),
        (
            replace(LISTED, known_until=on(2026, 11, 1).date()),
            NOW,
            IssuerWord.UNKNOWN,
            Reason.ISSUER_NO_LONGER_VOUCHED_FOR,
        ),
    ],
)
def test_a_check_says_who_vouches_and_how_old_the_list_is(
    standing: IssuerStanding, now: object, word: IssuerWord, reason: Reason
) -> None:
    sealed = european_learning_model.seal(BADGE, signer=KEY, seal_key=seal_of(OURS))
    around = offline(now=now, standings={fingerprint(OURS.der): standing}, authorities=of(OURS))
    found = check_credential(sealed, around=around)
    assert (found.issuer.word, found.issuer.reason) == (word, reason)
    assert found.issuer.details["operator"] == "Example Supervisory Body"


def test_a_stranger_on_no_list_stays_unknown() -> None:
    sealed = european_learning_model.seal(BADGE, signer=KEY, seal_key=seal_of(authority("Another")))
    around = offline(standings={fingerprint(OURS.der): LISTED}, authorities=of(OURS))
    assert check_credential(sealed, around=around).issuer.word == IssuerWord.UNKNOWN
