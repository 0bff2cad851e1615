"""What a text is matched against: concepts with their labels in every loaded language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ConceptKind = Literal["skill", "occupation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A skill or an occupation. Labels come by two-letter language code; `uri` names it for the caller.

    `description` is in English where there is one. `relations` counts how many other concepts refer to it, a sign of
    how common it is; 0 where that is not known.
    """

    uri: str
    kind: ConceptKind
    preferred: Mapping[str, str]
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    description: str = ""
    relations: int = 0

    def label(self, language: str) -> str:
        """The preferred label in `language`, else in English, else in the first language there is."""
        found = self.preferred.get(language) or self.preferred.get("en")
        return found or next(iter(self.preferred.values()), self.uri)

    def main_label(self) -> str:
        """The label that encoders read: English where there is one, since every encoder knows it."""
        return self.label("en")

    def all_labels(self) -> list[str]:
        """Each distinct label, the main one first."""
        labels = [self.main_label(), *self.preferred.values()]
        labels += [label for several in self.alternatives.values() for label in several]
        return list(dict.fromkeys(labels))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Concepts of one source and state, e.g. the framework's skills or ESCO 1.1.1's occupations."""

    name: str
    concepts: tuple[Concept, ...]
