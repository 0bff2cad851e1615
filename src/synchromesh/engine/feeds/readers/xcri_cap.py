"""XCRI-CAP 1.2 and 1.1, course information of the United Kingdom: catalog, provider, course, presentation. Read only.

A presentation is a run. Its cost and duration belong to the course here, where all presentations agree. British levels
are not levels of the EQF and CATS points no ECTS points, so neither is converted. Sources:
http://www.xcri.org/wiki/index.php/XCRI_CAP_1.2, BS 8581-1:2012, and the vocabulary of attendance modes
http://www.xcri.org/wiki/index.php/XCRI_Terms_1.2.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import BinaryIO, TypeVar
from xml.etree.ElementTree import Element

from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.readers._course_parts import (
    EMPTY_COURSE,
    EMPTY_RUN,
    derived_course_id,
    fitted,
    merged,
    one_of_each,
    read_date,
    read_language,
    read_price,
    shortened,
    web_address,
)
from synchromesh.engine.feeds.readers._entry_kinds import other_kind
from synchromesh.engine.feeds.readers._run_ids import with_distinct_ids
from synchromesh.engine.feeds.readers._xml_stream import XmlEntry, find_root, stream_entries
from synchromesh.engine.feeds.readers._xml_texts import (
    Parts,
    attribute,
    first_text,
    language_around,
    language_of,
    parts_of,
    raw_text,
    text_of,
    texts_by_language,
)
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings, RunRecord
from synchromesh.engine.feeds.wording import parse_mode
from synchromesh.engine.vocabulary.durations import parse_duration
from synchromesh.engine.vocabulary.money import Money

__all__ = ["TITLE", "accepts", "read"]

TITLE = "XCRI-CAP course feed (XML)"

_SIGNS = (b"xcri.org", b"xcri.co.uk", b"<presentation")
_KEPT = ("title", "identifier", "url")
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_MODES = {
    "CM": "on-site", "NC": "on-site", "DA": "blended", "MM": "blended", "ON": "online", "WB": "in-company",
    "DS": "self-study",
}  # fmt: skip
_DELETED = ("3", "4", "deleted")
_MOST_ECTS = Decimal(600)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """What a presentation says about the course as a whole."""

    run: RunRecord
    duration: str
    minutes: int | None
    cost: str
    price: Money | None


def accepts(file: BinaryIO, name: str) -> bool:
    """Tell whether the first element is a catalog, or a provider or course, of XCRI."""
    del name
    root = find_root(file)
    if root is None or root.name not in ("catalog", "provider"):
        return False
    return any(sign in root.head for sign in _SIGNS)


def read(file: BinaryIO, *, name: str, settings: ReadSettings) -> Iterator[CourseRecord | Problem]:
    """Each course with its presentations; raises InvalidInput for a broken file."""
    for entry in stream_entries(file, name=name, entries=("course",), kept=_KEPT):
        problems: list[Problem] = []
        yield _course(entry, settings, problems)
        yield from problems


def _course(entry: XmlEntry, settings: ReadSettings, problems: list[Problem]) -> CourseRecord | Problem:
    """The course, or what keeps it from being one; what is wrong with parts of it is added to `problems`."""
    parts = parts_of(entry.element)
    language = language_of(entry.element, language_around(entry.around, settings.language))
    titles = texts_by_language(parts.get("title", ()), language=language, one_line=True)
    if problem := _refused(entry, parts, titles):
        return problem
    provider = parts_of(entry.around[-1]) if entry.around else {}
    provider_name = first_text(provider, "title") or settings.provider
    offers = _offers(parts, entry.position, settings, problems)
    credit, qualification = (parts_of(next(iter(parts.get(name, ())), None)) for name in ("credit", "qualification"))
    plain, keywords = _descriptions(parts)
    descriptions = texts_by_language(plain, language=language, joined=True)
    url = next(filter(None, (web_address(raw_text(one)) for one in parts.get("url", ()))), "")
    return fitted(
        replace(
            EMPTY_COURSE,
            position=entry.position,
            external_id=_identifier(parts) or derived_course_id(provider_name, next(iter(titles.values()))),
            titles=titles,
            provider=provider_name,
            provider_url=next(filter(None, (web_address(raw_text(one)) for one in provider.get("url", ()))), ""),
            record_type=_type(parts),
            summaries=texts_by_language(parts.get("abstract", ()), language=language),
            descriptions=merged(descriptions, texts_by_language(parts.get("objective", ()), language=language)),
            outcomes=_outcomes(parts, language),
            keywords=one_of_each((*map(text_of, parts.get("subject", ())), *keywords)),
            languages=one_of_each(offer.run.language for offer in offers),
            mode=_agreed([offer.run.mode for offer in offers]) or "",
            minutes=_agreed([offer.minutes for offer in offers]),
            workload_text=_agreed([offer.duration for offer in offers]) or "",
            price=_agreed([offer.price for offer in offers]),
            price_text=_agreed([offer.cost for offer in offers]) or "",
            certificate="qualification" if first_text(qualification, "title") else "",
            eqf_text=first_text(qualification, "level", "educationLevel"),
            ects=_ects(credit),
            url=url,
            runs=tuple(offer.run for offer in offers),
            source_url=url,
        )
    )


def _refused(entry: XmlEntry, parts: Parts, titles: dict[str, str]) -> Problem | None:
    if not titles:
        return Problem(position=entry.position, field="title", message="The course has no title.")
    title = shortened(next(iter(titles.values())), 80)
    if attribute(entry.element, "recstatus") in _DELETED:
        message = f"The source has marked '{title}' as deleted, so it is left out."
        return Problem(position=entry.position, field="recstatus", message=message)
    if kind := other_kind((), types=map(raw_text, parts.get("type", ()))):
        message = f"'{title}' says that it is {kind}, and only courses are read."
        return Problem(position=entry.position, field="type", message=message)
    return None


def _identifier(parts: Parts) -> str:
    """The identifier without a scheme of its own, which the specification wants to be an address."""
    elements = sorted(parts.get("identifier", ()), key=lambda element: _TYPE in element.attrib)
    return next(filter(None, map(raw_text, elements)), "")


def _type(parts: Parts) -> str:
    elements = sorted(parts.get("type", ()), key=lambda element: _TYPE in element.attrib)
    return next(filter(None, map(raw_text, elements)), "")


def _descriptions(parts: Parts) -> tuple[list[Element], tuple[str, ...]]:
    """Descriptions without those that hold keywords, and these keywords."""
    elements = parts.get("description", [])
    listed = [element for element in elements if element.get(_TYPE, "").endswith("metadataKeywords")]
    words = tuple(word.strip() for element in listed for word in raw_text(element).split(","))
    return [element for element in elements if element not in listed], words


def _outcomes(parts: Parts, language: str) -> dict[str, tuple[str, ...]]:
    """One outcome a line; HTML lists have become lines."""
    texts = texts_by_language(parts.get("learningOutcome", ()), language=language, joined=True)
    return {key: one_of_each(line.strip().lstrip("-–•* ") for line in text.splitlines()) for key, text in texts.items()}


def _ects(credit: Parts) -> Decimal | None:
    if "ECTS" not in first_text(credit, "scheme").upper():
        return None
    try:
        value = Decimal(first_text(credit, "value").replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 < value <= _MOST_ECTS else None


def _offers(parts: Parts, position: str, settings: ReadSettings, problems: list[Problem]) -> list[_Offer]:
    offers = [
        _offer(parts_of(element), f"{position} presentation {number}", settings, problems)
        for number, element in enumerate(parts.get("presentation", ()), 1)
    ]
    # Some feeds give every presentation the identifier of its course.
    runs = with_distinct_ids(offer.run for offer in offers)
    return [replace(offer, run=run) for offer, run in zip(offers, runs, strict=True)]


def _offer(parts: Parts, position: str, settings: ReadSettings, problems: list[Problem]) -> _Offer:
    starts_on, starts_text = _when(parts, "start")
    ends_on, _ = _when(parts, "end")
    if starts_on and ends_on and ends_on < starts_on:
        message = f"It ends on {ends_on}, before it starts on {starts_on}. The end is left empty."
        problems.append(Problem(position=position, field="end", message=message))
        ends_on = None
    deadline_on, _ = _when(parts, "applyUntil")
    seats = first_text(parts, "places")
    run = replace(
        EMPTY_RUN,
        position=position,
        external_id=_identifier(parts),
        starts_on=starts_on,
        ends_on=ends_on,
        dates_text=starts_text if starts_on is None and _has_words(starts_text) else "",
        place=_place(parts),
        language=next(
            filter(None, (read_language(raw_text(one)) for one in parts.get("languageOfInstruction", ()))), ""
        ),
        mode=_mode(parts),
        deadline_on=deadline_on,
        seats=int(seats) if seats.isascii() and seats.isdigit() and len(seats) < 7 else None,
        url=_run_address(parts),
    )
    duration, minutes = _duration(parts)
    cost = first_text(parts, "cost")
    price = read_price(cost, currency=settings.currency)
    return _Offer(
        run=run,
        duration=duration,
        minutes=minutes,
        cost=cost,
        # A bare 0 is what systems write for "not stated".
        price=price if price is None or price.cents or _has_words(cost) else None,
    )


def _has_words(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _when(parts: Parts, name: str) -> tuple[datetime.date | None, str]:
    """The day of a date, from its attribute `dtf` or its words, and the words."""
    for element in parts.get(name, ()):
        words = text_of(element)
        return read_date(attribute(element, "dtf")) or read_date(words), words
    return None, ""


def _duration(parts: Parts) -> tuple[str, int | None]:
    """The words of the duration, and the minutes if these or the attribute `interval` state an amount of learning."""
    for element in parts.get("duration", ()):
        words = text_of(element)
        return words, parse_duration(attribute(element, "interval")) or parse_duration(words)
    return "", None


def _mode(parts: Parts) -> str:
    """The mode of a code, else of the words."""
    for element in parts.get("attendanceMode", ()):
        words = raw_text(element)
        if mode := _MODES.get(attribute(element, "identifier").upper()) or _MODES.get(words) or parse_mode(words):
            return mode
    return ""


def _place(parts: Parts) -> str:
    """The town of the venue, else its name; in version 1.1 the venue has these itself."""
    for element in parts.get("venue", ()):
        venue = parts_of(element)
        inner = parts_of(next(iter(venue.get("provider", ())), None)) or venue
        location = parts_of(next(iter(inner.get("location", ())), None)) or inner
        if place := first_text(location, "town") or first_text(inner, "title") or first_text(location, "address"):
            return place
    return ""


def _run_address(parts: Parts) -> str:
    addresses = (web_address(raw_text(one)) for name in ("url", "applyTo") for one in parts.get(name, ()))
    return next(filter(None, addresses), "")


def _agreed(values: list[_Value]) -> _Value | None:
    """The one value that all presentations state, None where they differ."""
    return values[0] if values and all(value == values[0] for value in values) else None
