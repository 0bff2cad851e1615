"""The courses of any filter for other programs: the newest as RSS 2.0, their dates as a calendar to subscribe to.

The parameters are those of the list. Sources: https://www.rssboard.org/rss-specification, RFC 5545 and RFC 7986 for
calendars, RFC 9110 section 13 for conditional requests.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.availability import upcoming_runs
from synchromesh.catalogue.queries.course_filter import CourseFilter, filter_query, read_filter
from synchromesh.catalogue.queries.courses import search_courses
from synchromesh.search.contract import FoundBy
from synchromesh.web.courses.feed_calendar import render_course_calendar
from synchromesh.web.courses.filter_title import filter_title
from synchromesh.web.plain_lines import one_line
from synchromesh.web.roles.path_words import date_words, mark_of, place_words, price_words, time_words, title_of
from synchromesh.web.templatetags.page_frame import mode_name
from synchromesh.web.templatetags.synchromesh import plain

MOST_COURSES = 100
KEPT_SECONDS = 15 * 60
"""How long a reader, or a cache on the way, may show what it has."""
# What a feed says of the moment it was made; two feeds that differ in nothing else are the same.
_MOMENT = re.compile(rb"DTSTAMP:[^\r\n]*\r\n|<lastBuildDate>[^<]*</lastBuildDate>")


@require_safe
def course_rss(request: HttpRequest) -> HttpResponse:
    """The 100 newest courses of a filter as RSS 2.0."""
    wanted = _wanted(request, order="newest")
    courses = _find(wanted)
    feed = Rss201rev2Feed(
        title=f"{filter_title(wanted)} – {settings.ALLIANCE_NAME}",
        link=_absolute(request, reverse("courses:list"), wanted),
        description=gettext("The newest courses of this search."),
        language=get_language(),
        feed_url=_absolute(request, reverse("courses:rss"), wanted),
        ttl=KEPT_SECONDS // 60,
    )
    for course in courses:
        feed.add_item(
            title=_title(course),
            link=request.build_absolute_uri(reverse("courses:detail", args=[course.slug])),
            description=_facts(course),
            unique_id=request.build_absolute_uri(reverse("stable-address", args=["course", course.uid])),
            unique_id_is_permalink=True,
            pubdate=course.published_at,
        )
    newest = max((course.published_at for course in courses if course.published_at), default=None)
    content = feed.writeString("utf-8").encode()
    return _answer(request, content, feed.content_type, last_modified=int(newest.timestamp()) if newest else None)


@require_safe
def course_calendar(request: HttpRequest) -> HttpResponse:
    """The runs that one can still join, of the 100 courses of a filter that start soonest, as a calendar."""
    wanted = _wanted(request, order="soonest")
    content = render_course_calendar(
        _find(wanted),
        title=filter_title(wanted),
        source=_absolute(request, reverse("courses:calendar"), wanted),
        site_address=request.build_absolute_uri("/"),
        now=timezone.now(),
    )
    # No Last-Modified: nobody writes down when a date of a course was changed, and a wrong one hides the change.
    response = _answer(request, content, "text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="courses.ics"'
    return response


def _wanted(request: HttpRequest, *, order: str) -> CourseFilter:
    return replace(read_filter(dict(request.GET.lists())), order=order)


def _find(wanted: CourseFilter) -> list[Course]:
    """The courses that have the words: a program cannot be told that the rest was found by what the words mean."""
    found = search_courses(wanted, today=timezone.localdate(), language=get_language() or "en", limit=MOST_COURSES)
    return [course for course in found.courses if found.hits[str(course.uid)].found_by is not FoundBy.MEANING]


def _absolute(request: HttpRequest, path: str, wanted: CourseFilter) -> str:
    """The address of the list or a feed of this filter; the order of the list is no part of it."""
    query = filter_query(replace(wanted, order=""))
    return request.build_absolute_uri(f"{path}?{query}" if query else path)


def _title(course: Course) -> str:
    mark = mark_of(course.origin)
    return one_line(f"{title_of(course).text} [{mark}]" if mark else title_of(course).text)


def _facts(course: Course) -> str:
    """What a reader decides by, as HTML: that is how readers of feeds understand a description."""
    run = next(iter(upcoming_runs(course.runs.all(), today=timezone.localdate())), None)
    when = f"{date_words(run)}, {place_words(run)}" if run and place_words(run) else date_words(run)
    facts = [
        course.provider.name if course.provider else "",
        price_words(course),
        time_words(course),
        mode_name(course.mode),
        when,
    ]
    lines = [plain(course.summaries), " · ".join(filter(None, facts))]
    return "".join(f"<p>{escape(one_line(line))}</p>" for line in lines if line)


def _answer(
    request: HttpRequest, content: bytes, content_type: str, *, last_modified: int | None = None
) -> HttpResponse:
    """The feed, or 304 to a program that has it already."""
    etag = f'"{hashlib.sha256(_MOMENT.sub(b"", content)).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=content_type)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    if last_modified is not None:
        response["Last-Modified"] = http_date(last_modified)
    answer = get_conditional_response(request, etag=etag, last_modified=last_modified, response=response)
    return answer if isinstance(answer, HttpResponse) else response
