"""Regions side by side as rows of cells: the page, the printed comparison and the sheet of one region read the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.urls import reverse
from django.utils.translation import gettext

from synchromesh.catalogue.models import Course
from synchromesh.community.models import Event, FactKind, RegionFact
from synchromesh.web.regions.region_record import RegionRecord
from synchromesh.web.templatetags.sharing import figure
from synchromesh.web.templatetags.synchromesh import day, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a cell: words, where they lead, and a note in smaller letters."""

    words: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """A row: what it is about, and for each region its entries; an empty cell is not known.

    `is_supply` marks what people of the region can learn and take part in, and the sources; `is_figure` a number.
    """

    label: str
    cells: tuple[tuple[Item, ...], ...]
    is_supply: bool = False
    is_figure: bool = False

    @property
    def is_known(self) -> bool:
        """Whether any region has an entry."""
        return any(self.cells)

    def beside(self, names: Sequence[str]) -> tuple[str, list[tuple[str, tuple[Item, ...]]]]:
        """The label, and each cell with the name of its region, for a table whose rows stack on a phone."""
        return self.label, list(zip(names, self.cells, strict=True))


_Reader: TypeAlias = tuple[str, Callable[[RegionRecord], Iterable[Item]]]


def compare_records(records: Sequence[RegionRecord]) -> list[ComparedRow]:
    """All rows, in the order of a region's page; figures each have a row, since only like is put beside like."""
    region: list[_Reader] = [
        (gettext("NUTS region"), _place),
        (gettext("Takes part in"), _network),
        (gettext("Regional desk"), _desk),
        (gettext("About"), _summary),
    ]
    figures = [(label, _figure_of(label, unit)) for label, unit in _figures(records)]
    evidence = [(gettext("What sources tell"), _evidence), (gettext("Employers and plants"), _employers)]
    supply: list[_Reader] = [
        (gettext("Training providers"), _providers),
        (gettext("Courses in the region"), lambda record: _courses(record.courses.in_region)),
        (gettext("Courses elsewhere in the country"), lambda record: _courses(record.courses.in_country)),
        (gettext("Practices"), _practices),
        (gettext("Events to come"), lambda record: _events(record.coming)),
        (gettext("Events that were"), lambda record: _events(record.past)),
        (gettext("Sources"), _sources),
    ]
    return [
        *_read(region, records),
        *_read(figures, records, is_figure=True),
        *_read(evidence, records),
        *_read(supply, records, is_supply=True),
    ]


def _read(readers: Iterable[_Reader], records: Sequence[RegionRecord], **kind: bool) -> list[ComparedRow]:
    return [
        ComparedRow(label=label, cells=tuple(tuple(entries(record)) for record in records), **kind)
        for label, entries in readers
    ]


def _figures(records: Sequence[RegionRecord]) -> list[tuple[str, str]]:
    facts = [fact for record in records for fact in record.known.facts if fact.kind == FactKind.FIGURE]
    return sorted({(fact.label, fact.unit) for fact in facts})


def figure_words(fact: RegionFact) -> str:
    """A figure with its unit and year."""
    words = f"{figure(fact.value)} {fact.unit}".strip()
    return f"{words} ({fact.year})" if fact.year else words


def _figure_of(label: str, unit: str) -> Callable[[RegionRecord], Iterable[Item]]:
    def entries(record: RegionRecord) -> Iterable[Item]:
        for fact in record.known.facts:
            if (fact.kind, fact.label, fact.unit) == (FactKind.FIGURE, label, unit):
                yield Item(words=figure_words(fact), note=_source_words(fact), url=fact.source_url)

    return entries


def _place(record: RegionRecord) -> Iterable[Item]:
    region = record.known.region
    yield Item(words=f"{region.name} ({region.code})", note=plain(region.country.names))


def _network(record: RegionRecord) -> Iterable[Item]:
    profile = record.known.profile
    if profile and profile.network:
        yield Item(words=profile.network.name)


def _desk(record: RegionRecord) -> Iterable[Item]:
    profile = record.known.profile
    if profile and profile.desk:
        yield Item(words=profile.desk.name, url=reverse("organisations:detail", args=[profile.desk.slug]))


def _summary(record: RegionRecord) -> Iterable[Item]:
    profile = record.known.profile
    if profile and profile.summaries:
        yield Item(words=plain(profile.summaries))


def _evidence(record: RegionRecord) -> Iterable[Item]:
    for fact in record.known.facts:
        if fact.kind == FactKind.EVIDENCE:
            yield Item(words=fact.words, note=_source_words(fact))


def _employers(record: RegionRecord) -> Iterable[Item]:
    for site in record.known.sites:
        people = gettext("%(count)s people") % {"count": site.employees} if site.employees is not None else ""
        note = ", ".join(part for part in (site.place, site.activity, people) if part)
        yield Item(words=site.name, note=note)
    for organisation in record.known.employers:
        yield Item(words=organisation.name, url=reverse("organisations:detail", args=[organisation.slug]))


def _providers(record: RegionRecord) -> Iterable[Item]:
    for organisation in record.known.providers:
        yield Item(words=organisation.name, url=reverse("organisations:detail", args=[organisation.slug]))


def _courses(courses: Iterable[Course]) -> Iterable[Item]:
    for course in courses:
        provider = course.provider.name if course.provider else ""
        yield Item(words=plain(course.titles), url=reverse("courses:detail", args=[course.slug]), note=provider)


def _practices(record: RegionRecord) -> Iterable[Item]:
    for practice in record.practices:
        url = reverse("practices:detail", args=[practice.slug])
        yield Item(words=plain(practice.titles), url=url, note=practice.by_whom)


def _events(events: Iterable[Event]) -> Iterable[Item]:
    for event in events:
        when = str(event.starts_on.year) if event.precision == "year" else day(event.starts_on)
        yield Item(words=plain(event.titles), url=reverse("events:detail", args=[event.slug]), note=when)


def _sources(record: RegionRecord) -> Iterable[Item]:
    for item in list_sources(record):
        yield Item(words=item.source, url=item.source_url, note=day(item.source_on) if item.source_on else "")


def list_sources(record: RegionRecord) -> list[Any]:
    """The records about the region that carry a source, each source once."""
    known = record.known
    every = [*([known.profile] if known.profile else []), *known.facts, *known.sites]
    return list({(one.source, one.source_url): one for one in every if one.source}.values())


def _source_words(item: Any) -> str:
    return f"{item.source}, {day(item.source_on)}" if item.source_on else str(item.source)
