"""Import a table of practices; the columns are those that the list of practices is handed out with.

Whoever imports has read them: new ones are published at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from synchromesh.community.models import Practice, PracticeSkill, PracticeState, PracticeTheme
from synchromesh.community.operations.known_records import KnownRecords
from synchromesh.community.operations.practice_versions import next_version
from synchromesh.community.operations.record_importing import (
    Links,
    ReadRecord,
    RecordImporter,
    limited,
    source_columns,
)
from synchromesh.community.queries.practice_columns import TEXTS
from synchromesh.engine.tables.cells import CellReader
from synchromesh.engine.vocabulary.languages import ENGLISH_NAMES
from synchromesh.engine.vocabulary.slugs import distinct_slug
from synchromesh.plumbing import audit, jobs
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.search.operations import MOST_AT_ONCE

_LONGEST_TITLE = 150
_LONGEST_TEXT = 4000
_MOST_CENTS = 10**13


class PracticeImporter(RecordImporter):
    """Columns: id, title, theme, and any of those that `practice_columns` lists; texts are in the row's language."""

    kind = "practices"
    model = Practice
    needed = ("id", "title", "theme")
    links = {
        "skills": Links(model=PracticeSkill, own="practice_id", other="skill_id"),
        "topics": Links(model=Practice.topics.through, own="practice_id", other="topic_id"),
    }

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One practice."""
        cells.required("title")
        cells.required("theme")
        title, language = limited(cells, "title", _LONGEST_TITLE), _language(cells)
        organisation, country = known.organisation(cells, "organisation"), known.country(cells, "country")
        region = known.region(cells, "nuts")
        values: dict[str, Any] = {column: _text(cells, name, language) for name, column in TEXTS.items()}
        values |= {
            "theme": cells.one_of("theme", list(PracticeTheme.values)),
            "by_whom": limited(cells, "by_whom", 200),
            "organisation_id": organisation.pk if organisation else None,
            "country_id": country.pk if country else region.country_id if region else None,
            "region_id": region.pk if region else None,
            "cost_cents": _cents(cells),
            "currency": limited(cells, "currency", 3).upper() or "EUR",
            "cost_words": limited(cells, "cost_words", 200),
            "period": limited(cells, "period", 60),
            "url": cells.web_address("url"),
            "origin": str(options.get("origin", "real")),
        }
        links = {"skills": known.skills(cells, "skills"), "topics": known.topics(cells, "topics")}
        return ReadRecord(
            external_id=cells.text("id"),
            label=title,
            values=values | source_columns(cells),
            links=links,
            slug=distinct_slug(title)[:110],
        )

    def finish_new(self, values: dict[str, Any], *, by: audit.Actor) -> None:
        """The import is the review."""
        now = timezone.now()
        values |= {"state": PracticeState.PUBLISHED, "published_at": now, "reviewed_at": now}
        values["reviewed_by"] = by.public_id

    def after_write(self, records: Sequence[Any], *, by: audit.Actor, log: ChangeLog) -> None:
        """Keep what was published as a version, and have the search read it."""
        for record in records:
            if record.state == PracticeState.PUBLISHED:
                log.create(next_version(record, by=by))
        if len(records) > MOST_AT_ONCE:
            jobs.enqueue("search.tasks.rebuild_index")
        else:
            jobs.enqueue("search.tasks.update_index", kind="practice", uids=[str(record.uid) for record in records])

    def after_undo(self) -> None:
        """Practices are gone, or say what they said before."""
        jobs.enqueue("search.tasks.rebuild_index")


def _language(cells: CellReader) -> str:
    language = cells.text("language").lower() or "en"
    if language not in ENGLISH_NAMES:
        cells.report("language", f"'{language[:20]}' is not a language code. Use two letters such as de.")
    return language


def _text(cells: CellReader, column: str, language: str) -> dict[str, str]:
    text = cells.text(column)
    if len(text) > _LONGEST_TEXT:
        cells.report(column, f"It may have {_LONGEST_TEXT} characters at most.")
    return {language: text} if text else {}


def _cents(cells: CellReader) -> int | None:
    """A cost in whole euros or in euros and cents; an empty cell is unknown, never 0."""
    amount = cells.decimal("cost", least=Decimal(0), most=Decimal(_MOST_CENTS) / 100)
    return None if amount is None else int((amount * 100).to_integral_value())
