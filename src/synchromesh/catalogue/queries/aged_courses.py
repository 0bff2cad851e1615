"""Which courses the search knows by a day that is past."""

from __future__ import annotations

from datetime import date

from synchromesh.catalogue.queries.course_filter import day_number
from synchromesh.search.contract import Range
from synchromesh.search.queries import browse


def list_aged_courses(*, today: date, limit: int) -> list[str]:
    """Uids of at most `limit` courses whose next start or deadline in the index lies before `today`."""
    past = Range(most=day_number(today) - 1)
    found: dict[str, None] = {}
    for number in ("start", "deadline"):
        answer = browse(kinds=("course",), within={number: past}, counted=(), limit=limit)
        found |= dict.fromkeys(hit.uid for hit in answer.hits)
    return list(found)[:limit]
