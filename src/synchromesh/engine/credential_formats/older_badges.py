"""Open Badges 2.0 and 2.1: badges that lie at an address of their issuer, or are signed tokens.

Source: Open Badges 2.0, sections "Verification" and "Baking". Such a badge is a small graph of documents (assertion,
badge class, issuer's profile, key, list of withdrawn ones), each of which may lie inside another or at an address. What
binds them to the issuer is that they lie under its own web address, or that its profile lists the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from synchromesh.engine.credential_formats.canonical_json import canonical_json, read_object
from synchromesh.engine.credential_formats.credential_shape import as_list, types_of
from synchromesh.engine.credential_formats.data_integrity import Finding
from synchromesh.engine.credential_formats.encodings import base64url_decode
from synchromesh.engine.credential_formats.jose import Token
from synchromesh.engine.credential_formats.multikeys import read_pem
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.statuses import FRESH
from synchromesh.engine.credential_formats.surroundings import Surroundings
from synchromesh.engine.credential_formats.verdicts import SignatureWord, Verdict
from synchromesh.engine.errors import ExternalFailure, InvalidInput

CONTEXT = "https://w3id.org/openbadges/v2"
# What such a document is known by before it is read.
MARK = CONTEXT.encode()
_MOST_BYTES = 400_000
_HOSTED = {"hosted", "HostedBadge"}
_SIGNED = {"signed", "SignedBadge"}


def is_older_token(data: bytes) -> bool:
    """Whether the payload of a token is an assertion of Open Badges 2."""
    try:
        return MARK in base64url_decode(data.strip().split(b".")[1].decode("ascii", "replace"))
    except InvalidInput:
        return False


class OlderBadge:
    """One assertion with what belongs to it; documents at addresses are fetched when they are asked for."""

    def __init__(self, assertion: dict[str, Any], around: Surroundings) -> None:
        if "Assertion" not in types_of(assertion) or not isinstance(assertion.get("id"), str):
            raise Refusal(Reason.NOT_A_CREDENTIAL)
        self.assertion = assertion
        self.around = around
        self._fetched: dict[str, dict[str, Any]] = {}

    @property
    def badge(self) -> Mapping[str, Any]:
        """The badge class: what is awarded."""
        return self._part(self.assertion.get("badge"))

    @property
    def issuer(self) -> Mapping[str, Any]:
        """The profile of the issuer."""
        return self._part(self.badge.get("issuer"))

    def _part(self, value: Any) -> Mapping[str, Any]:
        if isinstance(value, Mapping):
            return value
        if not isinstance(value, str):
            raise Refusal(Reason.INVALID_FIELD, field="badge", problem="its badge class or issuer is missing.")
        if value not in self._fetched:
            self._fetched[value] = self._fetch(value)
        return self._fetched[value]

    def _fetch(self, url: str) -> dict[str, Any]:
        try:
            answer = self.around.fetch(url)
        except (ExternalFailure, InvalidInput):
            raise Refusal(Reason.HOSTED_UNREACHABLE, url=url[:200]) from None
        if self.around.now - answer.as_of > FRESH:
            raise Refusal(Reason.HOSTED_UNREACHABLE, url=url[:200])
        return read_object(answer.data, most_bytes=_MOST_BYTES)

    def check_hosted(self) -> Finding:
        """Whether the issuer shows this very badge at its own address. Raises Refusal where nobody can tell."""
        self._must_be(_HOSTED)
        url = self.assertion["id"]
        hosted = self._fetch(url)
        if hosted.get("revoked") is True and hosted.get("id") == url:
            # A withdrawn badge need show no more than that, so there is nothing to compare with.
            self.assertion["revoked"] = True
            return Finding(verdict=Refusal(Reason.HOSTED_WITHDRAWN, url=url[:200]).verdict())
        if canonical_json(hosted) != canonical_json(self.assertion):
            raise Refusal(Reason.HOSTED_DIFFERS, url=url[:200])
        verdict = Verdict(word=SignatureWord.GOOD, reason=Reason.HOSTED_AS_STATED, details={"url": url[:200]})
        return Finding(verdict=verdict, proves=self._owners())

    def check_signed(self, token: Token) -> Finding:
        """Whether the token was signed with a key that the issuer's profile lists. Raises Refusal."""
        self._must_be(_SIGNED)
        verification = self._part(self.assertion.get("verification"))
        key = self._key(verification.get("creator"))
        if key.algorithm != token.algorithm:
            raise Refusal(Reason.ALGORITHM_REFUSED, algorithm=f"{token.header['alg']} with {key.algorithm}")
        if not key.verify(token.signature, token.signed):
            raise Refusal(Reason.SIGNATURE_BAD)
        verdict = Verdict(
            word=SignatureWord.GOOD,
            reason=Reason.SIGNATURE_GOOD,
            details={"suite": f"{token.header['alg']} (Open Badges 2.0)"},
        )
        return Finding(verdict=verdict, proves=self._owners())

    def is_withdrawn(self) -> bool:
        """Whether it says so itself, or its issuer's list does. Raises Refusal where the list cannot be read."""
        if self.assertion.get("revoked") is True:
            return True
        listed = self.issuer.get("revocationList")
        if not isinstance(listed, str):
            return False
        entries = as_list(self._part(listed).get("revokedAssertions"))
        named = [item.get("id") or item.get("uid") if isinstance(item, Mapping) else item for item in entries]
        return self.assertion["id"] in named

    def _must_be(self, kinds: set[str]) -> None:
        verification = self.assertion.get("verification")
        stated = types_of(verification) if isinstance(verification, Mapping) else []
        if not kinds & set(stated):
            raise Refusal(Reason.INVALID_FIELD, field="verification", problem="it names another way of verification.")

    def _key(self, creator: Any) -> Any:
        """The key that the assertion names, if the profile of the issuer lists it."""
        listed = as_list(self.issuer.get("publicKey"))
        addresses = [item.get("id") if isinstance(item, Mapping) else item for item in listed]
        wanted = creator if isinstance(creator, str) else next(iter(addresses), None)
        if wanted is None or wanted not in addresses:
            raise Refusal(Reason.KEY_NOT_LISTED, method=str(wanted)[:200])
        document = self._part(listed[addresses.index(wanted)])
        pem = document.get("publicKeyPem")
        if not isinstance(pem, str) or document.get("owner", self.issuer.get("id")) != self.issuer.get("id"):
            raise Refusal(Reason.KEY_UNREADABLE, problem="its document holds no PEM of this issuer.")
        return read_pem(pem)

    def _owners(self) -> tuple[str, ...]:
        """The issuer's address, if the badge lies under the same host: what anybody hosts proves only that host."""
        issuer, url = self.issuer.get("id"), self.assertion["id"]
        if isinstance(issuer, str) and (not url.startswith("http") or _origin(issuer) == _origin(url)):
            return (_origin(issuer), issuer)
        return (_origin(url),)


def as_credential(badge: OlderBadge) -> dict[str, Any]:
    """The badge under the names of Open Badges 3.0, to be shown; parts that cannot be had stay out."""
    assertion = badge.assertion
    document: dict[str, Any] = {"id": assertion["id"], "issuanceDate": assertion.get("issuedOn")}
    if "expires" in assertion:
        document["expirationDate"] = assertion["expires"]
    subject: dict[str, Any] = {}
    recipient = assertion.get("recipient")
    if isinstance(recipient, Mapping) and recipient.get("hashed") is False:
        subject["identifier"] = [{"identityHash": recipient.get("identity"), "identityType": "name", "hashed": False}]
    document["credentialSubject"] = subject
    try:
        subject["achievement"] = _some(badge.badge, ("id", "name", "description", "criteria", "alignment"))
        document["issuer"] = _some(badge.issuer, ("id", "name", "url"))
    except InvalidInput:
        pass
    return document


def _some(part: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: part[name] for name in names if name in part}


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower()
