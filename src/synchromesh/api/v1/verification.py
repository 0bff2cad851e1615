"""Check credentials of any issuer. Nothing of them is stored or logged."""

from __future__ import annotations

import base64
import binascii
import json
import re
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from synchromesh.api.allowances import charge
from synchromesh.api.problems import Busy, Problem
from synchromesh.credentials.operations.checking import verify_credential
from synchromesh.engine.errors import Conflict
from synchromesh.site.verdict_answers import verdict_answer

router = Router(tags=["credentials"])

UNITS = 10
_BACK_IN_SECONDS = 10
_DATA_ADDRESS = re.compile(
    r"data:[a-z]+/[a-z0-9.+-]+(?:;[a-z0-9=-]+)*;base64,([A-Za-z0-9+/\s]+={0,2})\s*", re.IGNORECASE
)
DESCRIPTION = f"""Says of a credential of any issuer whether it is as it was signed ("signature": good, altered or
could_not_check), whether it holds today ("status": valid, expired, withdrawn, suspended or could_not_check), and
whether its issuer is in the registry of this site ("issuer": known, unknown or could_not_check). Each line has its
reason as a sentence and as a code, and what would mend it. "log" says what a transparency log holds, where the file
brings a proof from it; else it is null.

"credential" is the credential as an object, the text of its file (JSON or a token), or a data address with the file in
base64 (data:application/pdf;base64,...) for badge pictures and PDF files. Open Badges 2.0 and 3.0, verifiable
credentials with Data Integrity proofs or as VC-JWT, SD-JWT VC and European Digital Credentials are read. An object
comes through JSON: numbers and repeated names are as your program wrote them, so send the text where you have it.

Nothing of what you send is stored or logged. Servers that the credential names may be asked for public keys and status
lists. A check costs {UNITS} units of your allowance."""
EXAMPLES = {
    "unsigned": {
        "summary": "A credential that nobody has signed",
        "value": {
            "credential": {
                "@context": [
                    "https://www.w3.org/ns/credentials/v2",
                    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
                ],
                "type": ["VerifiableCredential", "OpenBadgeCredential"],
                "issuer": {"id": "https://example.org/issuer", "type": ["Profile"], "name": "Example Academy"},
                "validFrom": "2026-05-04T00:00:00Z",
                "credentialSubject": {
                    "type": ["AchievementSubject"],
                    "achievement": {
                        "id": "https://example.org/achievements/1",
                        "type": ["Achievement"],
                        "name": "Isolate a vehicle",
                        "description": "Isolates a high-voltage vehicle.",
                        "criteria": {"narrative": "A practical test."},
                    },
                },
            }
        },
    },
    "token": {"summary": "A token that is none", "value": {"credential": "eyJhbGciOiJub25lIn0.e30."}},
}


def _text_or_object(value: Any) -> Any:
    if isinstance(value, dict) or (isinstance(value, str) and value):
        return value
    raise ValueError("send the credential as an object or as a text")


class VerifyRequest(BaseModel):
    """A credential to check."""

    model_config = ConfigDict(extra="forbid")

    credential: Annotated[
        Any,
        AfterValidator(_text_or_object),
        WithJsonSchema(
            {
                "anyOf": [{"type": "object"}, {"type": "string", "minLength": 1}],
                "description": "the credential as an object, the text of its file, or a data address of its file",
            }
        ),
    ]


class CheckedLine(BaseModel):
    """One line of the verdict."""

    verdict: Annotated[str, Field(description="the word")]
    reason: Annotated[str, Field(description="what was found, as a sentence in English")]
    code: Annotated[str, Field(description="the reason as a code; codes may be added, but never change their meaning")]
    remedy: Annotated[str, Field(description="what would mend it; empty where nothing is to mend")]


class CheckedCredentialAnswer(BaseModel):
    """The verdict on one credential, and what it says of itself, which is only proved where the signature is good."""

    signature: CheckedLine
    status: CheckedLine
    issuer: CheckedLine
    log: Annotated[CheckedLine | None, Field(description="recorded, contradicted or could_not_check")]
    format: Annotated[str, Field(description="the name of the envelope; empty where none fits")]
    achievement: Annotated[str, Field(description="what was awarded")]
    holder: str
    issued_by: str
    issued_at: datetime | None
    valid_until: datetime | None
    parts: Annotated[list[CheckedCredentialAnswer], Field(description="the credentials inside a bundle")]


@router.post(
    "/verify",
    response={200: CheckedCredentialAnswer, (400, 404, 406, 411, 413, 415, 422, 429, 503): Problem},
    operation_id="verifyCredential",
    url_name="verifyCredential",
    summary="Check a credential of any issuer",
    description=DESCRIPTION,
    openapi_extra={"requestBody": {"content": {"application/json": {"examples": EXAMPLES}}}},
)
def verify(request: HttpRequest, body: VerifyRequest) -> Any:
    """Check a credential; see DESCRIPTION."""
    charge(request, UNITS - 1)  # one was charged for the request itself
    try:
        checked = verify_credential(_bytes_of(body.credential))
    except Conflict as error:
        raise Busy(error.message, retry_after=_BACK_IN_SECONDS) from None
    return verdict_answer(checked)


def _bytes_of(credential: Any) -> bytes:
    if isinstance(credential, dict):
        # Half a character would be a fault of the document, which the check names.
        return json.dumps(credential, ensure_ascii=False).encode(errors="surrogatepass")
    text = str(credential)
    packed = _DATA_ADDRESS.fullmatch(text)
    if packed is not None:
        try:
            return base64.b64decode(re.sub(r"\s", "", packed[1]), validate=True) or b"\0"
        except binascii.Error:
            pass  # then it is text as it stands
    return text.encode(errors="surrogatepass")
