"""Tables of other systems: which heading is which column, and what is said about it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.feeds.course_tables import read_rows

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.column_matching import choose_columns, heading_unit, propose_columns
from synchromesh.engine.feeds.readers import csv_template
from synchromesh.engine.feeds.records import ReadSettings
from synchromesh.engine.feeds.template_columns import COLUMNS, is_template_column, split_text_column, text_column
from synchromesh.engine.tables.writing import write_xlsx
from synchromesh.engine.vocabulary.money import Money

TABLES = {
    "Kurstitel;Anbieter;Preis;Start date;Dauer": "title provider price run_starts_on workload_text",
    "Course name;Course code;Fee;Delivery mode;End date;Location;Website;Category": (
        "title id price mode run_ends_on run_place url keywords"
    ),
    "Kurs-Nr.;Kursbezeichnung;Kursbeginn;Kursende;Kursort;Kursgebühr (EUR);Kurssprache;Anmeldeschluss;Plätze": (
        "id title run_starts_on run_ends_on run_place price languages run_deadline_on run_seats"
    ),
    "Intitulé de la formation;Organisme;Durée (h);Prix;Date de début;Lieu;Langue;Objectifs pédagogiques;Modalités": (
        "title provider workload_text price run_starts_on run_place languages outcomes mode"
    ),
    "Título del curso;Entidad;Modalidad;Horas;Precio;Fecha de inicio;Idioma;Plazas": (
        "title provider mode workload_text price run_starts_on languages run_seats"
    ),
    "Titolo del corso;Ente;Durata;Costo;Sede;Data inizio;Lingua;Attestato": (
        "title provider workload_text price run_place run_starts_on languages certificate"
    ),
    "Název kurzu;Pořadatel;Délka;Cena;Místo konání;Datum zahájení;Jazyk;Obsah": (
        "title provider workload_text price run_place run_starts_on languages description"
    ),
    "Title (EN);Titel DE;Kurzbeschreibung;courseTitle": "title_en title_de summary title",
    "title;Anbietr;Ktegorie;Notes;Trainer": "title provider keywords - -",
    "Name;Kurs;Preis;Start;Datum": "title - price run_starts_on -",
    "Formation;Durée en heures;Gratuit": "title workload_text free",
    "title_de;summary_fr;title_xx;PRICE": "title_de summary_fr - price",
    "x y z;a;b": "- - -",
}


@pytest.mark.parametrize(("headings", "columns"), TABLES.items())
def test_headings_of_six_languages_are_matched(headings: str, columns: str) -> None:
    expected = ["" if column == "-" else column for column in columns.split()]
    assert list(propose_columns(headings.split(";")).values()) == expected


@given(st.lists(st.sampled_from(sorted({*COLUMNS, *";".join(TABLES).split(";")})) | st.text(max_size=12), max_size=8))
def test_no_column_is_proposed_twice_and_the_templates_own_names_are_kept(headings: list[str]) -> None:
    proposed = propose_columns(headings)
    columns = [column for column in proposed.values() if column]
    assert list(proposed) == list(dict.fromkeys(headings))
    assert len(columns) == len(set(columns))
    assert all(is_template_column(column) for column in columns)
    assert all(proposed[heading] == heading for heading in headings if heading in COLUMNS)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("Dauer in Stunden", "Stunden"), ("Durée (h)", "h"), ("Preis [€]", "€"), ("Horas", "h"), ("UE", "UE"),
     ("Anzahl Tage", "days"), ("Dauer", ""), ("Preis", "")],
)  # fmt: skip
def test_a_heading_tells_in_which_unit_its_cells_count(heading: str, unit: str) -> None:
    assert heading_unit(heading) == unit


def test_columns_of_texts_are_taken_apart_and_put_together() -> None:
    assert [split_text_column(name) for name in ("title_de", "outcomes_und", "title_xx", "price_de", "title")] == [
        ("title", "de"), ("outcomes", ""), None, None, None
    ]  # fmt: skip
    assert (text_column("title", "de"), text_column("title", "")) == ("title_de", "title_und")


def test_a_table_of_another_system_is_read_and_says_what_was_guessed() -> None:
    feed = read_rows(
        ["Kurstitel", "Anbieter", "Preis (€)", "Start date", "Dauer (Tage)", "Farbe"],
        ["Hochvolt", "Akademie", "690,00", "31/03/2026", "2", "rot"],
    )
    (course,) = feed.courses
    assert (course.title, course.provider, course.price, course.minutes) == (
        "Hochvolt",
        "Akademie",
        Money(cents=69_000),
        960,
    )
    assert course.runs[0].external_id == "2026-03-31"
    assert [(problem.position, problem.field) for problem in feed.problems] == [
        ("file", heading) for heading in ("Kurstitel", "Anbieter", "Preis (€)", "Start date", "Dauer (Tage)", "Farbe")
    ]
    assert "'workload_text'" in feed.problems[4].message
    assert "not read" in feed.problems[5].message


def test_a_bare_number_below_a_heading_without_a_unit_is_no_workload() -> None:
    (course,) = read_rows(["Kurstitel", "Dauer"], ["A", "3"]).courses
    assert (course.minutes, course.workload_text) == (None, "3")


def test_a_cell_of_another_system_that_cannot_be_read_is_left_empty_and_its_row_loads() -> None:
    feed = read_rows(
        ["Kurstitel", "Form", "Beginn", "Plätze", "Preis"],
        ["A", "gelb", "bald", "viele", "5"],
        ["", "online", "", "", ""],
    )
    (course,) = feed.courses
    assert (course.title, course.mode, course.price) == ("A", "", Money(cents=500))
    assert [(problem.position, problem.field) for problem in feed.problems[5:]] == [
        ("row 2", "Form"), ("row 2", "Beginn"), ("row 2", "Plätze"), ("row 3", "Kurstitel")
    ]  # fmt: skip
    assert feed.problems[5].message.endswith("It was left empty.")


def test_rows_of_one_title_and_provider_are_runs_of_one_course_whatever_else_they_say() -> None:
    feed = read_rows(
        ["Kurstitel", "Beginn", "Preis"], ["A", "2026-03-01", "5"], ["A", "2026-04-01", "6"], ["A", "2026-04-01", "5"]
    )
    (course,) = feed.courses
    assert [run.starts_on and run.starts_on.month for run in course.runs] == [3, 4]
    assert [(problem.position, problem.field) for problem in feed.problems[3:]] == [
        ("row 3", "Preis"),
        ("row 4", "run_id"),
    ]


def test_what_a_person_chose_holds_for_every_column() -> None:
    settings = ReadSettings(columns={"Bezeichnung": "title", "Preis": "", "Nummer": "id", "Extra": "keywords"})
    feed = read_rows(["Bezeichnung", "Preis", "NUMMER", "Dauer"], ["A", "5", "7", "2 h"], settings=settings)
    (course,) = feed.courses
    assert (course.title, course.price, course.external_id, course.minutes) == ("A", None, "7", None)
    assert [(problem.field, problem.message) for problem in feed.problems] == [
        ("Dauer", "This column is not known and was not read.")
    ]


@pytest.mark.parametrize(
    ("columns", "message"),
    [({"A": "title", "B": "colour"}, "no column of the course template"), ({"A": "title", "B": "title"}, "both"),
     ({"A": "price"}, "lacks the column 'title'. It has 'A', 'B'")],
)  # fmt: skip
def test_a_choice_that_cannot_be_is_refused(columns: dict[str, str], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        choose_columns(["A", "B"], columns=columns, name="x.csv")


@pytest.mark.parametrize(
    ("data", "accepted"),
    [(b"Kurstitel;Preis\nA;5\n", True), (b"Name\nA\n", False), (b"Preis;Ort\n5;Ulm\n", False), (b"title\n", True),
     (write_xlsx(["Titre", "Prix"], [["A", 5]], title="T"), True), (b"Kurstitel;Preis\n" + b"A;5\n" * 100_000, True),
     ("Kurstitel;Preis\n".encode("utf-16-le") + "Ä;5\n".encode("utf-16-le") * 50_000, True)],
)  # fmt: skip
def test_a_table_with_titles_beside_other_columns_is_accepted(data: bytes, accepted: bool) -> None:
    assert csv_template.accepts(io.BytesIO(data), "https://example.org/export") is accepted
