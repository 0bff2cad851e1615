"""A CASE package into the plain values of records: our own items whole, other people's as skills.

Liberal in what it takes: CASE 1.0 and 1.1, and the variant in which the keys are `document`, `items`, `associations`
and `sourcedId`. What is not understood is named in a problem.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, TypeAlias

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.frameworks._case_foreign import KEYS_READ, TYPES_OF_SKILLS, foreign_skill
from synchromesh.engine.exchange.frameworks._case_vocabulary import (
    ANCHOR,
    CHILD,
    CODES,
    EXACT,
    EXTENSION,
    ITEM_TYPES,
    LISTS,
    NOTES,
    RELATED,
    REQUIREMENT,
    REQUIRES,
    SKILL,
    UNIT,
)
from synchromesh.engine.exchange.frameworks._collecting import Collected
from synchromesh.engine.exchange.frameworks._record_reading import read_records
from synchromesh.engine.exchange.frameworks._record_rules import ESCO, language_of
from synchromesh.engine.exchange.frameworks._value_reader import printable

_Object: TypeAlias = dict[str, Any]
_KINDS = {item_type.lower(): kind for kind, item_type in ITEM_TYPES.items()}
_NOT_READ = ("CFRubrics", "rubrics")


def read_package(name: str, value: object, collected: Collected) -> None:
    """Add the records of a package; raises InvalidInput when the value is no package."""
    package, path = _package(name, value)
    document = _first(package, "CFDocument", "document")
    if not isinstance(document, dict):
        raise InvalidInput(
            f"{name} has no CFDocument object at {path}. A CASE package holds CFDocument, CFItems and CFAssociations.",
            field="CFDocument",
        )
    reading = _PackageReading(name=name, path=path, language=language_of(document.get("language")) or "en")
    reading.items(package, collected)
    reading.associations(package, collected)
    for key in _NOT_READ:
        if package.get(key):
            collected.report(f"{name} {path}.{key}", "Rubrics are not read.", name=key)
    reading.hand_over(collected)


def _package(name: str, value: object) -> tuple[_Object, str]:
    if not isinstance(value, dict):
        raise InvalidInput(f"{name} is no CASE package: an object is needed at the top.")
    inner = value.get("CFPackage")
    return (inner, "$.CFPackage") if isinstance(inner, dict) else (value, "$")


class _PackageReading:
    """Collects the plain values of the items, then what the associations add to them."""

    def __init__(self, *, name: str, path: str, language: str) -> None:
        self._name, self._path, self._language = name, path, language
        self._entries: dict[str, list[tuple[str, object]]] = defaultdict(list)
        self._by_identifier: dict[str, _Object] = {}
        self._anchors: dict[str, tuple[str, _Object]] = {}
        self._foreign: set[str] = set()
        self._unread_keys: Counter[str] = Counter()
        self._unread_associations: Counter[str] = Counter()
        self._unplaced_children = 0
        self._other_types: Counter[str] = Counter()

    def items(self, package: _Object, collected: Collected) -> None:
        """Take the items."""
        for place, item in self._listed(package, "CFItems", "items", collected=collected):
            position = f"{self._name} {place}"
            if not isinstance(item, dict):
                collected.report(position, "This item is not an object, so it was not read.")
                continue
            identifier = _text(_first(item, "identifier", "sourcedId"))
            extension = _extension(item)
            entry = extension.get("entry")
            if identifier and (identifier in self._by_identifier or identifier in self._anchors):
                collected.report(position, "An item with this identifier stands already above.", name="identifier")
            elif entry == ANCHOR:
                self._anchors[identifier] = (position, item)
            elif isinstance(entry, str) and entry in LISTS:
                self._remember(LISTS[entry], position, identifier, self._own(entry, item, extension))
            else:
                self._take_foreign(position, identifier, item, collected)

    def associations(self, package: _Object, collected: Collected) -> None:
        """Take the associations: requirements, links to ESCO, and which skill an anchor belongs to."""
        for place, association in self._listed(package, "CFAssociations", "associations", collected=collected):
            position = f"{self._name} {place}"
            if not isinstance(association, dict):
                collected.report(position, "This association is not an object, so it was not read.")
                continue
            kind, extension = _text(association.get("associationType")), _extension(association)
            origin, target = (_node(association.get(key)) for key in ("originNodeURI", "destinationNodeURI"))
            if kind == REQUIRES and extension.get("entry") == REQUIREMENT:
                values = {key: value for key, value in extension.items() if key != "entry"}
                self._entries["requirements"].append((position, values))
            elif kind in (EXACT, RELATED) and target["uri"].startswith(ESCO):
                self._link_esco(position, origin, target, "exact" if kind == EXACT else extension, collected)
            elif kind == CHILD:
                self._place_child(origin["identifier"], target["identifier"], collected)
            elif not (kind == RELATED and extension.get("entry") == UNIT):
                self._unread_associations[kind or "without a type"] += 1

    def hand_over(self, collected: Collected) -> None:
        """Make records of everything and report, in sums, what was not understood."""
        for position, _ in self._anchors.values():
            collected.report(position, "This anchor is no child of a skill, so it was not read.")
        for kind in ("families", "skills", "roles", "requirements", "units"):
            read_records(kind, self._entries[kind], collected)
        self._sum_up(collected)

    def _sum_up(self, collected: Collected) -> None:
        items, links = f"{self._name} {self._path}.CFItems", f"{self._name} {self._path}.CFAssociations"
        for key, count in sorted(self._unread_keys.items()):
            message = f"This key was not read; the number of items that have it is {count:,}."
            collected.report(items, message, name=printable(key[:80]))
        for item_type, count in sorted(self._other_types.items()):
            message = f"Read as skills: items of the type '{printable(item_type[:80])}' ({count:,})."
            collected.report(items, message, name="CFItemType")
        for kind, count in sorted(self._unread_associations.items()):
            message = f"Not read: associations of the type '{printable(kind[:80])}' ({count:,})."
            collected.report(links, message, name="associationType")
        if self._unplaced_children:
            message = (
                f"Not kept: places in a hierarchy ({self._unplaced_children:,}), since skills have no parents here."
            )
            collected.report(links, message, name="associationType")

    def _listed(self, package: _Object, *keys: str, collected: Collected) -> list[tuple[str, Any]]:
        key = next((key for key in keys if key in package), keys[0])
        value = package.get(key)
        if value is not None and not isinstance(value, list):
            collected.report(
                f"{self._name} {self._path}.{key}", "A list is needed here, so nothing was read.", name=key
            )
        entries = value if isinstance(value, list) else []
        return [(f"{self._path}.{key}[{place}]", entry) for place, entry in enumerate(entries)]

    def _remember(self, kind: str, position: str, identifier: str, values: _Object) -> None:
        if identifier:
            self._by_identifier[identifier] = values
        self._entries[kind].append((position, values))

    def _own(self, entry: str, item: _Object, extension: _Object) -> _Object:
        """Return the values of an item that we wrote; what stands in the places of CASE counts, also when changed."""
        values = {key: value for key, value in extension.items() if key != "entry"}
        language = language_of(item.get("language")) or self._language
        _set_text(values, "titles", language, item.get("fullStatement"))
        if entry in NOTES:
            _set_text(values, NOTES[entry], language, item.get("notes"))
        if item.get("humanCodingScheme") is not None:
            values[CODES[entry]] = item["humanCodingScheme"]
        if item.get("subject") is not None:
            values["topics"] = item["subject"]
        if entry == SKILL:
            item_type = item.get("CFItemType")
            values["kind"] = _KINDS.get(item_type.lower(), item_type) if isinstance(item_type, str) else item_type
        return values

    def _take_foreign(self, position: str, identifier: str, item: _Object, collected: Collected) -> None:
        values = foreign_skill(item, identifier=identifier, language=self._language)
        if values is None:
            collected.report(position, "This item has no statement, so it was not read.", name="fullStatement")
            return
        self._foreign.add(identifier)
        self._unread_keys.update(key for key in item if key not in KEYS_READ)
        item_type = _text(item.get("CFItemType"))
        if item_type.lower() not in TYPES_OF_SKILLS:
            self._other_types[item_type] += 1
        self._remember("skills", position, identifier, values)

    def _link_esco(
        self, position: str, origin: dict[str, str], target: dict[str, str], match: str | _Object, collected: Collected
    ) -> None:
        owner = self._by_identifier.get(origin["identifier"])
        if owner is None:
            message = "The item that this association starts from is not in the package."
            collected.report(position, message, name="originNodeURI")
            return
        stated = match if isinstance(match, str) else match.get("match", "related")
        links = owner.setdefault("esco", [])
        if isinstance(links, list):  # a list that the check will refuse stays as it is
            links.append({"uri": target["uri"], "match": stated})

    def _place_child(self, origin: str, target: str, collected: Collected) -> None:
        if origin in self._anchors and target in self._by_identifier:
            position, item = self._anchors.pop(origin)
            extension = _extension(item)
            texts: _Object = {"texts": extension.get("titles", {})}
            _set_text(texts, "texts", language_of(item.get("language")) or self._language, item.get("fullStatement"))
            anchors = self._by_identifier[target].setdefault("anchors", {})
            if isinstance(anchors, dict):
                anchors[str(extension.get("level"))] = texts["texts"]
            else:
                collected.report(position, "The skill of this anchor cannot be read, so neither can the anchor.")
        elif origin in self._foreign and target in self._foreign:
            self._unplaced_children += 1


def _first(values: _Object, *keys: str) -> Any:
    return next((values[key] for key in keys if key in values), None)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _extension(values: _Object) -> _Object:
    """Return what we wrote beside the places of CASE, {} for nothing."""
    extensions = values.get("extensions")
    own = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    return own if isinstance(own, dict) else {}


def _node(value: object) -> dict[str, str]:
    node = value if isinstance(value, dict) else {}
    return {key: _text(node.get(key)) for key in ("identifier", "uri")}


def _set_text(values: _Object, key: str, language: str, text: object) -> None:
    """Set the text of a language beside the others; a value of the wrong kind stays for the check to find."""
    texts = values.get(key, {})
    if text is not None and isinstance(texts, dict):
        values[key] = {**texts, language: text}
