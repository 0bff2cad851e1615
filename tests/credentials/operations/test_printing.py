"""The PDF in the reader's language, with the same signed file inside."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.credentials.records import a_credential

from synchromesh.credentials.models import CredentialEnvelope
from synchromesh.credentials.operations.checking import verify_credential
from synchromesh.credentials.operations.envelopes import take_envelope
from synchromesh.credentials.operations.printed_words import TRANSLATED, wording_of
from synchromesh.credentials.operations.printing import take_pdf
from synchromesh.engine.credential_formats.wording import LABELS

pytestmark = pytest.mark.django_db


def test_every_label_is_there_for_translators() -> None:
    assert set(LABELS.values()) == TRANSLATED


def test_words_and_texts_are_in_the_readers_language() -> None:
    credential = a_credential()
    wording = wording_of(credential, "de")
    assert wording.language == "de"
    assert wording.day(credential.issued_at.date()).startswith(f"{credential.issued_at.day}. ")
    assert wording.country("CZ") == "Czechia"
    assert wording.hours(45) == "45 Minuten"
    page = PdfReader(BytesIO(bytes(take_pdf(credential, "de").data))).pages[0].extract_text()
    assert "Fahrzeug freischalten" in page


def test_one_pdf_for_each_language_and_the_same_bytes_ever_after() -> None:
    credential = a_credential()
    english, german = take_pdf(credential, "en"), take_pdf(credential, "de")
    assert bytes(english.data) != bytes(german.data)
    assert take_pdf(credential, "en").pk == english.pk
    assert CredentialEnvelope.objects.filter(format="pdf").count() == 2


def test_inside_lies_the_file_that_the_holder_has_too() -> None:
    credential = a_credential()
    pdf = PdfReader(BytesIO(bytes(take_pdf(credential, "de").data)))
    assert pdf.attachments["credential.json"] == [bytes(take_envelope(credential, "open_badge").data)]
    checked = verify_credential(bytes(take_pdf(credential, "de").data))
    assert (checked.signature.word, checked.status.word, checked.issuer.word) == ("good", "valid", "known")
