"""What a list shows of a course: a few plain values, read in two questions and kept until anything is committed."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connection

from synchromesh.catalogue.models import Course, LinkState, Run
from synchromesh.catalogue.queries.availability import upcoming_runs
from synchromesh.plumbing.kept_values import KeptValues

_COLUMNS = (
    "slug", "titles", "summaries", "origin", "mode", "languages", "certificate", "last_confirmed_on", "price_cents",
    "currency", "minutes", "missing_since",
)  # fmt: skip
_CHECK = ("link_check__url", "link_check__state")
_OF_RUN = ("pk", "starts_on", "deadline_on", "dates_text", "place")
_UID = Course._meta.get_field("uid")
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


class _Read(NamedTuple):
    """A course and its runs as the database gave them, and the line that they make on a day."""

    row: tuple[Any, ...]
    runs: tuple[tuple[Any, ...], ...]
    line: CourseLine


_lines: KeptValues[tuple[str, date], CourseLine] = KeptValues(most=_MOST)
_made: OrderedDict[tuple[str, date], _Read] = OrderedDict()
_lock = threading.Lock()


def list_course_lines(uids: Collection[str], *, today: date) -> dict[str, CourseLine]:
    """The lines of published courses by uid; what is not published or gone is left out. At most two questions.

    None while nothing is committed; after a commit a line is made anew only where something of it has changed.
    """
    found = _lines.find([(uid, today) for uid in uids], _read)
    return {uid: line for (uid, _day), line in found.items()}


def _read(keys: list[tuple[str, date]]) -> dict[tuple[str, date], CourseLine]:
    today = keys[0][1]
    uids = [_UID.get_db_prep_value(uid, connection) for uid, _day in keys]
    runs: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_compiled("courses", len(uids)), uids)
        rows = cursor.fetchall()
        cursor.execute(_compiled("runs", len(uids)), uids)
        for run in cursor.fetchall():
            runs[run[0]].append(tuple(run))
    return {(uid := str(UUID(str(row[1]))), today): _line((uid, today), tuple(row), runs[row[0]]) for row in rows}


@lru_cache(maxsize=256)
def _compiled(what: str, number: int) -> str:
    """The question for so many courses as Django writes it, whose only parameters are their uids.

    It is written once: that takes ten times as long as asking it.
    """
    sample = [uuid4() for _ in range(number)]
    if what == "courses":
        published = Course.objects.exclude(published_at=None).filter(uid__in=sample).order_by()
        query = published.values_list("pk", "uid", "url", "provider__name", *_CHECK, *_COLUMNS).query
    else:
        query = Run.objects.filter(course__uid__in=sample).order_by("pk").values_list("course_id", *_OF_RUN).query
    sql, parameters = query.sql_with_params()
    if len(parameters) != number:
        raise ValueError("The question has parameters beside the uids.")
    return sql


def _line(key: tuple[str, date], row: tuple[Any, ...], runs: list[tuple[Any, ...]]) -> CourseLine:
    """The line of a course; the former one if it was made of the same."""
    former = _made.get(key)
    if former and former.row == row and former.runs == tuple(runs):
        return former.line
    _pk, _uid, url, provider, checked, state, *columns = row
    shown = dict(zip(_COLUMNS, columns, strict=True))
    for name in ("titles", "summaries"):
        shown[name] = dict(sorted(json.loads(shown[name]).items()))
    line = CourseLine(
        **(shown | {"languages": tuple(json.loads(shown["languages"]))}),
        provider=ProviderName(provider) if provider else None,
        has_broken_link=checked == url and state == LinkState.BROKEN,
        next_run=_next_run(runs, today=key[1]),
    )
    with _lock:
        _made[key] = _Read(row, tuple(runs), line)
        _made.move_to_end(key)
        while len(_made) > _MOST:
            _made.popitem(last=False)
    return line


def _next_run(runs: list[tuple[Any, ...]], *, today: date) -> NextRun | None:
    """The next dated run that one can still join."""
    known = [Run(**dict(zip(("course_id", *_OF_RUN), run, strict=True))) for run in runs]
    dated = (NextRun(run.starts_on, run.place) for run in upcoming_runs(known, today=today) if run.starts_on)
    return next(dated, None)
