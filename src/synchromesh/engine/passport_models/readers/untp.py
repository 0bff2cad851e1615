"""The digital product passport of the UN Transparency Protocol, a verifiable credential in JSON-LD (0.3 to 0.7).

Source: https://github.com/uncefact/spec-untp. It is made for all products: what is special to batteries has no place in
it, so that little is carried. Its structure is read as JSON; signatures are for the checks of credentials.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import Passport
from synchromesh.engine.passport_models.readers import ReadPassport, kind_of
from synchromesh.engine.passport_models.translation.carrying import carry
from synchromesh.engine.passport_models.translation.table import table

NAME = "UNTP DigitalProductPassport"
TITLE = "UNTP digital product passport (JSON-LD)"
_TYPE = "DigitalProductPassport"
_CONTEXTS = ("uncefact.org/vocabulary/untp/dpp/", "uncefact.org/untp/")  # to 0.6, and from 0.7
_MAKERS = ("manufacturer", "producer")
_ABOUT = (
    "id",
    "validFrom",
    "validUntil",
    "credentialSchema",
    "credentialStatus",
    "proof",
    "renderMethod",
)


def _texts(value: object) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, str)]


def accepts(data: object) -> bool:
    """Whether it is a credential of this type with a product inside."""
    if not isinstance(data, Mapping) or not isinstance(data.get("credentialSubject"), Mapping):
        return False
    types = _texts(data.get("type"))
    return _TYPE in types or (not types and _version(data) != "")


def _version(document: Mapping[str, Any]) -> str:
    """What its context says after the name of the protocol; "" for another context."""
    for address in _texts(document.get("@context")):
        for known in _CONTEXTS:
            if known in address:
                return address.partition(known)[2].strip("/").removesuffix("/context")[:40]
    return ""


def read(data: object, *, kind: BatteryKind | None) -> ReadPassport:
    """Read what the product and its passport state."""
    document = data if isinstance(data, Mapping) else {}
    rules = table("untp")
    carried = carry(_flattened(document), rules)
    known, problems = kind_of(None, known=kind, place="credentialSubject")
    return ReadPassport(
        model=f"{NAME} {_version(document)}".strip(),
        passport=Passport(kind=known, values=carried.values),
        losses=carried.lost,
        problems=problems,
        covers=rules.fields,
    )


def _flattened(document: Mapping[str, Any]) -> dict[str, Any]:
    """The subject at the root, as the table has it; data about the credential apart."""
    subject = dict(document["credentialSubject"])
    if isinstance(subject.get("product"), Mapping):
        subject.pop("id", None)
    subject |= _maker(subject)
    about = {key: document[key] for key in _ABOUT if key in document}
    rest = {
        key: value
        for key, value in document.items()
        if key not in about and key not in ("@context", "type", "credentialSubject")
    }
    return {**rest, **subject, "credential": about}


def _maker(subject: Mapping[str, Any]) -> dict[str, Any]:
    """The maker among the parties of version 0.7, where earlier versions have it; the other parties stay."""
    stated = subject.get("relatedParty")
    parties = stated if isinstance(stated, list) else []
    for place, entry in enumerate(parties):
        if isinstance(entry, Mapping) and entry.get("role") in _MAKERS and "producedByParty" not in subject:
            others = [*parties[:place], *parties[place + 1 :]]
            return {"producedByParty": entry.get("party"), "relatedParty": others}
    return {}
