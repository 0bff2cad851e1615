"""The benchmarks: where each lies, how it is read, and which vocabulary it asks about.

Validation sets are for choosing; test sets are read once per frozen recipe (RUNS.md states the rule). A set whose
files are not there is left out with a reason.
"""

from __future__ import annotations

import ast
import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.matching.data import (
    CLASSIFICATION,
    GERMAN_LABELS,
    RELATIONS,
    BenchmarkSet,
    Item,
    bench_file,
    esco_file,
    esco_skills,
    esco_skills_in_german,
    open_text,
    read_pairs,
    skill_addresses,
)

from synchromesh.engine.matching import Concept, Vocabulary

CROSSWALK = "crosswalk/DE_Mapping_ESCO_Kompetenzen_220518_0.csv.gz"
# Folder of a MELO set by its language: the crosswalk of one country against ESCO's labels in the same language.
MELO_FOLDERS = {
    "cs": "cze_q_cs_c_cs",
    "de": "deu_q_de_c_de",
    "fr": "fra_q_fr_c_fr",
    "es": "esp_q_es_c_es",
    "it": "ita_q_it_c_it",
    "pl": "pol_q_pl_c_pl",
}
_MELO_FILES = ("queries.tsv.gz", "corpus_elements.tsv.gz", "annotations.tsv.gz", "concept_mapping.tsv.gz")
_NOT_A_SKILL = frozenset({"LABEL NOT PRESENT", "UNDERSPECIFIED"})  # marks in Decorte's files
_UNKNOWN = "UNK"  # mark in SkillSkape's files


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSource:
    """How a set is had: `read` needs `files`."""

    name: str
    is_test: bool
    files: tuple[Path, ...]
    read: Callable[[], BenchmarkSet]

    def missing(self) -> str:
        """Why the set cannot be read, in a sentence; empty where it can."""
        absent = [str(path) for path in self.files if not path.is_file()]
        return f"{', '.join(absent)} not found; SYNCHROMESH_SHARED names the folder of data/bench." if absent else ""


def list_sources() -> dict[str, SetSource]:
    """All sets by name, validation before test."""
    sources = [
        *(_decorte_source(name, family, is_test) for name, family, is_test in _DECORTE),
        *(_skillskape_source(part) for part in ("dev", "test")),
        _source("courses", _courses, [bench_file("courses/courses.jsonl")], is_test=False),
        _source(
            "crosswalk_de",
            _crosswalk,
            [bench_file(CROSSWALK), esco_file(GERMAN_LABELS)],
            is_test=True,
        ),
        *(_melo_source(language, by_concept) for by_concept in (False, True) for language in MELO_FOLDERS),
    ]
    return {source.name: source for source in sorted(sources, key=lambda source: source.is_test)}


def load_vocabulary(name: str) -> Vocabulary:
    """The vocabulary that a set names: `esco`, `esco_de`, or `melo_<language>` with or without `_concepts`."""
    if name == "esco":
        return esco_skills()
    if name == "esco_de":
        return esco_skills_in_german()
    language = name.removeprefix("melo_").removesuffix("_concepts")
    return _melo_concepts(language) if name.endswith("_concepts") else _melo_elements(language)


def _source(name: str, read: Callable[[], BenchmarkSet], files: list[Path], *, is_test: bool) -> SetSource:
    packs = (esco_file(CLASSIFICATION), esco_file(RELATIONS))
    return SetSource(name=name, is_test=is_test, files=(*files, *packs), read=read)


# Sentences of vacancies -------------------------------------------------------------------------

_DECORTE = (
    ("tech_validation", "tech", False),
    ("house_validation", "house", False),
    ("tech_test", "tech", True),
    ("house_test_visible", "house", True),
)


def _decorte_source(name: str, family: str, is_test: bool) -> SetSource:
    path = bench_file(f"decorte/{name}.csv")
    return _source(name, partial(_decorte, path, name, family, is_test), [path], is_test=is_test)


def _decorte(path: Path, name: str, family: str, is_test: bool) -> BenchmarkSet:
    """One row per span; a sentence's skills are those of all its spans, and it may have none."""
    labels: dict[str, list[str]] = {}
    with open_text(path) as lines:
        for row in csv.DictReader(lines):
            labels.setdefault(row["sentence"], []).append(row["label"])
    items = tuple(
        _sentence(sentence, [label for label in found if label not in _NOT_A_SKILL])
        for sentence, found in labels.items()
    )
    return BenchmarkSet(
        name=name, family=family, task="sentences", vocabulary="esco", is_test=is_test, items=items, timed=True
    )


def _skillskape_source(part: str) -> SetSource:
    path = bench_file(f"skillskape/{part}.csv")
    return _source(f"skillskape_{part}", partial(read_skillskape, path, part), [path], is_test=part == "test")


def read_skillskape(path: Path, part: str) -> BenchmarkSet:
    """Sentences written by a language model; the column `skills` is a list in Python's notation."""
    with open_text(path) as lines:
        items = tuple(
            _sentence(row["sentence"], [label for label in ast.literal_eval(row["skills"]) if label != _UNKNOWN])
            for row in csv.DictReader(lines)
        )
    return BenchmarkSet(
        name=f"skillskape_{part}",
        family="skillskape",
        task="sentences",
        vocabulary="esco",
        is_test=part == "test",
        items=items,
    )


def _sentence(text: str, labels: list[str]) -> Item:
    """A label that the vocabulary lacks stays as something nobody can find, so that it is not forgotten."""
    addresses = skill_addresses()
    return Item(text=text, language="en", gains={addresses.get(label, f"unknown:{label}"): 1.0 for label in labels})


# Courses ----------------------------------------------------------------------------------------


def _courses() -> BenchmarkSet:
    with open_text(bench_file("courses/courses.jsonl")) as lines:
        courses = [json.loads(line) for line in lines]
    items = tuple(
        Item(
            text=f"{course['title']}\n{course['text']}",
            language=course["language"],
            gains={skill["uri"]: float(skill["gain"]) for skill in course["skills"]},
            surely=frozenset(skill["uri"] for skill in course["skills"] if skill["both"]),
        )
        for course in courses
    )
    return BenchmarkSet(name="courses", family="courses", task="courses", vocabulary="esco", is_test=False, items=items)


# Names of national classifications --------------------------------------------------------------


def _crosswalk() -> BenchmarkSet:
    """German national skills that the Federal Employment Agency calls an exact match of an ESCO skill.

    The file begins with facts about itself; the table follows. One item per national skill.
    """
    wording: dict[str, str] = {}
    right: dict[str, dict[str, float]] = {}
    with open_text(bench_file(CROSSWALK)) as lines:
        for row in csv.reader(lines):
            if len(row) > 4 and row[4] == "skos:exactMatch":
                wording[row[2]] = row[3]
                right.setdefault(row[2], {})[row[0]] = 1.0
    items = tuple(Item(text=wording[number], language="de", gains=gains) for number, gains in right.items())
    return BenchmarkSet(
        name="crosswalk_de", family="crosswalk_de", task="names", vocabulary="esco_de", is_test=True, items=items
    )


def _melo_source(language: str, by_concept: bool) -> SetSource:
    files = tuple(bench_file(f"melo/{MELO_FOLDERS[language]}/{name}") for name in _MELO_FILES)
    name = f"melo_{language}_concepts" if by_concept else f"melo_{language}"
    return SetSource(name=name, is_test=True, files=files, read=partial(_melo, language, name, by_concept))


def _melo(language: str, name: str, by_concept: bool) -> BenchmarkSet:
    """National titles against ESCO's labels of occupations.

    As published, every label is ranked by itself and the first right label counts. With `by_concept` the labels of an
    occupation are put together, as the product does; that gives higher figures, which nobody has published.
    Spanish titles come in capitals and are lowered, as in the published runs.
    """
    of_element = dict(read_pairs(melo_file(language, "concept_mapping.tsv.gz")))
    right: dict[str, dict[str, float]] = {}
    for number, rest in read_pairs(melo_file(language, "annotations.tsv.gz")):
        _, element, _grade = rest.split("\t")
        right.setdefault(number, {})[of_element[element] if by_concept else element] = 1.0
    items = tuple(
        Item(text=title.lower() if language == "es" else title, language=language, gains=right.get(number, {}))
        for number, title in read_pairs(melo_file(language, "queries.tsv.gz"))
    )
    return BenchmarkSet(name=name, family=name, task="names", vocabulary=name, is_test=True, items=items)


def _melo_elements(language: str) -> Vocabulary:
    """Every label as if it were an occupation of its own."""
    labels = read_pairs(melo_file(language, "corpus_elements.tsv.gz"))
    return _occupations(f"benchmark melo {language}", language, {element: [label] for element, label in labels})


def _melo_concepts(language: str) -> Vocabulary:
    """The occupations and groups of occupations with all their labels, the preferred one first."""
    of_element = dict(read_pairs(melo_file(language, "concept_mapping.tsv.gz")))
    labels: dict[str, list[str]] = {}
    for element, label in read_pairs(melo_file(language, "corpus_elements.tsv.gz")):
        labels.setdefault(of_element[element], []).append(label)
    return _occupations(f"benchmark melo {language} concepts", language, labels)


def _occupations(name: str, language: str, labels: Mapping[str, list[str]]) -> Vocabulary:
    return Vocabulary(
        name=name,
        concepts=tuple(
            Concept(
                uri=uri,
                kind="occupation",
                preferred={language: first},
                alternatives={language: tuple(others)} if others else {},
            )
            for uri, (first, *others) in labels.items()
        ),
    )


def melo_file(language: str, name: str) -> Path:
    """A file of the MELO set of a language."""
    return bench_file(f"melo/{MELO_FOLDERS[language]}/{name}")
