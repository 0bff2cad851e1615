"""A review of the starter framework by rules: is it whole, is every row sourced, does nothing stand there twice?

A rule cannot tell whether a level is right; that takes people (docs/the-starter-framework.md). How the sentences are
written is looked at in test_framework_wording.py.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import combinations

import pytest
from tests.starter.framework_files import LANGUAGES_OF_NAMES, LANGUAGES_OF_SENTENCES, Row, anchors, listed, rows
from tests.starter.likeness import RareWordsCount, letter_groups, shared

KINDS = {"skill", "knowledge", "competence"}
MATCHES = {"exact", "close", "broad", "narrow", "related"}
TABLES = ("skills", "roles", "requirements", "units", "families", "topics")
LONGEST_DESCRIPTION = 90
# Two entries whose name and description are more alike than this are read by a person.
ALIKE = 0.40
READ_AND_APART: Mapping[frozenset[str], str] = {
    frozenset(pair.split(" / ")): why
    for pair, why in {
        "install-storage-system / maintain-storage-system": "putting in and looking after: other work, other permits",
        "use-repair-information / follow-work-instruction": "finding the valid text, or working by one that is shown",
        "read-battery-passport / compile-battery-passport": "the user and the maker of a passport",
        "calibrate-radar / choose-vehicle-sensors": "workshop after a repair, or design of a function",
        "diagnose-vehicle-network / connect-fieldbus": "faults in a vehicle, or setting up a plant's network",
        "update-vehicle-software / test-control-software": "the workshop loads what the developer has tested",
        "write-embedded-code / test-control-software": "writing and testing, often by different people",
        "inspect-tyre / inspect-boards": "different products, only the means are alike",
        "replace-drive-unit / assemble-drive-gear": "the workshop changes the unit that the plant has built",
        "communication / foreign-language": "two key competences of the same source",
        "maintenance-technician / mechatronics-technician": "keeps machines running, or builds and commissions them",
        "hydrogen-mobility-technician / vehicle-service-technician": "tanks and fuel cells need other permits",
    }.items()
}
# A name that is the same word in English.
SAME_WORD = {("communication", "fr")}

SKILLS, ROLES, REQUIREMENTS, UNITS = rows("skills"), rows("roles"), rows("requirements"), rows("units")
BY_ROLE: Mapping[str, list[Row]] = {
    role["slug"]: [row for row in REQUIREMENTS if row["role"] == role["slug"]] for role in ROLES
}


def test_the_framework_is_as_large_as_promised() -> None:
    assert len(ROLES) >= 32
    assert len(SKILLS) >= 260
    assert len({unit["role"] for unit in UNITS}) >= 8


@pytest.mark.parametrize("table", ["skills", "roles", "families", "topics"])
def test_a_slug_stands_for_one_entry(table: str) -> None:
    slugs = Counter(row["slug"] for row in rows(table))
    assert [slug for slug, count in slugs.items() if count > 1] == []
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)] == []


@pytest.mark.parametrize("role", BY_ROLE)
def test_a_role_asks_for_6_to_14_skills_and_not_all_alike(role: str) -> None:
    asked = BY_ROLE[role]
    levels = Counter(row["level"] for row in asked)
    assert 6 <= len(asked) <= 14
    assert len({row["skill"] for row in asked}) == len(asked)
    assert max(levels.values()) <= 0.9 * len(asked), f"Nearly all at one level: {levels}"
    assert len({row["weight"] for row in asked}) >= 3
    assert any(row["need"] == "essential" for row in asked)


def test_most_roles_have_optional_skills() -> None:
    without = [role for role, asked in BY_ROLE.items() if all(row["need"] == "essential" for row in asked)]
    assert len(without) <= len(BY_ROLE) // 10


def test_a_requirement_says_level_need_and_weight() -> None:
    wrong = [
        row
        for row in REQUIREMENTS
        if row["level"] not in set("123")
        or row["need"] not in {"essential", "optional"}
        or row["weight"] not in set("12345")
    ]
    assert wrong == []


def test_requirements_name_roles_and_skills_of_the_framework_and_every_skill_is_used() -> None:
    skills, asked = {skill["slug"] for skill in SKILLS}, {row["skill"] for row in REQUIREMENTS}
    assert {row["role"] for row in REQUIREMENTS} == set(BY_ROLE)
    assert asked - skills == set()
    assert skills - asked == set()


@pytest.mark.parametrize("language", LANGUAGES_OF_SENTENCES)
def test_a_skill_has_three_anchors_and_a_short_description(language: str) -> None:
    assert [skill["slug"] for skill in SKILLS if not all(text.strip() for text in anchors(skill, language))] == []
    lengths = {skill["slug"]: len(skill[f"description_{language}"].strip()) for skill in SKILLS}
    assert [slug for slug, length in lengths.items() if not 0 < length <= LONGEST_DESCRIPTION] == []


@pytest.mark.parametrize("language", LANGUAGES_OF_SENTENCES)
def test_a_role_has_a_summary_and_three_to_five_tasks(language: str) -> None:
    assert [role["slug"] for role in ROLES if not role[f"summary_{language}"].strip()] == []
    assert [role["slug"] for role in ROLES if not 3 <= len(listed(role[f"tasks_{language}"])) <= 5] == []
    assert [role["slug"] for role in ROLES if len(listed(role["tasks_en"])) != len(listed(role["tasks_de"]))] == []


@pytest.mark.parametrize("language", LANGUAGES_OF_NAMES)
@pytest.mark.parametrize("table", ["skills", "roles"])
def test_every_entry_has_a_name_of_its_own_in_six_languages(table: str, language: str) -> None:
    names = {row["slug"]: row[f"title_{language}"].strip() for row in rows(table)}
    assert [slug for slug, name in names.items() if not name] == []
    assert [name for name, count in Counter(map(str.lower, names.values())).items() if count > 1] == []
    if language != "en":
        english = {row["slug"] for row in rows(table) if names[row["slug"]].lower() == row["title_en"].lower()}
        assert english - {slug for slug, named in SAME_WORD if named == language} == set()


@pytest.mark.parametrize(("table", "share"), [("skills", 0.6), ("roles", 0.8)])
def test_enough_entries_are_linked_to_esco(table: str, share: float) -> None:
    linked = [row for row in rows(table) if row["esco_uri"]]
    assert len(linked) / len(rows(table)) >= share
    assert [row["slug"] for row in linked if row["esco_match"] not in MATCHES] == []
    assert [row["slug"] for row in rows(table) if row["esco_match"] and not row["esco_uri"]] == []


def test_kinds_topics_and_families_are_known() -> None:
    topics = {topic["slug"] for topic in rows("topics")}
    families = {family["slug"] for family in rows("families")}
    assert {skill["kind"] for skill in SKILLS} <= KINDS
    for row in (*SKILLS, *ROLES):
        assert listed(row["topics"]), row["slug"]
        assert set(listed(row["topics"])) <= topics, row["slug"]
    assert {role["family"] for role in ROLES} == families


def test_an_eqf_level_names_its_source() -> None:
    assert [role["slug"] for role in ROLES if bool(role["eqf_min"]) != bool(role["eqf_source"].strip())] == []
    stated = [role for role in ROLES if role["eqf_min"]]
    assert [role["slug"] for role in stated if not 1 <= int(role["eqf_min"]) <= int(role["eqf_max"]) <= 8] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_row_says_where_it_comes_from(table: str) -> None:
    for row in rows(table):
        assert row["source"].strip(), row
        assert date(2020, 1, 1) <= date.fromisoformat(row["source_on"]) <= date(2100, 1, 1), row
        assert re.match(r"https?://[^\s/]+\.[^\s]+$", row.get("source_url") or "https://none.example"), row
        if "confidence" in row:
            assert 0 <= float(row["confidence"]) <= 1, row
        if "source_url" in row:
            drafted = row["source"] == "Starter draft"
            assert drafted != bool(row["source_url"]), f"A named source has an address, a draft has none: {row}"
            assert not drafted or float(row.get("confidence", "0.5")) <= 0.5, f"A draft is not that sure: {row}"


def test_words_are_only_quoted_from_a_source() -> None:
    assert [row for row in REQUIREMENTS if row["quote"] and row["source"] == "Starter draft"] == []


def test_units_form_a_tree_whose_parts_belong_to_the_role() -> None:
    kinds = {1: "unit", 2: "element", 3: "criterion"}
    codes = Counter(unit["code"] for unit in UNITS)
    role_of = {unit["code"]: unit["role"] for unit in UNITS}
    assert [code for code, count in codes.items() if count > 1] == []
    for unit in UNITS:
        parent, _, _ = unit["code"].rpartition(".")
        assert unit["level"] == kinds[unit["code"].count(".")], unit
        assert unit["title_en"].strip(), unit
        assert unit["title_de"].strip(), unit
        if unit["level"] != "unit":
            assert role_of.get(parent) == unit["role"], f"The parent of {unit['code']} is missing."
            assert unit["skill"] in {row["skill"] for row in BY_ROLE[unit["role"]]}, unit


def test_every_unit_and_element_of_a_described_role_has_parts() -> None:
    parents = {unit["code"].rpartition(".")[0] for unit in UNITS}
    assert [unit["code"] for unit in UNITS if unit["level"] != "criterion" and unit["code"] not in parents] == []


def _alike(texts: Mapping[str, str]) -> dict[frozenset[str], float]:
    """Pairs above the bound: the mean of common rare words and common groups of letters."""
    counting = RareWordsCount(texts.values())
    weights = {slug: counting.weights(text) for slug, text in texts.items()}
    groups = {slug: letter_groups(text) for slug, text in texts.items()}
    found = {}
    for one, other in combinations(texts, 2):
        value = (counting.cosine(weights[one], weights[other]) + shared(groups[one], groups[other])) / 2
        if value >= ALIKE:
            found[frozenset((one, other))] = round(value, 2)
    return found


SKILL_TEXTS = {skill["slug"]: f"{skill['title_en']} {skill['description_en']}" for skill in SKILLS}
ROLE_TEXTS = {role["slug"]: f"{role['title_en']} {role['summary_en']}" for role in ROLES}


@pytest.mark.parametrize("texts", [SKILL_TEXTS, ROLE_TEXTS], ids=["skills", "roles"])
def test_nothing_stands_there_twice_in_other_words(texts: Mapping[str, str]) -> None:
    alike = _alike(texts)
    assert {tuple(sorted(pair)): value for pair, value in alike.items() if pair not in READ_AND_APART} == {}
    apart = [sorted(pair) for pair in READ_AND_APART if pair <= texts.keys() and pair not in alike]
    assert apart == [], "No longer alike: take these off the list."


def test_the_measure_finds_a_skill_that_was_written_twice() -> None:
    copies = {
        "isolate-hv": "Switching off a high-voltage system: lock it and prove it dead before starting work",
        "solve-8d": "Solving quality problems by 8D, from the first protection to a lasting cure",
        "hand-over-shift": "Shift handover: pass on to the next shift what it must know",
    }
    found = _alike({**SKILL_TEXTS, **{f"{slug}-again": text for slug, text in copies.items()}})
    assert {frozenset((slug, f"{slug}-again")) for slug in copies} <= found.keys()


@pytest.mark.parametrize("table", ["skills", "roles"])
def test_no_two_entries_are_the_same_as_one_esco_concept(table: str) -> None:
    same: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows(table):
        if row["esco_match"] in {"exact", "close"}:
            same[row["esco_uri"]].append(row["slug"])
    assert [slugs for slugs in same.values() if len(slugs) > 1] == []
