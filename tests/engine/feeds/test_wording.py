"""Words of six languages for the form of a course, its certificate and its price."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.records import CERTIFICATES, MODES
from synchromesh.engine.feeds.wording import is_open_price, parse_certificate, parse_mode, parse_yes_no
from synchromesh.engine.vocabulary.money import parse_price

MODE_WORDS = {
    "online": ["E-Learning", "Live-Online-Training", "Virtual Classroom", "à distance", "a distanza", "MOOC"],
    "on-site": ["Präsenzveranstaltung", "vor Ort", "Présentiel", "Presencial", "in aula", "Prezenčně", "onsite"],
    "blended": ["Blended Learning", "hybrid", "semipresencial", "mixte", "Kombinovaná forma", "Online und Präsenz",
                "présentiel et à distance", "Fernlehrgang mit Präsenzphasen"],
    "self-study": ["Selbststudium", "online self-paced", "autoformation", "asynchronous", "samostudium"],
    "in-company": ["Inhouse", "Firmenschulung", "intra-entreprise", "en empresa", "firemní"],
    "": ["Seminar", "online or on-site", "Présentiel ou à distance", "Präsenz/Online", "full-time", "x" * 200],
}  # fmt: skip
CERTIFICATE_WORDS = {
    "attendance": ["Teilnahmebescheinigung", "Certificate of attendance", "attestation de présence",
                   "osvědčení o účasti", "attestato di frequenza", "certificado de asistencia"],
    "certificate": ["Zertifikat", "IHK-Zertifikat", "certificado", "Osvědčení", "ja", "x"],
    "micro-credential": ["Micro-credential", "microcredencial", "Mikrozertifikat", "micro-certification"],
    "qualification": ["Diplôme", "IHK-Abschluss", "Meisterbrief", "Bachelor", "kvalifikace"],
    "none": ["kein Zertifikat", "none", "sans certificat", "bez certifikátu", "nein"],
    "": ["cake", "", "diploma or attendance"],
}  # fmt: skip


@pytest.mark.parametrize(("mode", "words"), MODE_WORDS.items())
def test_forms_are_read_from_words(mode: str, words: list[str]) -> None:
    assert {text: parse_mode(text) for text in words} == dict.fromkeys(words, mode)


@pytest.mark.parametrize(("certificate", "words"), CERTIFICATE_WORDS.items())
def test_certificates_are_read_from_words(certificate: str, words: list[str]) -> None:
    assert {text: parse_certificate(text) for text in words} == dict.fromkeys(words, certificate)


def test_our_own_words_are_read_as_they_are() -> None:
    assert [parse_mode(mode) for mode in MODES] == list(MODES)
    assert [parse_certificate(certificate) for certificate in CERTIFICATES] == list(CERTIFICATES)


def test_answers_are_read_and_silence_is_none() -> None:
    assert [parse_yes_no(text) for text in ("Ja", "oui", "SÍ", "ano", "1", "x")] == [True] * 6
    assert [parse_yes_no(text) for text in ("nein", "Non", "ne", "0", "-", "false")] == [False] * 6
    assert [parse_yes_no(text) for text in ("", "maybe", "2")] == [None] * 3


@pytest.mark.parametrize(
    "text",
    ["on request", "auf Anfrage", "sur devis", "na vyžádání", "ab 690 €", "240–300 EUR", "690 EUR zzgl. MwSt.",
     "690 HT", "kostenlos (gefördert)", "690 € / Tag", "240 EUR / 300 USD"],
)  # fmt: skip
def test_words_of_a_price_that_is_no_amount_are_known(text: str) -> None:
    assert is_open_price(text)
    with pytest.raises(InvalidInput):
        parse_price(text)


@pytest.mark.parametrize("text", ["cheap", ".", "USD 5", "12 34", "", "690 €"])
def test_a_slip_is_not_taken_for_an_open_price(text: str) -> None:
    assert not is_open_price(text)


@given(st.text(max_size=40))
def test_no_text_makes_the_words_fail(text: str) -> None:
    assert parse_mode(text) in ("", *MODES)
    assert parse_certificate(text) in ("", *CERTIFICATES)
    parse_yes_no(text)
    is_open_price(text)
