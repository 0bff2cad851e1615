"""Names in SKOS and in our own small vocabulary, and a framework as statements that any syntax of RDF can hold.

Sources: SKOS Reference, https://www.w3.org/TR/skos-reference/; DCMI Metadata Terms,
https://www.dublincore.org/specifications/dublin-core/dcmi-terms/. The own vocabulary (levels, requirements, weights and
what else SKOS has no words for) stands under the base address of a site, at `vocabulary#`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
VOCABULARY_END = "vocabulary#"
# The class of the scheme that a framework of ours is; by it a reader finds the address of the vocabulary.
FRAMEWORK = "Framework"
# Our kinds of things by the name of their class.
CLASSES: Mapping[str, str] = {
    "Family": "families",
    "Skill": "skills",
    "Role": "roles",
    "Requirement": "requirements",
    "Unit": "units",
}
MAPPINGS: Mapping[str, str] = {
    "exact": "exactMatch",
    "close": "closeMatch",
    "broad": "broadMatch",
    "narrow": "narrowMatch",
    "related": "relatedMatch",
}


@dataclass(frozen=True, slots=True)
class Address:
    """An address (IRI) as object."""

    value: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text, in a language or in none."""

    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A value of a type of XML Schema, such as date or double, in its written form."""

    value: str
    type: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Objects whose order counts."""

    items: tuple[Address | Text | Typed, ...]


Object: TypeAlias = Address | Text | Typed | int | Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One thing: its address, its classes and its statements, classes and predicates as prefixed names."""

    address: str
    classes: tuple[str, ...]
    statements: tuple[tuple[str, tuple[Object, ...]], ...]


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes that the prefixed names use; `v` is our vocabulary."""
    return {"skos": SKOS, "dcterms": DCTERMS, "xsd": XSD, "v": f"{base}{VOCABULARY_END}"}
