"""European Learning Model: learning opportunities as XML, application profile LOQ 3.1, read and written.

A learning opportunity is a course, its parts of the type "class" are its runs, and what is learnt stands in the
specification of its learning achievement. `write` gives a document that the schema accepts. What the format has no
place for is written as notes and ids that other readers may leave alone: summary, subtitles, seats, self-study as a
mode, source, licence, topics, and skills with their levels. It cannot hold: control characters; several spaces in a
row and line breaks in titles; spaces around texts; outcomes and keywords that are empty; a currency beyond the
authority list of the Union (the price is then left out); days before 1950; an empty id, which becomes one of provider
and title. Signs that no address may have come back percent-encoded.

Source: https://github.com/european-commission-empl/European-Learning-Model (xsd/loq, rdf/ap/loq).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers import _elm_codes as elm
from synchromesh.engine.feeds.readers._course_parts import (
    EMPTY_COURSE,
    EMPTY_RUN,
    derived_course_id,
    derived_run_id,
    fitted,
    one_of_each,
    read_date,
    web_address,
)
from synchromesh.engine.feeds.readers._elm_ids import own_parts, read_course_id
from synchromesh.engine.feeds.readers._elm_parts import (
    Kept,
    codes,
    idrefs,
    language_codes,
    notes,
    own_note,
    page,
    run_parts,
)
from synchromesh.engine.feeds.readers._elm_references import References, read_references
from synchromesh.engine.feeds.readers._elm_writing import write
from synchromesh.engine.feeds.readers._xml_stream import XmlEntry, find_root, stream_entries
from synchromesh.engine.feeds.readers._xml_texts import (
    Parts,
    attribute,
    first_text,
    parts_of,
    raw_text,
    texts_by_language,
)
from synchromesh.engine.feeds.records import (
    ACCESSIBILITY,
    CERTIFICATES,
    MODES,
    ORIGINS,
    CourseRecord,
    ReadSettings,
    RunRecord,
    SkillLinkRecord,
    Texts,
)
from synchromesh.engine.feeds.skill_links import parse_skill_links
from synchromesh.engine.vocabulary.durations import parse_duration
from synchromesh.engine.vocabulary.money import Money

__all__ = ["TITLE", "accepts", "read", "write"]

TITLE = "European Learning Model, learning opportunities (XML)"

_ENTRY = "learningOpportunity"
_MOST_ECTS = Decimal(600)
_MOST_CENTS = 10**11


def accepts(file: BinaryIO, name: str) -> bool:
    """Tell whether the first element is that of a document of learning opportunities."""
    del name
    root = find_root(file)
    if root is None or root.name != "Courses":
        return False
    return root.space == elm.LOQ or b"learningOpportunity" in root.head


def read(file: BinaryIO, *, name: str, settings: ReadSettings) -> Iterator[CourseRecord | Problem]:
    """Each opportunity as a course, in two passes over the file; raises InvalidInput for a broken one."""
    start = file.tell()
    with References() as references:
        read_references(file, references, name=name)
        file.seek(start)
        for entry in stream_entries(file, name=name, entries=(_ENTRY,)):
            if not references.is_run(attribute(entry.element, "id")):
                yield from _Reading(entry, references, settings).entries()


class _Reading:
    """One opportunity while it is read: its parts, what it refers to, and the problems found."""

    def __init__(self, entry: XmlEntry, references: References, settings: ReadSettings) -> None:
        self._position = entry.position
        self._identifier = attribute(entry.element, "id")
        self._parts: Parts = parts_of(entry.element)
        self._references = references
        self._settings = settings
        self._notes = notes(self._parts)
        self._specification = self._referred("specification", "learningAchievementSpecification")
        self._activity = self._referred("activity", "learningActivitySpecification")
        self._problems: list[Problem] = []

    def entries(self) -> Iterator[CourseRecord | Problem]:
        """The course, and what was wrong with parts of it; a problem alone where it is none."""
        language = next(iter(language_codes(self._parts, "defaultLanguage")), self._settings.language)
        titles = texts_by_language(self._parts.get("title", ()), language=language, one_line=True)
        if not titles:
            yield Problem(position=self._position, field="title", message="The learning opportunity has no title.")
            return
        yield fitted(self._course(titles, language))
        yield from self._problems

    def _course(self, titles: dict[str, str], language: str) -> CourseRecord:
        agent = self._referred("agent", "providedBy")
        provider = agent.get("name", "") or self._settings.provider
        said = self._specification
        outcomes = list(self._references.all_of("outcome", said.get("outcomes", ())))
        lowest, highest = _levels(said.get("levels", ()))
        price, price_text = self._price()
        descriptions = texts_by_language(self._parts.get("description", ()), language=language, joined=True)
        return replace(
            EMPTY_COURSE,
            position=self._position,
            external_id=read_course_id(self._identifier) or derived_course_id(provider, next(iter(titles.values()))),
            titles=titles,
            provider=provider,
            provider_country=next((one["country"] for one in self._locations(agent) if one["country"]), ""),
            provider_url=web_address(agent.get("page", "")),
            record_type=self._note("record-type") or self._type(),
            topics=tuple(said.get("topics", ())),
            keywords=one_of_each(said.get("keywords", ())),
            summaries=self._note_texts(f"{elm.NOTE}summary"),
            descriptions=descriptions or said.get("descriptions", {}),
            outcomes=_outcomes(outcomes) or _lines(said.get("summary", {})),
            languages=one_of_each((*said.get("languages", ()), *self._activity.get("languages", ()))),
            subtitles=tuple(self._note("subtitles").split()),
            mode=self._mode(),
            minutes=self._minutes(),
            workload_text=next(iter(self._note_texts(elm.DURATION_NOTE).values()), "") or self._hours(),
            price=price,
            price_text=price_text or next(iter(self._note_texts(elm.COSTS_NOTE).values()), ""),
            certificate=said.get("certificate", "") if said.get("certificate") in CERTIFICATES else "",
            eqf_min=lowest,
            eqf_max=highest,
            eqf_text=self._note("eqf"),
            ects=_ects(said.get("ects", "")),
            url=web_address(page(self._parts)),
            skills=self._skills(outcomes),
            runs=tuple(self._runs()),
            source=self._note("source"),
            source_url=web_address(self._note("source-address")),
            source_on=read_date(first_text(self._parts, "modified")),
            licence=self._note("licence"),
            accessibility=tuple(code for code in ACCESSIBILITY if code in self._note("accessibility").split()),
            origin=self._note("origin") if self._note("origin") in ORIGINS else "",
        )

    def _referred(self, kind: str, name: str) -> Kept:
        """The first of the things that elements of a name refer to."""
        return next(self._references.all_of(kind, idrefs(self._parts, name)), {})

    def _locations(self, kept: Kept) -> list[Kept]:
        return [self._location(identifier) for identifier in kept.get("locations", ())]

    def _location(self, identifier: str) -> Kept:
        """A place; an id of our own says it exactly."""
        own = own_parts(identifier, "location")
        if own is not None and len(own) == 3:
            return dict(zip(("country", "nuts", "place"), own, strict=True))
        return self._references.get("location", identifier) or {"country": "", "nuts": "", "place": ""}

    def _note(self, key: str) -> str:
        return own_note(self._notes, key)

    def _note_texts(self, subject: str) -> Texts:
        return self._notes.get(subject, {})

    def _type(self) -> str:
        found = codes(self._parts, "type", elm.OPPORTUNITY)
        return next((elm.OPPORTUNITY_TYPES[code] for code in found if code in elm.OPPORTUNITY_TYPES), "")

    def _mode(self) -> str:
        stated = codes(self._parts, "mode", elm.MODE) or self._specification.get("modes", ())
        return _known_mode(self._note("mode")) or _mode(stated)

    def _minutes(self) -> int | None:
        """The workload; a duration that is stated in hours or days counts where no volume is."""
        stated = (
            self._specification.get("volume", ""),
            self._activity.get("volume", ""),
            first_text(self._parts, "duration"),
        )
        return next(filter(None, map(parse_duration, stated)), None)

    def _hours(self) -> str:
        hours: str = self._activity.get("hours", "")
        return hours if any(character.isalpha() for character in hours) else ""

    def _price(self) -> tuple[Money | None, str]:
        """The price where all that are stated agree, and the words of the first."""
        details = [parts_of(element) for element in self._parts.get("priceDetail", ())]
        prices = [_money(parts_of(amount)) for one in details for amount in one.get("amount", ())]
        words = next(filter(None, (first_text(one, "description", "prefLabel") for one in details)), "")
        agreed = prices and all(price == prices[0] for price in prices)
        return (prices[0] if agreed else None), words

    def _skills(self, outcomes: list[Kept]) -> tuple[SkillLinkRecord, ...]:
        links: dict[str, SkillLinkRecord] = {}
        for outcome in outcomes:
            try:
                links.update((link.skill, link) for link in parse_skill_links(outcome["link"]))
            except InvalidInput as error:
                self._problems.append(Problem(position=self._position, field="relatedSkill", message=error.message))
        return tuple(links.values())

    def _runs(self) -> Iterator[RunRecord]:
        """The classes that are parts of it, else the one run that it describes itself."""
        classes = list(self._references.runs_of(self._identifier, idrefs(self._parts, "hasPart")))
        for number, (identifier, kept) in enumerate(classes, 1):
            own = own_parts(identifier, "run")
            run = self._run(kept, f"{self._position} class {number}")
            yield replace(run, external_id=own[1] if own and len(own) > 1 else identifier)
        itself = run_parts(self._parts)
        if not classes and any(itself[name] for name in ("start", "end", "words", "deadlines", "locations")):
            run = replace(self._run(itself, self._position), mode="", url="")
            yield replace(run, external_id=derived_run_id(run))

    def _run(self, kept: Kept, position: str) -> RunRecord:
        starts_on, ends_on = read_date(kept["start"]), read_date(kept["end"])
        if starts_on and ends_on and ends_on < starts_on:
            message = f"It ends on {ends_on}, before it starts on {starts_on}. The end is left empty."
            self._problems.append(Problem(position=position, field="temporal", message=message))
            ends_on = None
        place = next(iter(self._locations(kept)), {})
        activity = next(self._references.all_of("activity", kept["activities"]), {})
        deadlines = [day for day in map(read_date, kept["deadlines"]) if day]
        return replace(
            EMPTY_RUN,
            position=position,
            starts_on=starts_on,
            ends_on=ends_on,
            dates_text=kept["words"],
            country=place.get("country", ""),
            nuts=place.get("nuts", ""),
            place=place.get("place", ""),
            language=next(iter(activity.get("languages", ())), ""),
            mode=_known_mode(kept["mode"]) or _mode(kept["modes"]),
            deadline_on=max(deadlines, default=None),
            seats=int(kept["seats"]) if kept["seats"].isdecimal() and len(kept["seats"]) < 8 else None,
            url=web_address(kept["page"]),
        )


def _known_mode(text: str) -> str:
    return text if text in MODES else ""


def _mode(stated: list[str]) -> str:
    """One mode of several: online and on site together are blended."""
    modes = {elm.MODES[code] for code in stated if code in elm.MODES}
    if len(modes) == 1:
        return modes.pop()
    return "blended" if "blended" in modes or {"online", "on-site"} <= modes else ""


def _levels(levels: list[tuple[int, str]]) -> tuple[int | None, int | None]:
    """The lowest and the highest EQF level; a level without a remark is both."""
    low = [level for level, remark in levels if remark != "highest"]
    high = [level for level, remark in levels if remark != "lowest"]
    return min(low, default=None), max(high, default=None)


def _outcomes(outcomes: list[Kept]) -> dict[str, tuple[str, ...]]:
    """The titles of what is learnt, by language; those that stand for a skill link only are left out."""
    found: dict[str, list[str]] = {}
    for outcome in outcomes:
        for language, title in outcome["titles"].items() if not outcome["is_link"] else ():
            found.setdefault(language, []).append(title)
    return {language: tuple(titles) for language, titles in found.items()}


def _lines(texts: Texts) -> dict[str, tuple[str, ...]]:
    return {
        language: one_of_each(line.strip().lstrip("-–•* ") for line in text.splitlines())
        for language, text in texts.items()
    }


def _money(amount: Parts) -> Money | None:
    currency = next((code for code in codes(amount, "unit", elm.CURRENCY) if len(code) == 3), "")
    try:
        value = Decimal(next(map(raw_text, amount.get("value", ())), "")) * 100
    except InvalidOperation:
        return None
    if not currency or not value.is_finite() or not 0 <= value <= _MOST_CENTS:
        return None
    return Money(cents=int(value.to_integral_value()), currency=currency)


def _ects(text: str) -> Decimal | None:
    try:
        points = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return points if points.is_finite() and 0 < points <= _MOST_ECTS else None
