"""Whether a document has the shape of a verifiable credential, and of an achievement where it says that it is one.

Sources: Verifiable Credentials Data Model 2.0, section 4 (what MUST be there and of which kind) and, for documents that
begin with its context, 1.1; Open Badges 3.0, section 5 (types of the parts of an achievement).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from synchromesh.engine.credential_formats.contexts import CREDENTIALS_1, CREDENTIALS_2, has_digest
from synchromesh.engine.credential_formats.instants import read_instant
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_ACHIEVEMENTS = {"AchievementCredential", "OpenBadgeCredential"}
# Fields that hold objects with a type of their own, and whether those need an id.
_TYPED = {
    "credentialStatus": False, "credentialSchema": True, "termsOfUse": False, "evidence": False,
    "refreshService": False, "confidenceMethod": False, "renderMethod": False,
}  # fmt: skip
# By place in an achievement credential: the type that an object there must have.
_OPEN_BADGE_TYPES = {
    ("issuer",): "Profile",
    ("issuer", "parentOrg"): "Profile",
    ("issuer", "otherIdentifier"): "IdentifierEntry",
    ("credentialSubject",): "AchievementSubject",
    ("credentialSubject", "source"): "Profile",
    ("credentialSubject", "identifier"): "IdentityObject",
    ("credentialSubject", "result"): "Result",
    ("credentialSubject", "achievement"): "Achievement",
    ("credentialSubject", "achievement", "creator"): "Profile",
    ("credentialSubject", "achievement", "resultDescription"): "ResultDescription",
    ("credentialSubject", "achievement", "alignment"): "Alignment",
    ("evidence",): "Evidence",
}


def check_shape(document: Mapping[str, Any]) -> None:
    """Raise Refusal for a document that breaks the data model, naming the field and what is wrong with it."""
    types = types_of(document)
    if "VerifiableCredential" not in types:
        raise Refusal(Reason.NOT_A_CREDENTIAL)
    first = _first_context(document)
    _check_id(document, "id")
    _check_issuer(document)
    _check_subjects(document)
    _check_dates(document, is_first_version=first == CREDENTIALS_1)
    _check_typed(document)
    for field in ("name", "description"):
        _check_texts(document, field)
    _check_related(document)
    if _ACHIEVEMENTS & set(types):
        _check_achievement(document)


def types_of(item: Mapping[str, Any]) -> list[str]:
    """The types of an object, whether it states one or several."""
    return [value for value in as_list(item.get("type")) if isinstance(value, str)]


def as_list(value: Any) -> list[Any]:
    """A value that may stand alone or in an array, as an array; nothing is none.

    An array inside of an array says no more than its values, as linked data reads it.
    """
    if isinstance(value, list):
        return [inner for item in value for inner in as_list(item)]
    return [] if value is None else [value]


def single(value: Any) -> Any:
    """The one value of a field that linked data may write in several ways: alone, in an array, twice, as an object.

    Anything else comes back as it is.
    """
    found = [item.get("@value") if isinstance(item, Mapping) and "@value" in item else item for item in as_list(value)]
    return found[0] if found and all(item == found[0] for item in found) else value


def issuer_of(document: Mapping[str, Any]) -> str:
    """The identifier of the issuer; empty where there is none."""
    issuer = document.get("issuer")
    identifier = issuer.get("id") if isinstance(issuer, Mapping) else issuer
    return identifier if isinstance(identifier, str) else ""


def _refuse(field: str, problem: str) -> Refusal:
    return Refusal(Reason.INVALID_FIELD, field=field, problem=problem)


def _first_context(document: Mapping[str, Any]) -> str:
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not contexts or contexts[0] not in (CREDENTIALS_1, CREDENTIALS_2):
        raise _refuse("@context", f"it must be a list that begins with {CREDENTIALS_2}.")
    if not all(isinstance(item, str | dict) for item in contexts):
        raise _refuse("@context", "it may hold addresses and objects only.")
    return str(contexts[0])


def _check_id(item: Mapping[str, Any], field: str) -> None:
    if "id" in item and (not isinstance(item["id"], str) or not _URL.fullmatch(item["id"])):
        raise _refuse(field, "an identifier must be one whole address (URL).")


def _check_issuer(document: Mapping[str, Any]) -> None:
    issuer = document.get("issuer")
    if isinstance(issuer, Mapping) and "id" in issuer:
        _check_id(issuer, "issuer")
        for field in ("name", "description"):
            _check_texts(issuer, field)
    elif not isinstance(issuer, str) or not _URL.fullmatch(issuer):
        raise _refuse("issuer", "there must be one issuer: its address, or an object with its address as id.")


def _check_subjects(document: Mapping[str, Any]) -> None:
    subjects = as_list(document.get("credentialSubject"))
    if not subjects or not all(isinstance(subject, Mapping) and subject for subject in subjects):
        raise _refuse("credentialSubject", "it must hold at least one object that says something.")
    for subject in subjects:
        _check_id(subject, "credentialSubject.id")


def _check_dates(document: Mapping[str, Any], *, is_first_version: bool) -> None:
    begins, ends = ("issuanceDate", "expirationDate") if is_first_version else ("validFrom", "validUntil")
    if is_first_version and begins not in document:
        raise _refuse(begins, "it is missing.")
    for field in ("issuanceDate", "expirationDate", "validFrom", "validUntil", "awardedDate"):
        if field in document and read_instant(document[field]) is None:
            raise _refuse(field, "it must be an instant such as 2026-01-31T12:00:00Z.")
    start, end = read_instant(document.get(begins)), read_instant(document.get(ends))
    if start is not None and end is not None and end < start:
        raise _refuse(ends, f"it lies before {begins}.")


def _check_typed(document: Mapping[str, Any]) -> None:
    for field, needs_id in _TYPED.items():
        if field in document and not as_list(document[field]):
            raise _refuse(field, "it is empty.")
        for item in as_list(document.get(field)):
            if not isinstance(item, Mapping) or not types_of(item):
                raise _refuse(field, "each entry must be an object with a type.")
            if needs_id and "id" not in item:
                raise _refuse(field, "each entry needs an id.")
            _check_id(item, f"{field}.id")


def _check_texts(item: Mapping[str, Any], field: str) -> None:
    """A text, an object with a text and its language, or several of these (section 11.1)."""
    if field not in item:
        return
    for value in as_list(item[field]):
        if isinstance(value, str):
            continue
        if not isinstance(value, Mapping) or not isinstance(value.get("@value"), str):
            raise _refuse(field, "it must be a text, or an object with @value and @language.")
        if set(value) - {"@value", "@language", "@direction"} or value.get("@direction") not in (None, "ltr", "rtl"):
            raise _refuse(field, "a text with a language has @value, @language and @direction only.")
        if "@language" in value and not isinstance(value["@language"], str):
            raise _refuse(field, "@language must be the code of a language.")


def _check_related(document: Mapping[str, Any]) -> None:
    seen: set[str] = set()
    for item in as_list(document.get("relatedResource")):
        identifier = item.get("id") if isinstance(item, Mapping) else None
        if not isinstance(identifier, str) or not _URL.fullmatch(identifier) or identifier in seen:
            raise _refuse("relatedResource", "each entry needs an address of its own as id.")
        seen.add(identifier)
        digests = [item[name] for name in ("digestSRI", "digestMultibase") if name in item]
        if not digests or not all(isinstance(digest, str) and digest for digest in digests):
            raise _refuse("relatedResource", "each entry needs a digestSRI or a digestMultibase.")
        if not all(has_digest(identifier, digest) for digest in digests):
            raise _refuse("relatedResource", f"the digest is not that of {identifier}.")


def _check_achievement(document: Mapping[str, Any]) -> None:
    for path, kind in _OPEN_BADGE_TYPES.items():
        for item in _at(document, path):
            if isinstance(item, Mapping) and kind not in types_of(item) and _must_have_type(path, item):
                raise _refuse(".".join(path), f"its type must be {kind}.")


def _must_have_type(path: tuple[str, ...], item: Mapping[str, Any]) -> bool:
    """A bare reference by id needs no type; neither does the evidence of others than Open Badges."""
    return path != ("evidence",) and set(item) != {"id"}


def _at(document: Mapping[str, Any], path: tuple[str, ...]) -> list[Any]:
    """All values at a place of nested objects and arrays."""
    values: list[Any] = [document]
    for name in path:
        values = [found for value in values if isinstance(value, Mapping) for found in as_list(value.get(name))]
    return values
