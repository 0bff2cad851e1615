"""The words that the writer and the reader of CASE packages share.

Source: 1EdTech, Competencies and Academic Standards Exchange 1.1, https://www.imsglobal.org/spec/CASE/v1p1; additions
stand in `extensions`, own types of association start with `ext:`.
"""

from __future__ import annotations

from collections.abc import Mapping

# The key under `extensions` at which everything stands that CASE has no place for.
EXTENSION = "synchromesh"
REQUIRES = "ext:requires"
CHILD, EXACT, RELATED = "isChildOf", "exactMatchOf", "isRelatedTo"
SKILL, ROLE, FAMILY, UNIT, ANCHOR, REQUIREMENT = "skill", "role", "family", "unit", "anchor", "requirement"
# The list of records that an entry belongs to.
LISTS: Mapping[str, str] = {SKILL: "skills", ROLE: "roles", FAMILY: "families", UNIT: "units"}
# What stands in `notes`, by the kind of entry.
NOTES: Mapping[str, str] = {SKILL: "descriptions", ROLE: "summaries"}
# What `humanCodingScheme` is, by the kind of entry.
CODES: Mapping[str, str] = {SKILL: "id", ROLE: "id", FAMILY: "id", UNIT: "code"}
ITEM_TYPES: Mapping[str, str] = {
    "skill": "Skill",
    "knowledge": "Knowledge",
    "competence": "Competence",
    "unit": "Unit",
    "element": "Element",
    "criterion": "Performance criterion",
    ROLE: "Job role",
    FAMILY: "Job family",
    ANCHOR: "Level anchor",
}


def is_one_line(text: str) -> bool:
    """Tell whether a text fits the type NormalizedString: no line breaks and no tabs."""
    return not any(character in text for character in "\t\n\r")
