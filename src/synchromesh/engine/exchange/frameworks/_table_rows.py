"""One row of a framework table into one record, with every problem of the row."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from synchromesh.engine.exchange.frameworks._document import (
    DEPTHS,
    Depth,
    EscoReference,
    FamilyRecord,
    Provenance,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
    UnitRecord,
)
from synchromesh.engine.exchange.frameworks._record_rules import (
    KINDS,
    LEAST_EQF,
    LEAST_WEIGHT,
    MATCHES,
    MOST_EQF,
    MOST_WEIGHT,
    UNSTATED_CONFIDENCE,
    bad_code,
    bad_esco_uri,
)
from synchromesh.engine.exchange.frameworks._table_columns import split_language
from synchromesh.engine.tables.cells import CellReader
from synchromesh.engine.tables.lists import split_list
from synchromesh.engine.vocabulary.levels import HIGHEST, LOWEST, parse_level
from synchromesh.engine.vocabulary.slugs import distinct_slug, is_slug, slugify


def skill_record(cells: CellReader, columns: tuple[str, ...]) -> SkillRecord:
    """Return the skill of a row; use it only if `cells` has no problems afterwards."""
    titles = _texts(cells, columns, "title")
    external_id, slug = _identity(cells, titles)
    kind = cells.one_of("kind", KINDS)
    if not cells.text("kind"):
        cells.required("kind")
    anchors = {level: _texts(cells, columns, f"anchor_{level}") for level in range(LOWEST + 1, HIGHEST + 1)}
    return SkillRecord(
        position=cells.position,
        external_id=external_id,
        slug=slug,
        kind=kind,
        topics=cells.items("topics"),
        titles=titles,
        descriptions=_texts(cells, columns, "description"),
        anchors={level: texts for level, texts in anchors.items() if texts},
        esco=_esco(cells),
        provenance=_provenance(cells),
    )


def role_record(cells: CellReader, columns: tuple[str, ...]) -> RoleRecord:
    """Return the role of a row; use it only if `cells` has no problems afterwards."""
    titles = _texts(cells, columns, "title")
    external_id, slug = _identity(cells, titles)
    eqf_min = cells.whole_number("eqf_min", least=LEAST_EQF, most=MOST_EQF)
    eqf_max = cells.whole_number("eqf_max", least=LEAST_EQF, most=MOST_EQF)
    if eqf_min is not None and eqf_max is not None and eqf_min > eqf_max:
        cells.report("eqf_max", f"The highest EQF level ({eqf_max}) is below the lowest ({eqf_min}).")
    tasks = {language: split_list(text) for language, text in _texts(cells, columns, "tasks").items()}
    return RoleRecord(
        position=cells.position,
        external_id=external_id,
        slug=slug,
        topics=cells.items("topics"),
        titles=titles,
        summaries=_texts(cells, columns, "summary"),
        tasks={language: items for language, items in tasks.items() if items},
        area=cells.text("area"),
        eqf_min=eqf_min,
        eqf_max=eqf_max,
        eqf_source=cells.text("eqf_source"),
        esco=_esco(cells),
        provenance=_provenance(cells),
        family=_slug(cells, "family"),
    )


def family_record(cells: CellReader, columns: tuple[str, ...]) -> FamilyRecord:
    """Return the family of a row; use it only if `cells` has no problems afterwards."""
    titles = _texts(cells, columns, "title")
    external_id, slug = _identity(cells, titles)
    return FamilyRecord(
        position=cells.position, external_id=external_id, slug=slug, titles=titles, provenance=_provenance(cells)
    )


def unit_record(cells: CellReader, columns: tuple[str, ...]) -> UnitRecord:
    """Return the unit, element or criterion of a row; use it only if `cells` has no problems afterwards."""
    code, word = cells.required("code"), cells.one_of("level", DEPTHS)
    if not cells.text("level"):
        cells.required("level")
    if code and (fault := bad_code(code)):
        cells.report("code", fault)
    titles = _texts(cells, columns, "title")
    if not titles:
        cells.report("title_en", "The row has no title. It needs one in at least one language.")
    depth: Depth = next((depth for depth in DEPTHS if depth == word), "unit")
    return UnitRecord(
        position=cells.position,
        role=cells.required("role"),
        code=code,
        depth=depth,
        titles=titles,
        skill=cells.text("skill"),
        provenance=_provenance(cells),
    )


def requirement_record(cells: CellReader) -> RequirementRecord:
    """Return the requirement of a row; use it only if `cells` has no problems afterwards."""
    level = cells.parsed("level", parse_level) if cells.required("level") else None
    if level == LOWEST:
        cells.report("level", "A requirement has a level from 1 to 3; leave the row out if nothing is required.")
    cells.required("need")
    cells.required("weight")
    return RequirementRecord(
        position=cells.position,
        role=cells.required("role"),
        skill=cells.required("skill"),
        level=int(level or LOWEST),
        essential=cells.one_of("need", ("essential", "optional")) == "essential",
        weight=cells.whole_number("weight", least=LEAST_WEIGHT, most=MOST_WEIGHT) or 0,
        provenance=_provenance(cells, quote=cells.text("quote")),
    )


def _texts(cells: CellReader, columns: tuple[str, ...], text: str) -> dict[str, str]:
    """Return the translations of a text that are not empty, by language."""
    pairs = ((split_language(column), cells.text(column)) for column in columns)
    return {language: content for (name, language), content in pairs if name == text and content}


def _identity(cells: CellReader, titles: Mapping[str, str]) -> tuple[str, str]:
    """Return id and slug; each stands in for the other, the English title for both."""
    if not titles:
        cells.report("title_en", "The row has no title. It needs one in at least one language.")
    slug, title_slug = _slug(cells, "slug"), slugify(titles.get("en", ""))
    external_id = cells.text("id") or slug or title_slug
    if not external_id:
        cells.report("id", "The row has no id, and there is no slug or English title to take one from.")
    return external_id, slug or title_slug or distinct_slug(external_id)


def _slug(cells: CellReader, column: str) -> str:
    slug = cells.text(column)
    if slug and not is_slug(slug):
        cells.report(column, f"'{slug[:60]}' is not a slug. Use lower-case letters a to z, digits and single hyphens.")
    return slug


def _esco(cells: CellReader) -> tuple[EscoReference, ...]:
    """Return the links to ESCO; several addresses need as many match types, in the same order."""
    uris, matches = cells.items("esco_uri"), tuple(match.lower() for match in cells.items("esco_match"))
    if len(uris) != len(matches):
        cells.report("esco_match", f"{len(uris)} ESCO addresses but {len(matches)} match types. Give one for each.")
    for uri in uris:
        if fault := bad_esco_uri(uri):
            cells.report("esco_uri", fault)
    for match in matches:
        if match not in MATCHES:
            cells.report("esco_match", f"'{match[:60]}' is not a match type. Use {', '.join(MATCHES)}.")
    return tuple(EscoReference(uri=uri, match=match) for uri, match in zip(uris, matches, strict=False))


def _provenance(cells: CellReader, *, quote: str = "") -> Provenance:
    confidence = cells.decimal("confidence", least=Decimal(0), most=Decimal(1))
    return Provenance(
        source=cells.text("source"),
        source_url=cells.web_address("source_url"),
        source_on=cells.date("source_on"),
        confidence=UNSTATED_CONFIDENCE if confidence is None else float(confidence),
        quote=quote,
    )
