"""The vocabularies that texts are matched against, and what a benchmark is made of.

Files lie below the folder that SYNCHROMESH_SHARED names (else ../shared): data/esco and data/bench.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TextIO

from synchromesh.engine.matching import Concept, Vocabulary

ROOT = Path(__file__).resolve().parents[2]
CLASSIFICATION = "esco-v1.1.0-classification-en.zip"
RELATIONS = "esco-v1.1.1-relations.zip"
GERMAN_LABELS = "labels/skills_de_from_crosswalk.tsv.gz"
Task = Literal["sentences", "courses", "names"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A text with its right concepts and their gains; `surely` are those that every annotator named.

    No right concept means that nothing of the vocabulary fits.
    """

    text: str
    language: str
    gains: Mapping[str, float]
    surely: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkSet:
    """A set of texts. `family` names the targets and published figures it is held against.

    `timed`: its texts are single sentences of vacancies, on which speed is stated.
    """

    name: str
    family: str
    task: Task
    vocabulary: str
    is_test: bool
    items: tuple[Item, ...]
    timed: bool = False

    @property
    def labelled(self) -> tuple[Item, ...]:
        """Items with at least one right concept: the only ones a ranking can be judged by."""
        return tuple(item for item in self.items if item.gains)


def shared_folder() -> Path:
    """The folder of data that are not part of the repository; it need not exist."""
    return Path(os.environ.get("SYNCHROMESH_SHARED") or ROOT.parent / "shared") / "data"


def bench_file(name: str) -> Path:
    """A file of data/bench."""
    return shared_folder() / "bench" / name


def esco_file(name: str) -> Path:
    """A file of data/esco."""
    return shared_folder() / "esco" / name


def open_text(path: Path) -> TextIO:
    """Open a text file, packed or not."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Rows of a file with two columns between tabs."""
    with open_text(path) as lines:
        for line in lines:
            first, _, second = line.rstrip("\r\n").partition("\t")
            yield first, second


@cache
def skill_addresses() -> Mapping[str, str]:
    """Addresses of ESCO 1.1.0's skills by preferred label, by which several benchmarks name them."""
    return {row["preferredLabel"]: row["conceptUri"] for row in pack_rows(CLASSIFICATION, "skills_en.csv")}


def esco_skills() -> Vocabulary:
    """The 13,891 skills of ESCO 1.1.0 in English, in which Decorte's and the SkillSkape labels are stated.

    How often a skill is referred to is counted in the relations of 1.1.1, which keep its addresses.
    """
    return Vocabulary(name="benchmark esco 1.1.0 skill", concepts=tuple(_skills({}).values()))


def esco_skills_in_german() -> Vocabulary:
    """The same skills with German preferred labels where there are any, as in an installation with both packs.

    Skills of the German file that 1.1.0 has withdrawn are kept with their German label alone. That file holds ESCO's
    side of the Federal Employment Agency's crosswalk, never the national labels that are the questions.
    """
    german = dict(read_pairs(esco_file(GERMAN_LABELS)))
    found = _skills(german)
    for uri, label in german.items():
        if uri not in found:
            found[uri] = Concept(uri=uri, kind="skill", preferred={"de": label})
    return Vocabulary(name="benchmark esco 1.1.0 skill de", concepts=tuple(found[uri] for uri in sorted(found)))


def _skills(german: Mapping[str, str]) -> dict[str, Concept]:
    used = _relation_counts()
    found: dict[str, Concept] = {}
    for row in pack_rows(CLASSIFICATION, "skills_en.csv"):
        uri = row["conceptUri"]
        if uri in found:
            continue
        others = tuple(label.strip() for label in (row["altLabels"] or "").splitlines() if label.strip())
        found[uri] = Concept(
            uri=uri,
            kind="skill",
            preferred={"en": row["preferredLabel"]} | ({"de": german[uri]} if uri in german else {}),
            alternatives={"en": others},
            description=row["description"] or "",
            relations=used[uri],
        )
    return dict(sorted(found.items()))


def _relation_counts() -> Counter[str]:
    """How many relations point at a skill: from occupations, from other skills, and from narrower skills."""
    used = Counter(row["skillUri"] for row in pack_rows(RELATIONS, "occupationSkillRelations.csv"))
    used.update(row["relatedSkillUri"] for row in pack_rows(RELATIONS, "skillSkillRelations.csv"))
    used.update(row["broaderUri"] for row in pack_rows(RELATIONS, "broaderRelationsSkillPillar.csv"))
    return used


def pack_rows(pack: str, name: str) -> Iterator[dict[str, str]]:
    """Rows of a file of ESCO's packs."""
    # Cells of ESCO's hierarchy are longer than the csv module allows by itself; its limit is the whole process's.
    before = csv.field_size_limit(sys.maxsize)
    try:
        with zipfile.ZipFile(esco_file(pack)) as archive, archive.open(name) as packed:
            yield from csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8-sig", newline=""))
    finally:
        csv.field_size_limit(before)
