"""A course table as people fill it: the form of a value is free, its meaning is not."""

from __future__ import annotations

import datetime

import pytest
from tests.engine.feeds.course_tables import read_rows

from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings
from synchromesh.engine.vocabulary.money import Money


def read_one(settings: ReadSettings | None = None, /, **cells: str) -> CourseRecord:
    """Return the course of a row of the template that has no problem."""
    row = {"title": "A", **cells}
    feed = read_rows(list(row), row, settings=settings)
    assert feed.problems == ()
    return feed.courses[0]


def problems_of(**cells: str) -> list[Problem]:
    row = {"title": "A", **cells}
    return list(read_rows(list(row), row).problems)


@pytest.mark.parametrize(
    ("minutes", "words", "read"),
    [("960", "", (960, "")), ("1,200", "", (1200, "")), ("960.0", "", (960, "")), ("PT2H30M", "", (150, "PT2H30M")),
     ("1,5 Stunden", "", (90, "1,5 Stunden")), ("2-3 h", "", (None, "2-3 h")), ("6 weeks", "", (None, "6 weeks")),
     ("", "3 Tage", (1440, "3 Tage")), ("", "nach Absprache", (None, "nach Absprache")), ("1:30 h", "", (90, "1:30 h")),
     ("2 days", "two days", (960, "two days")), ("60", "2 hours", (60, "2 hours"))],
)  # fmt: skip
def test_a_workload_in_words_gives_minutes_and_keeps_its_words(
    minutes: str, words: str, read: tuple[object, str]
) -> None:
    course = read_one(minutes=minutes, workload_text=words)
    assert (course.minutes, course.workload_text) == read


@pytest.mark.parametrize(
    ("cells", "cents", "words"),
    [({"price": "1.690,50 €"}, 169_050, ""), ({"price": "690 euros TTC"}, 69_000, ""), ({"price": "kostenlos"}, 0, ""),
     ({"price": "auf Anfrage"}, None, "auf Anfrage"), ({"price": "ab 690 EUR"}, None, "ab 690 EUR"),
     ({"price": "sur devis", "price_text": "groupes"}, None, "groupes; sur devis"),
     ({"free": "ja"}, 0, ""), ({"free": "nein"}, None, ""), ({"free": "x", "price": "0"}, 0, ""),
     ({"free": "no", "price": "5"}, 500, ""), ({"free": "gratuit"}, 0, "")],
)  # fmt: skip
def test_prices_are_read_and_open_prices_keep_their_words(cells: dict[str, str], cents: int | None, words: str) -> None:
    course = read_one(**cells)
    assert (course.price and course.price.cents, course.price_text) == (cents, words)


def test_a_course_that_is_free_and_has_a_price_is_reported() -> None:
    assert [problem.field for problem in problems_of(free="yes", price="5")] == ["free"]


def test_languages_are_read_from_names_in_several_languages() -> None:
    assert read_one(languages="Deutsch; anglais").languages == ("de", "en")
    assert read_one(languages="Deutsch, Englisch und tedesco").languages == ("de", "en")
    assert read_one(languages="fr/nl", subtitles="čeština", run_language="Spanisch").languages == ("fr", "nl")


def test_modes_certificates_and_countries_are_read_from_words() -> None:
    course = read_one(
        mode="Présentiel", certificate="Teilnahmebescheinigung", provider_country="Allemagne", run_country="Česko",
        run_mode="E-Learning",
    )  # fmt: skip
    assert (course.mode, course.certificate, course.provider_country) == ("on-site", "attendance", "DE")
    assert (course.runs[0].country, course.runs[0].mode) == ("CZ", "online")


def test_levels_and_points_are_read_with_their_words() -> None:
    course = read_one(eqf_min="EQF level 4-5", ects="2,5 ECTS")
    assert (course.eqf_min, course.eqf_max, str(course.ects)) == (4, 5, "2.5")
    assert read_one(eqf_min="4", eqf_max="6").eqf_max == 6


def test_an_address_without_scheme_gets_one_only_behind_www() -> None:
    assert read_one(url="www.example.org/kurs").url == "https://www.example.org/kurs"
    assert [problem.field for problem in problems_of(url="example.org")] == ["url"]


@pytest.mark.parametrize(
    ("words", "days"),
    [("01.03.2026 – 05.03.2026", (1, 5)), ("2026-03-01 - 2026-03-05", (1, 5)), ("1.3.2026 bis 5.3.2026", (1, 5)),
     ("01.03.2026-05.03.2026", (1, 5)), ("01.03.2026", (1, None)), ("05.03.2026 – 01.03.2026", (None, None)),
     ("spring 2026", (None, None)), ("3 March 2026", (None, None)), ("03/04/2026", (None, None))],
)  # fmt: skip
def test_days_are_taken_from_dates_in_digits_and_never_guessed(words: str, days: tuple[int | None, int | None]) -> None:
    run = read_one(run_dates_text=words).runs[0]
    expected = tuple(day and datetime.date(2026, 3, day) for day in days)
    assert ((run.starts_on, run.ends_on), run.dates_text) == (expected, words)


def test_outcomes_may_stand_on_lines_with_bullets_and_keywords_between_commas() -> None:
    course = read_one(outcomes="- Isolate\n• Write, a protocol", keywords="battery, safety", text_language="en")
    assert course.outcomes == {"en": ("Isolate", "Write, a protocol")}
    assert course.keywords == ("battery", "safety")
    assert read_one(keywords='battery, cells; "a;b"').keywords == ("battery, cells", "a;b")


def test_texts_stand_in_as_many_languages_as_there_are_columns() -> None:
    course = read_one(
        title="Hochvolt", text_language="de", title_en="High voltage", title_cs="", summary="Kurz",
        summary_el="Σύντομα", outcomes_en="Isolate; Test", description_und="?",
    )  # fmt: skip
    assert list(course.titles.items()) == [("de", "Hochvolt"), ("en", "High voltage")]
    assert course.summaries == {"de": "Kurz", "el": "Σύντομα"}
    assert (course.outcomes, course.descriptions) == ({"en": ("Isolate", "Test")}, {"": "?"})


def test_a_title_in_any_language_is_enough() -> None:
    rows = (["Hochvolt", "High voltage"], ["", "Only English"], ["", ""], ["", "x"])
    feed = read_rows(["title_de", "title_en"], *rows)
    assert [course.title for course in feed.courses] == ["Hochvolt", "Only English", "x"]
    assert [course.text_language for course in feed.courses] == ["de", "en", "en"]


def test_the_same_text_twice_in_one_language_must_be_the_same() -> None:
    assert read_one(title="A", text_language="de", title_de="A").titles == {"de": "A"}
    assert [problem.field for problem in problems_of(text_language="de", title_de="B")] == ["title_de"]


def test_what_the_source_says_once_holds_where_a_row_says_nothing() -> None:
    settings = ReadSettings(language="de", provider="Akademie", currency="CZK")
    course = read_one(settings, price="100")
    assert (course.text_language, course.provider, course.price) == (
        "de",
        "Akademie",
        Money(cents=10_000, currency="CZK"),
    )
    assert course.external_id == "akademie-a"
    other = read_one(settings, text_language="en", provider="B", price="100 EUR")
    assert (other.text_language, other.provider, other.price) == ("en", "B", Money(cents=10_000))


@pytest.mark.parametrize(("kind", "said"), [("Konferenz", "a conference"), ("Messe", "a fair"), ("News", "news")])
def test_entries_that_are_no_courses_are_refused_by_what_they_are(kind: str, said: str) -> None:
    assert [said in problem.message for problem in problems_of(record_type=kind)] == [True]
