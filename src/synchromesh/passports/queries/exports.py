"""A passport as a file, cut to what the visitor may see and marked as practice inside."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.conf import settings

from synchromesh.engine.credential_formats.qr import qr_svg
from synchromesh.engine.errors import NotFound
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.engine.passport_models.writing import as_json, as_json_ld
from synchromesh.engine.passport_models.writing_aas import as_aas
from synchromesh.passports.models import Passport
from synchromesh.passports.queries.contents import newest_content
from synchromesh.passports.queries.sight import Sight, get_seen
from synchromesh.passports.queries.signatures import offline_file, signed_file
from synchromesh.passports.queries.views import address_of
from synchromesh.plumbing.audit import Actor

WORDS_OF_FIELDS = "passports/fields"
"""The path below which the site explains its fields; JSON-LD names them by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """A format of files; `title` is for people. One that `is_signed` exists where somebody signed the passport."""

    name: str
    title: str
    media_type: str
    ending: str
    write: Callable[[Passport, Sight], bytes]
    is_signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """A file as it leaves the server."""

    name: str
    media_type: str
    data: bytes


def get_export(uid: UUID, format_name: str, *, visible_to: Actor, secret: str = "") -> ExportedFile:
    """The newest version as a file. Raises NotFound, also for an unknown format."""
    chosen = FORMATS.get(format_name)
    if chosen is None:
        raise NotFound(f"A passport is not written as '{format_name[:40]}'. Use one of {', '.join(FORMATS)}.")
    passport, sight = get_seen(uid, visible_to=visible_to, secret=secret)
    return ExportedFile(
        name=f"practice-passport-{str(passport.uid)[:8]}-{sight.word}.{chosen.ending}",
        media_type=chosen.media_type,
        data=chosen.write(passport, sight),
    )


def get_qr_svg(uid: UUID, *, visible_to: Actor, secret: str = "", title: str = "") -> bytes:
    """The QR code of the Digital Link address. Raises NotFound, also for a passport without identifiers."""
    passport, _ = get_seen(uid, visible_to=visible_to, secret=secret)
    address = address_of(passport)
    if not address:
        raise NotFound("The passport has no product and serial number yet, so there is no address for a code.")
    return qr_svg(address, title=title).encode()


def json_ld_document(content: Content) -> dict[str, object]:
    """The content as JSON-LD with the addresses of this site."""
    return as_json_ld(content, base=f"{settings.SITE_ADDRESS}/{WORDS_OF_FIELDS}")


def _json(passport: Passport, sight: Sight) -> bytes:
    return as_json(sight.redact(newest_content(passport))).encode()


def _json_ld(passport: Passport, sight: Sight) -> bytes:
    return _written(json_ld_document(sight.redact(newest_content(passport))))


def _aas(passport: Passport, sight: Sight) -> bytes:
    return _written(
        as_aas(sight.redact(newest_content(passport)), base=f"{settings.SITE_ADDRESS}/passports/{passport.uid}")
    )


def _written(document: Mapping[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


FORMATS: Mapping[str, ExportFormat] = MappingProxyType(
    {
        one.name: one
        for one in (
            ExportFormat(name="json", title="JSON", media_type="application/json", ending="json", write=_json),
            ExportFormat(
                name="json-ld", title="JSON-LD", media_type="application/ld+json", ending="jsonld", write=_json_ld
            ),
            ExportFormat(
                name="aas",
                title="Asset Administration Shell (JSON)",
                media_type="application/json",
                ending="aas.json",
                write=_aas,
            ),
            ExportFormat(
                name="signed",
                title="Signed (VC-JWT)",
                media_type="application/vc+jwt",
                ending="jwt",
                write=signed_file,
                is_signed=True,
            ),
            ExportFormat(
                name="signed-offline",
                title="Signed, with what a check without network needs",
                media_type="application/json",
                ending="offline.json",
                write=offline_file,
                is_signed=True,
            ),
        )
    }
)
