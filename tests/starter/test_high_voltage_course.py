"""The course on high-voltage safety: both languages, honest minutes, sources that resolve, answers not given away.

Read with nothing but YAML: a fault that the product's own reader shares would go unseen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from tests.architecture.tree import ROOT

FOLDER = ROOT / "starter" / "courses" / "high-voltage-safety-awareness"
LANGUAGES = ("en", "de")
# How the stated minutes came about; see starter/courses/SOURCES.md.
WORDS_A_MINUTE, MINUTES_A_FIGURE, MINUTES_A_QUESTION, MINUTES_A_TASK = 180, 0.5, 0.75, 2
TASK = "Two minutes for your workplace"
FOOTNOTE = re.compile(r"\[\^([a-z0-9-]+)\]")
KINDS_OF_STANDARDS = re.compile(r"\b(?:UN Regulation|ISO|IEC|EN|DGUV Information 209-093|European Resuscitation)\b")


@cache
def load(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def units() -> list[Mapping[str, Any]]:
    return [unit for section in load("course.yaml")["sections"] for unit in section["units"]]


def content(unit: Mapping[str, Any]) -> Mapping[str, Any]:
    return load(unit["content"])  # type: ignore[no-any-return]


def asked() -> list[Mapping[str, Any]]:
    """All questions: of the tests and of the exercises."""
    return [*load("questions.yaml"), *(question for unit in units() for question in content(unit).get("questions", ()))]


def instrument(key: str) -> Mapping[str, Any]:
    return next(one for one in load("course.yaml")["instruments"] if one["key"] == key)


def translated(node: Any, place: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every text in several languages, with its place."""
    if isinstance(node, Mapping):
        if set(node) & set(LANGUAGES):
            yield place, node
        else:
            for key, value in node.items():
                yield from translated(value, f"{place}/{key}")
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from translated(value, f"{place}[{position}]")


def files() -> list[str]:
    return ["course.yaml", "questions.yaml", *(unit["content"] for unit in units())]


def words(node: Any) -> float:
    """Words to read, as the mean of both languages, without addresses and marks of sources."""
    total = 0
    for _, texts in translated(node):
        for text in texts.values():
            shown = re.sub(r"\]\([^)]*\)|\[\^[^\]]*\]", "", text if isinstance(text, str) else " ".join(text))
            total += len(re.findall(r"\w[\w’'-]*", shown))
    return total / len(LANGUAGES)


def fair_minutes(unit: Mapping[str, Any]) -> float:
    within = content(unit)
    count: int = len(within.get("questions", ()))
    read = words(within)
    if "instrument" in unit:
        by_key = {question["key"]: question for question in load("questions.yaml")}
        for part in instrument(unit["instrument"])["parts"]:
            drawn = part.get("count", len(part["questions"]))
            count += drawn
            read += drawn * sum(words(by_key[key]) for key in part["questions"]) / len(part["questions"])
    figures: int = sum(block["kind"] == "figure" for block in within.get("blocks", ())) + ("media" in within)
    tasks = TASK in str(within)
    return read / WORDS_A_MINUTE + figures * MINUTES_A_FIGURE + count * MINUTES_A_QUESTION + tasks * MINUTES_A_TASK


def figures_shown() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for unit in units():
        within = content(unit)
        if "media" in within:
            yield unit["key"], within
        yield from ((unit["key"], block) for block in within.get("blocks", ()) if block["kind"] == "figure")
    yield from ((question["key"], question) for question in asked() if question["kind"] == "hotspot")


def choices_of(question: Mapping[str, Any]) -> Iterator[list[Mapping[str, Any]]]:
    """The lists of answers to pick from: the choices, or the options of each gap."""
    if "choices" in question:
        yield question["choices"]
    yield from (gap["options"] for gap in question.get("gaps", ()) if "options" in gap)


@pytest.mark.parametrize("name", files())
def test_every_text_stands_in_both_languages(name: str) -> None:
    found = list(translated(load(name)))
    assert found
    for place, texts in found:
        # Accepted answers are lists; everything else is a text.
        assert set(texts) == set(LANGUAGES), f"{name}{place}"
        assert all(str(text).strip() for text in texts.values()), f"{name}{place}"


def test_the_german_texts_say_sie_and_use_the_terms_of_the_trade() -> None:
    german = " ".join(str(texts["de"]) for name in files() for _, texts in translated(load(name)))
    assert not re.findall(r"\b(?:du|dich|dir|dein|deine|deinen)\b", german)
    terms = (
        "Hochvolt-System",
        "Freischalten",
        "Gegen Wiedereinschalten sichern",
        "Spannungsfreiheit feststellen",
        "FHV",
    )
    assert [term for term in terms if term not in german] == []


def test_both_languages_tell_about_as_much() -> None:
    for name in files():
        for place, texts in translated(load(name)):
            english, german = (len(str(texts[language])) for language in LANGUAGES)
            if english > 80:
                assert 0.7 < german / english < 1.5, f"{name}{place}: {english} and {german} characters"


@pytest.mark.parametrize("unit", units(), ids=lambda unit: str(unit["key"]))
def test_the_minutes_of_a_unit_are_what_reading_and_answering_take(unit: Mapping[str, Any]) -> None:
    assert abs(unit["minutes"] - fair_minutes(unit)) <= 1, f"about {fair_minutes(unit):.1f} minutes"


def test_the_minutes_of_the_units_add_up_to_those_of_the_offer() -> None:
    assert sum(unit["minutes"] for unit in units()) == load("course.yaml")["course"]["minutes"] == 60


def test_a_section_has_two_or_three_units_and_a_unit_has_its_own_file() -> None:
    assert all(2 <= len(section["units"]) <= 3 for section in load("course.yaml")["sections"])
    named = [unit["content"] for unit in units()]
    assert sorted(named) == sorted(f"units/{path.name}" for path in (FOLDER / "units").iterdir())
    assert {unit["kind"] for unit in units()} == {"text", "picture", "exercise", "quiz"}


def test_every_figure_is_there_is_used_and_has_a_text_alternative() -> None:
    shown = list(figures_shown())
    assert {figure["media"] for _, figure in shown} == {path.name for path in (FOLDER / "media").iterdir()}
    assert len({figure["media"] for _, figure in shown}) >= 7
    for where, figure in shown:
        assert all(len(figure["alternatives"][language]) > 60 for language in LANGUAGES), where


@pytest.mark.parametrize("path", sorted((FOLDER / "media").iterdir()), ids=lambda path: path.name)
def test_a_figure_has_a_title_a_light_ground_and_only_numbers_and_signs(path: Any) -> None:
    space = "{http://www.w3.org/2000/svg}"
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    assert root.get("viewBox") == "0 0 1000 500"
    assert root[0].tag == f"{space}title"
    assert root[0].text
    # The figures bring their own ground, so that dark lines are seen in the dark theme too.
    assert (root[1].tag, root[1].get("fill")) == (f"{space}rect", "#f7f9fb")
    assert {element.tag.removeprefix(space) for element in root.iter()} <= {
        *("svg", "title", "rect", "g", "circle", "text", "path")
    }
    assert not [name for element in root.iter() for name in element.attrib if "href" in name or name.startswith("on")]
    for text in root.iter(f"{space}text"):
        # Volts and the names of the steps of qualification are the same in every language.
        assert re.fullmatch(r"\d+(?: V)?|[123]?S", text.text or ""), text.text


def test_every_mark_of_a_source_leads_to_a_source_of_its_unit_and_none_is_left_over() -> None:
    for unit in units():
        blocks = content(unit).get("blocks", ())
        entries = [entry for block in blocks if block["kind"] == "sources" for entry in block["entries"]]
        keys = Counter(entry["key"] for entry in entries)
        assert all(count == 1 for count in keys.values()), unit["key"]
        for language in LANGUAGES:
            used = {key for _, texts in translated(content(unit)) for key in FOOTNOTE.findall(str(texts[language]))}
            assert used == set(keys), f"{unit['key']} {language}"
        assert (blocks[-1]["kind"] == "sources") if blocks else not keys, unit["key"]


def test_a_source_says_whether_it_was_checked_and_no_standard_claims_it() -> None:
    for unit in units():
        for block in content(unit).get("blocks", ()):
            for entry in block.get("entries", ()):
                if entry["checked"]:
                    assert entry["url"].startswith("http"), entry["key"]
                    assert re.fullmatch(r"\d{4}-\d\d-\d\d", entry["date"]), entry["key"]
                    assert not KINDS_OF_STANDARDS.match(entry["title"]), entry["key"]
                else:
                    assert entry["note"].startswith("not checked against the text"), entry["key"]


def test_every_address_of_the_course_stands_in_the_list_of_sources() -> None:
    listed = (FOLDER.parent / "SOURCES.md").read_text(encoding="utf-8")
    for name in files():
        text = (FOLDER / name).read_text(encoding="utf-8")
        for address in re.findall(r"https?://[^\s\")\],;]+", text):
            assert f"| {address.rstrip('.')} |" in listed, f"{name}: {address}"


def test_there_are_twenty_questions_of_at_least_eight_kinds_with_keys_of_their_own() -> None:
    questions = load("questions.yaml")
    assert len(questions) == 20
    assert len({question["kind"] for question in questions}) >= 8
    assert [key for key, count in Counter(question["key"] for question in asked()).items() if count > 1] == []
    for question in asked():
        for answers in (*choices_of(question), question.get("items", ()), question.get("targets", ())):
            assert len({answer["key"] for answer in answers}) == len(answers), question["key"]


def test_every_question_explains_itself_and_helps_whoever_was_wrong() -> None:
    for question in asked():
        assert question["explanations"], question["key"]
        assert question["wrong"], question["key"]
        if question["kind"] in {"single", "multiple"}:
            for choice in question["choices"]:
                assert choice.get("correct") or choice["feedback"], f"{question['key']}: {choice['key']}"
    assert all(question["sources"] for question in load("questions.yaml"))


def test_every_question_belongs_to_one_test_and_the_final_test_draws_from_pools() -> None:
    quiz, final = instrument("check-yourself"), instrument("final-test")
    named = Counter(key for test in (quiz, final) for part in test["parts"] for key in part["questions"])
    assert named == Counter(question["key"] for question in load("questions.yaml"))
    assert all(part["count"] < len(part["questions"]) for part in final["parts"])
    assert (final["pass_percent"], final["attempts_allowed"], final["feedback"]) == (80, 3, "after-pass")
    assert quiz["feedback"] == "after-each"
    assert [unit["key"] for unit in units() if unit.get("must_pass")] == ["final-test"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_answer_is_not_given_away_by_its_length_or_place(language: str) -> None:
    lists = [answers for question in asked() for answers in choices_of(question)]
    first = sum(bool(answers[0].get("correct")) for answers in lists)
    longest = sum(bool(max(answers, key=lambda one: len(one["texts"][language])).get("correct")) for answers in lists)
    assert len(lists) >= 12
    assert 0 < first <= len(lists) * 0.5
    assert longest <= len(lists) * 0.4


def test_the_skills_exist_and_go_from_none_to_awareness() -> None:
    slugs = {line.split(",", 1)[0] for line in (ROOT / "starter/framework/skills.csv").read_text("utf-8").splitlines()}
    skills = load("course.yaml")["course"]["skills"]
    assert [one["skill"] for one in skills if one["skill"] not in slugs] == []
    assert all((one["entry"], one["level"]) == (0, 1) for one in skills)
    tested = {question["skill"] for question in load("questions.yaml") if "skill" in question}
    assert tested == {one["skill"] for one in skills}


def test_the_offer_says_that_it_is_a_draft_and_gives_no_permission() -> None:
    course = load("course.yaml")["course"]
    assert "Draft for the alliance to validate" in course["descriptions"]["en"]
    assert "gives no permission" in course["descriptions"]["en"]
    assert all(3 <= len(course["outcomes"][language]) <= 6 for language in LANGUAGES)
