"""RSS 2.0 (and 0.9x), RSS 1.0 and Atom 1.0: an entry with a title and an address is a course, unless it says otherwise.

The day of publication is the day of the source, never a run. Only the event module of RSS (`ev:startdate`) states when
a course takes place. Sources: https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec,
https://www.rfc-editor.org/rfc/rfc4287, https://www.rfc-editor.org/rfc/rfc5005 (pages of a feed),
https://web.resource.org/rss/1.0/modules/event/.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO
from xml.etree.ElementTree import Element

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers._course_parts import (
    EMPTY_COURSE,
    EMPTY_RUN,
    derived_run_id,
    fitted,
    one_of_each,
    read_date,
    read_language,
    shortened,
    web_address,
)
from synchromesh.engine.feeds.readers._entry_kinds import names_a_course, other_kind
from synchromesh.engine.feeds.readers._xml_stream import XmlEntry, find_root, local_name, stream_entries
from synchromesh.engine.feeds.readers._xml_texts import (
    Parts,
    attribute,
    first_text,
    language_around,
    language_of,
    parts_of,
    raw_text,
    texts_by_language,
)
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings, RunRecord

__all__ = ["TITLE", "accepts", "follow", "read"]

TITLE = "RSS 2.0, RSS 1.0 or Atom feed"

_RSS_1 = b"http://purl.org/rss/1.0/"
_ATOM = "http://www.w3.org/2005/Atom"
_OLD_ATOM = "http://purl.org/atom/ns#"
_ENTRIES = ("item", "entry")
_KEPT = ("channel", "title", "link", "language", "category", "copyright", "rights", "publisher", "license", "type")
# Other modules have elements of these names too, such as the title of a picture.
_PLAIN_SPACES = ("", "http://purl.org/rss/1.0/", "http://backend.userland.com/rss2", _ATOM, _OLD_ATOM)
_PLAIN_NAMES = ("title", "link", "description", "summary", "content", "category", "id", "guid")
_PODCAST = "itunes.com/dtds/podcast"
_DATES = ("updated", "modified", "pubDate", "published", "issued", "date", "created")
_MOST_KEYWORDS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Channel:
    """What holds for every entry of the feed."""

    address: str
    language: str
    publisher: str
    title: str
    licence: str
    kinds: tuple[str, ...]
    types: tuple[str, ...]


def accepts(file: BinaryIO, name: str) -> bool:
    """Tell whether the first element is that of a feed."""
    del name
    root = find_root(file)
    if root is None:
        return False
    if root.name == "RDF":
        return _RSS_1 in root.head
    return root.name == "rss" or (root.name == "feed" and root.space in (_ATOM, _OLD_ATOM, ""))


def read(file: BinaryIO, *, name: str, settings: ReadSettings) -> Iterator[CourseRecord | Problem]:
    """Each entry as a course, or the problem that keeps it from being one; raises InvalidInput for a broken file."""
    channel: _Channel | None = None
    for entry in stream_entries(file, name=name, entries=_ENTRIES, kept=_KEPT):
        channel = channel or _channel(entry.around, name, settings)
        yield _course(entry, channel, settings)


def follow(file: BinaryIO, *, address: str) -> tuple[str, ...]:
    """The next page of a feed in several pages (RFC 5005), where it names one."""
    try:
        for entry in stream_entries(file, name=address, entries=("link",)):
            if attribute(entry.element, "rel") == "next" and "entry" not in map(_local, entry.around):
                page = web_address(attribute(entry.element, "href"), base=address)
                return (page,) if page and page != address else ()
    except InvalidInput:
        return ()
    return ()


def _local(element: Element) -> str:
    return local_name(element.tag)


def _channel(around: tuple[Element, ...], name: str, settings: ReadSettings) -> _Channel:
    """Read what stands outside of the entries; in RSS 1.0 the channel stands beside them, not around."""
    inner = around[-1] if around else None
    beside = parts_of(inner).get("channel", []) if inner is not None else []
    parts = _plain_parts(beside[0] if beside else inner)
    stated = read_language(first_text(parts, "language")) or settings.language
    podcast = any(_PODCAST in element.tag for element in parts.get("category", ()))
    return _Channel(
        address=_link(parts, base=web_address(name)),
        language=language_around(around, stated),
        publisher=first_text(parts, "publisher"),
        title=shortened(first_text(parts, "title")),
        licence=_licence(parts),
        kinds=_categories(parts),
        types=("podcast",) if podcast else tuple(map(raw_text, parts.get("type", ()))),
    )


def _plain_parts(element: Element | None) -> Parts:
    """The children by name, with the elements of the format itself before those of modules."""
    parts = parts_of(element)
    for name in _PLAIN_NAMES:
        if len(parts.get(name, ())) > 1:
            parts[name].sort(key=lambda child: child.tag.rpartition("}")[0].lstrip("{") not in _PLAIN_SPACES)
    return parts


def _course(entry: XmlEntry, channel: _Channel, settings: ReadSettings) -> CourseRecord | Problem:
    parts = _plain_parts(entry.element)
    language = language_of(entry.element, read_language(first_text(parts, "language")) or channel.language)
    titles = texts_by_language(parts.get("title", ())[:1], language=language, one_line=True)
    address = _link(parts, base=channel.address)
    shown = shortened(next(iter(titles.values()), "") or address, 80)
    if kind := _kind(parts, channel):
        message = f"'{shown}' says that it is {kind}, and only courses are read."
        return Problem(position=entry.position, field="category", message=message)
    if not titles:
        return Problem(position=entry.position, field="title", message="The entry has no title.")
    if not address:
        message = f"'{shown}' has no address of a page, so that it cannot be told to be a course."
        return Problem(position=entry.position, field="link", message=message)
    summaries, descriptions = _texts(parts, language)
    return fitted(
        replace(
            EMPTY_COURSE,
            position=entry.position,
            external_id=first_text(parts, "guid", "id", "identifier") or attribute(entry.element, "about") or address,
            titles=titles,
            provider=first_text(parts, "publisher") or channel.publisher or settings.provider,
            record_type=next((text for text in map(raw_text, parts.get("type", ())) if names_a_course((text,))), ""),
            summaries=summaries,
            descriptions=descriptions,
            keywords=one_of_each(shortened(word, 100) for word in _categories(parts))[:_MOST_KEYWORDS],
            url=address,
            runs=_runs(parts, entry.position),
            source=channel.title,
            source_url=address,
            source_on=_day(parts),
            licence=_licence(parts) or channel.licence,
        )
    )


def _kind(parts: Parts, channel: _Channel) -> str:
    """What the entry is, if it says that it is no course; where it says nothing, the feed as a whole counts."""
    types = [raw_text(element) for element in parts.get("type", ())]
    if any(attribute(element, "type").startswith(("audio/", "video/")) for element in parts.get("enclosure", ())):
        types.append("podcast")
    categories = _categories(parts)
    own = other_kind(categories, types=types)
    if own or names_a_course((*types, *categories)):
        return own
    return other_kind(channel.kinds, types=channel.types)


def _categories(parts: Parts) -> tuple[str, ...]:
    """The words of categories: text in RSS, `label` or `term` in Atom, and subjects of Dublin Core."""
    elements = (*parts.get("category", ()), *parts.get("subject", ()))
    return one_of_each(
        attribute(one, "label") or attribute(one, "term") or raw_text(one) or attribute(one, "text") for one in elements
    )


def _link(parts: Parts, *, base: str) -> str:
    """The page of the entry: text of `link` in RSS, the alternate one in Atom, else a guid that is an address."""
    for element in parts.get("link", ()):
        address = attribute(element, "href") if element.get("href") else raw_text(element)
        if attribute(element, "rel") in ("", "alternate") and (found := web_address(address, base=base)):
            return found
    for element in parts.get("guid", ()):
        if attribute(element, "isPermaLink") != "false" and (found := web_address(raw_text(element))):
            return found
    return ""


def _texts(parts: Parts, language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Summaries and descriptions: of a short and a long text the short one is the summary."""
    long = texts_by_language((*parts.get("encoded", ()), *parts.get("content", ()))[:1], language=language)
    short = texts_by_language((*parts.get("description", ()), *parts.get("summary", ()))[:1], language=language)
    if not long:
        return {}, short
    return {key: text for key, text in short.items() if long.get(key) != text}, long


def _licence(parts: Parts) -> str:
    for element in parts.get("link", ()):
        if attribute(element, "rel") == "license":
            return attribute(element, "href")
    resources = (attribute(element, "resource") for element in parts.get("license", ()))
    return first_text(parts, "license") or next(filter(None, resources), "") or first_text(parts, "rights", "copyright")


def _day(parts: Parts) -> datetime.date | None:
    days = (read_date(raw_text(element)) for name in _DATES for element in parts.get(name, ()))
    return next(filter(None, days), None)


def _runs(parts: Parts, position: str) -> tuple[RunRecord, ...]:
    """The run that the event module states."""
    starts_on, ends_on = (_event_day(parts.get(name, ())) for name in ("startdate", "enddate"))
    if starts_on is None:
        return ()
    if ends_on is not None and ends_on < starts_on:
        ends_on = None
    place = first_text(parts, "location")
    run = replace(
        EMPTY_RUN, position=position, starts_on=starts_on, ends_on=ends_on, place="" if web_address(place) else place
    )
    return (replace(run, external_id=derived_run_id(run)),)


def _event_day(elements: Iterable[Element]) -> datetime.date | None:
    return next((read_date(raw_text(element)) for element in elements), None)
