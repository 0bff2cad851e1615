"""The mandatory elements of a micro-credential, in the reader's language, and which of them a version lacks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from synchromesh.credentials.models import AchievementVersion
from synchromesh.credentials.queries.achievements import languages_of, missing_columns

ELEMENT_NAMES: dict[str, Any] = {
    "titles": _("Title"),
    "descriptions": _("Description"),
    "criteria": _("What one must do to get it"),
    "outcomes": _("What the person can do"),
    "assessments": _("How it was assessed"),
    "participations": _("How one took part"),
    "quality_assurances": _("Quality assurance"),
    "identity_checks": _("How the person's identity was checked"),
}


def missing_names(version: AchievementVersion) -> list[Any]:
    """What must be said, in any language, before the version can be published."""
    return [ELEMENT_NAMES[column] for column in missing_columns(version)]


def missing_translations(version: AchievementVersion) -> list[tuple[str, list[Any]]]:
    """Pairs of a language and what is said in another language but not in this one."""
    nowhere = set(missing_columns(version))
    pairs = [
        (code, [ELEMENT_NAMES[one] for one in missing_columns(version, language=code) if one not in nowhere])
        for code in languages_of(version)
    ]
    return [(code, names) for code, names in pairs if names]
