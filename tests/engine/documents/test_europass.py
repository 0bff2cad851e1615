"""Europass CVs of both generations, as XML and JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.documents.samples import CANDIDATE_PROFILE, LEARNER_INFO, PASSPORT_JSON, candidate

from synchromesh.engine.documents import Document, read_document
from synchromesh.engine.errors import InvalidInput


def passages(document: Document) -> list[tuple[str, str, str]]:
    """(kind, place, text) of each block."""
    return [(block.kind, block.place, document.text[block.start : block.end]) for block in document.blocks]


def test_a_candidate_is_read_section_by_section_and_entry_by_entry() -> None:
    document = read_document("cv.xml", candidate(CANDIDATE_PROFILE))
    assert document.format == "europass_xml"
    assert document.problems == ()
    assert passages(document) == [
        ("paragraph", "summary", "Battery technician."),
        ("field", "work experience, entry 1", "Example Cells"),
        ("field", "work experience, entry 1", "Operator"),
        ("field", "work experience, entry 1", "2018-01 – 2020-06-30"),
        ("list_item", "work experience, entry 1", "Ran the stacking line"),
        ("list_item", "work experience, entry 1", "R&D trials"),
        ("field", "work experience, entry 2", "Example Packs"),
        ("field", "work experience, entry 2", "Technician"),
        ("field", "work experience, entry 2", "2020-07 –"),
        ("field", "education, entry 1", "Example School"),
        ("field", "education, entry 1", "Electrician"),
        ("paragraph", "education, entry 1", "High voltage safety"),
        ("field", "languages and qualifications, entry 1", "deu: understanding listening B2"),
        ("field", "skills, entry 1", "Office"),
        ("field", "skills, entry 1", "Spreadsheets"),
    ]


def test_a_skills_passport_is_read_section_by_section_and_entry_by_entry() -> None:
    assert passages(read_document("cv.xml", LEARNER_INFO)) == [
        ("field", "headline", "Shift leader"),
        ("field", "work experience, entry 1", "2002-03-10 – 2004"),
        ("field", "work experience, entry 1", "Electrician"),
        ("paragraph", "work experience, entry 1", "Wired switch cabinets."),
        ("list_item", "work experience, entry 1", "Tested them"),
        ("field", "work experience, entry 1", "Example Works"),
        ("field", "education, entry 1", "Apprenticeship"),
        ("field", "skills, entry 1", "French: Listening C1, Writing B2; DELF"),
        ("list_item", "skills, entry 2", "spreadsheets"),
        ("list_item", "skills, entry 2", "PLC programming"),
        ("field", "skills, entry 3", "Driving licence: B, C"),
    ]


def test_a_skills_passport_as_json_is_read_like_the_xml() -> None:
    document = read_document("cv.json", PASSPORT_JSON)
    assert document.format == "europass_json"
    assert passages(document) == [
        ("field", "work experience, entry 1", "2002-03 –"),
        ("field", "work experience, entry 1", "Electrician"),
        ("paragraph", "work experience, entry 1", "Wired switch cabinets."),
        ("paragraph", "work experience, entry 1", "Tested them."),
        ("field", "work experience, entry 1", "Example Works"),
        ("field", "work experience, entry 2", "Fitter"),
        ("field", "skills, entry 1", "Driving licence: B, C"),
        ("paragraph", "skills, entry 2", "First aid"),
    ]


@pytest.mark.parametrize("data", [candidate(CANDIDATE_PROFILE), LEARNER_INFO, PASSPORT_JSON])
def test_who_the_person_is_and_how_to_reach_anybody_is_not_read(data: bytes) -> None:
    text = read_document("cv", data).text
    for personal in ("Ada", "Surname", "ada@example.org", "Ostrava", "Brno", "Boss"):
        assert personal not in text


def test_only_the_first_of_several_profiles_is_read_and_the_others_are_named() -> None:
    other = '<CandidateProfile languageCode="cs"><Skills><Title>Tabulky</Title></Skills></CandidateProfile>'
    document = read_document("cv.xml", candidate(CANDIDATE_PROFILE, more=other))
    assert "Tabulky" not in document.text
    assert [(problem.position, "(cs)" in problem.message) for problem in document.problems] == [("profile 2", True)]


def test_custom_sections_certificates_and_licences_are_read() -> None:
    profile = """<eures:Licenses><eures:License><hr:LicenseTypeCode>B</hr:LicenseTypeCode></eures:License>
    </eures:Licenses>
    <Certifications><Certification><hr:CertificationName>First aider</hr:CertificationName></Certification>
    </Certifications>
    <Others><Title>Hobbies</Title><Other><Title>Repair café</Title><Description>I mend things.</Description></Other>
    </Others>
    <Skills><PersonCompetency><CompetencyID>http://data.example/skill/1</CompetencyID></PersonCompetency></Skills>"""
    assert read_document("cv.xml", candidate(profile)).text.split("\n") == [
        *("Licence: B", "First aider", "Hobbies", "Repair café", "I mend things.")
    ]


def test_long_texts_without_html_are_read_line_by_line() -> None:
    profile = "<hr:ExecutiveSummary>First thing\n- second thing\n- third &lt; fourth</hr:ExecutiveSummary>"
    document = read_document("cv.xml", candidate(profile))
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        ("paragraph", "First thing"),
        ("list_item", "second thing"),
        ("list_item", "third < fourth"),
    ]


@pytest.mark.parametrize(
    "data",
    [candidate(""), b"<SkillsPassport/>", b'{"SkillsPassport": {"LearnerInfo": {}}}', b'{"SkillsPassport": 3}'],
)
def test_a_europass_cv_that_says_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        read_document("cv", data)


def test_an_entity_bomb_is_refused() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    data = f'<!DOCTYPE SkillsPassport [<!ENTITY a0 "ha">{bomb}]><SkillsPassport>&a9;</SkillsPassport>'.encode()
    with pytest.raises(InvalidInput, match="declares entities"):
        read_document("cv.xml", data)


@pytest.mark.parametrize(
    "data", [b'{"SkillsPassport":' * 5_000, b'{"SkillsPassport":' + b"[" * 400 + b"]" * 400 + b"}"]
)
def test_json_nested_too_deep_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="nested too deep"):
        read_document("cv.json", data)


def test_utf_16_europass_is_read() -> None:
    text = LEARNER_INFO.decode().replace("UTF-8", "UTF-16")
    assert read_document("cv.xml", text.encode("utf-16")).text == read_document("cv.xml", LEARNER_INFO).text


KEYS = (
    "WorkExperience",
    "Skills",
    "Period",
    "From",
    "Year",
    "Activities",
    "Label",
    "Linguistic",
    "ForeignLanguage",
    "x",
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(value=JSON)
def test_any_json_below_the_root_is_read_or_refused(value: object) -> None:
    data = json.dumps({"SkillsPassport": {"LearnerInfo": value}}).encode()
    try:
        document = read_document("cv.json", data)
    except InvalidInput:
        return
    assert document.text
