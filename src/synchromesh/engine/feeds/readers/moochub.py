"""MOOChub feeds (https://github.com/MOOChub/schema): versions 3 and 2 are read, version 3 is written.

JSON:API: a list of courses under `data`, whose next page stands under `links`; a single course there is read too.
Whatever is stated and cannot be read is a problem, and the course is read without it; only what is no course or has no
title is left out. The format does not say in which language its texts are.

What `write` cannot hold, besides what `schema_org` cannot: texts in other languages than one, and which language that
is; summaries, outcomes, skills, topics, subtitles, the type of a course, its EQF level, source, words about workload
and price, the country of the provider. Of certificates it knows only those of attendance and others, and no courses in
the company. Of runs it holds the start, the end where every run has another, the place if all have the same, and the
deadline of a single one. A course without a licence comes back as proprietary.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers._course_parts import web_address
from synchromesh.engine.feeds.readers._json_fields import FieldReader, SeenCourses
from synchromesh.engine.feeds.readers._json_head import json_head
from synchromesh.engine.feeds.readers._json_stream import stream_members
from synchromesh.engine.feeds.readers._moochub_course import read_course
from synchromesh.engine.feeds.readers._moochub_writing import course_item, page_meta
from synchromesh.engine.feeds.records import CourseRecord, FileTerms, ReadSettings

__all__ = ["TITLE", "accepts", "follow", "read", "write"]

TITLE = "MOOChub feed (JSON:API), version 2 or 3"

_LISTS = ("data", "included", "errors")


def accepts(file: BinaryIO, name: str) -> bool:
    """Tell whether this is JSON:API with courses, an empty page of it, or what it answers instead: errors."""
    del name
    places = json_head(file)
    for item in ("data.[]", "data"):
        types = {text.casefold() for text in places.get(f"{item}.type", ())}
        if f"{item}.attributes" in places and not types.isdisjoint({"course", "courses"}):
            return True
    is_empty = "[" in places.get("data", ()) and "data.[]" not in places
    is_empty_page = is_empty and not places.keys().isdisjoint({"links", "jsonapi"})
    return is_empty_page or any(f"errors.[].{member}" in places for member in ("title", "detail"))


def read(file: BinaryIO, *, name: str, settings: ReadSettings) -> Iterator[CourseRecord | Problem]:
    """Read the courses one by one; raises InvalidInput for what is no sound JSON, and for an answer with errors."""
    base = web_address(name)
    seen = SeenCourses()
    has_data = False
    for place, value in stream_members(file, lists=_LISTS):
        member = place.partition("[")[0]
        if member == "errors" and value:
            raise InvalidInput(f"The server answered with an error: {_told(value)}. Ask the provider of the feed.")
        if member != "data":
            continue
        has_data = True
        if place == "data" and (value is None or value == []):
            continue
        fields = FieldReader(place)
        record = read_course(value, fields=fields, base=base, settings=settings)
        if record is not None:
            yield seen.refuse(record) or record
        yield from fields.problems
    if not has_data:
        raise InvalidInput("This document has no 'data', under which a MOOChub feed has its courses.")


def _told(error: object) -> str:
    """What a JSON:API error says."""
    members = error if isinstance(error, dict) else {}
    told = next((text for name in ("detail", "title", "code") if isinstance(text := members.get(name), str)), "")
    return " ".join(told.split())[:200].rstrip(".") or "it does not say which"


def write(courses: Iterable[CourseRecord], file: BinaryIO, *, terms: FileTerms | None = None) -> None:
    """Write one page with all courses, one by one; the terms stand in its `meta`."""
    head: dict[str, object] = {"jsonapi": {"version": "1.0"}}
    if terms is not None:
        head |= {"links": dict.fromkeys(("self", "first", "last"), terms.address), "meta": page_meta(terms)}
    file.write(json.dumps(head, ensure_ascii=False, allow_nan=False).removesuffix("}").encode() + b',\n "data": [')
    for number, course in enumerate(courses):
        text = json.dumps(course_item(course), ensure_ascii=False, indent=1, allow_nan=False)
        file.write((",\n" if number else "\n").encode() + text.encode())
    file.write(b"\n]}\n")


def follow(file: BinaryIO, *, address: str) -> tuple[str, ...]:
    """The next page, if there is one."""
    try:
        links = next((value for place, value in stream_members(file, lists=_LISTS) if place == "links"), None)
    except InvalidInput:
        return ()
    stated = links.get("next") if isinstance(links, dict) else None
    if isinstance(stated, dict):
        stated = stated.get("href")
    page = web_address(stated, base=address) if isinstance(stated, str) else ""
    return (page,) if page and page != address else ()
