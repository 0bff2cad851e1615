"""The list of courses without the frame around it: the same for everybody, and kept until anything changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from synchromesh.catalogue.queries.course_filter import CourseFilter, filter_query, read_filter
from synchromesh.catalogue.queries.course_lines import CourseLine
from synchromesh.catalogue.queries.courses import CoursePage, search_course_lines
from synchromesh.catalogue.queries.filter_names import find_name_texts
from synchromesh.plumbing.kept_values import KeptValues
from synchromesh.web.courses.course_rows import course_rows
from synchromesh.web.courses.filters import FIRST_GROUPS, FilterWords
from synchromesh.web.kept_pages.stamps import site_stamp
from synchromesh.web.meaning_reasons import list_reasons
from synchromesh.web.wanted.counting import count_search

PAGE_SIZE = 20
LAST_PAGE = 500
"""Pages that can be turned to. Who needs the ten thousandth course chooses filters, and a program takes the export."""
_MOST_KEPT = 200
"""Lists of some fifty kilobytes each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListResults:
    """Filters and rows as a part of the page, the filter as an address has it, and the same as feeds have it.

    `counted`: nothing has the words, which was counted for this reader.
    """

    shown: SafeString
    query: str
    followed: str
    counted: bool


_kept: KeptValues[tuple[str, str], ListResults] = KeptValues(most=_MOST_KEPT, stamp=site_stamp)


def list_results(request: HttpRequest) -> ListResults:
    """What the address asks for. Who is signed in gets what was made for somebody else: it belongs to nobody."""
    key = (get_language() or "en", request.META.get("QUERY_STRING", ""))
    made: list[ListResults] = []

    def make(keys: list[tuple[str, str]]) -> dict[tuple[str, str], ListResults]:
        made.append(_make(request, key))
        return {} if made[0].counted else {keys[0]: made[0]}

    return _kept.find([key], make).get(key) or made[0]


class _Rendered(NamedTuple):
    """What was shown last for an address, and all that it was made of."""

    found: CoursePage[CourseLine]
    mentioned: Mapping[str, Collection[str]]
    texts: Mapping[tuple[str, str], str]
    results: ListResults


_rendered: OrderedDict[tuple[str, str], _Rendered] = OrderedDict()
_lock = threading.Lock()


def _make(request: HttpRequest, key: tuple[str, str]) -> ListResults:
    """The results anew. After a change of something else they are made of the same, and need not be written again."""
    wanted = read_filter(dict(request.GET.lists()))
    found, page = _find_page(wanted, request.GET.get("page", ""))
    former = _rendered.get(key)
    if former and former.found == found and find_name_texts(former.mentioned) == former.texts:
        return former.results
    words = FilterWords(found, wanted)
    results = _write(request, wanted, found, page, words)
    if not wanted.words:  # with words it says also why a course was found, and counts what was not
        _remember(key, _Rendered(found, words.mentioned, words.texts, results))
    return results


def _remember(key: tuple[str, str], made: _Rendered) -> None:
    with _lock:
        _rendered[key] = made
        _rendered.move_to_end(key)
        while len(_rendered) > _MOST_KEPT:
            _rendered.popitem(last=False)


def _write(
    request: HttpRequest,
    wanted: CourseFilter,
    found: CoursePage[CourseLine],
    page: Page[int],
    words: FilterWords,
) -> ListResults:
    in_vain = bool(wanted.words) and not found.total
    if in_vain:
        _count_search(request, wanted)
    followed = filter_query(replace(wanted, order=""))
    context = _context(wanted, found, words) | {"page": page, "followed": followed, "request": request}
    return ListResults(
        shown=render_to_string("courses/_results.html", context),
        query=filter_query(wanted),
        followed=followed,
        counted=in_vain,
    )


def _context(wanted: CourseFilter, found: CoursePage[CourseLine], words: FilterWords) -> dict[str, Any]:
    groups = words.groups()
    return {
        "wanted": wanted,
        "found": found,
        "rows": course_rows(found, list_reasons(found.hits.values())),
        "first_groups": groups[:FIRST_GROUPS],
        "more_groups": groups[FIRST_GROUPS:],
        "more_are_chosen": any(group.chosen for group in groups[FIRST_GROUPS:]),
        "chips": words.chips(),
        "relaxed": [] if found.total else words.relaxed(),
        "with_over": f"?{filter_query(replace(wanted, over=True))}",
    }


def _count_search(request: HttpRequest, wanted: CourseFilter) -> None:
    """Count words that found nothing, also in one region; with other filters those may be what finds nothing."""
    places = wanted.chosen.get("region", ())
    if replace(wanted, words="", over=False, chosen={**wanted.chosen, "region": ()}).is_empty and len(places) < 2:
        count_search(request, wanted.words, region="".join(places))


def _find_page(wanted: CourseFilter, number: str) -> tuple[CoursePage[CourseLine], Page[int]]:
    """The courses of a page, the first where it is no number, the last where there are not so many."""
    asked = min(int(number), LAST_PAGE) if number.isascii() and number.isdigit() and len(number) < 9 else 1
    found = _find(wanted, max(asked, 1))
    page = Paginator(range(min(found.total, PAGE_SIZE * LAST_PAGE)), PAGE_SIZE).get_page(max(asked, 1))
    if page.number < asked:
        found = _find(wanted, page.number)
    return found, page


def _find(wanted: CourseFilter, page: int) -> CoursePage[CourseLine]:
    return search_course_lines(
        wanted,
        today=timezone.localdate(),
        language=get_language() or "en",
        limit=PAGE_SIZE,
        offset=PAGE_SIZE * (page - 1),
    )
