"""A small ESCO for tests: as records, and as packs in the layouts of versions 1.1 and 1.2."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils import timezone
from tests.records import zip_file

from synchromesh.framework.models import (
    EscoConcept,
    EscoLabel,
    EscoMembership,
    EscoRelation,
    EscoText,
    EscoVersion,
)
from synchromesh.framework.models.esco import fold

ROOT = "http://data.europa.eu/esco"
SKILLS, WORKING, JOINING = f"{ROOT}/skill/S", f"{ROOT}/skill/S6", f"{ROOT}/skill/S6.1"
WELDING, METALS, SOLDERING = f"{ROOT}/skill/weld-1", f"{ROOT}/skill/metal-2", f"{ROOT}/skill/solder-3"
WELDER, TRADES, METAL_WORKERS = f"{ROOT}/occupation/welder-1", f"{ROOT}/isco/C7", f"{ROOT}/isco/C72"

NAMES = {
    SKILLS: ("skills", "Fertigkeiten"),
    WORKING: ("working with machinery", "Arbeit mit Maschinen"),
    JOINING: ("joining metal", "Metall verbinden"),
    WELDING: ("weld metal", "Metall schweißen"),
    METALS: ("types of metal", "Metallarten"),
    SOLDERING: ("apply soldering techniques", "Lötverfahren anwenden"),
    WELDER: ("welder", "Schweißer/Schweißerin"),
    TRADES: ("Craft workers", "Handwerker"),
    METAL_WORKERS: ("Metal workers", "Metallarbeiter"),
}
_SKILL_COLUMNS = (
    "conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "hiddenLabels", "status",
    "modifiedDate", "scopeNote", "definition", "inScheme", "description",
)  # fmt: skip
_OCCUPATION_COLUMNS = (
    "conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "hiddenLabels", "status", "modifiedDate",
    "regulatedProfessionNote", "scopeNote", "definition", "inScheme", "description", "code",
)  # fmt: skip
_GROUP_COLUMNS = (
    "conceptType", "conceptUri", "preferredLabel", "altLabels", "hiddenLabels", "status", "modifiedDate", "scopeNote",
    "inScheme", "description", "code",
)  # fmt: skip
_ISCO_COLUMNS = (
    "conceptType", "conceptUri", "code", "preferredLabel", "status", "altLabels", "inScheme", "description",
)  # fmt: skip
_COLLECTION_COLUMNS = (
    "conceptType", "conceptUri", "preferredLabel", "status", "skillType", "reuseLevel", "altLabels", "description",
    "broaderConceptUri", "broaderConceptPT",
)  # fmt: skip
_BROADER_COLUMNS = ("conceptType", "conceptUri", "broaderType", "broaderUri")
_HIERARCHY_COLUMNS = tuple(f"Level {level} {what}" for level in range(4) for what in ("URI", "preferred term"))

Row = Mapping[str, str]


def table(columns: Sequence[str], *rows: Row) -> bytes:
    """Rows as the portal writes them: every column, commas, UTF-8."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


def skill_row(uri: str, label: str, **cells: str) -> Row:
    """One row of skills_xx.csv."""
    stated = {"conceptUri": uri, "preferredLabel": label, "skillType": "skill/competence", "status": "released"}
    return stated | {"conceptType": "KnowledgeSkillCompetence", "reuseLevel": "cross-sector"} | cells


def skills_table(*rows: Row) -> bytes:
    """A table of skills."""
    return table(_SKILL_COLUMNS, *rows)


def classification(language: str = "en") -> dict[str, bytes]:
    """The tables of a classification pack; 1.1 and 1.2 name them alike."""
    name = {uri: names[0 if language == "en" else 1] for uri, names in NAMES.items()}

    def row(uri: str, **cells: str) -> Row:
        return {"conceptUri": uri, "preferredLabel": name[uri], "status": "released"} | cells

    other = "fuse metal\njoin by welding" if language == "en" else "Schweißarbeiten ausführen"
    tables = {
        "skills": skills_table(
            skill_row(WELDING, name[WELDING], altLabels=other, description=f"{name[WELDING]}."),
            skill_row(METALS, name[METALS], skillType="knowledge", hiddenLabels="metall"),
            skill_row(SOLDERING, name[SOLDERING]),
        ),
        "occupations": table(_OCCUPATION_COLUMNS, row(WELDER, iscoGroup="72", code="7212.3")),
        "skillGroups": table(_GROUP_COLUMNS, row(SKILLS, code="S"), row(WORKING, code="S6"), row(JOINING, code="S6.1")),
        "ISCOGroups": table(_ISCO_COLUMNS, row(TRADES, code="7"), row(METAL_WORKERS, code="72")),
        "greenSkillsCollection": table(_COLLECTION_COLUMNS, row(WELDING)),
        "transversalSkillsCollection": table(_COLLECTION_COLUMNS, row(METALS)),
        "conceptSchemes": b"conceptType,conceptSchemeUri\n",
        "skillsHierarchy": table(
            _HIERARCHY_COLUMNS,
            {"Level 0 URI": SKILLS},
            {"Level 0 URI": SKILLS, "Level 1 URI": WORKING},
            {"Level 0 URI": SKILLS, "Level 1 URI": WORKING, "Level 2 URI": JOINING},
        ),
    }
    return {f"{name}_{language}.csv": content for name, content in tables.items()}


def relations(suffix: str = "") -> dict[str, bytes]:
    """The tables of relations: without a suffix as in 1.1, with one such as "_en" and labels as in 1.2."""
    more = ("conceptLabel", "broaderLabel") if suffix else ()
    needs = ("occupationUri", *(("occupationLabel",) if suffix else ()), "relationType", "skillType", "skillUri")
    between = ("originalSkillUri", "originalSkillType", "relationType", "relatedSkillType", "relatedSkillUri")

    def broader(*pairs: tuple[str, str]) -> bytes:
        rows = [{"conceptUri": uri, "broaderUri": above} for uri, above in pairs]
        return table((*_BROADER_COLUMNS, *more), *rows)

    tables = {
        "broaderRelationsSkillPillar": broader(
            (WORKING, SKILLS), (JOINING, WORKING), (WELDING, JOINING), (SOLDERING, JOINING), (METALS, SKILLS)
        ),
        "broaderRelationsOccPillar": broader((METAL_WORKERS, TRADES), (WELDER, METAL_WORKERS)),
        "occupationSkillRelations": table(
            needs,
            {"occupationUri": WELDER, "relationType": "essential", "skillUri": WELDING},
            {"occupationUri": WELDER, "relationType": "optional", "skillUri": SOLDERING},
        ),
        "skillSkillRelations": table(
            between, {"originalSkillUri": WELDING, "relationType": "optional", "relatedSkillUri": METALS}
        ),
    }
    return {f"{name}{suffix}.csv": content for name, content in tables.items()}


def pack(folder: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """The files as a zip of this name."""
    path = folder / name
    path.write_bytes(zip_file(files))
    return path


def an_esco(label: str = "1.1.1", *, active: bool = True) -> EscoVersion:
    """The same content as records, in English and German; the small links that a test looks at are there."""
    version = EscoVersion.objects.create(
        label=label, imported_at=timezone.now(), is_active=active, languages=["en", "de"]
    )
    kinds = {"S": "skill-group", "m": "knowledge", "w": "skill", "s": "skill", "C": "isco-group"}
    made = {}
    for uri, (english, german) in NAMES.items():
        kind = "occupation" if uri == WELDER else kinds[uri.rsplit("/", 1)[-1][0]]
        made[uri] = EscoConcept.objects.create(version=version, uri=uri, kind=kind, reuse_level="cross-sector")
        version.counts[kind] = version.counts.get(kind, 0) + 1
        for language, text in (("en", english), ("de", german)):
            EscoLabel.objects.create(
                concept=made[uri], language=language, kind="preferred", text=text, folded=fold(text)
            )
    version.save()
    EscoLabel.objects.create(
        concept=made[WELDING], language="en", kind="alternative", text="fuse metal", folded="fuse metal"
    )
    EscoText.objects.create(concept=made[WELDING], language="en", description="Join pieces of metal by heat.")
    EscoMembership.objects.create(concept=made[WELDING], collection="green")
    for source, target, kind in (
        (WORKING, SKILLS, "broader"),
        (JOINING, WORKING, "broader"),
        (WELDING, JOINING, "broader"),
        (WELDER, METAL_WORKERS, "broader"),
        (METAL_WORKERS, TRADES, "broader"),
        (WELDER, WELDING, "essential"),
        (WELDING, METALS, "optional"),
    ):
        EscoRelation.objects.create(source=made[source], target=made[target], kind=kind)
    return version
