"""Wanted training as data."""

from __future__ import annotations

from typing import Any

from synchromesh.catalogue.queries.briefs import WantedTraining


def wanted_json(row: WantedTraining, *, fewest: int) -> dict[str, Any]:
    """One row as JSON values. Unknown is null; of a small number only `fewer_than` is said."""
    return {
        "skill_uid": str(row.skill.uid) if row.skill else None,
        "skill": row.skill.slug if row.skill else None,
        "titles": row.skill.titles if row.skill else {},
        "fields": [topic.slug for topic in row.skill.topics.all()] if row.skill else [],
        "level": row.level,
        "words": row.words or None,
        "language": row.language or None,
        "region": row.region.code if row.region else None,
        "wishes": row.times,
        "fewer_than": fewest if row.times is None else None,
        "origins": list(row.origins),
        "wishes_by_origin": dict(row.by_origin) or None,
        "providers_preparing": row.claims,
    }
