"""Courses as items of a MOOChub feed, version 3, valid against its schema (https://github.com/MOOChub/schema).

The schema asks for an address, a licence and a creator of every course. Where none is known, the address is a URN made
from the id, the licence is "proprietary" (all rights reserved, as the law has it), and the creator is the provider.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from synchromesh.engine.feeds.readers._iso_durations import iso_duration
from synchromesh.engine.feeds.readers._moochub_course import OTHER_LICENCE, PROPRIETARY, course_uuid
from synchromesh.engine.feeds.readers._plain_text import as_html, html_document
from synchromesh.engine.feeds.records import CourseRecord, FileTerms, RunRecord
from synchromesh.engine.tables.cells import is_web_address

__all__ = ["course_item", "held_runs", "page_meta", "text_language"]

_KIND = {
    "identifier": "https://w3id.org/kim/hcrt/course",
    "type": "Concept",
    "inScheme": "https://w3id.org/kim/hcrt/scheme",
}
_MODES = {
    "online": ["online"],
    "on-site": ["onsite"],
    "in-company": ["onsite"],
    "blended": ["blended"],
    "self-study": ["asynchronous"],
}
_AWARDS = {
    "none": [],
    "attendance": ["confirmation of participation"],
    "certificate": ["certificate"],
    "micro-credential": ["certificate"],
    "qualification": ["certificate"],
}
_SPDX = re.compile(r"[A-Za-z0-9.+-]+", re.ASCII)


def text_language(course: CourseRecord) -> str:
    """The language of the texts that are written: the only one of the course if there are such texts, else the main."""
    (only,) = course.languages if len(course.languages) == 1 else ("",)
    return only if only in course.titles else course.text_language


def held_runs(course: CourseRecord) -> tuple[RunRecord, ...]:
    """The runs that the format can hold: one for each start, or else the first that says anything."""
    dated = {run.starts_on: run for run in reversed(course.runs) if run.starts_on}
    if dated:
        return tuple(run for run in course.runs if run.starts_on and dated[run.starts_on] is run)
    return tuple(run for run in course.runs if run.ends_on or run.country or run.place or run.deadline_on)[:1]


def page_meta(terms: FileTerms) -> dict[str, str]:
    """What a page says about itself."""
    return {
        "title": terms.title,
        "publisher": terms.publisher,
        "license": terms.licence,
        "generatedAt": terms.made_at.isoformat(timespec="seconds"),
    }


def course_item(course: CourseRecord) -> dict[str, Any]:
    """The item of a course."""
    uuid, language = course_uuid(course.external_id), text_language(course)
    creator = _organisation(course)
    description = course.descriptions.get(language, "")
    attributes = {
        "name": as_html(course.titles.get(language, course.title)),
        "courseCode": course.external_id if course.external_id != uuid else None,
        "learningResourceType": _KIND,
        "courseMode": _MODES.get(course.mode),
        "description": html_document(description) if description else None,
        "inLanguage": list(course.languages) or None,
        **_dates(held_runs(course)),
        "duration": iso_duration(course.minutes),
        "publisher": creator,
        "creator": [creator],
        "url": course.url or f"urn:uuid:{uuid}",
        "license": [_licence(course.licence)],
        "access": None if course.price is None else ["paid" if course.price.cents else "free"],
        "keywords": [as_html(keyword) for keyword in course.keywords] or None,
        "offer": _offers(course),
        "numberOfCredits": None if course.ects is None else float(course.ects),
        "educationalCredentialsAwarded": _AWARDS.get(course.certificate),
        "dateModified": f"{course.source_on}T00:00:00Z" if course.source_on else None,
    }
    stated = {name: value for name, value in attributes.items() if value is not None}
    # The format has no place for these; JSON:API lets every resource carry a `meta` of its own.
    meta = {"origin": course.origin, "accessibility": list(course.accessibility)}
    own = {name: value for name, value in meta.items() if value}
    return {"id": uuid, "type": "Course", "attributes": stated, **({"meta": own} if own else {})}


def _organisation(course: CourseRecord) -> dict[str, str]:
    address = {"url": course.provider_url} if course.provider_url else {}
    return {"type": "Organization", "name": as_html(course.provider), **address}


def _dates(runs: Iterable[RunRecord]) -> dict[str, Any]:
    """Ends only where every run has another one, since nothing says which start an end belongs to but its place."""
    kept = tuple(runs)
    starts = [f"{run.starts_on}T00:00:00Z" for run in kept if run.starts_on]
    ends = [f"{run.ends_on}T00:00:00Z" for run in kept if run.ends_on]
    found: dict[str, Any] = {"startDate": starts or None}
    if len(set(ends)) == len(kept):
        found["endDate"] = ends or None
    if len(kept) == 1 and kept[0].deadline_on:
        found["applicationDeadline"] = f"{kept[0].deadline_on}T00:00:00Z"
    places = {(run.country, run.place) for run in kept}
    if len(places) == 1:
        country, place = places.pop()
        address = {"address": {"addressCountry": country}} if country else {}
        found["contentLocation"] = {"name": as_html(place) or None, **address} if place or country else None
    return found


def _licence(licence: str) -> dict[str, str | None]:
    if not licence:
        return {"identifier": PROPRIETARY, "url": None}
    if is_web_address(licence):
        return {"identifier": f"{OTHER_LICENCE}terms", "url": licence, "contentUrl": licence}
    is_listed = _SPDX.fullmatch(licence) and licence != PROPRIETARY
    return {"identifier": licence, "url": f"https://spdx.org/licenses/{licence}.html" if is_listed else None}


def _offers(course: CourseRecord) -> list[dict[str, Any]] | None:
    if course.price is None:
        return None
    price, currency = course.price.cents / 100, course.price.currency
    return [{"price": price, "priceCurrency": currency, "paymentFrequency": "one-time", "category": "course"}]
