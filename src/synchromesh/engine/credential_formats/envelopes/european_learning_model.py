"""European Digital Credential for Learning: ELM 3 in JSON-LD under a JAdES B-B seal.

Sealed with the configured certificate, else with one that the issuer's key made for itself: then the signature can be
checked, but no authority vouches for the name in it. Levels LT and LTA (time stamps, revocation data) and a qualified
seal need a trust service provider. Sources: see `european_learning_model.py` and `jades.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from synchromesh.engine.credential_formats.authorities import chain_identifiers
from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.certificates import (
    SealKey,
    own_seal_key,
    read_certificate,
)
from synchromesh.engine.credential_formats.credential_shape import issuer_of, types_of
from synchromesh.engine.credential_formats.did_documents import find_key
from synchromesh.engine.credential_formats.european_learning_model import (
    CREDENTIAL_TYPE,
    elm_document,
    status_entries,
)
from synchromesh.engine.credential_formats.european_shown import shown_of_elm
from synchromesh.engine.credential_formats.issuers import check_issuer
from synchromesh.engine.credential_formats.jades import Seal, check_seals, is_sealed, read_sealed, seal_text
from synchromesh.engine.credential_formats.limits import MOST_BYTES
from synchromesh.engine.credential_formats.multikeys import key_of_certificate
from synchromesh.engine.credential_formats.printed_certificate import print_png
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.refusals import Refusal, refused
from synchromesh.engine.credential_formats.signing_keys import check_signer
from synchromesh.engine.credential_formats.statuses import check_status
from synchromesh.engine.credential_formats.surroundings import Signer, Surroundings
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, IssuerWord, SignatureWord, Verdict
from synchromesh.engine.credential_formats.wording import ENGLISH, Wording
from synchromesh.engine.errors import InvalidInput

TITLE = "European Digital Credential"
MEDIA_TYPE = "application/jose+json"
ENDING = "jsonld"
IS_WRITTEN = True
_NAME = "european_learning_model"
_TYPE = CREDENTIAL_TYPE.encode()
_MOST_URIS = 3
_OLD_XML = b"http://data.europa.eu/snb"


def accepts(data: bytes) -> bool:
    """Sealed files of any JWS in JSON form; unsealed ones of this type without a proof; the older XML form."""
    head = data[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        return _OLD_XML in head
    if not head.startswith(b"{") or not (_TYPE in data or b'"payload"' in data):
        return False
    if len(data) > MOST_BYTES:
        return _TYPE in data  # so that it is refused for its size
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return b'"payload"' in head
    return is_sealed(document) or _is_bare(_unpacked(document))


def seal(
    record: CredentialRecord, *, signer: Signer, seal_key: SealKey | None = None, wording: Wording = ENGLISH
) -> bytes:
    """Write the sealed file. `wording` is for the picture and the notes; `seal_key` is the configured certificate.

    Raises InvalidInput for what the model cannot say, and for a signer that cannot certify itself.
    """
    # One certificate for each year of awards, so that registries of fingerprints stay short.
    since = datetime(record.issued_at.astimezone(UTC).year, 1, 1, tzinfo=UTC)
    if seal_key is None:
        check_signer(signer, record.issuer.did)
    key = seal_key or own_seal_key(signer, issuer=record.issuer, since=since)
    stated = read_certificate(key.certificates[0]).organization_id or record.issuer.legal_id or record.issuer.did
    picture = print_png(record, wording=wording)
    document = elm_document(record, wording=wording, picture=picture, legal_id=stated)
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return seal_text(text, seal_key=key, at=record.issued_at)


def check(data: bytes, *, around: Surroundings) -> CheckedCredential:
    """Check the seal, the status and who sealed it."""
    document: Mapping[str, Any] | None = None
    try:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            raise Refusal(Reason.OLD_EUROPASS_XML)
        file = read_object(data)
        if not is_sealed(file):
            document = _unpacked(file)
            raise Refusal(Reason.NOT_SIGNED)
        sealed = read_sealed(file)
        document = read_object(sealed.payload)
        if not _is_credential(document):
            raise Refusal(Reason.NOT_A_CREDENTIAL)
        seals = check_seals(sealed, now=around.now)
        proved, unreached = _proved(seals[0], document, around)
    except InvalidInput as error:
        shown = None if document is None else shown_of_elm(document)
        return refused(_NAME, error, document=document, shown=shown)
    issuer = check_issuer(proved, around=around, at=seals[0].signed_at)
    if unreached and issuer.word == IssuerWord.UNKNOWN:
        # The registry may know the name whose keys could not be had.
        issuer = Verdict(word=IssuerWord.COULD_NOT_CHECK, reason=unreached.reason, details=unreached.details)
    return CheckedCredential(
        format=_NAME,
        signature=_signature(seals),
        status=check_status({**document, "credentialStatus": status_entries(document)}, around=around),
        issuer=issuer,
        shown=shown_of_elm(document),
        document=document,
    )


def _unpacked(document: Any) -> Any:
    """The credential itself where the file is one for upload, with an address beside it."""
    inner = document.get("credential") if isinstance(document, Mapping) else None
    return inner if isinstance(inner, Mapping) else document


def _is_bare(document: Any) -> bool:
    return _is_credential(document) and "proof" not in document


def _is_credential(document: Any) -> bool:
    return isinstance(document, Mapping) and CREDENTIAL_TYPE in types_of(document)


def _signature(seals: tuple[Seal, ...]) -> Verdict:
    first = seals[0]
    certificate = first.certificate
    return Verdict(
        word=SignatureWord.GOOD,
        reason=Reason.SEAL_SELF_MADE if certificate.is_self_signed else Reason.SEAL_GOOD,
        details={
            "signer": ", ".join(dict.fromkeys(seal.certificate.subject for seal in seals)),
            "authority": certificate.issuer,
            "on": first.signed_at.date().isoformat() if first.signed_at else "?",
            "suite": f"JAdES {first.algorithm}",
        },
    )


def _proved(seal: Seal, document: Mapping[str, Any], around: Surroundings) -> tuple[tuple[str, ...], Refusal | None]:
    """What the first seal proves about its maker: certificates, key, and the DID whose document lists the key.

    Also why that document could not be had, if so. Raises Refusal where certificate and DID contradict each other.
    """
    key = key_of_certificate(seal.certificates[0])
    proved, unreached = [*chain_identifiers(seal.certificates, around=around), key.did()], None
    for uri in seal.certificate.uris[:_MOST_URIS]:
        if not uri.startswith("did:"):
            continue
        try:
            found = find_key(uri, issuer="", around=around, at=seal.signed_at)
        except Refusal as refusal:
            if refusal.reason is not Reason.KEY_UNREACHABLE:
                raise
            unreached = refusal
            continue
        if found.key.public_bytes() != key.public_bytes():
            raise Refusal(Reason.KEY_OF_ANOTHER, method=seal.certificate.subject, issuer=uri[:200])
        proved.extend(found.proves)
    stated = issuer_of(document)
    # An authority vouches for the name in its certificate; a certificate of one's own must prove the DID by itself.
    if seal.certificate.is_self_signed and stated.startswith("did:") and stated not in proved and not unreached:
        raise Refusal(Reason.KEY_OF_ANOTHER, method=seal.certificate.subject, issuer=stated[:200])
    return tuple(dict.fromkeys(proved)), unreached
