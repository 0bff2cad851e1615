"""A framework document into statements of SKOS and of our vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from synchromesh.engine.exchange.frameworks._document import (
    EscoReference,
    FamilyRecord,
    FrameworkDocument,
    Provenance,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
    UnitRecord,
)
from synchromesh.engine.exchange.frameworks._skos_vocabulary import (
    FRAMEWORK,
    MAPPINGS,
    SKOS,
    Address,
    Node,
    Object,
    Sequence,
    Text,
    Typed,
)
from synchromesh.engine.exchange.frameworks._stable_identifiers import Identifiers

_Statements = dict[str, list[Object]]


def framework_nodes(document: FrameworkDocument, identifiers: Identifiers) -> list[Node]:
    """Return the scheme, then every record in its order, then a collection for each topic."""
    writer = _NodeWriter(document, identifiers)
    nodes = [Node(address=identifiers.root, classes=("skos:ConceptScheme", f"v:{FRAMEWORK}"), statements=())]
    nodes += [writer.family(order, record) for order, record in enumerate(document.families)]
    for order, skill in enumerate(document.skills):
        nodes.append(writer.skill(order, skill))
        nodes += writer.anchors(skill)
    nodes += [writer.role(order, record) for order, record in enumerate(document.roles)]
    nodes += [writer.requirement(order, record) for order, record in enumerate(document.requirements)]
    nodes += [writer.unit(order, record) for order, record in enumerate(document.units)]
    return nodes + writer.collections()


class _NodeWriter:
    """Builds the node of each record."""

    def __init__(self, document: FrameworkDocument, identifiers: Identifiers) -> None:
        self._identifiers = identifiers
        self._families = {family.slug: family.external_id for family in document.families}
        self._members: dict[str, list[Object]] = {}

    def family(self, order: int, record: FamilyRecord) -> Node:
        """A concept."""
        return self._concept("family", "Family", order, record, {})

    def skill(self, order: int, record: SkillRecord) -> Node:
        """A concept with its definition and the matching concepts of ESCO."""
        return self._concept(
            "skill",
            "Skill",
            order,
            record,
            {
                "v:kind": [Text(record.kind)],
                "skos:definition": _texts(record.descriptions),
                "v:anchor": [
                    Address(self._anchor(record, level)) for level, texts in sorted(record.anchors.items()) if texts
                ],
                **self._topics("skill", record),
                **_mappings(record.esco),
            },
        )

    def anchors(self, record: SkillRecord) -> list[Node]:
        """What each level of a skill means."""
        return [
            Node(
                address=self._anchor(record, level),
                classes=("v:Anchor",),
                statements=_stated({"v:level": [level], "skos:definition": _texts(texts)}),
            )
            for level, texts in sorted(record.anchors.items())
            if texts
        ]

    def role(self, order: int, record: RoleRecord) -> Node:
        """A concept below its family."""
        tasks = [Text(task, language) for language, items in sorted(record.tasks.items()) for task in items]
        family_id = self._families.get(record.family)
        return self._concept(
            "role",
            "Role",
            order,
            record,
            {
                "skos:definition": _texts(record.summaries),
                "skos:broader": [Address(self._identifiers.address("family", family_id))] if family_id else [],
                "v:family": _text(record.family),
                "v:tasks": [Sequence(tuple(tasks))] if tasks else [],
                "v:area": _text(record.area),
                "v:eqfMin": [] if record.eqf_min is None else [record.eqf_min],
                "v:eqfMax": [] if record.eqf_max is None else [record.eqf_max],
                "v:eqfSource": _text(record.eqf_source),
                **self._topics("role", record),
                **_mappings(record.esco),
            },
        )

    def requirement(self, order: int, record: RequirementRecord) -> Node:
        """A thing of its own, since level, weight and source belong to it; it points to role and skill."""
        return Node(
            address=self._identifiers.address("requirement", record.role, record.skill),
            classes=("v:Requirement",),
            statements=_stated(
                {
                    "v:order": [order],
                    "v:ofRole": [Address(self._identifiers.address("role", record.role))],
                    "v:roleId": [Text(record.role)],
                    "v:ofSkill": [Address(self._identifiers.address("skill", record.skill))],
                    "v:skillId": [Text(record.skill)],
                    "v:level": [record.level],
                    "v:need": [Text("essential" if record.essential else "optional")],
                    "v:weight": [record.weight],
                    **_provenance(record.provenance),
                }
            ),
        )

    def unit(self, order: int, record: UnitRecord) -> Node:
        """A concept below its parent, or below its role."""
        above = ("unit", record.role, record.parent_code) if record.parent_code else ("role", record.role)
        return Node(
            address=self._identifiers.address("unit", record.role, record.code),
            classes=("skos:Concept", "v:Unit"),
            statements=_stated(
                {
                    "v:order": [order],
                    "skos:inScheme": [Address(self._identifiers.root)],
                    "skos:notation": [Text(record.code)],
                    "skos:prefLabel": _texts(record.titles),
                    "skos:broader": [Address(self._identifiers.address(*above))],
                    "v:roleId": [Text(record.role)],
                    "v:depth": [Text(record.depth)],
                    "v:skillId": _text(record.skill),
                    **_provenance(record.provenance),
                }
            ),
        )

    def collections(self) -> list[Node]:
        """The members of each topic, for programs that know only SKOS."""
        return [
            Node(
                address=self._identifiers.address("topic", topic),
                classes=("skos:Collection",),
                statements=_stated({"skos:prefLabel": [Text(topic)], "skos:member": members}),
            )
            for topic, members in self._members.items()
        ]

    def _concept(
        self, kind: str, name: str, order: int, record: FamilyRecord | SkillRecord | RoleRecord, own: _Statements
    ) -> Node:
        return Node(
            address=self._identifiers.address(kind, record.external_id),
            classes=("skos:Concept", f"v:{name}"),
            statements=_stated(
                {
                    "v:order": [order],
                    "skos:inScheme": [Address(self._identifiers.root)],
                    "skos:notation": [Text(record.external_id)],
                    "v:slug": [Text(record.slug)],
                    "skos:prefLabel": _texts(record.titles),
                    **own,
                    **_provenance(record.provenance),
                }
            ),
        )

    def _anchor(self, record: SkillRecord, level: int) -> str:
        return self._identifiers.address("anchor", record.external_id, str(level))

    def _topics(self, kind: str, record: SkillRecord | RoleRecord) -> _Statements:
        for topic in dict.fromkeys(record.topics):
            self._members.setdefault(topic, []).append(Address(self._identifiers.address(kind, record.external_id)))
        return {"v:topics": [Sequence(tuple(Text(topic) for topic in record.topics))] if record.topics else []}


def _mappings(references: Iterable[EscoReference]) -> _Statements:
    """Return the mappings of SKOS and, since statements have no order, one list of them in their order."""
    found: _Statements = {}
    pairs: list[Address] = []
    for reference in references:
        predicate, target = MAPPINGS[reference.match], Address(reference.uri)
        listed = found.setdefault(f"skos:{predicate}", [])
        if target not in listed:
            listed.append(target)
        pairs += [Address(f"{SKOS}{predicate}"), target]
    return {**found, "v:mappings": [Sequence(tuple(pairs))]} if len(pairs) > 2 else found


def _provenance(provenance: Provenance) -> _Statements:
    day = provenance.source_on
    return {
        "dcterms:source": _text(provenance.source),
        "v:sourceUrl": _text(provenance.source_url),
        "v:sourceOn": [Typed(day.isoformat(), "date")] if day else [],
        "v:confidence": [Typed(repr(float(provenance.confidence)), "double")],
        "v:quote": _text(provenance.quote),
    }


def _texts(texts: Mapping[str, str]) -> list[Object]:
    return [Text(text, language) for language, text in sorted(texts.items())]


def _text(text: str) -> list[Object]:
    return [Text(text)] if text else []


def _stated(statements: _Statements) -> tuple[tuple[str, tuple[Object, ...]], ...]:
    return tuple((predicate, tuple(objects)) for predicate, objects in statements.items() if objects)
