"""The English sentence of every reason, and what would mend it.

The command line and the JSON interface say these; pages say their translation, by the same codes and details.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.verdicts import Verdict

_ASK_THE_HOLDER = "Ask the holder for the file as the issuer gave it."
_ASK_THE_ISSUER = "Ask the issuer to issue it again."
_TRY_LATER = "Try again later, or ask the issuer."

# By reason: what was found, and what would mend it. The words in braces come from the details of the verdict.
SENTENCES: Mapping[Reason, tuple[str, str]] = MappingProxyType(
    {
        Reason.UNKNOWN_FORMAT: (
            "This file is in no format of credentials that we can read.",
            "Choose the file of the credential itself: JSON, a token, a badge picture or a signed PDF.",
        ),
        Reason.TOO_LARGE: (
            "The file is larger than {limit} bytes.",
            "Choose the file of one credential, without films or other attachments.",
        ),
        Reason.TOO_DEEP: ("The file is nested deeper than {limit} levels.", _ASK_THE_ISSUER),
        Reason.NOT_TEXT: ("The file is not text in UTF-8.", _ASK_THE_HOLDER),
        Reason.NOT_JSON: ("The file is not JSON: {problem}", _ASK_THE_HOLDER),
        Reason.DUPLICATE_NAME: (
            "The name “{name}” occurs twice in one place, so that two readers could read two different things.",
            _ASK_THE_ISSUER,
        ),
        Reason.UNSAFE_NUMBER: (
            "The number {number} is not the same for every reader of JSON.",
            "The issuer should write it as text.",
        ),
        Reason.NOT_A_CREDENTIAL: (
            "This is JSON, but no credential: it has no type that says so.",
            "Choose the file of the credential itself.",
        ),
        Reason.INVALID_FIELD: ("“{field}” is not as the standard asks: {problem}", _ASK_THE_ISSUER),
        Reason.NOTHING_INSIDE: (
            "There is no credential inside this file.",
            "Pictures lose it when they are edited or sent by some messengers: download the original file.",
        ),
        Reason.CHECK_FAILED: (
            "The check stopped at something that it does not know.",
            "Please send the file to the people who run this site.",
        ),
        Reason.SIGNATURE_GOOD: ("The document is as it was signed, with {suite}.", ""),
        Reason.HOSTED_AS_STATED: ("The issuer shows this badge at its own address, {url}.", ""),
        Reason.HOSTED_DIFFERS: ("At {url} the issuer shows another document than this one.", _ASK_THE_HOLDER),
        Reason.HOSTED_UNREACHABLE: (
            "This kind of badge is not signed: it lies at {url}, which did not answer.",
            _TRY_LATER,
        ),
        Reason.HOSTED_WITHDRAWN: (
            "At {url} the issuer shows no more than that this badge is withdrawn.",
            "The holder can ask the issuer why.",
        ),
        Reason.SIGNATURE_BAD: (
            "The document was changed after it was signed, or was signed by somebody else.",
            _ASK_THE_HOLDER,
        ),
        Reason.SIGNATURE_UNREADABLE: ("The signature itself is damaged: {problem}", _ASK_THE_HOLDER),
        Reason.NOT_SIGNED: (
            "The document bears no signature, so anybody could have written it.",
            "Ask the holder for the signed file.",
        ),
        Reason.PROOF_UNKNOWN: (
            "It is signed in a way that we cannot check: {suite}.",
            "Ask the issuer for another format, such as Open Badges 3.0 with eddsa-rdfc-2022.",
        ),
        Reason.PROOF_INVALID: ("The proof is not as the standard asks: {problem}", _ASK_THE_ISSUER),
        Reason.PROOF_CHAIN_BROKEN: (
            "A signature confirms an earlier one that is not in the document: {previous}.",
            _ASK_THE_HOLDER,
        ),
        Reason.PROOF_EXPIRED: ("The signature itself held only until {on}.", _ASK_THE_ISSUER),
        Reason.PROOF_OF_ANOTHER_PURPOSE: (
            "The signature was made for “{purpose}”, not for issuing a credential.",
            _ASK_THE_ISSUER,
        ),
        Reason.ALGORITHM_REFUSED: (
            "The signature uses {algorithm}, which is not accepted here with this key.",
            "Ask the issuer to sign with EdDSA, ES256, ES384, ES512 or RS256.",
        ),
        Reason.KEY_UNREACHABLE: (
            "The issuer's public key could not be had from {method}: {problem}",
            "Try again later. A file that verifies offline holds the key as well.",
        ),
        Reason.KEY_METHOD_UNKNOWN: (
            "The issuer's key is named in a way that we cannot follow: {method}",
            "Ask the issuer for a key named by did:web, did:key or did:jwk.",
        ),
        Reason.KEY_NOT_LISTED: (
            "The issuer's list of keys does not hold the key {method}.",
            "Ask the issuer whether it has given this key up.",
        ),
        Reason.KEY_OF_ANOTHER: (
            "It was signed with the key {method}, which does not belong to the stated issuer {issuer}.",
            _ASK_THE_ISSUER,
        ),
        Reason.KEY_OF_ANOTHER_PURPOSE: (
            "The issuer's key {method} is not meant for issuing credentials.",
            _ASK_THE_ISSUER,
        ),
        Reason.KEY_NO_LONGER_USED: (
            "The issuer gave the key {method} up on {on}, before this was signed.",
            _ASK_THE_ISSUER,
        ),
        Reason.KEY_UNREADABLE: ("The issuer's public key cannot be read: {problem}", "Ask the issuer to mend it."),
        Reason.UNKNOWN_CONTEXT: (
            "The document takes its words from {url}, which we hold no copy of; nothing is fetched for that.",
            "Ask the people who run this site to add it, or the issuer for a token (VC-JWT).",
        ),
        Reason.CONTEXT_REFUSED: (
            "The document defines words of its own in a way that could hide something: {problem}",
            _ASK_THE_ISSUER,
        ),
        Reason.UNDEFINED_TERM: (
            "“{term}” is defined nowhere, so that the signature does not cover it.",
            "Ask the holder for the file as it was issued, or the issuer to define the word.",
        ),
        Reason.NOT_JSON_LD: ("The document cannot be read as linked data: {problem}", _ASK_THE_ISSUER),
        Reason.GRAPH_TOO_LARGE: ("The document makes more than {limit} statements.", _ASK_THE_ISSUER),
        Reason.GRAPH_TOO_HARD: (
            "The document is knotted so that checking it would take too long.",
            "Such documents are made to stop checks. Ask the issuer to give each thing an identifier of its own.",
        ),
        Reason.SEAL_GOOD: (
            "The document is as {signer} sealed it on {on}. The certificate of the seal was issued by {authority}.",
            "",
        ),
        Reason.SEAL_SELF_MADE: (
            "The document is as it was sealed on {on}. The certificate of the seal was made by the signer, {signer}: "
            "no authority vouches for that name.",
            "",
        ),
        Reason.CERTIFICATE_MISSING: ("The seal does not bring its certificate.", _ASK_THE_ISSUER),
        Reason.CERTIFICATE_OUT_OF_DATE: (
            "It was sealed with a certificate of {signer} that held only from {since} until {until}.",
            _ASK_THE_ISSUER,
        ),
        Reason.PAGES_NOT_SIGNED: (
            "The signed file inside this PDF is as it was signed. The printed pages are not signed: believe what is "
            "shown here, not the pages.",
            "",
        ),
        Reason.PAGES_SIGNED: (
            "The signed file inside this PDF is as it was signed, and the pages are as {signer} signed them.",
            "",
        ),
        Reason.PAGES_CHANGED: (
            "The pages of this PDF were changed after {signer} signed them.",
            _ASK_THE_HOLDER,
        ),
        Reason.PAGES_NOT_CHECKED: (
            "The signed file inside this PDF is as it was signed. The signature of the pages could not be checked: "
            "{problem}",
            "Believe what is shown here, not the pages.",
        ),
        Reason.PAGES_SIGNED_ONLY: (
            "The pages are as {signer} signed them, but there is no credential inside that a program could read.",
            "Read the pages, and ask the issuer for a signed file.",
        ),
        Reason.PDF_UNREADABLE: ("The PDF cannot be read: {problem}", _ASK_THE_HOLDER),
        Reason.OLD_EUROPASS_XML: (
            "This is a European credential in the older XML form, whose seal (XAdES) we cannot check.",
            "Ask the issuer for it in the form since 2023 (JSON), or use the viewer of Europass.",
        ),
        Reason.STATUS_NONE_STATED: ("It has no end that has passed, and its issuer offers no way to withdraw it.", ""),
        Reason.STATUS_CLEAR: ("Its issuer has neither withdrawn nor suspended it.", ""),
        Reason.STATUS_LAST_KNOWN: (
            "It was valid on {on}. Nobody could be asked whether that still holds.",
            "Check it again when the issuer's site can be reached.",
        ),
        Reason.EXPIRED: ("It was valid until {on}.", "The holder may be able to renew it with the issuer."),
        Reason.NOT_YET_VALID: ("It is valid only from {on}.", "Check it again then."),
        Reason.WITHDRAWN: ("The issuer has withdrawn it.", "The holder can ask the issuer why."),
        Reason.SUSPENDED: ("The issuer has suspended it for the time being.", "The holder can ask the issuer why."),
        Reason.STATUS_LIST_UNREACHABLE: ("The issuer's status list at {url} did not answer: {problem}", _TRY_LATER),
        Reason.STATUS_LIST_INVALID: ("The issuer's status list at {url} cannot be used: {problem}", _TRY_LATER),
        Reason.STATUS_LIST_NOT_SIGNED: ("The status list at {url} bears no good signature.", _TRY_LATER),
        Reason.STATUS_TYPE_UNKNOWN: ("Its status is kept in a way that we cannot ask: {type}.", "Ask the issuer."),
        Reason.SIGNATURE_NOT_PROVED: (
            "Nothing can be said about the status, because the signature was not found good.",
            "",
        ),
        Reason.ISSUER_KNOWN: ("{name} is in the registry of issuers.", ""),
        Reason.ISSUER_NO_LONGER_KNOWN: ("{name} was in the registry of issuers only until {on}.", ""),
        Reason.ISSUER_VOUCHED_FOR: (
            "The name in the certificate was checked by {name}, a trust service on the trusted list of {operator}.",
            "",
        ),
        Reason.ISSUER_VOUCHED_FOR_BY_OLD_LIST: (
            "The name in the certificate was checked by {name}, a trust service on the trusted list of "
            "{operator}. Our copy of that list should have been renewed by {on}.",
            "The people who run this site can load the list anew.",
        ),
        Reason.ISSUER_NO_LONGER_VOUCHED_FOR: (
            "The name in the certificate was checked by {name}, which the trusted list of {operator} "
            "trusted only until {on}.",
            "",
        ),
        Reason.TRUSTED_LIST_TOO_OLD: (
            "It was sealed after {on}, when our copy of the trusted list of {operator} should have been"
            " renewed. Nothing is known of {name} since then.",
            "The people who run this site can load the list anew.",
        ),
        Reason.ISSUER_UNKNOWN: (
            "The key that signed is not in the registry of issuers. That says nothing against the issuer.",
            "Look whether the issuer itself names this key, or ask it.",
        ),
        Reason.ISSUER_NOT_PROVED: (
            "Nothing can be said about the issuer, because the signature was not found good.",
            "",
        ),
        Reason.REGISTRY_UNREACHABLE: ("The registry of issuers could not be asked.", "Try again later."),
        Reason.ISSUER_KEY_FROM_FILE: (
            "The issuer's key comes from this file itself, so the file alone cannot show whose key it is.",
            "Check it again when the issuer's site can be reached.",
        ),
        Reason.LOG_RECORDED: ("The transparency log {log} has held it since {on}.", ""),
        Reason.LOG_KEY_FROM_FILE: (
            "The transparency log {log} has held it since {on}, by a key that comes from this file itself.",
            "Check it again when the site of the log can be reached.",
        ),
        Reason.LOG_LATER_THAN_STATED: (
            "It says that it was issued on {stated}, but the transparency log has held it only since {on}.",
            "Ask the issuer why.",
        ),
        Reason.LOG_CONTRADICTED: (
            "What the file brings from the transparency log does not fit: {problem}",
            _ASK_THE_HOLDER,
        ),
        Reason.LOG_NOT_CHECKED: ("The transparency log could not be checked: {problem}", _TRY_LATER),
    }
)


class _Details(dict[str, Any]):
    """A word that a sentence asks for and the details lack stays out instead of failing."""

    def __missing__(self, key: str) -> str:
        return "?"


def reason_sentence(verdict: Verdict) -> str:
    """What was found, in one English sentence; the code itself for a reason that has none."""
    return _written(verdict, 0)


def remedy_sentence(verdict: Verdict) -> str:
    """What would mend it, in one English sentence; empty where nothing is to mend."""
    return _written(verdict, 1)


def _written(verdict: Verdict, part: int) -> str:
    for reason, sentences in SENTENCES.items():
        if reason == verdict.reason:
            return sentences[part].format_map(_Details(verdict.details))
    return verdict.reason if part == 0 else ""
