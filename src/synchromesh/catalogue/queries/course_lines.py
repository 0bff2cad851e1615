"""What a list shows of a course: a few plain values, read in two questions and kept until anything is committed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from synchromesh.catalogue.models import Course, LinkState, Run
from synchromesh.catalogue.queries.availability import upcoming_runs
from synchromesh.plumbing.kept_values import KeptValues

_COLUMNS = (
    "slug", "titles", "summaries", "origin", "mode", "languages", "certificate", "last_confirmed_on", "price_cents",
    "currency", "minutes", "missing_since",
)  # fmt: skip
_MOST = 20_000


class ProviderName(NamedTuple):
    """Who offers a course."""

    name: str


class NextRun(NamedTuple):
    """The next dated run that one can still join on the day of the list."""

    starts_on: date
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLine:
    """One course of a list, with the names that a course has. It can be a key: lines that are equal look the same."""

    slug: str
    titles: Mapping[str, str] = field(hash=False)
    summaries: Mapping[str, str] = field(hash=False)
    origin: str
    mode: str
    languages: tuple[str, ...]
    certificate: str
    last_confirmed_on: date | None
    price_cents: int | None
    currency: str
    minutes: int | None
    missing_since: date | None
    provider: ProviderName | None
    has_broken_link: bool
    next_run: NextRun | None


_lines: KeptValues[tuple[str, date], CourseLine] = KeptValues(most=_MOST)


def list_course_lines(uids: Collection[str], *, today: date) -> dict[str, CourseLine]:
    """The lines of published courses by uid; what is not published or gone is left out. At most two questions."""
    found = _lines.find([(uid, today) for uid in uids], _read)
    return {uid: line for (uid, _day), line in found.items()}


def _read(keys: list[tuple[str, date]]) -> dict[tuple[str, date], CourseLine]:
    uids, today = [uid for uid, _day in keys], keys[0][1]
    rows = list(
        Course.objects.exclude(published_at=None)
        .filter(uid__in=uids)
        .order_by()
        .values_list("pk", "uid", "url", "provider__name", "link_check__url", "link_check__state", *_COLUMNS)
    )
    runs = _next_runs([row[0] for row in rows], today=today)
    lines = {}
    for pk, uid, url, provider, checked, state, *columns in rows:
        shown = dict(zip(_COLUMNS, columns, strict=True))
        lines[str(uid), today] = CourseLine(
            **(shown | {"languages": tuple(shown["languages"] or ()), "titles": shown["titles"] or {}}),
            provider=ProviderName(provider) if provider else None,
            has_broken_link=checked == url and state == LinkState.BROKEN,
            next_run=runs.get(pk),
        )
    return lines


def _next_runs(courses: list[int], *, today: date) -> dict[int, NextRun]:
    """By the row number of the course; courses without such a run are left out."""
    wanted = ("pk", "course_id", "starts_on", "deadline_on", "dates_text", "place")
    of_course: defaultdict[int, list[Run]] = defaultdict(list)
    for run in Run.objects.filter(course__in=courses).order_by().only(*wanted):
        of_course[run.course_id].append(run)
    found = {}
    for course, runs in of_course.items():
        dated = (NextRun(run.starts_on, run.place) for run in upcoming_runs(runs, today=today) if run.starts_on)
        if following := next(dated, None):
            found[course] = following
    return found
