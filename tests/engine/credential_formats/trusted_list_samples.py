"""Trusted lists made up for one run of the tests, with an authority on them and a seal that it certified."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from tests.engine.credential_formats.seal_keys import PASSWORD, SINCE, UNTIL, name_of

from synchromesh.engine.credential_formats.certificates import SealKey, read_seal_key

TYPE = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
TIME_STAMPS = "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST"
STATUS = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/"
KEEPER = "Example Supervisory Body"
PROVIDER = "Example Trust GmbH"
ISSUED, RENEWED_BY = "2026-10-01T00:00:00Z", "2027-03-01T00:00:00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A service of a list: `before` are earlier statuses and since when, the newest first."""

    certificates: Sequence[str] = ()
    type: str = TYPE
    status: str = "granted"
    since: str = "2020-05-05T00:00:00Z"
    before: Sequence[tuple[str, str]] = ()
    name: str = "Qualified seals"
    provider: str = PROVIDER


def written_list(
    entries: Sequence[Entry],
    *,
    number: int = 12,
    renewed_by: str = RENEWED_BY,
    operator: str = KEEPER,
    before: str = "",
    signature: str = "",
) -> bytes:
    """The XML of a list with one provider for each entry; `before` stands before its root."""
    renewal = f"<NextUpdate><dateTime>{renewed_by}</dateTime></NextUpdate>" if renewed_by else "<NextUpdate/>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>{before}
<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" TSLTag="http://uri.etsi.org/19612/TSLTag">
<SchemeInformation><TSLVersionIdentifier>6</TSLVersionIdentifier><TSLSequenceNumber>{number}</TSLSequenceNumber>
<SchemeOperatorName><Name xml:lang="de">Aufsicht</Name><Name xml:lang="en">{operator}</Name></SchemeOperatorName>
<SchemeName><Name xml:lang="en">XX: Example list</Name></SchemeName><SchemeTerritory>EL</SchemeTerritory>
<ListIssueDateTime>{ISSUED}</ListIssueDateTime>{renewal}</SchemeInformation>
<TrustServiceProviderList>{"".join(map(_provider, entries))}</TrustServiceProviderList>{signature}
</TrustServiceStatusList>""".encode()


def _provider(entry: Entry) -> str:
    identities = "".join(
        f"<DigitalId><X509Certificate>{text}</X509Certificate></DigitalId>" for text in entry.certificates
    )
    earlier = "".join(
        f"<ServiceHistoryInstance>{_status(status, since)}</ServiceHistoryInstance>" for status, since in entry.before
    )
    return f"""<TrustServiceProvider><TSPInformation>
<TSPName><Name xml:lang="en">{escape(entry.provider)}</Name></TSPName>
<TSPInformationURI><URI xml:lang="en">https://trust.example/</URI></TSPInformationURI></TSPInformation>
<TSPServices><TSPService><ServiceInformation><ServiceTypeIdentifier>{entry.type}</ServiceTypeIdentifier>
<ServiceName><Name xml:lang="en">{entry.name}</Name></ServiceName>
<ServiceDigitalIdentity>{identities}</ServiceDigitalIdentity>{_status(entry.status, entry.since)}</ServiceInformation>
<ServiceHistory>{earlier}</ServiceHistory></TSPService></TSPServices></TrustServiceProvider>"""


def _status(status: str, since: str) -> str:
    return f"<ServiceStatus>{STATUS}{status}</ServiceStatus><StatusStartingTime>{since}</StatusStartingTime>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """One that certifies others, and its own certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def text(self) -> str:
        """Its certificate as a list writes it."""
        return base64.b64encode(self.der).decode("ascii")

    def certify(self, key: ec.EllipticCurvePrivateKey, name: str, *, may_certify: bool = False) -> x509.Certificate:
        """A certificate that names the key of this authority."""
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        built = _built(key, name, issuer=self.certificate.subject, may_certify=may_certify)
        return built.add_extension(identifier, critical=False).sign(self.key, hashes.SHA256())


@cache
def authority(name: str = "Example Qualified Authority") -> Authority:
    """The authority of this name, the same one each time."""
    key = ec.generate_private_key(ec.SECP256R1())
    built = _built(key, name, issuer=name_of(CN=name), may_certify=True)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return Authority(key=key, certificate=built.add_extension(identifier, critical=False).sign(key, hashes.SHA256()))


def seal_of(above: Authority) -> SealKey:
    """A seal that the authority certified, whose files leave the authority's certificate out."""
    key = ec.generate_private_key(ec.SECP256R1())
    own = above.certify(key, "Example Seal")
    packed = pkcs12.serialize_key_and_certificates(b"seal", key, own, None, BestAvailableEncryption(PASSWORD.encode()))
    return read_seal_key(packed, password=PASSWORD)


def _built(
    key: ec.EllipticCurvePrivateKey, name: str, *, issuer: x509.Name, may_certify: bool
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name_of(CN=name))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(SINCE)
        .not_valid_after(UNTIL)
        .add_extension(x509.BasicConstraints(ca=may_certify, path_length=None), critical=True)
    )


def on(year: int, month: int, day: int) -> datetime:
    """The beginning of a day in UTC."""
    return datetime(year, month, day, tzinfo=UTC)
