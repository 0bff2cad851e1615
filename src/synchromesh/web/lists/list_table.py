"""A list of courses as rows of a table, with the same words for columns as the template for courses has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from synchromesh.catalogue.queries.availability import upcoming_runs
from synchromesh.engine.tables.writing import Value
from synchromesh.pathways.queries.saved_lists import KeptCourse
from synchromesh.plumbing.translated_text import in_language

COLUMNS = (
    "title", "provider", "price", "currency", "minutes", "languages", "mode", "next_start", "place", "certificate",
    "url", "page", "note",
)  # fmt: skip


def list_rows(request: HttpRequest, kept: Iterable[KeptCourse]) -> Iterator[list[Value]]:
    """One row for each course; what is unknown stays empty."""
    today = timezone.localdate()
    for line in kept:
        course = line.course
        run = next(iter(upcoming_runs(course.runs.all(), today=today)), None)
        page = request.build_absolute_uri(reverse("courses:detail", args=[course.slug])) if line.offered else ""
        yield [
            in_language(course.titles, get_language() or "en").text,
            course.provider.name if course.provider else "",
            None if course.price_cents is None else course.price_cents / 100,
            course.currency,
            course.minutes,
            " ".join(course.languages),
            course.mode,
            (run.starts_on or run.dates_text) if run else "",
            run.place if run else "",
            course.certificate,
            course.url,
            page,
            line.note,
        ]
