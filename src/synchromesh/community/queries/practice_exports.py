"""Practices as a table that can be read in again."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from synchromesh.community.models import Practice
from synchromesh.community.queries.practice_columns import COLUMNS, TEXTS
from synchromesh.engine.tables.writing import write_csv
from synchromesh.plumbing.translated_text import in_language


def practices_csv(practices: Iterable[Practice], *, language: str) -> bytes:
    """One row for each practice, in `language` where its title exists in it; an unknown cost is an empty cell."""
    return write_csv(COLUMNS, [_cells(practice, language) for practice in practices])


def _cells(practice: Practice, language: str) -> dict[str, Any]:
    spoken = in_language(practice.titles, language).language
    texts = {name: getattr(practice, column).get(spoken, "") for name, column in TEXTS.items()}
    cost = practice.cost_cents
    return texts | {
        "id": practice.external_id or str(practice.uid),
        "language": spoken,
        "theme": practice.theme,
        "topics": "; ".join(sorted(topic.slug for topic in practice.topics.all())),
        "by_whom": practice.by_whom,
        "organisation": practice.organisation.slug if practice.organisation else "",
        "country": practice.country.code if practice.country else "",
        "nuts": practice.region.code if practice.region else "",
        "cost": "" if cost is None else str((Decimal(cost) / 100).quantize(Decimal("0.01"))),
        "currency": practice.currency if cost is not None else "",
        "cost_words": practice.cost_words,
        "period": practice.period,
        "skills": "; ".join(sorted(link.skill.slug for link in practice.skill_links.all())),
        "url": practice.url,
        "source": practice.source,
        "source_url": practice.source_url,
        "source_on": practice.source_on or "",
    }
