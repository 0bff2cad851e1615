"""Trusted lists (XML): who keeps one, how new it is, and the services in it with their status and certificates.

Source: ETSI TS 119 612 V2.3.1 (5.3 the scheme, 5.4 providers, 5.5 services, 5.6 history of a service). The list's own
signature (XAdES) is not checked here, only whether it bears one: that needs a certificate from the list of lists, and
canonical XML. Whoever loads a list vouches for where it comes from. Dangers of XML: see `trusted_list_xml`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from synchromesh.engine.credential_formats.certificates import key_id_of, load_certificate
from synchromesh.engine.credential_formats.instants import read_instant
from synchromesh.engine.credential_formats.trusted_list_xml import LIST, SIGNATURE, first_text, in_english, read_root
from synchromesh.engine.errors import InvalidInput, Problem

MOST_SERVICES = 20_000
MOST_CERTIFICATES_OF_ONE = 50
_LONGEST_CERTIFICATE = 20_000  # characters of base64
_TYPES = "http://uri.etsi.org/TrstSvc/Svctype/"
CERTIFYING = frozenset({f"{_TYPES}CA/QC", f"{_TYPES}NationalRootCA-QC"})
"""Types of services that must check the names of those who seal: what they issue are qualified certificates."""
_GOOD = frozenset(
    # The last three were the words until 30 June 2016.
    {"granted", "recognisedatnationallevel", "undersupervision", "supervisionincessation", "accredited"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCertificate:
    """A certificate of a service: DER, and the identifier of its key in hexadecimal."""

    der: bytes
    key_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStatus:
    """A status, an address of ETSI, and since when a service has or had it (UTC)."""

    status: str
    since: datetime

    @property
    def is_good(self) -> bool:
        """Whether the service was trusted then."""
        return self.status.rpartition("/")[2].casefold() in _GOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustService:
    """One service. `statuses` are the present one and those before, the newest first."""

    position: str
    provider: str
    provider_url: str
    name: str
    type: str
    statuses: tuple[ServiceStatus, ...]
    certificates: tuple[ListedCertificate, ...]

    @property
    def trusted(self) -> tuple[datetime, datetime | None] | None:
        """From when until when it was trusted last without a break; None where it never was."""
        ended: datetime | None = None
        began: datetime | None = None
        for one in self.statuses:
            if one.is_good:
                began = one.since
            elif began is None:
                ended = one.since
            else:
                break
        return None if began is None else (began, ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedListFile:
    """A whole list. Without `next_update_at` it is closed; `problems` say which services could not be read."""

    operator: str
    name: str
    territory: str
    sequence_number: int
    issued_at: datetime
    next_update_at: datetime | None
    bears_signature: bool
    services: tuple[TrustService, ...]
    problems: tuple[Problem, ...]


def read_trusted_list(data: bytes, *, name: str) -> TrustedListFile:
    """Read a list. Raises InvalidInput where the file is none, or says nothing about who keeps it and from when it is.

    A service that cannot be read is left out with its problem, so that the others still count.
    """
    root = read_root(data, name=name)
    scheme = root.find(f"{LIST}SchemeInformation")
    if root.tag != f"{LIST}TrustServiceStatusList" or scheme is None:
        raise InvalidInput(f"{name} is XML, but no trusted list (ETSI TS 119 612).")
    operator = in_english(scheme.find(f"{LIST}SchemeOperatorName"))
    number = first_text(scheme, "TSLSequenceNumber")
    issued_at = _instant(first_text(scheme, "ListIssueDateTime"))
    if not operator or not number.isdecimal() or len(number) > 9 or issued_at is None:
        raise InvalidInput(f"{name} does not say who keeps the list, its sequence number and its date of issue.")
    read = list(_services(root))
    services = tuple(one for one in read if isinstance(one, TrustService))
    return TrustedListFile(
        operator=operator[:300],
        name=in_english(scheme.find(f"{LIST}SchemeName"))[:500],
        territory=first_text(scheme, "SchemeTerritory")[:10].upper(),
        sequence_number=int(number),
        issued_at=issued_at,
        next_update_at=_instant(first_text(scheme, "NextUpdate", "dateTime")),
        bears_signature=root.find(SIGNATURE) is not None,
        services=services,
        problems=tuple(one for one in read if isinstance(one, Problem)),
    )


def _services(root: Element) -> Iterator[TrustService | Problem]:
    providers = root.findall(f"{LIST}TrustServiceProviderList/{LIST}TrustServiceProvider")
    number = 0
    for provider in providers:
        about = provider.find(f"{LIST}TSPInformation")
        name = in_english(about.find(f"{LIST}TSPName")) if about is not None else ""
        pages = about.find(f"{LIST}TSPInformationURI") if about is not None else None
        for element in provider.iterfind(f"{LIST}TSPServices/{LIST}TSPService"):
            number += 1
            if number > MOST_SERVICES:
                raise InvalidInput(f"The list has more than {MOST_SERVICES:,} services.")
            yield _service(element, f"entry {number}", provider=name, provider_url=in_english(pages))


def _service(element: Element, position: str, *, provider: str, provider_url: str) -> TrustService | Problem:
    about = element.find(f"{LIST}ServiceInformation")
    status = None if about is None else _status(about)
    if about is None or status is None or not provider:
        return Problem(
            position=position, field="ServiceStatus", message="It lacks its provider, its status or since when."
        )
    try:
        certificates = _certificates(about)
    except InvalidInput as error:
        return Problem(position=position, field="X509Certificate", message=error.message)
    earlier = [_status(one) for one in element.iterfind(f"{LIST}ServiceHistory/{LIST}ServiceHistoryInstance")]
    statuses = [status, *(one for one in earlier if one is not None)]
    return TrustService(
        position=position,
        provider=provider[:300],
        provider_url=provider_url[:1000],
        name=in_english(about.find(f"{LIST}ServiceName"))[:300],
        type=first_text(about, "ServiceTypeIdentifier")[:300],
        statuses=tuple(sorted(statuses, key=lambda one: one.since, reverse=True)),
        certificates=certificates,
    )


def _status(about: Element) -> ServiceStatus | None:
    since = _instant(first_text(about, "StatusStartingTime"))
    status = first_text(about, "ServiceStatus").rstrip("/")
    return ServiceStatus(status=status[:300], since=since) if status and since is not None else None


def _certificates(about: Element) -> tuple[ListedCertificate, ...]:
    """All certificates of a service, each once. Raises InvalidInput for one that cannot be read."""
    path = f"{LIST}ServiceDigitalIdentity/{LIST}DigitalId/{LIST}X509Certificate"
    texts = ["".join((element.text or "").split()) for element in about.iterfind(path)]
    if len(texts) > MOST_CERTIFICATES_OF_ONE:
        raise InvalidInput(f"One service may have {MOST_CERTIFICATES_OF_ONE} certificates at most.")
    return tuple(_certificate(text) for text in dict.fromkeys(texts))


def _certificate(text: str) -> ListedCertificate:
    try:
        if len(text) > _LONGEST_CERTIFICATE:
            raise ValueError("too long")
        der = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise InvalidInput("Its certificate is not base64, or too long.") from None
    return ListedCertificate(der=der, key_id=key_id_of(load_certificate(der)))


def _instant(text: str) -> datetime | None:
    found = read_instant(text)
    return None if found is None else found.astimezone(UTC)
