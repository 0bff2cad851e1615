"""A printed credential says all that it must, in every alphabet, and carries its signed files as the standards ask."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.engine.credential_formats.printed_records import ACHIEVEMENT, FULL, LEAST

from synchromesh.engine.credential_formats.printed_certificate import Attachment, print_pdf, print_png
from synchromesh.engine.credential_formats.qr import read_qr
from synchromesh.engine.credential_formats.records import CredentialRecord, HolderRecord
from synchromesh.engine.credential_formats.wording import LABELS, Wording
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.engine.vocabulary.printable_text import REPLACEMENT

SIGNED = Attachment(
    name="credential.json",
    data='{"name": "Ασφάλεια"}'.encode(),
    media_type="application/vc+ld+json",
    description="Signed credential",
)
# Every letter of the official languages of the Union that is not one of the 26 of English.
LETTERS = {
    "bg": "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯ абвгдежзийклмнопрстуфхцчшщъьюя",
    "cs": "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ áčďéěíňóřšťúůýž",
    "da": "ÆØÅ æøå",
    "de": "ÄÖÜẞ äöüß",
    "el": "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ ΆΈΉΊΌΎΏΪΫ αβγδεζηθικλμνξοπρσςτυφχψω άέήίόύώϊϋΐΰ",
    "en": "ABC xyz “quoted” – ’",
    "es": "ÁÉÍÑÓÚÜ ¿áéíñóúü? ¡",
    "et": "ÄÕÖŠÜŽ äõöšüž",
    "fi": "ÄÖÅŠŽ äöåšž",
    "fr": "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ àâæçéèêëîïôœùûüÿ «»",
    "ga": "ÁÉÍÓÚ áéíóú",
    "hr": "ČĆĐŠŽ čćđšž",
    "hu": "ÁÉÍÓÖŐÚÜŰ áéíóöőúüű",
    "it": "ÀÈÉÌÍÎÒÓÙÚ àèéìíîòóùú",
    "lt": "ĄČĘĖĮŠŲŪŽ ąčęėįšųūž",
    "lv": "ĀČĒĢĪĶĻŅŠŪŽ āčēģīķļņšūž",
    "mt": "ĊĠĦŻ ċġħż",
    "nl": "ÁÉËÏÓÖÜ áéëïóöü ĳ",
    "pl": "ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż",
    "pt": "ÁÂÃÀÇÉÊÍÓÔÕÚ áâãàçéêíóôõú",
    "ro": "ĂÂÎȘȚ ăâîșț",
    "sk": "ÁÄČĎÉÍĹĽŇÓÔŔŠŤÚÝŽ áäčďéíĺľňóôŕšťúýž",
    "sl": "ČŠŽ čšž",
    "sv": "ÅÄÖ åäö",
}


def printed(record: CredentialRecord, **options: Any) -> PdfReader:
    """Print a credential and open what came out."""
    return PdfReader(BytesIO(print_pdf(record, **options)))


def text_of(reader: PdfReader) -> str:
    """The text of all pages with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def languages_of(reader: PdfReader) -> set[str]:
    """The languages that parts of the structure state for themselves."""
    found: set[str] = set()
    waiting: list[Any] = [reader.root_object["/StructTreeRoot"]]
    while waiting:
        item: Any = waiting.pop().get_object()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            found |= {str(item["/Lang"])} if "/Lang" in item else set()
            waiting.extend([item["/K"]] if "/K" in item else [])
    return found


def with_title(title: str, language: str = "en") -> CredentialRecord:
    """A credential of this title."""
    return replace(FULL, language=language, achievement=replace(ACHIEVEMENT, titles={language: title}))


def test_all_that_a_micro_credential_must_say_stands_on_one_page() -> None:
    reader = printed(FULL)
    assert len(reader.pages) == 1
    text = text_of(reader)
    for element in (
        "Micro-credential", "High-voltage battery safety", "Zoé Müller-Šťastná", "Example Skills Alliance", "Germany",
        "20 November 2026", "20 November 2029", "25 hours", "2 of 3: Practitioner", "4, as stated by the training",
        "ECTS credits 1", "88", "isolate a high-voltage system", "Isolate high-voltage systems", "Judge a battery pack",
        "Practical test under supervision", "at least 70 % in the exam", "Blended: online", "Reviewed each year",
        "Identity card shown", "Record of measurement", FULL.evidence[0].sha256, "battery-technician", FULL.uid,
    ):  # fmt: skip
        assert element in text, element


def test_what_nobody_stated_has_no_heading() -> None:
    text = text_of(printed(LEAST))
    absent = ("outcomes", "skills", "earned", "workload", "level", "eqf", "ects", "result")
    assert [key for key in absent if LABELS[key] in text] == []
    assert "Valid without an end" in text


@pytest.mark.parametrize("place", ["titles", "outcomes", "holder"])
def test_the_alphabets_of_all_official_languages_are_read_back_as_they_were(place: str) -> None:
    assert LETTERS.keys() == OWN_NAMES.keys()
    if place == "outcomes":
        outcomes = tuple({code: letters} for code, letters in LETTERS.items())
        text = text_of(printed(replace(FULL, achievement=replace(ACHIEVEMENT, outcomes=outcomes))))
        assert [code for code, letters in LETTERS.items() if letters not in text] == []
        return
    # Bold and semibold letters come from files of their own.
    for code in ("bg", "el", "lv", "ro"):
        record = with_title(LETTERS[code], code) if place == "titles" else FULL
        record = replace(record, holder=HolderRecord(name=LETTERS[code]))
        assert text_of(printed(record)).replace(" ", "").count(LETTERS[code].replace(" ", "")) >= 1


def test_labels_come_from_the_caller_and_texts_keep_their_own_language() -> None:
    wording = Wording(language="de", labels={"awarded_to": "Verliehen an", "outcomes": "Was die Person kann"})
    reader = printed(replace(FULL, language="de"), wording=wording)
    assert str(reader.root_object["/Lang"]) == "de"
    text = text_of(reader)
    assert "Sicherheit an Hochvoltbatterien" in text
    assert "Verliehen an" in text
    assert "Was die Person kann" in text
    # There is no German text for the criteria, so the English one stands there, marked as English.
    assert "A supervised practical test" in text
    assert "en" in languages_of(reader)
    assert "en" not in languages_of(printed(replace(LEAST, issuer=FULL.issuer)))


def test_the_file_says_and_has_what_pdf_a_3_and_pdf_ua_ask_for() -> None:
    reader = printed(FULL, attachments=[SIGNED])
    root: Any = reader.root_object
    metadata = root["/Metadata"].get_object().get_data().decode()
    for statement in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert statement in metadata
    assert root["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a boolean object of the library
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "High-voltage battery safety"
    page: Any = reader.pages[0]
    fonts = page["/Resources"]["/Font"]
    for name in fonts:
        assert "/ToUnicode" in fonts[name].get_object()
        descriptor = fonts[name]["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & descriptor.keys()


def test_the_signed_file_lies_inside_as_it_was_and_is_tied_to_the_document() -> None:
    reader = printed(FULL, attachments=[SIGNED, replace(SIGNED, name="credential.jwt", data=b"e30.e30.AAAA")])
    assert reader.attachments["credential.json"] == [SIGNED.data]
    assert reader.attachments["credential.jwt"] == [b"e30.e30.AAAA"]
    root: Any = reader.root_object
    associated = [item.get_object() for item in root["/AF"]]
    assert {item["/AFRelationship"] for item in associated} == {"/Source"}
    assert {item["/F"] for item in associated} == {"credential.json", "credential.jwt"}
    assert "attached to this PDF: credential.json, credential.jwt" in text_of(reader)


def test_a_file_that_is_no_text_or_bears_a_name_twice_is_refused() -> None:
    with pytest.raises(InvalidInput, match="UTF-8"):
        print_pdf(FULL, attachments=[replace(SIGNED, data=b"\xff\xfe")])
    with pytest.raises(InvalidInput, match="same name"):
        print_pdf(FULL, attachments=[SIGNED, SIGNED])


def test_the_code_on_the_page_leads_to_the_credential() -> None:
    assert read_qr(print_png(FULL, pixels_per_inch=150)) == (FULL.url,)


def test_the_same_record_gives_the_same_bytes_as_pdf_and_as_picture() -> None:
    assert print_pdf(FULL, attachments=[SIGNED]) == print_pdf(FULL, attachments=[SIGNED])
    assert print_png(FULL) == print_png(FULL)


def test_a_long_address_is_cut_into_lines_without_any_letter_more() -> None:
    address = "https://credentials.example-alliance.example/c/0190a3f2-1111-7000-8000-00000000000a"
    text = printed(replace(FULL, url=address)).pages[0].extract_text()
    assert address.removeprefix("https://") in re.sub(r"\s", "", text)


def test_a_bundle_lists_what_it_is_made_up_of() -> None:
    assert "Made up of Least High-voltage battery safety" in text_of(printed(replace(FULL, parts=(LEAST, FULL))))


def test_what_has_no_glyph_becomes_a_square_and_the_page_says_so() -> None:
    text = text_of(printed(with_title("Safety 漢字")))
    assert f"Safety {REPLACEMENT}" in text
    assert LABELS["replaced"] in text
    assert LABELS["replaced"] not in text_of(printed(FULL))


def test_a_title_of_which_nothing_can_be_printed_leaves_the_kind_as_heading() -> None:
    assert text_of(printed(with_title("\u200b\n"))).startswith("Micro-credential Micro-credential Awarded to")


@settings(max_examples=15)
@given(st.text(min_size=1, max_size=60) | st.just("#panic() $x$ *b* `r` @a <l> \\ [c]") | st.just("W" * 3_000))
def test_no_text_stops_the_printer_or_is_taken_for_markup(text: str) -> None:
    record = replace(with_title(text), holder=HolderRecord(name=text))
    shown = text_of(printed(record))
    if text.startswith("#panic"):
        assert text in shown
