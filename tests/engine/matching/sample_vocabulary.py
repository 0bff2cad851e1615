"""A small vocabulary in three languages for tests of completion."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from synchromesh.engine.matching.completion import LabelCompletion
from synchromesh.engine.matching.completion_arrays import build_arrays
from synchromesh.engine.matching.concepts import Concept, ConceptKind, Vocabulary

WELDING = Concept(
    uri="weld",
    kind="skill",
    preferred={"en": "arc welding", "de": "Lichtbogenschweißen", "cs": "svařování obloukem"},
    alternatives={"en": ("weld with an arc", "MIG welding"), "de": ("Schweißen",)},
)
ARCHIVES = Concept(uri="archive", kind="skill", preferred={"en": "archive documents", "de": "Archivieren"})
BATTERIES = Concept(
    uri="battery",
    kind="skill",
    preferred={"en": "battery management", "cs": "řízení baterií"},
    alternatives={"en": ("arc",)},
)
CODING = Concept(uri="c++", kind="skill", preferred={"en": "C++"}, alternatives={"en": ("C plus plus",)})
SAMPLE = (WELDING, ARCHIVES, BATTERIES, CODING)

LABELS = st.text(alphabet="abcdeéßØ –-/ 12", min_size=1, max_size=12)


def completion_of(*concepts: Concept) -> LabelCompletion:
    """Completion over these concepts, without meaning."""
    return LabelCompletion(build_arrays(Vocabulary(name="sample", concepts=concepts)))


def concepts_of(labels: Iterable[Iterable[str]], kind: ConceptKind = "skill") -> tuple[Concept, ...]:
    """One concept for each row of labels: the first is its name in English, the others are further German labels."""
    return tuple(
        Concept(uri=f"c{at}", kind=kind, preferred={"en": first}, alternatives={"de": tuple(others)})
        for at, (first, *others) in enumerate(labels)
    )
