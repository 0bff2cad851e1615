"""A course of a MOOChub feed, version 3 or 2, into the record of a course. Source: https://github.com/MOOChub/schema"""

from __future__ import annotations

import contextlib
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from synchromesh.engine.feeds.readers._course_parts import (
    EMPTY_COURSE,
    derived_course_id,
    fitted,
    one_of_each,
    read_language,
)
from synchromesh.engine.feeds.readers._entry_kinds import other_kind
from synchromesh.engine.feeds.readers._joined_modes import joined_mode
from synchromesh.engine.feeds.readers._json_fields import FieldReader
from synchromesh.engine.feeds.readers._moochub_runs import read_runs
from synchromesh.engine.feeds.readers._schema_offers import format_money
from synchromesh.engine.feeds.records import ACCESSIBILITY, ORIGINS, CourseRecord, ReadSettings
from synchromesh.engine.vocabulary.durations import LONGEST, parse_duration
from synchromesh.engine.vocabulary.money import Money

__all__ = ["OTHER_LICENCE", "PROPRIETARY", "course_uuid", "read_course"]

OTHER_LICENCE = "LicenseRef-"  # how SPDX marks terms that are not in its list
PROPRIETARY = "proprietary"
_TYPES = ("course", "courses")
_MOST_ECTS = 600
_MOST_UNITS = 1_000_000_000  # of a currency
_MOST_HOURS = 1_000
_CURRENCY = re.compile("[A-Z]{3}")
_ONCE = ("", "one-time", "other")
_PERIOD = re.compile(r"P(\d{1,4})([DWM])", re.ASCII | re.IGNORECASE)
_DAYS_OF = {"D": 1, "W": 7, "M": 30}
_UNITS = {"h/day": "D", "h/week": "W", "h/month": "M"}
_AWARDS = {
    "certificate": "certificate",
    "record of achievement": "certificate",
    "confirmation of participation": "attendance",
}
_LENGTH_OF_UUID = 36


def course_uuid(external_id: str) -> str:
    """The UUID that the format asks for: the id itself if it is one, else one made from it, always the same."""
    if len(external_id) == _LENGTH_OF_UUID:
        with contextlib.suppress(ValueError):
            return str(uuid.UUID(external_id))
    return str(uuid.uuid5(uuid.NAMESPACE_OID, external_id))


def read_course(value: object, *, fields: FieldReader, base: str, settings: ReadSettings) -> CourseRecord | None:
    """The course, or None for what is none or has no title; `fields` notes what was left out."""
    item = fields.members(value, "")
    if not _is_course(item, fields):
        return None
    members = fields.members(item.get("attributes"), "attributes")
    title = fields.words(members.get("name"), "attributes.name")
    if not title:
        fields.report("attributes.name", "The course has no title. It was left out.")
        return None
    record = _Attributes(members, fields=fields, base=base, settings=settings).record(title, item.get("id"))
    meta = fields.members(item.get("meta"), "meta")
    return fitted(replace(record, **_own_members(meta)) if meta else record)


def _own_members(meta: Mapping[str, object]) -> dict[str, Any]:
    """What a site of this kind writes beside the attributes; whatever else stands there is nobody's business here."""
    stated, origin = meta.get("accessibility"), meta.get("origin")
    features = stated if isinstance(stated, list) else ()
    return {
        "accessibility": tuple(code for code in ACCESSIBILITY if code in features),
        "origin": origin if isinstance(origin, str) and origin in ORIGINS else "",
    }


def _is_course(item: dict[str, object], fields: FieldReader) -> bool:
    """Whether the item says that it is a course; else a problem says why it is left out."""
    if not item:
        fields.report("", "A course is expected here. It was left out.")
        return False
    kind = fields.words(item.get("type"), "type")
    if kind.casefold() in _TYPES:
        return True
    named = other_kind((), types=(kind,)) or f"'{kind[:60]}'"
    message = f"This is {named} and not a course. It was left out." if kind else "The type is missing. It was left out."
    fields.report("type", message)
    return False


class _Attributes:
    """The attributes of one course."""

    def __init__(self, members: dict[str, object], *, fields: FieldReader, base: str, settings: ReadSettings) -> None:
        self._members, self._fields, self._base, self._settings = members, fields, base, settings
        stated = [*self._values("inLanguage"), *self._values("languages")]
        self._languages = fields.languages(stated, "attributes.inLanguage")
        self._language = settings.language  # the format does not say in which language its texts are

    def record(self, title: str, stated_id: object) -> CourseRecord:
        """The course under its title."""
        fields = self._fields
        provider, provider_url = self._provider()
        price, price_text = self._price()
        minutes, workload_text = self._workload()
        url = fields.address(self._members.get("url"), "attributes.url", base=self._base)
        return replace(
            EMPTY_COURSE,
            position=fields.position,
            external_id=self._external_id(stated_id) or url or derived_course_id(provider, title),
            titles={self._language: title},
            provider=provider,
            provider_url=provider_url,
            summaries=self._text("abstract"),
            descriptions=self._text("description"),
            outcomes=self._outcomes(),
            keywords=one_of_each([*self._words("keywords"), *self._subjects()]),
            languages=self._languages,
            mode=joined_mode(self._words("courseMode")),
            minutes=minutes,
            workload_text=workload_text,
            price=price,
            price_text=price_text,
            certificate=self._certificate(),
            ects=self._ects(),
            url=url,
            runs=read_runs(self._members, fields=fields),
            source_on=fields.day(self._members.get("dateModified"), "attributes.dateModified")[0],
            licence=self._licence(),
        )

    def _values(self, name: str) -> list[object]:
        return self._fields.values(self._members.get(name), f"attributes.{name}")

    def _words(self, name: str) -> Iterator[str]:
        for value in self._values(name):
            yield self._fields.words(value, f"attributes.{name}")

    def _objects(self, *names: str) -> Iterator[dict[str, object]]:
        for name in names:
            for value in self._values(name):
                yield self._fields.members(value, f"attributes.{name}")

    def _text(self, name: str) -> dict[str, str]:
        text = self._fields.text(self._members.get(name), f"attributes.{name}")
        return {self._language: text} if text else {}

    def _external_id(self, stated: object) -> str:
        """The id; where we made that one from the course code, the code is the id."""
        found = self._fields.code(stated, "id")
        code = self._fields.code(self._members.get("courseCode"), "attributes.courseCode")
        return code if not found or (code and course_uuid(code) == found) else found

    def _provider(self) -> tuple[str, str]:
        """Name and address of who publishes the course; a person only where it is the publisher."""
        publishers = list(self._objects("publisher", "moocProvider"))
        creators = [one for one in self._objects("creator", "partnerInstitutes") if one.get("type") != "Person"]
        for one in (*publishers, *creators):
            name = self._fields.words(one.get("name"), "attributes.publisher.name")
            address = self._fields.address(one.get("url"), "attributes.publisher.url", base=self._base)
            if name or address:
                return name or self._settings.provider, address
        return self._settings.provider, ""

    def _labels(self, value: object, field: str) -> Iterator[tuple[str, str]]:
        """Language and name of each label of a skill or a subject."""
        for label in self._fields.values(value, field):
            if isinstance(label, dict):
                language = self._fields.code(label.get("inLanguage"), f"{field}.inLanguage")
                yield read_language(language) or self._language, self._fields.text(label.get("name"), f"{field}.name")
            else:
                yield self._language, self._fields.text(label, field)

    def _outcomes(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for objective in self._values("learningObjectives"):
            text = self._fields.text(objective, "attributes.learningObjectives")
            found.setdefault(self._language, {})[text] = None
        for skill in self._objects("teaches"):
            for language, name in self._labels(skill.get("name"), "attributes.teaches.name"):
                found.setdefault(language, {})[name] = None
        return {language: texts for language, names in found.items() if (texts := one_of_each(names))}

    def _subjects(self) -> Iterator[str]:
        """One name for each subject: in the language of the course where there is one."""
        for subject in self._objects("educationalAlignment"):
            names = dict(self._labels(subject.get("name"), "attributes.educationalAlignment.name"))
            yield names.get(self._language) or next(iter(names.values()), "")

    def _workload(self) -> tuple[int | None, str]:
        """Minutes where both the hours of a week and the weeks are stated, or only hours; and the words."""
        duration = self._fields.words(self._members.get("duration"), "attributes.duration")
        amount, unit = self._hours()
        each = f"{amount:f} {unit}" if amount is not None else unit
        words = ", ".join(part for part in (each, duration if not duration.upper().startswith("PT") else "") if part)
        period = _PERIOD.fullmatch(duration)
        if amount is not None and period and unit in _UNITS:
            days = int(period[1]) * _DAYS_OF[period[2].upper()]
            minutes = int(amount * 60 * days / _DAYS_OF[_UNITS[unit]])
            return (minutes if 0 < minutes <= LONGEST else None), words
        if duration.upper().startswith("PT"):
            return parse_duration(duration), words
        return (parse_duration(unit) if amount is None else None), words

    def _hours(self) -> tuple[Decimal | None, str]:
        """Hours and what they are for ("h/week"); words in place of both where the feed has only words."""
        stated = self._members.get("workload")
        if isinstance(stated, str):
            return None, self._fields.words(stated, "attributes.workload")
        if isinstance(stated, int | Decimal) and not isinstance(stated, bool):
            stated = {"timeValue": stated, "timeUnit": "h/week"}  # version 2
        members = self._fields.members(stated, "attributes.workload")
        name = "attributes.workload.timeValue"
        amount = self._fields.number(members.get("timeValue"), name, least=0, most=_MOST_HOURS)
        unit = self._fields.words(members.get("timeUnit"), "attributes.workload.timeUnit")
        return (amount, unit) if amount else (None, "")

    def _price(self) -> tuple[Money | None, str]:
        """The price of taking the course; what a certificate costs, and what is paid by the month, are words."""
        found: dict[str, set[Money]] = {}
        words: list[str] = []
        for offer in self._objects("offer"):
            price = self._amount(offer)
            if price is None:
                continue
            category, often = self._terms(offer)
            if often:
                words.append(f"{category} {often}: {format_money(price)}")
                continue
            found.setdefault(category, set()).add(price)
            if category != "course":
                words.append(f"{category}: {format_money(price)}")
        prices = found.pop("course", None) or found.pop("complete", set())
        if len(prices) > 1:
            words = [*map(format_money, sorted(prices, key=lambda price: price.cents)), *words]
        elif not prices and not words and "free" in map(str.casefold, self._words("access")):
            prices = {Money(cents=0, currency=self._settings.currency or "EUR")}
        return (prices.pop() if len(prices) == 1 else None), "; ".join(one_of_each(words))

    def _terms(self, offer: dict[str, object]) -> tuple[str, str]:
        """What an offer is for, and how often it is paid if that is more than once."""
        category = self._fields.words(offer.get("category"), "attributes.offer.category").casefold()
        often = self._fields.words(offer.get("paymentFrequency"), "attributes.offer.paymentFrequency").casefold()
        return category or "course", "" if often in _ONCE else often

    def _amount(self, offer: dict[str, object]) -> Money | None:
        amount = self._fields.number(offer.get("price"), "attributes.offer.price", least=0, most=_MOST_UNITS)
        stated = self._fields.words(offer.get("priceCurrency"), "attributes.offer.priceCurrency").upper()
        currency = stated or self._settings.currency
        if amount is None or (amount and not _CURRENCY.fullmatch(currency)):
            return None
        return Money(cents=int((amount * 100).to_integral_value()), currency=currency or "EUR")

    def _certificate(self) -> str:
        """The best of the awards; an empty list says that there is none."""
        if self._members.get("educationalCredentialsAwarded") == []:
            return "none"
        awards = {_AWARDS.get(word.casefold(), "") for word in self._words("educationalCredentialsAwarded")}
        return next((award for award in ("certificate", "attendance") if award in awards), "")

    def _ects(self) -> Decimal | None:
        name = "numberOfCredits"
        found = self._fields.number(self._members.get(name), f"attributes.{name}", least=0, most=_MOST_ECTS)
        return found or None

    def _licence(self) -> str:
        """The SPDX names of the licences, or their addresses where they have no such name."""
        found = []
        for licence in self._objects("license", "courseLicenses"):
            name = self._fields.code(licence.get("identifier") or licence.get("id"), "attributes.license.identifier")
            stated = (licence.get("contentUrl"), licence.get("url"))
            addresses = [self._fields.address(one, "attributes.license.url") for one in stated]
            address = next(filter(None, addresses), "")
            found.append(address if address and (not name or name.startswith(OTHER_LICENCE)) else name)
        return "; ".join(one_of_each(found))
