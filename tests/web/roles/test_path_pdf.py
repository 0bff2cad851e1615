"""The printed gap and path, read back with pypdf."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject
from tests.web.roles.sample_paths import SampleSkill, a_path, a_run, a_usual_path, english

from synchromesh.pathways.queries.paths import TrainingPath, Wishes
from synchromesh.web.roles.path_pdf import render_path_pdf

ADDRESS = "https://skills.example.org/en/roles/ev-battery-technician/path/?hour=25"
HEADLINE = "You meet 4 of 12 skills. Six courses close most of the rest."
TODAY = date(2026, 11, 22)
ONE_SKILL = [SampleSkill(title="Read a log", have=1, need=2)]


def read(path: TrainingPath, *, address: str = ADDRESS) -> PdfReader:
    """Print a path and open the file."""
    return PdfReader(io.BytesIO(render_path_pdf(path, headline=HEADLINE, address=address, today=TODAY)))


def text_of(path: TrainingPath, *, address: str = ADDRESS) -> str:
    """All words of the printed path, without line breaks and soft hyphens."""
    pages = read(path, address=address).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00ad", "").split())


def entry(value: PdfObject, *names: str) -> object:
    """Follow names into nested dictionaries of a PDF."""
    found = value.get_object()
    for name in names:
        assert isinstance(found, DictionaryObject)
        found = found[name].get_object()
    return found


def tags_of(reader: PdfReader) -> list[DictionaryObject]:
    """Every element of the structure tree, in reading order."""
    found: list[DictionaryObject] = []

    def walk(node: PdfObject | None) -> None:
        node = node.get_object() if node is not None else None
        if isinstance(node, ArrayObject):
            for inner in node:
                walk(inner)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(node)
            walk(node.get("/K"))

    walk(reader.root_object["/StructTreeRoot"])
    return found


def test_a_usual_path_fills_two_pages_of_a4() -> None:
    pages = read(a_usual_path()).pages
    assert len(pages) == 2
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(595, 842)}


def test_a_short_path_fits_on_one_page() -> None:
    assert len(read(a_path(ONE_SKILL, [english("Logs", (0, 1, 2))])).pages) == 1


def test_thirty_skills_and_thirty_courses_lose_nothing() -> None:
    skills = [SampleSkill(title=f"Skill number {n}", have=None, need=1) for n in range(30)]
    path = a_path(skills, [english(f"Course about {n} of them", (n, 0, 1)) for n in range(30)])
    text = text_of(path)
    assert all(f"Skill number {n} " in text and f"Course about {n} of them" in text for n in range(30))
    assert "30 courses in all" in text


def test_titles_keep_their_czech_greek_and_bulgarian_letters() -> None:
    text = text_of(a_usual_path())
    assert "Měření izolačního odporu: příručka pro začátečníky" in text
    assert "Διαχείριση μπαταριών και διάγνωση βλαβών" in text
    assert "Втори живот на батериите и паспорт на батерията" in text
    assert "Αθήνα, Greece" in text


def test_the_file_is_tagged_and_has_title_author_language_and_date() -> None:
    reader = read(a_usual_path())
    assert reader.metadata is not None
    assert reader.metadata.title == "Training path: EV battery technician"
    assert reader.metadata.author == "Automotive Skills Alliance"
    assert reader.metadata.creation_date_raw == "D:20261122000000Z"
    root = reader.root_object
    assert entry(root, "/Lang") == "en"
    assert entry(root, "/MarkInfo", "/Marked")
    assert entry(root, "/ViewerPreferences", "/DisplayDocTitle")
    metadata = entry(root, "/Metadata")
    assert isinstance(metadata, StreamObject)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata.get_data()


def test_headings_and_table_headers_are_tagged_as_such() -> None:
    kinds = [str(tag["/S"]) for tag in tags_of(read(a_usual_path()))]
    assert (kinds.count("/H1"), kinds.count("/H2"), kinds.count("/H3")) == (1, 3, 6)
    assert (kinds.count("/TH"), kinds.count("/TR")) == (3, 13)
    assert "/Figure" not in kinds  # the boxes are drawn beside words that say the same


def test_a_title_in_another_language_says_so_to_a_screen_reader() -> None:
    languages = {tag.get("/Lang") for tag in tags_of(read(a_usual_path()))}
    assert {"cs", "el", "bg", "de"} <= languages


def test_the_page_speaks_the_language_of_the_reader() -> None:
    with translation.override("de"):
        reader = read(a_usual_path())
    assert entry(reader.root_object, "/Lang") == "de"
    assert "22. November 2026" in reader.pages[0].extract_text()


def test_the_page_shows_headline_alliance_address_date_and_page_numbers() -> None:
    text = text_of(a_usual_path())
    for words in (HEADLINE, "Automotive Skills Alliance", ADDRESS, "22 November 2026", "Page 1 of 2", "Page 2 of 2"):
        assert words in text


def test_each_skill_says_what_the_person_has_what_the_job_needs_and_what_closes_it() -> None:
    skills = [
        SampleSkill(title="Proved", have=2, need=2, is_proof=True),
        SampleSkill(title="Open", have=1, need=2),
        SampleSkill(title="Partly", have=None, need=3),
        SampleSkill(title="Never", have=0, need=1),
    ]
    text = text_of(a_path(skills, [english("Both", (1, 1, 2), (2, None, 1))]))
    assert "Proved You: On my own (proved) · The job: On my own ✔ Met" in text
    assert "Open You: With help · The job: On my own Course 1 " in text
    assert "Partly You: not answered · The job: I can teach it Course 1, in part " in text
    assert "Never You: Not yet · The job: With help No course yet " in text
    assert "Partly: On my own, I can teach it" in text
    assert "Never: With help" in text
    assert "Closes: Open (With help → On my own); Partly (Not yet → With help, starting level assumed)" in text


def test_a_step_says_provider_price_hours_languages_date_place_and_deadline() -> None:
    run = a_run(date(2027, 5, 12), date(2027, 5, 14), deadline_on=date(2027, 4, 30))
    text = text_of(a_path(ONE_SKILL, [english("Logs", (0, 1, 2), run=run, languages=["en", "cs"])]))
    assert "Logs North Works" in text
    assert "English, Čeština · 12 May 2027 to 14 May 2027 · Graz, Austria · register by 30 April 2027" in text
    assert "EUR 240 8 hours" in text


def test_what_a_source_does_not_state_is_said_plainly() -> None:
    unknown = english("Logs", (0, 1, 2), price_cents=None, currency="", minutes=None, languages=[])
    text = text_of(a_path(ONE_SKILL, [unknown]))
    assert "language not stated · start at any time" in text
    assert text.count("price not stated") == 2  # of the course, and of the sum
    assert "at least" not in text


def test_a_run_with_dates_in_words_shows_the_words() -> None:
    text = text_of(a_path(ONE_SKILL, [english("Logs", (0, 1, 2), run=a_run(None, dates_text="Autumn 2027"))]))
    assert "English · Autumn 2027 · Graz, Austria" in text


@pytest.mark.parametrize(
    ("second", "price", "time"),
    [
        ({}, "EUR 480", "16 hours"),
        ({"minutes": None}, "EUR 480", "at least 8 hours"),
        ({"price_cents": None, "currency": ""}, "at least EUR 240", "16 hours"),
        ({"price_cents": 90_000, "currency": "CZK"}, "at least EUR 240", "16 hours"),
    ],
)
def test_totals_say_at_least_only_where_something_is_unknown(second: dict[str, Any], price: str, time: str) -> None:
    skills = [*ONE_SKILL, SampleSkill(title="Measure", have=0, need=1)]
    text = text_of(a_path(skills, [english("Logs", (0, 1, 2)), english("Volts", (1, 0, 1), **second)]))
    assert f"2 courses in all {price} {time} Calculated exactly" in text


def test_the_page_says_that_the_path_is_proved_and_what_an_hour_counts() -> None:
    path = a_path(ONE_SKILL, [english("Logs", (0, 1, 2))], wishes=Wishes(hour_value_cents=2500))
    assert "no path costs less. An hour of your time counts as EUR 25." in text_of(path)


def test_time_without_value_is_said_in_words() -> None:
    path = a_path(ONE_SKILL, [english("Logs", (0, 1, 2))], wishes=Wishes(hour_value_cents=0))
    assert "Your time does not count in this." in text_of(path)


def test_a_path_without_courses_has_no_list_of_courses() -> None:
    text = text_of(a_path(ONE_SKILL, []))
    assert "Your training path" not in text
    assert "What nobody offers yet No course listed here leads to these levels. – Read a log: On my own" in text


def test_wishes_that_narrow_the_choice_are_named_where_nothing_fits() -> None:
    assert "No course listed here that fits your choices" in text_of(
        a_path(ONE_SKILL, [], wishes=Wishes(modes=("online",)))
    )


def test_a_person_who_meets_everything_gets_a_page_without_a_path() -> None:
    text = text_of(a_path([SampleSkill(title="Read a log", have=3, need=2)], []))
    assert "Your training path" not in text
    assert "What nobody offers yet" not in text


def test_invented_and_unconfirmed_content_is_marked_and_explained() -> None:
    skills = [SampleSkill(title="Read a log", have=1, need=2, origin="starter")]
    path = a_path(skills, [english("Logs", (0, 1, 2), origin="example")], role_origin="starter")
    text = text_of(path)
    assert "EV battery technician Starter draft" in text
    assert "Skill by skill Starter draft" in text
    assert "Logs Example North Works" in text
    assert "Example: invented so that you can see how the platform works." in text
    assert "Starter draft: written for this platform, for the alliance to validate." in text


def test_skills_of_mixed_origin_are_marked_one_by_one() -> None:
    skills = [*ONE_SKILL, SampleSkill(title="Measure", have=1, need=1, origin="example")]
    text = text_of(a_path(skills, []))
    assert "Measure Example You:" in text
    assert "Read a log You:" in text


def test_real_content_carries_no_mark() -> None:
    text = text_of(a_usual_path())
    assert "Example" not in text
    assert "Starter draft" not in text


def test_a_course_that_the_person_chose_says_so() -> None:
    path = a_path(ONE_SKILL, [english("Logs", (0, 1, 2))], wishes=Wishes(use=("course-0",)))
    assert "Logs Chosen by you" in text_of(path)


@pytest.mark.parametrize(
    "title",
    [
        '#import "secret.typ": *',
        "#panic()",
        "#sys.inputs",
        "* bold * _under_ `raw` $x^2$ \\ \\u{41}",
        "= Heading\n= Another",
        "<label> @reference // comment /* more */ \"double\" 'single'",
        "{page} {pages} %(count)s {{ x }} -- --- ... ~",
        "]}) [({ ; \\",
    ],
)
def test_a_title_is_printed_as_written_and_never_read_as_markup(title: str) -> None:
    skills = [SampleSkill(title=title, have=1, need=2)]
    course = english(title, (0, 1, 2))
    text = text_of(a_path(skills, [course], role=title))
    assert text.count(" ".join(title.split())) >= 4  # role, skill, course, what the course closes


def test_an_emoji_costs_one_sign_and_not_the_page() -> None:
    text = text_of(a_path(ONE_SKILL, [english("Charge 🔋 safely 漢字", (0, 1, 2))]))
    assert "Charge □ safely □ North Works" in text
    assert "A white square stands for characters that cannot be printed here." in text


def test_a_word_without_end_stays_inside_its_column() -> None:
    text = text_of(a_path(ONE_SKILL, [english("X" * 200, (0, 1, 2))]))
    assert text.replace(" ", "").count("X" * 28) == 7


def test_a_course_title_links_to_its_page_on_the_site() -> None:
    page = read(a_path(ONE_SKILL, [english("Logs", (0, 1, 2))])).pages[0]
    links = {entry(annotation, "/A", "/URI") for annotation in page.annotations or []}
    assert links == {"https://skills.example.org/en/courses/course-0/"}


def test_a_very_long_address_is_cut_in_the_footer() -> None:
    text = text_of(a_path(ONE_SKILL, []), address=ADDRESS + "&use=a-course" * 100)
    assert text.count("use=a-course") < 25
    assert "…" in text


def test_the_same_path_prints_the_same_bytes() -> None:
    path = a_usual_path()
    first, second = (render_path_pdf(path, headline=HEADLINE, address=ADDRESS, today=TODAY) for _ in range(2))
    assert first == second
