"""Frameworks for tests: strategies for any framework, and one small framework in which every field is filled."""

from __future__ import annotations

import dataclasses
import datetime

from hypothesis import strategies as st

from synchromesh.engine.exchange.frameworks import (
    Depth,
    EscoReference,
    FamilyRecord,
    FrameworkDocument,
    Provenance,
    Record,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
    UnitRecord,
)

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20).map(str.strip)
filled = text.filter(bool)
languages = st.sampled_from(["en", "de", "el", "bg", "mt", "xx"])
texts = st.dictionaries(languages, filled, max_size=3)
titles = st.dictionaries(languages, filled, min_size=1, max_size=3)
slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
items = st.lists(filled, max_size=3).map(tuple)
eqf = st.sampled_from([(None, None), (None, 4), (3, None), (3, 5), (6, 6)])
esco = st.lists(
    st.builds(
        EscoReference,
        uri=slugs.map(lambda end: f"http://data.europa.eu/esco/skill/{end};x"),
        match=st.sampled_from(["exact", "close", "broad", "narrow", "related"]),
    ),
    max_size=3,
).map(tuple)


def provenance(*, quotes: st.SearchStrategy[str]) -> st.SearchStrategy[Provenance]:
    return st.builds(
        Provenance,
        source=text,
        source_url=st.sampled_from(["", 'https://example.org/a,b;c?d="e"']),
        source_on=st.none() | st.dates(),
        confidence=st.floats(0, 1),
        quote=quotes,
    )


unquoted = provenance(quotes=st.just(""))
skills = st.builds(
    SkillRecord,
    position=st.just(""), external_id=filled, slug=slugs, kind=st.sampled_from(["skill", "knowledge", "competence"]),
    topics=items, titles=titles, descriptions=texts, esco=esco, provenance=unquoted,
    anchors=st.dictionaries(st.integers(1, 3), st.dictionaries(languages, filled, min_size=1, max_size=2), max_size=3),
)  # fmt: skip
families = st.builds(
    FamilyRecord, position=st.just(""), external_id=filled, slug=slugs, titles=titles, provenance=unquoted
)
roles = st.builds(
    lambda levels, **values: RoleRecord(eqf_min=levels[0], eqf_max=levels[1], **values),
    eqf, position=st.just(""), external_id=filled, slug=slugs, topics=items, titles=titles, summaries=texts, area=text,
    tasks=st.dictionaries(languages, st.lists(filled, min_size=1, max_size=3).map(tuple), max_size=2),
    eqf_source=text, esco=esco, provenance=unquoted, family=st.just("") | slugs,
)  # fmt: skip
requirements = st.builds(
    RequirementRecord,
    position=st.just(""), role=filled, skill=filled, level=st.integers(1, 3), essential=st.booleans(),
    weight=st.integers(1, 5), provenance=provenance(quotes=text),
)  # fmt: skip
parts = st.from_regex(r"[A-Za-z0-9_-]{1,4}", fullmatch=True)


@st.composite
def units(draw: st.DrawFn) -> tuple[UnitRecord, ...]:
    """Units with elements and criteria, each below its parent, in any order."""
    found: dict[tuple[str, str], UnitRecord] = {}

    def add(role: str, code: str, depth: Depth) -> None:
        record = UnitRecord(
            position="", role=role, code=code, depth=depth, titles=draw(titles), skill=draw(text),
            provenance=draw(unquoted),
        )  # fmt: skip
        found.setdefault((role, code), record)

    for _ in range(draw(st.integers(0, 2))):
        role, unit = draw(filled), f"{draw(parts)}.{draw(parts)}"
        add(role, unit, "unit")
        if found[role, unit].depth == "unit" and draw(st.booleans()):
            element = f"{unit}.{draw(parts)}"
            add(role, element, "element")
            if found[role, element].depth == "element" and draw(st.booleans()):
                add(role, f"{element}.{draw(parts)}", "criterion")
    return tuple(draw(st.permutations(list(found.values()))))


documents = st.builds(
    lambda **values: FrameworkDocument(**{kind: tuple(records) for kind, records in values.items()}),
    skills=st.lists(skills, max_size=3, unique_by=(lambda skill: skill.external_id, lambda skill: skill.slug)),
    roles=st.lists(roles, max_size=3, unique_by=(lambda role: role.external_id, lambda role: role.slug)),
    requirements=st.lists(requirements, max_size=3, unique_by=lambda row: (row.role, row.skill)),
    families=st.lists(families, max_size=2, unique_by=(lambda row: row.external_id, lambda row: row.slug)),
    units=units(),
)


def without_positions(document: FrameworkDocument) -> FrameworkDocument:
    """Return the document with all positions empty, to compare documents of different formats."""

    def placeless(records: tuple[Record, ...]) -> tuple[Record, ...]:
        return tuple(dataclasses.replace(record, position="") for record in records)

    kinds = ("skills", "roles", "requirements", "families", "units")
    changes = {kind: placeless(getattr(document, kind)) for kind in kinds}
    return dataclasses.replace(document, **changes)  # type: ignore[arg-type]


def reported(document: FrameworkDocument) -> list[tuple[str, str]]:
    """Return position and field of each problem."""
    return [(problem.position, problem.field) for problem in document.problems]


_SOURCE = Provenance(
    source="Draft, second", source_url="https://example.org/a", source_on=datetime.date(2025, 12, 31), confidence=0.5
)
SMALL = FrameworkDocument(
    skills=(
        SkillRecord(
            position="", external_id="S 1", slug="isolate-hv", kind="skill", topics=("safety", "service"),
            titles={"en": "Isolate high voltage", "de": "Freischalten", "el": "Απομόνωση"},
            descriptions={"en": 'Says "off"\nand locks; out', "de": "Schaltet ab"},
            anchors={1: {"en": "Knows", "de": "Kennt"}, 3: {"de": "Lehrt"}},
            esco=(
                EscoReference(uri="http://data.europa.eu/esco/skill/2", match="broad"),
                EscoReference(uri="http://data.europa.eu/esco/skill/1", match="exact"),
            ),
            provenance=_SOURCE,
        ),
        SkillRecord(
            position="", external_id="S 2", slug="ppe", kind="knowledge", topics=(), titles={"bg": "Защита"},
            descriptions={}, anchors={}, esco=(), provenance=dataclasses.replace(_SOURCE, source_on=None),
        ),
    ),
    roles=(
        RoleRecord(
            position="", external_id="BATTECH", slug="battery-technician", topics=("service",),
            titles={"en": "Battery technician"}, summaries={"en": "Repairs batteries"},
            tasks={"en": ("Test; then repair", "Report"), "de": ("Prüfen",)}, area="Service", eqf_min=3, eqf_max=5,
            eqf_source="A profile", esco=(EscoReference(uri="http://data.europa.eu/esco/occupation/9", match="close"),),
            provenance=_SOURCE, family="service-roles",
        ),
    ),
    requirements=(
        RequirementRecord(
            position="", role="BATTECH", skill="S 1", level=2, essential=True, weight=5,
            provenance=dataclasses.replace(_SOURCE, quote="switch off, lock out"),
        ),
        RequirementRecord(
            position="", role="BATTECH", skill="elsewhere", level=1, essential=False, weight=1, provenance=_SOURCE
        ),
    ),
    families=(
        FamilyRecord(
            position="", external_id="F1", slug="service-roles", titles={"en": "Service"}, provenance=_SOURCE
        ),
    ),
    units=(
        UnitRecord(
            position="", role="BATTECH", code="BATTECH.U1.E2.PC3", depth="criterion", titles={"en": "Measures zero"},
            skill="", provenance=_SOURCE,
        ),
        UnitRecord(
            position="", role="BATTECH", code="BATTECH.U1", depth="unit", titles={"en": "Make safe"}, skill="S 1",
            provenance=_SOURCE,
        ),
        UnitRecord(
            position="", role="BATTECH", code="BATTECH.U1.E2", depth="element", titles={"de": "Abschalten"},
            skill="S 1", provenance=_SOURCE,
        ),
    ),
)  # fmt: skip
