"""The configured certificate: whose files it seals, and what happens where it cannot be opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from pytest_django.fixtures import Settings
from tests.credentials.records import a_credential
from tests.engine.credential_formats.seal_keys import PASSWORD, pack

from synchromesh.credentials.models import Credential, CredentialEnvelope
from synchromesh.credentials.operations.checking import verify_credential
from synchromesh.credentials.operations.envelopes import take_envelope
from synchromesh.credentials.operations.printing import take_pdf
from synchromesh.credentials.operations.seals import find_seal_key
from synchromesh.engine.errors import Conflict

pytestmark = pytest.mark.django_db
EUROPEAN = "european_learning_model"


@pytest.fixture
def sealed(settings: Settings, tmp_path: Path) -> Credential:
    """A credential of an issuer whose certificate is configured."""
    credential = a_credential()
    file = tmp_path / "seal.p12"
    file.write_bytes(pack(rsa.generate_private_key(public_exponent=65_537, key_size=2_048)))
    settings.SEAL_FILE, settings.SEAL_PASSWORD = str(file), PASSWORD
    settings.SEAL_ISSUER = credential.version.achievement.issuer.organisation.slug
    return credential


def test_european_credentials_name_the_configured_certificate(sealed: Credential) -> None:
    checked = verify_credential(bytes(take_envelope(sealed, EUROPEAN).data))
    assert checked.signature.word == "good"
    assert "Example Skills Alliance" in str(dict(checked.signature.details))


def test_the_pages_of_a_pdf_are_signed(sealed: Credential) -> None:
    pytest.importorskip("pyhanko")
    checked = verify_credential(bytes(take_pdf(sealed, "en").data))
    assert (checked.signature.word, checked.signature.reason) == ("good", "pages_signed")


def test_another_issuers_files_are_not_sealed_with_it(sealed: Credential, settings: Settings) -> None:
    settings.SEAL_ISSUER = "somebody-else"
    assert find_seal_key(sealed.version.achievement.issuer) is None
    checked = verify_credential(bytes(take_envelope(sealed, EUROPEAN).data))
    assert "Example Skills Alliance" not in str(dict(checked.signature.details))


@pytest.mark.parametrize("damage", ["missing", "password", "content"])
def test_a_certificate_that_cannot_be_opened_stops_the_file_and_says_why(
    sealed: Credential, settings: Settings, damage: str
) -> None:
    if damage == "missing":
        settings.SEAL_FILE += ".old"
    elif damage == "password":
        settings.SEAL_PASSWORD = "wrong"
    else:
        Path(settings.SEAL_FILE).write_bytes(b"no certificate")
    with pytest.raises(Conflict, match="SYNCHROMESH_SEAL_FILE"):
        take_envelope(sealed, EUROPEAN)
    with pytest.raises(Conflict, match="SYNCHROMESH_SEAL_FILE"):
        take_pdf(sealed, "en")
    assert not CredentialEnvelope.objects.filter(format__in=(EUROPEAN, "pdf")).exists()
    assert take_envelope(sealed, "open_badge").data
