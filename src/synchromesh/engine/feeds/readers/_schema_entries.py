"""What a schema.org document lists: its courses, and what is none, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.readers._json_fields import kind_of_value
from synchromesh.engine.feeds.readers._schema_nodes import Graph, identity, property_of, types_of

__all__ = ["Entry", "EntryFinder", "refusal"]

# Where the things that a document is about may stand. What a course consists of or requires is not listed by it.
_CONTAINERS = (
    "@graph", "itemListElement", "item", "mainEntity", "hasCourse", "dataFeedElement", "hasOfferCatalog", "makesOffer",
    "itemOffered", "hasPart",
)  # fmt: skip
_DEEPEST = 12
_MOST_NOTED = 100_000
_COURSE, _RUN = "Course", "CourseInstance"
_ADDRESS = re.compile(r"https?:|/|#|_:")
_REFERENCE = {"@id", "url", "name", "position"}  # what stands in a list that names pages only
# Parts of a description, or of every page of a site; they say nothing of courses and are passed over.
_SUPPORTING = re.compile(
    r".*(?:Organization|Business|List|Catalog|Offer|Specification|Rating|Action|Object|Review|TermSet|Point|Schedule)"
    r"|Person|Place|PostalAddress|Country|AdministrativeArea|VirtualLocation|GeoCoordinates|ListItem|Corporation|School"
    r"|CollegeOrUniversity|NGO|Brand|Language|DefinedTerm|CategoryCode|EducationalOccupationalCredential|PropertyValue"
    r"|QuantitativeValue|StructuredValue|Audience|EducationalAudience|Duration|Syllabus|WebSite|SiteNavigationElement"
    r"|WPHeader|WPFooter|WPSideBar|DataFeed|DataFeedItem|Comment|Answer|Question|HowToStep|Thing"
)
_PAGE = re.compile(r".*Page")
_KINDS = (
    (re.compile(r".*Event|Festival|Hackathon"), "Events are not courses. Put this one into the calendar instead."),
    (re.compile(r".*Page|WebContent"), "Pages are not courses. Leave this entry out."),
    (re.compile(r".*(?:Article|Posting|Report|Review)|Blog"), "Articles are not courses. Leave this entry out."),
    (re.compile(r"EducationalOccupationalProgram|WorkBasedProgram"), "A programme is not a course. List its courses."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A thing that the document lists. `node` is None where something else than a thing stands."""

    position: str
    node: dict[str, object] | None
    found: str = ""

    @property
    def is_course(self) -> bool:
        return self.node is not None and _COURSE in types_of(self.node)

    @property
    def is_run(self) -> bool:
        return self.node is not None and _RUN in types_of(self.node) and not self.is_course


class EntryFinder:
    """Walks through the parts of one document; each thing comes once, however often it is referred to.

    `pages` collects the addresses of a list that names pages and not courses. In a web page (`in_page`) the nodes that
    describe the page itself are passed over.
    """

    def __init__(self, graph: Graph, *, in_page: bool = False) -> None:
        self.pages: list[str] = []
        self.passed: list[str] = []  # the types of what was passed over
        self._graph, self._in_page = graph, in_page
        self._seen: set[str] = set()

    def find(self, value: object, position: str, depth: int = 0) -> Iterator[Entry]:
        """The entries within a value that stands at `position`."""
        if depth > _DEEPEST:
            return
        if isinstance(value, list):
            for number, one in enumerate(value):
                yield from self.find(one, f"{position}[{number}]", depth + 1)
            return
        if isinstance(value, str):
            node = self._graph.find(value)
            if node is None and _ADDRESS.match(value):
                self._note_page(value, position)
                return
            value = value if node is None else node
        if not isinstance(value, dict):
            if value is not None:
                yield Entry(position=position or "file", node=None, found=kind_of_value(value))
            return
        yield from self._of_node(self._graph.resolved(value), position, depth)

    def _of_node(self, node: dict[str, object], position: str, depth: int) -> Iterator[Entry]:
        name, types = identity(node), types_of(node)
        containers = () if "BreadcrumbList" in types else _CONTAINERS
        inner = [(key, found) for key in containers if (found := property_of(node, key)) is not None]
        if name and (types or inner):  # a bare reference may stand before the course itself
            if name in self._seen:
                return
            self._seen.add(name)
        if _COURSE in types or _RUN in types:
            if _COURSE in types or name not in self._graph.runs:
                yield Entry(position=position or "file", node=node)
            return
        for key, found in inner:
            place = position if key == "item" else f"{position}.{key}".lstrip(".")
            yield from self.find(found, place, depth + 1)
        page = property_of(node, "url") or name
        if ("ListItem" in types or set(node) <= _REFERENCE) and not inner and page and isinstance(page, str):
            self._note_page(page, position)
        elif self._is_passed_over(types, holds_others=bool(inner)):
            self.passed.extend(types if len(self.passed) < _MOST_NOTED else ())
        elif types or (node and not inner and set(node) != {"@context"}):
            yield Entry(position=position or "file", node=node)

    def _note_page(self, address: str, position: str) -> None:
        if "itemListElement" in position and len(self.pages) < _MOST_NOTED:
            self.pages.append(address)

    def _is_passed_over(self, types: tuple[str, ...], *, holds_others: bool) -> bool:
        if not types:
            return holds_others
        if holds_others and not any(kind.endswith("Event") for kind in types):
            return True
        return all(_SUPPORTING.fullmatch(kind) or (self._in_page and _PAGE.fullmatch(kind)) for kind in types)


def refusal(entry: Entry) -> Problem:
    """Why an entry is no course."""
    if entry.node is None:
        message = f"A course is expected here, not {entry.found}. It was left out."
        return Problem(position=entry.position, field="", message=message)
    types = types_of(entry.node)
    if not types:
        message = 'This entry does not say what it is. Write "@type": "Course".'
        return Problem(position=entry.position, field="@type", message=message)
    stated = next((message for pattern, message in _KINDS if any(map(pattern.fullmatch, types))), "")
    message = stated or f"'{types[0][:60]}' is not a course. Leave this entry out."
    return Problem(position=entry.position, field="@type", message=message)
