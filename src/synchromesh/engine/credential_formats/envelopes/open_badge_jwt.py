"""Open Badges 3.0 as a signed token (VC-JWT).

Sources: Open Badges 3.0, section 8.2 (the claims beside the credential; `typ` is JWT) and W3C Securing Verifiable
Credentials using JOSE and COSE 1.0. The check reads every token that holds a credential, of data model 1.1 as well.
"""

from __future__ import annotations

from functools import lru_cache
from json.encoder import encode_basestring

from synchromesh.engine.credential_formats.checking import judge
from synchromesh.engine.credential_formats.jose import looks_like_token, sign_with_header, written_header
from synchromesh.engine.credential_formats.older_badges import is_older_token
from synchromesh.engine.credential_formats.open_badge_text import open_badge_json
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.refusals import refused
from synchromesh.engine.credential_formats.signing_keys import check_signer
from synchromesh.engine.credential_formats.surroundings import Signer, Surroundings
from synchromesh.engine.credential_formats.vc_jwt import open_token
from synchromesh.engine.credential_formats.verdicts import CheckedCredential
from synchromesh.engine.errors import InvalidInput

TITLE = "Open Badge 3.0 (signed token)"
MEDIA_TYPE = "application/vc+jwt"
ENDING = "jwt"
IS_WRITTEN = True

NAME = "open_badge_jwt"


def accepts(data: bytes) -> bool:
    """Whether this may be a token in compact form, and is none of Open Badges 2."""
    return looks_like_token(data) and not is_older_token(data)


def seal(record: CredentialRecord, *, signer: Signer) -> bytes:
    """Write and sign a record. Raises InvalidInput for a record that Open Badges cannot say or another's key."""
    check_signer(signer, record.issuer.did)
    payload = b"%s,%s}" % (open_badge_json(record)[:-1], _claims(record).encode())
    header = _header(signer.verification_method, signer.algorithm)
    return sign_with_header(payload, header, signer=signer)


def check(data: bytes, *, around: Surroundings) -> CheckedCredential:
    """Check a token that holds a credential."""
    try:
        document, finding = open_token(data, around=around)
    except InvalidInput as fault:
        return refused(NAME, fault)
    return judge(document, finding, around=around, format_name=NAME)


def _claims(record: CredentialRecord) -> str:
    """The claims beside the credential, as the inside of a JSON object; see `vc_jwt.registered_claims`."""
    until, holder = record.valid_until, record.holder.did
    expires = "" if until is None else f'"exp":{int(until.timestamp())},'
    subject = f',"sub":{encode_basestring(holder)}' if holder else ""
    issuer, identifier = encode_basestring(record.issuer.did), encode_basestring(record.url)
    return f'{expires}"iss":{issuer},"jti":{identifier},"nbf":{int(record.valid_from.timestamp())}{subject}'


@lru_cache(maxsize=200)
def _header(method: str, algorithm: str) -> bytes:
    return written_header({"alg": algorithm, "kid": method, "typ": "JWT"})
