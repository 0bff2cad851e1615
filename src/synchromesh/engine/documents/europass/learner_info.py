"""The first generation of Europass CVs: `SkillsPassport` with `LearnerInfo`, schema versions 3.0 to 3.4, until 2020.

Source of the names: the published schema, https://github.com/europass/ewa-cedefop/tree/master/services/core/src/main/resources/schema/v3.4.0
"""

from __future__ import annotations

from synchromesh.engine.documents.assembling import Assembly
from synchromesh.engine.documents.europass.nodes import Node
from synchromesh.engine.documents.europass.passages import Schema, add_sections, period

ROOT = "SkillsPassport"
_LANGUAGE_LEVELS = ("Listening", "Reading", "SpokenInteraction", "SpokenProduction", "Writing")


def add_learner_info(assembly: Assembly, root: Node) -> None:
    """Add the CV and the letter of a skills passport."""
    for part in ("LearnerInfo", "CoverLetter"):
        node = root.find(part)
        if node is not None:
            add_sections(assembly, node, _SCHEMA)


def _period(node: Node) -> str:
    return period(_date(node.find("From")), _date(node.find("To")), is_current=node.said("Current") == "true")


def _date(node: Node | None) -> str:
    """Return a date as year-month-day, as far as it is stated; XML writes "--03" for March, "---10" for the tenth."""
    if node is None:
        return ""
    stated = [node.attributes.get(part, "") or node.said(part.capitalize()) for part in ("year", "month", "day")]
    digits = [part.strip("-").zfill(2) for part in stated if part.strip("-")]
    return "-".join(digits)


def _language(node: Node) -> str:
    name = node.said("Description", "Label") or node.said("Description", "Code")
    stated = [(part, node.said("ProficiencyLevel", part)) for part in _LANGUAGE_LEVELS]
    levels = ", ".join(f"{part} {level}" for part, level in stated if level)
    certificates = "; ".join(
        certificate.said("Title") for certificate in node.every("Certificate") if certificate.said("Title")
    )
    return "; ".join(part for part in (f"{name}: {levels}" if levels else name, certificates) if part)


def _driving(node: Node) -> str:
    """Return the categories, which XML lists as `Licence` and JSON as a list of texts."""
    categories = sorted({licence.text.strip() for licence in _leaves(node) if licence.text.strip()})
    return f"Driving licence: {', '.join(categories)}" if categories else ""


def _leaves(node: Node) -> list[Node]:
    return [leaf for child in node.children for leaf in (_leaves(child) if child.children else [child])]


_SCHEMA = Schema(
    sections={
        "Headline": "headline",
        "WorkExperienceList": "work experience",
        "WorkExperience": "work experience",
        "EducationList": "education",
        "Education": "education",
        "Skills": "skills",
        "AchievementList": "achievements",
        "Achievement": "achievements",
        "Letter": "letter",
    },
    single=frozenset(("Headline", "WorkExperience", "Education", "Achievement", "Letter")),
    fields=frozenset(("Label", "Name", "Title", "SubjectLine")),
    prose=frozenset(("Activities", "Description", "Opening", "MainBody", "Closing", "Body")),
    left_out=frozenset(
        (
            *("Identification", "ContactInfo", "PersonName", "Addressee", "Documentation", "ReferenceTo", "Code"),
            *("Salutation", "OpeningSalutation", "ClosingSalutation", "Localisation", "Photo", "Signature", "Type"),
        )
    ),
    special={"Period": _period, "MotherTongue": _language, "ForeignLanguage": _language, "Driving": _driving},
)
