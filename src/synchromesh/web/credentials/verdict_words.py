"""What every reason of a verdict means, in the reader's language.

The sentences are those of `engine.credential_formats.sentences`, word for word, so that pages, the command line and the
interface for programs say the same; here they can be translated. The words in braces come from the verdict's details.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from synchromesh.engine.credential_formats.instants import read_instant
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.verdicts import Verdict

_DAYS = frozenset({"on", "since", "until", "stated"})
_NUMBERS = frozenset({"limit"})


class _Details(dict[str, Any]):
    """A word that a sentence asks for and the details lack stays out instead of failing."""

    def __missing__(self, key: str) -> str:
        return "?"


def reason_words(verdict: Verdict) -> str:
    """What was found, in one sentence; the code itself for a reason that is not known here."""
    return _written(verdict, 0) or str(verdict.reason)


def remedy_words(verdict: Verdict) -> str:
    """What would mend it, in one sentence; empty where nothing is to mend."""
    return _written(verdict, 1)


def _written(verdict: Verdict, part: int) -> str:
    sentences = WORDS.get(verdict.reason)
    if sentences is None or not sentences[part]:
        return ""
    details = {name: _in_words(name, value) for name, value in verdict.details.items()}
    return gettext(sentences[part]).format_map(_Details(details))


def _in_words(name: str, value: str) -> str:
    """A day and a number as the reader writes them; everything else as it stands."""
    if name in _DAYS:
        instant = read_instant(value if "T" in value else f"{value}T00:00:00Z")
        return date_format(timezone.localtime(instant), "DATE_FORMAT") if instant else value
    if name in _NUMBERS and value.isdigit():
        return number_format(int(value), force_grouping=True)
    return value


WORDS: Mapping[str, tuple[str, str]] = {
    Reason.UNKNOWN_FORMAT: (
        _("This file is in no format of credentials that we can read."),
        _("Choose the file of the credential itself: JSON, a token, a badge picture or a signed PDF."),
    ),
    Reason.TOO_LARGE: (
        _("The file is larger than {limit} bytes."),
        _("Choose the file of one credential, without films or other attachments."),
    ),
    Reason.TOO_DEEP: (
        _("The file is nested deeper than {limit} levels."),
        _("Ask the issuer to issue it again."),
    ),
    Reason.NOT_TEXT: (
        _("The file is not text in UTF-8."),
        _("Ask the holder for the file as the issuer gave it."),
    ),
    Reason.NOT_JSON: (
        _("The file is not JSON: {problem}"),
        _("Ask the holder for the file as the issuer gave it."),
    ),
    Reason.DUPLICATE_NAME: (
        _("The name “{name}” occurs twice in one place, so that two readers could read two different things."),
        _("Ask the issuer to issue it again."),
    ),
    Reason.UNSAFE_NUMBER: (
        _("The number {number} is not the same for every reader of JSON."),
        _("The issuer should write it as text."),
    ),
    Reason.NOT_A_CREDENTIAL: (
        _("This is JSON, but no credential: it has no type that says so."),
        _("Choose the file of the credential itself."),
    ),
    Reason.INVALID_FIELD: (
        _("“{field}” is not as the standard asks: {problem}"),
        _("Ask the issuer to issue it again."),
    ),
    Reason.NOTHING_INSIDE: (
        _("There is no credential inside this file."),
        _("Pictures lose it when they are edited or sent by some messengers: download the original file."),
    ),
    Reason.CHECK_FAILED: (
        _("The check stopped at something that it does not know."),
        _("Please send the file to the people who run this site."),
    ),
    Reason.SIGNATURE_GOOD: (
        _("The document is as it was signed, with {suite}."),
        "",
    ),
    Reason.HOSTED_AS_STATED: (
        _("The issuer shows this badge at its own address, {url}."),
        "",
    ),
    Reason.HOSTED_DIFFERS: (
        _("At {url} the issuer shows another document than this one."),
        _("Ask the holder for the file as the issuer gave it."),
    ),
    Reason.HOSTED_UNREACHABLE: (
        _("This kind of badge is not signed: it lies at {url}, which did not answer."),
        _("Try again later, or ask the issuer."),
    ),
    Reason.HOSTED_WITHDRAWN: (
        _("At {url} the issuer shows no more than that this badge is withdrawn."),
        _("The holder can ask the issuer why."),
    ),
    Reason.SIGNATURE_BAD: (
        _("The document was changed after it was signed, or was signed by somebody else."),
        _("Ask the holder for the file as the issuer gave it."),
    ),
    Reason.SIGNATURE_UNREADABLE: (
        _("The signature itself is damaged: {problem}"),
        _("Ask the holder for the file as the issuer gave it."),
    ),
    Reason.NOT_SIGNED: (
        _("The document bears no signature, so anybody could have written it."),
        _("Ask the holder for the signed file."),
    ),
    Reason.PROOF_UNKNOWN: (
        _("It is signed in a way that we cannot check: {suite}."),
        _("Ask the issuer for another format, such as Open Badges 3.0 with eddsa-rdfc-2022."),
    ),
    Reason.PROOF_INVALID: (
        _("The proof is not as the standard asks: {problem}"),
        _("Ask the issuer to issue it again."),
    ),
    Reason.PROOF_CHAIN_BROKEN: (
        _("A signature confirms an earlier one that is not in the document: {previous}."),
        _("Ask the holder for the file as the issuer gave it."),
    ),
    Reason.PROOF_EXPIRED: (
        _("The signature itself held only until {on}."),
        _("Ask the issuer to issue it again."),
    ),
    Reason.PROOF_OF_ANOTHER_PURPOSE: (
        _("The signature was made for “{purpose}”, not for issuing a credential."),
        _("Ask the issuer to issue it again."),
    ),
    Reason.ALGORITHM_REFUSED: (
        _("The signature uses {algorithm}, which is not accepted here with this key."),
        _("Ask the issuer to sign with EdDSA, ES256, ES384, ES512 or RS256."),
    ),
    Reason.KEY_UNREACHABLE: (
        _("The issuer's public key could not be had from {method}: {problem}"),
        _("Try again later. A file that verifies offline holds the key as well."),
    ),
    Reason.KEY_METHOD_UNKNOWN: (
        _("The issuer's key is named in a way that we cannot follow: {method}"),
        _("Ask the issuer for a key named by did:web, did:key or did:jwk."),
    ),
    Reason.KEY_NOT_LISTED: (
        _("The issuer's list of keys does not hold the key {method}."),
        _("Ask the issuer whether it has given this key up."),
    ),
    Reason.KEY_OF_ANOTHER: (
        _("It was signed with the key {method}, which does not belong to the stated issuer {issuer}."),
        _("Ask the issuer to issue it again."),
    ),
    Reason.KEY_OF_ANOTHER_PURPOSE: (
        _("The issuer's key {method} is not meant for issuing credentials."),
        _("Ask the issuer to issue it again."),
    ),
    Reason.KEY_NO_LONGER_USED: (
        _("The issuer gave the key {method} up on {on}, before this was signed."),
        _("Ask the issuer to issue it again."),
    ),
    Reason.KEY_UNREADABLE: (
        _("The issuer's public key cannot be read: {problem}"),
        _("Ask the issuer to mend it."),
    ),
    Reason.UNKNOWN_CONTEXT: (
        _("The document takes its words from {url}, which we hold no copy of; nothing is fetched for that."),
        _("Ask the people who run this site to add it, or the issuer for a token (VC-JWT)."),
    ),
    Reason.CONTEXT_REFUSED: (
        _("The document defines words of its own in a way that could hide something: {problem}"),
        _("Ask the issuer to issue it again."),
    ),
    Reason.UNDEFINED_TERM: (
        _("“{term}” is defined nowhere, so that the signature does not cover it."),
        _("Ask the holder for the file as it was issued, or the issuer to define the word."),
    ),
    Reason.NOT_JSON_LD: (
        _("The document cannot be read as linked data: {problem}"),
        _("Ask the issuer to issue it again."),
    ),
    Reason.GRAPH_TOO_LARGE: (
        _("The document makes more than {limit} statements."),
        _("Ask the issuer to issue it again."),
    ),
    Reason.GRAPH_TOO_HARD: (
        _("The document is knotted so that checking it would take too long."),
        _("Such documents are made to stop checks. Ask the issuer to give each thing an identifier of its own."),
    ),
    Reason.SEAL_GOOD: (
        _("The document is as {signer} sealed it on {on}. The certificate of the seal was issued by {authority}."),
        "",
    ),
    Reason.SEAL_SELF_MADE: (
        _(
            "The document is as it was sealed on {on}. The certificate of the seal was made by the signer, "
            "{signer}: no authority vouches for that name."
        ),
        "",
    ),
    Reason.CERTIFICATE_MISSING: (
        _("The seal does not bring its certificate."),
        _("Ask the issuer to issue it again."),
    ),
    Reason.CERTIFICATE_OUT_OF_DATE: (
        _("It was sealed with a certificate of {signer} that held only from {since} until {until}."),
        _("Ask the issuer to issue it again."),
    ),
    Reason.PAGES_NOT_SIGNED: (
        _(
            "The signed file inside this PDF is as it was signed. The printed pages are not signed: believe what "
            "is shown here, not the pages."
        ),
        "",
    ),
    Reason.PAGES_SIGNED: (
        _("The signed file inside this PDF is as it was signed, and the pages are as {signer} signed them."),
        "",
    ),
    Reason.PAGES_CHANGED: (
        _("The pages of this PDF were changed after {signer} signed them."),
        _("Ask the holder for the file as the issuer gave it."),
    ),
    Reason.PAGES_NOT_CHECKED: (
        _(
            "The signed file inside this PDF is as it was signed. The signature of the pages could not be "
            "checked: {problem}"
        ),
        _("Believe what is shown here, not the pages."),
    ),
    Reason.PAGES_SIGNED_ONLY: (
        _("The pages are as {signer} signed them, but there is no credential inside that a program could read."),
        _("Read the pages, and ask the issuer for a signed file."),
    ),
    Reason.PDF_UNREADABLE: (
        _("The PDF cannot be read: {problem}"),
        _("Ask the holder for the file as the issuer gave it."),
    ),
    Reason.OLD_EUROPASS_XML: (
        _("This is a European credential in the older XML form, whose seal (XAdES) we cannot check."),
        _("Ask the issuer for it in the form since 2023 (JSON), or use the viewer of Europass."),
    ),
    Reason.STATUS_NONE_STATED: (
        _("It has no end that has passed, and its issuer offers no way to withdraw it."),
        "",
    ),
    Reason.STATUS_CLEAR: (
        _("Its issuer has neither withdrawn nor suspended it."),
        "",
    ),
    Reason.STATUS_LAST_KNOWN: (
        _("It was valid on {on}. Nobody could be asked whether that still holds."),
        _("Check it again when the issuer's site can be reached."),
    ),
    Reason.EXPIRED: (
        _("It was valid until {on}."),
        _("The holder may be able to renew it with the issuer."),
    ),
    Reason.NOT_YET_VALID: (
        _("It is valid only from {on}."),
        _("Check it again then."),
    ),
    Reason.WITHDRAWN: (
        _("The issuer has withdrawn it."),
        _("The holder can ask the issuer why."),
    ),
    Reason.SUSPENDED: (
        _("The issuer has suspended it for the time being."),
        _("The holder can ask the issuer why."),
    ),
    Reason.STATUS_LIST_UNREACHABLE: (
        _("The issuer's status list at {url} did not answer: {problem}"),
        _("Try again later, or ask the issuer."),
    ),
    Reason.STATUS_LIST_INVALID: (
        _("The issuer's status list at {url} cannot be used: {problem}"),
        _("Try again later, or ask the issuer."),
    ),
    Reason.STATUS_LIST_NOT_SIGNED: (
        _("The status list at {url} bears no good signature."),
        _("Try again later, or ask the issuer."),
    ),
    Reason.STATUS_TYPE_UNKNOWN: (
        _("Its status is kept in a way that we cannot ask: {type}."),
        _("Ask the issuer."),
    ),
    Reason.SIGNATURE_NOT_PROVED: (
        _("Nothing can be said about the status, because the signature was not found good."),
        "",
    ),
    Reason.ISSUER_KNOWN: (
        _("{name} is in the registry of issuers."),
        "",
    ),
    Reason.ISSUER_NO_LONGER_KNOWN: (
        _("{name} was in the registry of issuers only until {on}."),
        "",
    ),
    Reason.ISSUER_VOUCHED_FOR: (
        _("The name in the certificate was checked by {name}, a trust service on the trusted list of {operator}."),
        "",
    ),
    Reason.ISSUER_VOUCHED_FOR_BY_OLD_LIST: (
        _(
            "The name in the certificate was checked by {name}, a trust service on the trusted list of "
            "{operator}. Our copy of that list should have been renewed by {on}."
        ),
        _("The people who run this site can load the list anew."),
    ),
    Reason.ISSUER_NO_LONGER_VOUCHED_FOR: (
        _(
            "The name in the certificate was checked by {name}, which the trusted list of {operator} "
            "trusted only until {on}."
        ),
        "",
    ),
    Reason.TRUSTED_LIST_TOO_OLD: (
        _(
            "It was sealed after {on}, when our copy of the trusted list of {operator} should have been"
            " renewed. Nothing is known of {name} since then."
        ),
        _("The people who run this site can load the list anew."),
    ),
    Reason.ISSUER_UNKNOWN: (
        _("The key that signed is not in the registry of issuers. That says nothing against the issuer."),
        _("Look whether the issuer itself names this key, or ask it."),
    ),
    Reason.ISSUER_NOT_PROVED: (
        _("Nothing can be said about the issuer, because the signature was not found good."),
        "",
    ),
    Reason.REGISTRY_UNREACHABLE: (
        _("The registry of issuers could not be asked."),
        _("Try again later."),
    ),
    Reason.ISSUER_KEY_FROM_FILE: (
        _("The issuer's key comes from this file itself, so the file alone cannot show whose key it is."),
        _("Check it again when the issuer's site can be reached."),
    ),
    Reason.LOG_RECORDED: (
        _("The transparency log {log} has held it since {on}."),
        "",
    ),
    Reason.LOG_KEY_FROM_FILE: (
        _("The transparency log {log} has held it since {on}, by a key that comes from this file itself."),
        _("Check it again when the site of the log can be reached."),
    ),
    Reason.LOG_LATER_THAN_STATED: (
        _("It says that it was issued on {stated}, but the transparency log has held it only since {on}."),
        _("Ask the issuer why."),
    ),
    Reason.LOG_CONTRADICTED: (
        _("What the file brings from the transparency log does not fit: {problem}"),
        _("Ask the holder for the file as the issuer gave it."),
    ),
    Reason.LOG_NOT_CHECKED: (
        _("The transparency log could not be checked: {problem}"),
        _("Try again later, or ask the issuer."),
    ),
}
