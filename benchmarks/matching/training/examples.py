"""Texts with their right labels to train adapters on: public training parts and ESCO itself."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.matching.data import (
    CLASSIFICATION,
    GERMAN_LABELS,
    RELATIONS,
    Item,
    bench_file,
    esco_file,
    open_text,
    pack_rows,
    read_pairs,
)
from benchmarks.matching.sets import read_skillskape

from synchromesh.engine.matching.concepts import Vocabulary

FRENCH_LABELS = "labels/v111_skills_fr.csv.gz"
FOREIGN_NAMES = 300  # of each language
_LONGEST = 700  # characters of a description


@dataclass(frozen=True, slots=True, kw_only=True)
class TextExamples:
    """Texts and the numbers of the concepts that are right for each."""

    texts: list[str]
    labels: list[list[int]]


def sentences(vocabulary: Vocabulary) -> TextExamples:
    """Sentences of SkillSkape's training part that have a skill."""
    number = _numbers(vocabulary)
    items = read_skillskape(bench_file("skillskape/train.csv"), "train").labelled
    return TextExamples(
        texts=[item.text for item in items], labels=[[number[uri] for uri in item.gains] for item in items]
    )


def described_skills(vocabulary: Vocabulary) -> TextExamples:
    """Each skill's description, whose label is to be found."""
    texts = [concept.description or concept.main_label() for concept in vocabulary.concepts]
    return TextExamples(texts=texts, labels=[[at] for at in range(len(texts))])


def described_occupations(vocabulary: Vocabulary) -> TextExamples:
    """Each occupation's title and description, with the skills that ESCO calls essential to it."""
    number = _numbers(vocabulary)
    essential: dict[str, list[int]] = defaultdict(list)
    for row in pack_rows(RELATIONS, "occupationSkillRelations.csv"):
        if row["relationType"] == "essential" and row["skillUri"] in number:
            essential[row["occupationUri"]].append(number[row["skillUri"]])
    texts, labels = [], []
    for row in pack_rows(CLASSIFICATION, "occupations_en.csv"):
        if needed := essential.pop(row["conceptUri"], None):
            texts.append(f"{row['preferredLabel']}. {row['description']}"[:_LONGEST])
            labels.append(needed)
    return TextExamples(texts=texts, labels=labels)


def foreign_names(vocabulary: Vocabulary) -> list[Item]:
    """Names of skills in German and French, to be found among English labels; drawn with a fixed seed."""
    known = {concept.uri for concept in vocabulary.concepts}
    items = []
    for language, file in (("de", GERMAN_LABELS), ("fr", FRENCH_LABELS)):
        names = sorted((uri, name) for uri, name in read_names(esco_file(file)) if uri in known)
        for uri, name in random.Random(0).sample(names, FOREIGN_NAMES):
            items.append(Item(text=name, language=language, gains={uri: 1.0}))
    return items


def read_names(path: Path) -> Iterator[tuple[str, str]]:
    """Addresses and names of a file of labels, of either shape that is at hand."""
    if ".csv" not in path.name:
        yield from read_pairs(path)
        return
    with open_text(path) as lines:
        for row in csv.DictReader(lines):
            yield row["conceptUri"], row["preferredLabel"]


def _numbers(vocabulary: Vocabulary) -> dict[str, int]:
    return {concept.uri: at for at, concept in enumerate(vocabulary.concepts)}
