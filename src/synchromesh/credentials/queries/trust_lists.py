"""Read a trust list: a table of issuers that somebody vouches for. Good rows, and what is wrong with the others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import BinaryIO

from synchromesh.engine.credential_formats.trusted_list_xml import MOST_BYTES
from synchromesh.engine.credential_formats.trusted_lists import (
    CERTIFYING,
    ListedCertificate,
    TrustedListFile,
    TrustService,
    read_trusted_list,
)
from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.tables.cells import CellReader, is_web_address
from synchromesh.engine.tables.limits import MEBIBYTE, Limits
from synchromesh.engine.tables.model import Row
from synchromesh.engine.tables.reading import is_workbook, open_table

_LIMITS = Limits(bytes=20 * MEBIBYTE, rows=20_000, columns=50, cells=500_000, unpacked_bytes=100 * MEBIBYTE)
_NEEDED = ("name", "identifiers", "known_since")
_DID = re.compile(r"did:[a-z0-9]+:[A-Za-z0-9._:%-]+")
_FINGERPRINT = re.compile(r"(?:sha-?256:)?([0-9a-f]{64})", re.IGNORECASE)
_ISO_CODES = {"EL": "GR", "UK": "GB"}  # where lists of the Union write otherwise
LONGEST_NAME = 300
LONGEST_IDENTIFIER = 500
MOST_IDENTIFIERS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedIssuer:
    """One good row: an issuer, under which identifiers it appears, by whom accredited, since and until when."""

    position: str
    name: str
    identifiers: tuple[str, ...]
    known_since: date
    known_until: date | None
    accredited_by: str
    url: str
    country: str
    source_url: str
    service: str = ""
    service_type: str = ""
    service_status: str = ""
    certificates: Mapping[str, ListedCertificate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustList:
    """A whole file: good rows and problems; `about` is what a trusted list in XML says of itself."""

    format: str
    issuers: tuple[ListedIssuer, ...]
    problems: tuple[Problem, ...]
    about: TrustedListFile | None = None


def read_trust_list(file: BinaryIO, *, name: str) -> TrustList:
    """Read CSV or XLSX with the columns name, identifiers and known_since, or a trusted list in XML.

    known_until, accredited_by, url, country and source_url are read where they are there. Several identifiers of one
    issuer stand in one cell with semicolons between them. Raises InvalidInput where the file is no such table or list.
    """
    if _is_xml(file):
        file.seek(0)
        return _trusted_list(read_trusted_list(file.read(MOST_BYTES + 1), name=name))
    table = open_table(file, name=name, limits=_LIMITS)
    for column in _NEEDED:
        if column not in table.columns:
            raise InvalidInput(f"{name} has no column '{column}'. A trust list has {', '.join(_NEEDED)}.", field=column)
    issuers: list[ListedIssuer] = []
    problems: list[Problem] = []
    first: dict[str, str] = {}
    for entry in table.rows:
        if not isinstance(entry, Row):
            problems.append(entry)
            continue
        cells = CellReader(entry, position=f"row {entry.position}")
        found = _read(cells, first)
        if found is None or cells.problems:
            problems += cells.problems
        else:
            issuers.append(found)
    kind = "xlsx" if is_workbook(file) else "csv"
    return TrustList(format=kind, issuers=tuple(issuers), problems=tuple(problems))


def _read(cells: CellReader, first: dict[str, str]) -> ListedIssuer | None:
    """One row; `first` says in which row each identifier stood before."""
    identifiers = tuple(dict.fromkeys(_identifiers(cells)))
    for identifier in identifiers:
        if identifier in first:
            cells.report("identifiers", f"{identifier} stands in {first[identifier]} already. Keep it once.")
        first.setdefault(identifier, cells.position)
    since, until = cells.date("known_since"), cells.date("known_until")
    if since is None and not cells.text("known_since"):
        cells.required("known_since")
    if since is not None and until is not None and until < since:
        cells.report("known_until", "The last day lies before the first.")
    name = " ".join(cells.required("name").split())
    if len(name) > LONGEST_NAME:
        cells.report("name", f"It may have {LONGEST_NAME} letters at most.")
    listed = (cells.web_address("url"), cells.web_address("source_url"), cells.country("country"))
    if since is None or cells.problems:
        return None
    return ListedIssuer(
        position=cells.position,
        name=name,
        identifiers=identifiers,
        known_since=since,
        known_until=until,
        accredited_by=" ".join(cells.text("accredited_by").split())[:LONGEST_NAME],
        url=listed[0],
        source_url=listed[1],
        country=listed[2],
    )


def _identifiers(cells: CellReader) -> list[str]:
    found = cells.items("identifiers")
    if not found:
        cells.required("identifiers")
    if len(found) > MOST_IDENTIFIERS:
        cells.report("identifiers", f"One issuer may have {MOST_IDENTIFIERS} identifiers at most.")
    read: list[str] = []
    for text in found[:MOST_IDENTIFIERS]:
        try:
            read.append(read_identifier(text))
        except InvalidInput as error:
            cells.report("identifiers", error.message)
    return read


def read_identifier(text: str) -> str:
    """An identifier as checks ask for it: a DID, an https address, or `sha256:` and a certificate's fingerprint.

    Raises InvalidInput for anything else.
    """
    stripped = text.strip()
    fingerprint = _FINGERPRINT.fullmatch(stripped.replace(":", "") if stripped.count(":") == 31 else stripped)
    if fingerprint is not None:
        return f"sha256:{fingerprint[1].lower()}"
    is_known = _DID.fullmatch(stripped) or (stripped.startswith("https://") and is_web_address(stripped))
    if is_known and len(stripped) <= LONGEST_IDENTIFIER:
        return stripped
    raise InvalidInput(
        f"'{stripped[:60]}' is no identifier of an issuer. Give a DID such as did:web:example.org, an https address, "
        "or the SHA-256 fingerprint of a certificate.",
        field="identifiers",
    )


def _is_xml(file: BinaryIO) -> bool:
    start = file.read(200)
    file.seek(0)
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _trusted_list(about: TrustedListFile) -> TrustList:
    """The services of a list that certify names, as rows."""
    seen: dict[str, str] = {}
    read = [_service(one, about, seen) for one in about.services if one.type in CERTIFYING]
    return TrustList(
        format="ts119612",
        issuers=tuple(one for one in read if isinstance(one, ListedIssuer)),
        problems=(*_remarks(about), *about.problems, *(one for one in read if isinstance(one, Problem))),
        about=about,
    )


def _remarks(about: TrustedListFile) -> Iterator[Problem]:
    """What whoever loads the list should know of it as a whole."""
    signed = "bears a signature, which" if about.bears_signature else "bears no signature, so that its origin"
    message = f"The list {signed} was not checked here. Make sure that the file comes from its keeper's own address."
    yield Problem(position="list", field="Signature", message=message)
    others = sum(1 for one in about.services if one.type not in CERTIFYING)
    if others:
        message = f"{others} services of other kinds stay out: only those that issue qualified certificates are read."
        yield Problem(position="list", field="ServiceTypeIdentifier", message=message)


def _service(one: TrustService, about: TrustedListFile, seen: dict[str, str]) -> ListedIssuer | Problem:
    """A service as a row; `seen` says in which entry each certificate stood before."""
    found = {f"sha256:{hashlib.sha256(held.der).hexdigest()}": held for held in one.certificates}
    fresh = {value: held for value, held in found.items() if value not in seen}
    if not fresh:
        before = next((seen[value] for value in found), "")
        message = f"Its certificate stands in {before} already." if before else "It names no certificate."
        return Problem(position=one.position, field="X509Certificate", message=message)
    if one.trusted is None:
        return Problem(position=one.position, field="ServiceStatus", message="It never had a status that is trusted.")
    seen |= dict.fromkeys(fresh, one.position)
    began, ended = one.trusted
    since = began.date()
    return ListedIssuer(
        position=one.position,
        name=one.provider,
        identifiers=tuple(fresh),
        known_since=since,
        # Until the day before it lost its status.
        known_until=None if ended is None else max(since, (ended - timedelta(seconds=1)).date()),
        accredited_by=about.operator,
        url=one.provider_url if is_web_address(one.provider_url) else "",
        country=_ISO_CODES.get(about.territory, about.territory)[:2],
        source_url="",
        service=one.name,
        service_type=one.type,
        service_status=one.statuses[0].status,
        certificates=fresh,
    )
