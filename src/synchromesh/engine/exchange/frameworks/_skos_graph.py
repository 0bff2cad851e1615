"""A graph of SKOS into records: our own things whole, other people's concepts as skills.

rdflib is imported where it is used, since it takes seconds to load. Every graph is bounded (statements, length of an
address), and literals keep only their text and language: rdflib would otherwise parse XML and HTML inside them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.frameworks._collecting import Collected
from synchromesh.engine.exchange.frameworks._record_reading import read_records
from synchromesh.engine.exchange.frameworks._record_rules import ESCO, language_of
from synchromesh.engine.exchange.frameworks._skos_vocabulary import (
    CLASSES,
    DCTERMS,
    FRAMEWORK,
    MAPPINGS,
    RDF,
    SKOS,
    VOCABULARY_END,
)
from synchromesh.engine.exchange.frameworks._value_reader import printable
from synchromesh.engine.tables.limits import MEBIBYTE
from synchromesh.engine.vocabulary.slugs import slugify

if TYPE_CHECKING:
    from rdflib import Graph

MOST_BYTES = 16 * MEBIBYTE
# Addresses that state no site are completed with this one; `.invalid` is reserved for nobody (RFC 2606).
RELATIVE = "https://relative.invalid/"
_MOST_STATEMENTS = 400_000
_LONGEST_ADDRESS = 2_000
_WHOLE = re.compile(r"[+-]?\d{1,12}", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,400}(?:\.\d{0,400})?(?:[eE][+-]?\d{1,4})?", re.ASCII)
_MATCHES = {f"{SKOS}{predicate}": match for match, predicate in MAPPINGS.items()}
# Of other people's concepts: what is read, and what says nothing that we would have to keep.
_READ_OF_OTHERS = frozenset(
    {
        f"{SKOS}prefLabel", f"{SKOS}definition", f"{SKOS}scopeNote", f"{SKOS}notation", f"{SKOS}inScheme",
        f"{SKOS}topConceptOf", f"{RDF}type", *_MATCHES,
    }
)  # fmt: skip


class TooMuch(Exception):
    """A graph over the limits; becomes InvalidInput with the place."""


def bounded_graph() -> Graph:
    """Return an empty graph that raises TooMuch when it grows over the limits."""
    from rdflib import Graph, URIRef

    class Bounded(Graph):
        count = 0

        def add(self, triple: Any) -> Graph:  # type: ignore[override]
            self.count += 1
            if self.count > _MOST_STATEMENTS:
                raise TooMuch(f"it makes more than {_MOST_STATEMENTS:,} statements")
            if any(isinstance(term, URIRef) and len(term) > _LONGEST_ADDRESS for term in triple):
                raise TooMuch(f"an address has more than {_LONGEST_ADDRESS:,} characters")
            return super().add(triple)

    return Bounded()


def read_graph(graph: Graph, *, name: str, place_of: Callable[[str], str], collected: Collected) -> None:
    """Add the records of a graph; `place_of` gives the position of a thing by its address.

    Raises InvalidInput when there is neither a thing of ours nor a concept.
    """
    reading = _GraphReading(graph, name=name, place_of=place_of)
    is_ours, has_others = reading.own(collected), reading.others(collected)
    if not is_ours and not has_others:
        raise InvalidInput(f"{name} holds no skos:Concept, so there is nothing to read. Is it another vocabulary?")


class _GraphReading:
    """Looks up the things of a graph and turns each into the plain values of a record."""

    def __init__(self, graph: Graph, *, name: str, place_of: Callable[[str], str]) -> None:
        from rdflib import URIRef

        self._graph, self._name, self._place_of = graph, name, place_of
        self._iri = URIRef
        ending = f"{VOCABULARY_END}{FRAMEWORK}"
        classes = {str(kind) for kind in graph.objects(None, URIRef(f"{RDF}type"))}
        found = min((kind for kind in classes if kind.endswith(ending)), default="")
        self._vocabulary = found.removesuffix(FRAMEWORK)

    def own(self, collected: Collected) -> bool:
        """Read what is of the classes of our vocabulary; tell whether it is a framework of ours, be it empty."""
        for class_name, kind in CLASSES.items():
            things = self._things(f"{self._vocabulary}{class_name}") if self._vocabulary else []
            build = {
                "families": self._family,
                "skills": self._skill,
                "roles": self._role,
                "requirements": self._requirement,
                "units": self._unit,
            }[kind]
            things.sort(key=lambda thing: (_order(self._value(thing, "v:order")), str(thing)))
            read_records(kind, ((self._place(thing), build(thing)) for thing in things), collected)
        return bool(self._vocabulary)

    def others(self, collected: Collected) -> bool:
        """Read concepts of others as skills; tell whether there was any."""
        classes = [f"{self._vocabulary}{name}" for name in CLASSES] if self._vocabulary else []
        ours = {thing for class_address in classes for thing in self._things(class_address)}
        concepts = sorted(set(self._things(f"{SKOS}Concept")) - ours, key=str)
        unread: Counter[str] = Counter()
        nameless = 0
        entries = []
        for concept in concepts:
            if not isinstance(concept, self._iri):
                nameless += 1
                continue
            entries.append((self._place(concept), self._foreign(concept)))
            unread.update({str(key) for key in self._graph.predicates(concept, None)} - _READ_OF_OTHERS)
        read_records("skills", entries, collected)
        if nameless:
            collected.report(self._name, f"Not read: concepts without an address ({nameless:,}).")
        for predicate, count in sorted(unread.items()):
            message = f"This was not read; the number of concepts that state it is {count:,}."
            collected.report(self._name, message, name=printable(predicate[:120]))
        return bool(concepts)

    def _family(self, thing: Any) -> dict[str, Any]:
        return {**self._concept(thing), "provenance": self._provenance(thing)}

    def _skill(self, thing: Any) -> dict[str, Any]:
        anchors = {}
        for anchor in sorted(self._objects(thing, "v:anchor"), key=str):
            anchors[str(self._value(anchor, "v:level"))] = self._texts(anchor, f"{SKOS}definition")
        return {
            **self._concept(thing),
            "kind": self._value(thing, "v:kind"),
            "descriptions": self._texts(thing, f"{SKOS}definition"),
            "topics": [str(topic) for topic in self._sequence(thing, "v:topics")],
            "anchors": anchors,
            "esco": self._esco(thing),
            "provenance": self._provenance(thing),
        }

    def _role(self, thing: Any) -> dict[str, Any]:
        tasks: dict[str, list[str]] = {}
        for task in self._sequence(thing, "v:tasks"):
            tasks.setdefault(language_of(getattr(task, "language", None)) or "en", []).append(str(task))
        eqf = {"min": self._number(thing, "v:eqfMin"), "max": self._number(thing, "v:eqfMax")}
        return {
            **self._concept(thing),
            "family": self._value(thing, "v:family"),
            "topics": [str(topic) for topic in self._sequence(thing, "v:topics")],
            "summaries": self._texts(thing, f"{SKOS}definition"),
            "tasks": tasks,
            "area": self._value(thing, "v:area"),
            "eqf": {**eqf, "source": self._value(thing, "v:eqfSource")},
            "esco": self._esco(thing),
            "provenance": self._provenance(thing),
        }

    def _requirement(self, thing: Any) -> dict[str, Any]:
        return {
            "role": self._value(thing, "v:roleId"),
            "skill": self._value(thing, "v:skillId"),
            "level": self._number(thing, "v:level"),
            "need": self._value(thing, "v:need"),
            "weight": self._number(thing, "v:weight"),
            "provenance": self._provenance(thing),
        }

    def _unit(self, thing: Any) -> dict[str, Any]:
        return {
            "role": self._value(thing, "v:roleId"),
            "code": self._value(thing, f"{SKOS}notation"),
            "level": self._value(thing, "v:depth"),
            "titles": self._texts(thing, f"{SKOS}prefLabel"),
            "skill": self._value(thing, "v:skillId"),
            "provenance": self._provenance(thing),
        }

    def _foreign(self, concept: Any) -> dict[str, Any]:
        titles = self._texts(concept, f"{SKOS}prefLabel")
        address = str(concept).removeprefix(RELATIVE)
        esco = self._esco(concept)
        if address.startswith(ESCO):
            esco.insert(0, {"uri": address, "match": "exact"})
        identifier = self._value(concept, f"{SKOS}notation") or address
        ending = slugify(re.split(r"[/#:]", address.rstrip("/#"))[-1])[:40]
        title = slugify(titles.get("en", ""))[:60]
        return {
            "id": identifier,
            "slug": "-".join(part.strip("-") for part in (title, ending) if part.strip("-")) or None,
            "kind": "skill",
            "titles": titles,
            "descriptions": self._texts(concept, f"{SKOS}definition") or self._texts(concept, f"{SKOS}scopeNote"),
            "esco": esco,
            "provenance": {
                "source": "SKOS file",
                "source_url": address if address.startswith(("http://", "https://")) else None,
            },
        }

    def _concept(self, thing: Any) -> dict[str, Any]:
        return {
            "id": self._value(thing, f"{SKOS}notation"),
            "slug": self._value(thing, "v:slug"),
            "titles": self._texts(thing, f"{SKOS}prefLabel"),
        }

    def _provenance(self, thing: Any) -> dict[str, Any]:
        return {
            "source": self._value(thing, f"{DCTERMS}source"),
            "source_url": self._value(thing, "v:sourceUrl"),
            "source_on": self._value(thing, "v:sourceOn"),
            "confidence": _decimal(self._value(thing, "v:confidence")),
            "quote": self._value(thing, "v:quote"),
        }

    def _esco(self, thing: Any) -> list[dict[str, str]]:
        """Return the mappings to ESCO: those of the list in its order, as long as they are stated, then the others."""
        stated = {
            (match, str(target))
            for predicate, match in _MATCHES.items()
            for target in self._graph.objects(thing, self._iri(predicate))
            if str(target).startswith(ESCO)
        }
        listed = [str(item) for item in self._sequence(thing, "v:mappings")]
        pairs = [
            (_MATCHES.get(predicate, ""), target) for predicate, target in zip(listed[::2], listed[1::2], strict=False)
        ]
        kept = [pair for pair in pairs if pair in stated]
        return [{"uri": uri, "match": match} for match, uri in (*kept, *sorted(stated - set(kept)))]

    def _things(self, class_address: str) -> list[Any]:
        return list(self._graph.subjects(self._iri(f"{RDF}type"), self._iri(class_address), unique=True))

    def _place(self, thing: Any) -> str:
        return f"{self._name} {printable(self._place_of(str(thing)))}"

    def _objects(self, thing: Any, predicate: str) -> Iterable[Any]:
        address = f"{self._vocabulary}{predicate[2:]}" if predicate.startswith("v:") else predicate
        return self._graph.objects(thing, self._iri(address))

    def _value(self, thing: Any, predicate: str) -> str | None:
        """Return the first text in a fixed order, None where there is none."""
        return min((str(value) for value in self._objects(thing, predicate)), default=None)

    def _number(self, thing: Any, predicate: str) -> int | str | None:
        """Return a whole number, or the text that is none, for the check to refuse."""
        text = self._value(thing, predicate)
        return int(text) if text is not None and _WHOLE.fullmatch(text) else text

    def _texts(self, thing: Any, predicate: str) -> dict[str, str]:
        """Return texts by language; "de" goes before "de-AT", English is taken where none is stated."""
        found: dict[str, str] = {}
        literals = [
            (str(getattr(value, "language", None) or ""), str(value)) for value in self._objects(thing, predicate)
        ]
        for tag, text in sorted(literals, key=lambda pair: (not pair[0], len(pair[0]), pair)):
            language = language_of(tag) if tag else "en"
            if language:
                found.setdefault(language, text)
        return found

    def _sequence(self, thing: Any, predicate: str) -> list[Any]:
        """Return the items of a list; one that bites its own tail ends there."""
        found: list[Any] = []
        seen = set()
        place = min(self._objects(thing, predicate), key=str, default=None)
        while place is not None and place not in seen:
            seen.add(place)
            found += sorted(self._graph.objects(place, self._iri(f"{RDF}first")), key=str)[:1]
            place = min(self._graph.objects(place, self._iri(f"{RDF}rest")), key=str, default=None)
        return found


def _order(text: str | None) -> int:
    return int(text) if text is not None and _WHOLE.fullmatch(text) else 10**12


def _decimal(text: str | None) -> float | str | None:
    return float(text) if text is not None and _NUMBER.fullmatch(text) else text
