"""What invented courses are about: concepts of ESCO with their names in several languages, and standards.

A concept's names in two languages were written by people, so a course and its twin in another language have titles
that are true translations. Skills are named in five languages, occupations in nine. Source of the files: ESCO 1.1.1
(European Commission) and national crosswalks; this service uses the ESCO classification of the European Commission.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

CLASSIFICATION = "esco-v1.1.1-classification-en.zip"
RELATIONS = "esco-v1.1.1-relations.zip"
LANGUAGES = ("en", "de", "fr", "nl", "sv", "es", "it", "pl", "cs")
SKILL_FILES = {language: f"skills_{language}_from_crosswalk.tsv.gz" for language in ("de", "nl", "sv")}
FRENCH_SKILLS = "v111_skills_fr.csv.gz"
OCCUPATION_FILES = {language: f"occupations_{language}_from_melo.tsv.gz" for language in LANGUAGES}
STANDARDS = (
    "ISO 9001", "ISO 14001", "ISO 45001", "ISO 50001", "ISO 27001", "ISO 26262:2011", "ISO 26262:2018", "ISO 21434",
    "IATF 16949", "EN 50110-1", "EN 50110-2", "VDA 6.3", "VDA 6.5", "UN R155", "UN R156", "IEC 61508", "IEC 62443",
    "ISO 13849-1", "ISO 13849-2", "DGUV 209-093",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A concept: its names by language, its English description ("" where none), and the group it stands in."""

    uri: str
    kind: str
    names: dict[str, str]
    description: str
    group: str


def missing_files(folder: Path) -> list[str]:
    """Which of the needed files are not in the folder `data/esco`."""
    labels = [*SKILL_FILES.values(), FRENCH_SKILLS, *OCCUPATION_FILES.values()]
    wanted = [CLASSIFICATION, RELATIONS, *(f"labels/{name}" for name in labels)]
    return [name for name in wanted if not (folder / name).is_file()]


def read_topics(folder: Path, *, half: int) -> list[Topic]:
    """Every second concept (`half` is 0 or 1, by the checksum of its address) and every second standard.

    What is fitted and what is measured use different halves, so that no title is seen in both.
    """
    groups = _groups(folder)
    topics = [*_skills(folder, groups), *_occupations(folder), *_standards()]
    return [topic for topic in topics if crc32(topic.uri.encode()) % 2 == half]


def _skills(folder: Path, groups: dict[str, str]) -> Iterator[Topic]:
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for language, file in SKILL_FILES.items():
        for uri, label in _lines(folder / "labels" / file):
            names[uri].setdefault(language, label)
    with gzip.open(folder / "labels" / FRENCH_SKILLS, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            names[row["conceptUri"]]["fr"] = row["preferredLabel"]
    for row in _packed(folder / CLASSIFICATION, "skills_en.csv"):
        uri = row["conceptUri"]
        named = {"en": row["preferredLabel"], **names[uri]}
        yield Topic(uri=uri, kind="skill", names=named, description=row["description"], group=groups.get(uri, ""))


def _occupations(folder: Path) -> Iterator[Topic]:
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for language, file in OCCUPATION_FILES.items():
        for uri, label in _lines(folder / "labels" / file):
            if "/occupation/" in uri:
                names[uri].setdefault(language, _first_form(label))
    for row in _packed(folder / CLASSIFICATION, "occupations_en.csv"):
        named = names[row["conceptUri"]]
        if len(named) == len(OCCUPATION_FILES):
            group = row["iscoGroup"][:3]
            yield Topic(
                uri=row["conceptUri"], kind="occupation", names=named, description=row["description"], group=group
            )


def _standards() -> Iterator[Topic]:
    for name in STANDARDS:
        names = dict.fromkeys(LANGUAGES, name)
        yield Topic(uri=name, kind="standard", names=names, description="", group="standards")


def _groups(folder: Path) -> dict[str, str]:
    """The first group above each skill, so that neighbouring skills can be told."""
    found: dict[str, str] = {}
    for row in _packed(folder / RELATIONS, "broaderRelationsSkillPillar.csv"):
        if row["conceptType"] != "SkillGroup" and row["broaderType"] == "SkillGroup":
            found.setdefault(row["conceptUri"], row["broaderUri"])
    return found


def _first_form(label: str) -> str:
    """The first of two forms ("technik/technička"); "Import-/Exportkaufmann" is one form."""
    first = label.split("/")[0]
    return label if first.endswith("-") else first


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        for line in stream:
            uri, _, label = line.rstrip("\n").partition("\t")
            yield uri, label


def _packed(archive: Path, name: str) -> Iterator[dict[str, str]]:
    with zipfile.ZipFile(archive) as packed, packed.open(name) as stream:
        yield from csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8", newline=""))
