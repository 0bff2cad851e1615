"""The metadata of one record of OAI-PMH, LOM or Dublin Core, as a course."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.readers._course_parts import (
    EMPTY_COURSE,
    fitted,
    one_of_each,
    read_date,
    read_language,
    shortened,
    web_address,
)
from synchromesh.engine.feeds.readers._entry_kinds import names_a_course, other_kind
from synchromesh.engine.feeds.readers._xml_stream import XmlEntry, local_name
from synchromesh.engine.feeds.readers._xml_texts import (
    Parts,
    first_text,
    language_of,
    parts_of,
    raw_text,
    text_of,
    texts_by_language,
)
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings
from synchromesh.engine.vocabulary.durations import parse_duration
from synchromesh.engine.vocabulary.money import Money

__all__ = ["course_of_record"]

_VCARD_NAME = re.compile(
    r"(?:^|[\s;])(ORG|FN)(?:;[^:\n]*)?:(.+?)(?=\s*(?:\n|$|\b[A-Z]{1,12}(?:;[^:\n]*)?:))", re.DOTALL
)
_PROVIDING_ROLES = ("publisher", "content provider", "provider", "initiator")
_MOST_KEYWORDS = 50


@dataclass(slots=True, kw_only=True)
class _Said:
    """What the metadata of a record says, whatever its format."""

    titles: dict[str, str]
    descriptions: dict[str, str]
    types: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    provider: str = ""
    licence: str = ""
    duration: str = ""
    minutes: int | None = None
    price: Money | None = None


def course_of_record(entry: XmlEntry, settings: ReadSettings) -> CourseRecord | Problem:
    """The course that a record describes, or the problem that keeps it from being one."""
    parts = parts_of(entry.element)
    header = parts_of(next(iter(parts.get("header", ())), None))
    metadata = next((child for element in parts.get("metadata", ()) for child in element), None)
    if metadata is None:
        return Problem(position=entry.position, field="metadata", message="The record has no metadata.")
    known = _READERS.get(local_name(metadata.tag))
    if known is None:
        shown = shortened(local_name(metadata.tag), 40)
        message = f"The metadata '{shown}' are of a format that is not read. Ask for oai_lom or oai_dc."
        return Problem(position=entry.position, field="metadata", message=message)
    said = known(metadata, settings)
    if not said.titles:
        return Problem(position=entry.position, field="title", message="The record has no title.")
    if problem := _refused(entry, said):
        return problem
    url = next(iter(said.addresses), "")
    return fitted(
        replace(
            EMPTY_COURSE,
            position=entry.position,
            external_id=first_text(header, "identifier") or url or next(iter(said.titles.values())),
            titles=said.titles,
            provider=said.provider or settings.provider,
            record_type=next((text for text in said.types if names_a_course((text,)) and "://" not in text), ""),
            descriptions=said.descriptions,
            languages=said.languages,
            keywords=one_of_each(shortened(word, 100) for word in said.keywords)[:_MOST_KEYWORDS],
            minutes=said.minutes,
            workload_text=said.duration,
            price=said.price,
            url=url,
            source_url=url,
            source_on=read_date(first_text(header, "datestamp")),
            licence=said.licence,
        )
    )


def _refused(entry: XmlEntry, said: _Said) -> Problem | None:
    stated = one_of_each(said.types)
    if not stated or names_a_course(stated):
        return None
    kind = other_kind((), types=stated) or f"'{shortened(stated[0], 60)}'"
    title = shortened(next(iter(said.titles.values())), 80)
    message = f"'{title}' says that it is {kind}, and only courses are read."
    return Problem(position=entry.position, field="type", message=message)


def _dublin_core(metadata: Element, settings: ReadSettings) -> _Said:
    parts = parts_of(metadata)
    language = language_of(metadata, settings.language)
    rights = tuple(map(text_of, (*parts.get("license", ()), *parts.get("rights", ()))))
    return _Said(
        titles=texts_by_language(parts.get("title", ()), language=language, one_line=True),
        descriptions=texts_by_language(
            (*parts.get("description", ()), *parts.get("abstract", ())), language=language, joined=True
        ),
        types=tuple(map(raw_text, parts.get("type", ()))),
        keywords=tuple(map(text_of, parts.get("subject", ()))),
        languages=one_of_each(map(read_language, map(raw_text, parts.get("language", ())))),
        addresses=one_of_each(map(web_address, map(raw_text, parts.get("identifier", ())))),
        provider=first_text(parts, "publisher"),
        licence=_licence(rights),
    )


def _lom(metadata: Element, settings: ReadSettings) -> _Said:
    sections = parts_of(metadata)
    general, technical, rights = (_section(sections, name) for name in ("general", "technical", "rights"))
    educational = [parts_of(element) for element in sections.get("educational", ())]
    languages = one_of_each(map(read_language, map(raw_text, general.get("language", ()))))
    language = language_of(metadata, settings.language or next(iter(languages), ""))
    duration = _duration(educational)
    return _Said(
        titles=_strings(general.get("title", ()), language, one_line=True),
        descriptions=_strings(general.get("description", ()), language),
        types=tuple(_value(element) for one in educational for name in _TYPES for element in one.get(name, ())),
        keywords=(*_words(general.get("keyword", ())), *_disciplines(sections)),
        languages=languages,
        addresses=one_of_each(
            web_address(raw_text(element)) for element in (*technical.get("location", ()), *_entries(general))
        ),
        provider=_provider(sections),
        licence=_licence(_words(rights.get("description", ()))),
        duration=duration,
        minutes=parse_duration(duration),
        price=Money(cents=0, currency=settings.currency or "EUR") if _costs_nothing(rights) else None,
    )


_TYPES = ("learningResourceType", "learningresourcetype")
_READERS = {"lom": _lom, "dc": _dublin_core, "qualifieddc": _dublin_core, "oai_dc": _dublin_core}


def _section(sections: Parts, name: str) -> Parts:
    return parts_of(next(iter(sections.get(name, ())), None))


def _string_elements(elements: Iterable[Element]) -> list[Element]:
    """The strings with a language inside of elements; where there are none, the elements themselves."""
    found: list[Element] = []
    for element in elements:
        inner = [child for child in element if local_name(child.tag) in ("string", "langstring")]
        found += inner or [element]
    return found


def _strings(elements: Iterable[Element], language: str, *, one_line: bool = False) -> dict[str, str]:
    return texts_by_language(_string_elements(elements), language=language, joined=not one_line, one_line=one_line)


def _words(elements: Iterable[Element]) -> tuple[str, ...]:
    return tuple(text_of(element) for element in _string_elements(elements))


def _value(element: Element) -> str:
    """The value of a vocabulary: "value" in LOM XML, a string inside of it in IMS metadata; an id as a last resort."""
    parts = parts_of(element)
    return first_text(parts, "value", "entry", "label", "id") or ("" if parts else raw_text(element))


def _entries(general: Parts) -> Iterator[Element]:
    for element in (*general.get("identifier", ()), *general.get("catalogentry", ())):
        yield from parts_of(element).get("entry", ())


def _disciplines(sections: Parts) -> Iterator[str]:
    """The names in classifications by discipline or idea."""
    for element in sections.get("classification", ()):
        parts = parts_of(element)
        purpose = " ".join(_value(one) for one in parts.get("purpose", ())).lower()
        if "discipline" in purpose or "idea" in purpose:
            for path in (*parts.get("taxonPath", ()), *parts.get("taxonpath", ())):
                for taxon in parts_of(path).get("taxon", ()):
                    yield from _words(parts_of(taxon).get("entry", ()))


def _provider(sections: Parts) -> str:
    """The organisation that publishes, out of its visiting card."""
    for section in (*sections.get("lifeCycle", ()), *sections.get("lifecycle", ())):
        for element in parts_of(section).get("contribute", ()):
            parts = parts_of(element)
            role = " ".join(_value(one) for one in parts.get("role", ())).lower()
            if role.strip() in _PROVIDING_ROLES:
                cards = (*parts.get("entity", ()), *parts.get("centity", ()))
                if name := next(filter(None, (_card_name(raw_text(card)) for card in cards)), ""):
                    return name
    return ""


def _card_name(card: str) -> str:
    """The organisation of a vCard, else its name; text that is no vCard is the name itself."""
    if "vcard" not in card.lower():
        return " ".join(card.split())
    found = {match[1]: " ".join(match[2].replace("\\,", ",").split()) for match in _VCARD_NAME.finditer(card[:1_000])}
    return (found.get("ORG") or found.get("FN") or "").strip("; ")


def _duration(educational: list[Parts]) -> str:
    for one in educational:
        for element in (*one.get("typicalLearningTime", ()), *one.get("typicallearningtime", ())):
            parts = parts_of(element)
            if words := first_text(parts, "duration", "datetime") or raw_text(element):
                return words
    return ""


def _costs_nothing(rights: Parts) -> bool:
    return any(_value(element).strip().lower() == "no" for element in rights.get("cost", ()))


def _licence(texts: Iterable[str]) -> str:
    """The first address among statements on rights, else the first of them."""
    stated = one_of_each(texts)
    return next(filter(web_address, stated), next(iter(stated), ""))
