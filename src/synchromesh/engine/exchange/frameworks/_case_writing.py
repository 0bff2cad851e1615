"""A framework document into a CASE 1.1 package."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from synchromesh.engine.exchange.frameworks._case_vocabulary import (
    ANCHOR,
    CHILD,
    CODES,
    EXACT,
    EXTENSION,
    FAMILY,
    ITEM_TYPES,
    NOTES,
    RELATED,
    REQUIREMENT,
    REQUIRES,
    ROLE,
    SKILL,
    UNIT,
    is_one_line,
)
from synchromesh.engine.exchange.frameworks._document import (
    FrameworkDocument,
    Record,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
)
from synchromesh.engine.exchange.frameworks._record_writing import record_values
from synchromesh.engine.exchange.frameworks._stable_identifiers import Identifiers

_Object: TypeAlias = dict[str, Any]
_NAME = "Framework of skills and job roles"
# CASE wants a time of the last change for everything; where no source states a date this one says "not known".
_UNKNOWN_DAY = datetime.date(1970, 1, 1)


class PackageWriter:
    """Builds the objects of one package."""

    def __init__(self, document: FrameworkDocument, identifiers: Identifiers) -> None:
        self._document, self._identifiers = document, identifiers
        self._families = {family.slug: family.external_id for family in document.families}
        self._titles = {
            (kind, record.external_id): _main(record.titles)[1]
            for kind, records in ((SKILL, document.skills), (ROLE, document.roles), (FAMILY, document.families))
            for record in records
        }
        self._items: list[_Object] = []
        self._associations: list[_Object] = []

    def package(self) -> _Object:
        """Return the package."""
        for family in self._document.families:
            self._add(FAMILY, family, (family.external_id,), parent=None)
        for skill in self._document.skills:
            self._add(SKILL, skill, (skill.external_id,), parent=None)
            self._add_anchors(skill)
            self._link_esco(SKILL, skill)
        for role in self._document.roles:
            family_id = self._families.get(role.family)
            self._add(ROLE, role, (role.external_id,), parent=(FAMILY, family_id) if family_id else None)
            self._link_esco(ROLE, role)
        for requirement in self._document.requirements:
            self._require(requirement)
        for unit in self._document.units:
            parent = (UNIT, unit.role, unit.parent_code) if unit.parent_code else (ROLE, unit.role)
            self._add(UNIT, unit, (unit.role, unit.code), parent=parent)
            if unit.skill:
                self._link(RELATED, (UNIT, unit.role, unit.code), (SKILL, unit.skill), extension={"entry": UNIT})
        return {
            "CFDocument": {
                "identifier": self._identifiers.identifier("document"),
                "uri": self._identifiers.root,
                "caseVersion": "1.1",
                "creator": "Synchromesh",
                "title": _NAME,
                "lastChangeDateTime": _moment(max((item[1] for item in _days(self._document)), default=_UNKNOWN_DAY)),
                "language": "en",
                "extensions": {EXTENSION: {"entry": "framework", "version": 1}},
            },
            "CFItems": self._items,
            "CFAssociations": self._associations,
        }

    def _add(self, kind: str, record: Any, keys: tuple[str, ...], *, parent: tuple[str, ...] | None) -> None:
        """Add an item for a record, as a child of `parent` (kind and keys) or of the document."""
        values: _Object = record_values(record)
        language, statement = _main(record.titles)
        item = self._item(kind, keys, ITEM_TYPES[values.get("kind", kind) if kind != UNIT else record.depth], statement)
        item["language"] = language
        values["titles"] = {key: text for key, text in record.titles.items() if key != language}
        _move_notes(kind, values, item, language)
        _move_code(kind, values, item)
        if "topics" in values and all(is_one_line(topic) for topic in values["topics"]):
            item["subject"] = values.pop("topics")
        if "eqf" in values:
            bounds = {values["eqf"].get(end) for end in ("min", "max")} - {None}
            item["educationLevel"] = [f"EQF {level}" for level in sorted(bounds)]
        values.pop("esco", None)
        values.pop("anchors", None)
        values.pop("kind", None)
        item["lastChangeDateTime"] = _moment(record.provenance.source_on)
        item["extensions"] = {EXTENSION: {"entry": kind, **{key: value for key, value in values.items() if value}}}
        self._items.append(item)
        self._link(CHILD, (kind, *keys), parent, sequence=len(self._items))

    def _add_anchors(self, skill: SkillRecord) -> None:
        for level, texts in sorted(skill.anchors.items()):
            if not texts:
                continue
            language, statement = _main(texts)
            keys = (skill.external_id, str(level))
            item = self._item(ANCHOR, keys, ITEM_TYPES[ANCHOR], statement)
            others = {key: text for key, text in texts.items() if key != language}
            extension = {"entry": ANCHOR, "level": level, **({"titles": others} if others else {})}
            moment = _moment(skill.provenance.source_on)
            item |= {"language": language, "lastChangeDateTime": moment, "extensions": {EXTENSION: extension}}
            self._items.append(item)
            self._link(CHILD, (ANCHOR, *keys), (SKILL, skill.external_id), sequence=level)

    def _item(self, kind: str, keys: tuple[str, ...], item_type: str, statement: str) -> _Object:
        return {
            "identifier": self._identifiers.identifier(kind, *keys),
            "uri": self._identifiers.address(kind, *keys),
            "CFItemType": item_type,
            "fullStatement": statement,
        }

    def _link_esco(self, kind: str, record: SkillRecord | RoleRecord) -> None:
        for place, reference in enumerate(record.esco):
            exact = reference.match == "exact"
            node = {"title": reference.uri, "identifier": reference.uri, "uri": reference.uri, "targetType": "ext:ESCO"}
            self._associate(
                (EXACT if exact else RELATED, kind, record.external_id, str(place), reference.match, reference.uri),
                origin=self._node(kind, record.external_id),
                destination=node,
                extension=None if exact else {"entry": "esco", "match": reference.match},
            )

    def _require(self, requirement: RequirementRecord) -> None:
        self._associate(
            (REQUIRES, requirement.role, requirement.skill),
            origin=self._node(ROLE, requirement.role),
            destination=self._node(SKILL, requirement.skill),
            extension={"entry": REQUIREMENT, **record_values(requirement)},
            day=requirement.provenance.source_on,
        )

    def _link(
        self,
        kind: str,
        origin: tuple[str, ...],
        destination: tuple[str, ...] | None,
        *,
        sequence: int | None = None,
        extension: _Object | None = None,
    ) -> None:
        target = self._node(*destination) if destination else self._document_node()
        self._associate(
            (kind, *origin, "", *(destination or ())),
            origin=self._node(*origin),
            destination=target,
            sequence=sequence,
            extension=extension,
        )

    def _associate(
        self,
        keys: tuple[str, ...],
        *,
        origin: _Object,
        destination: _Object,
        sequence: int | None = None,
        extension: _Object | None = None,
        day: datetime.date | None = None,
    ) -> None:
        association: _Object = {
            "identifier": self._identifiers.identifier("association", *keys),
            "associationType": keys[0],
            "uri": self._identifiers.address("association", *keys),
            "originNodeURI": origin,
            "destinationNodeURI": destination,
            "lastChangeDateTime": _moment(day),
        }
        if sequence is not None:
            association["sequenceNumber"] = sequence
        if extension is not None:
            association["extensions"] = {EXTENSION: extension}
        self._associations.append(association)

    def _node(self, kind: str, *keys: str) -> _Object:
        title = self._titles.get((kind, keys[0]), keys[-1]) if len(keys) == 1 else keys[-1]
        return {
            "title": " ".join(title.split()),
            "identifier": self._identifiers.identifier(kind, *keys),
            "uri": self._identifiers.address(kind, *keys),
        }

    def _document_node(self) -> _Object:
        return {
            "title": _NAME,
            "identifier": self._identifiers.identifier("document"),
            "uri": self._identifiers.root,
        }


def _main(texts: Mapping[str, str]) -> tuple[str, str]:
    """Return language and text of the English one, or else of the first by code."""
    language = "en" if "en" in texts or not texts else min(texts)
    return language, texts.get(language, "")


def _move_notes(kind: str, values: _Object, item: _Object, language: str) -> None:
    """Put the description in the main language where CASE keeps it."""
    texts = values.get(NOTES.get(kind, ""))
    if isinstance(texts, dict) and language in texts:
        item["notes"] = texts.pop(language)


def _move_code(kind: str, values: _Object, item: _Object) -> None:
    """Put id or code where CASE keeps it, unless it is more than a line."""
    key = CODES[kind]
    if is_one_line(values[key]):
        item["humanCodingScheme"] = values.pop(key)


def _days(document: FrameworkDocument) -> Iterator[tuple[Record, datetime.date]]:
    lists: tuple[tuple[Record, ...], ...] = (
        document.skills, document.roles, document.requirements, document.families, document.units,
    )  # fmt: skip
    for records in lists:
        for record in records:
            if record.provenance.source_on is not None:
                yield record, record.provenance.source_on


def _moment(day: datetime.date | None) -> str:
    return f"{(day or _UNKNOWN_DAY).isoformat()}T00:00:00Z"
