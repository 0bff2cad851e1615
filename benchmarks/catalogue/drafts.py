"""Invented courses: a draft says what a course is about and how it is told; written out, it is a course in a language.

The same draft written in two languages gives a course and its twin. Everything is drawn from one seeded generator.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.catalogue.topics import LANGUAGES, Topic

from synchromesh.engine.deduplication.courses import CourseProfile
from synchromesh.engine.vocabulary.slugs import slugify

_STARTER = Path(__file__).parents[2] / "starter"
_PARTS_OF_A_TEXT = ("opening", "content", "audience", "format")
_BARE = 20  # one course in so many has no text, and another no provider
_FIRST_DAY = date(2026, 1, 12)


@cache
def phrases() -> dict[str, Any]:
    """Sentences, title patterns, levels and names in nine languages."""
    loaded: dict[str, Any] = json.loads((Path(__file__).parent / "phrases.json").read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who offers courses: a name, a site, the languages it teaches in, and the sentences that end all its texts."""

    name: str
    host: str
    languages: tuple[str, ...]
    closing: tuple[int, ...]
    numbered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A course before it is written in a language; numbers choose among `phrases`."""

    topic: Topic
    companions: tuple[Topic, ...]
    provider: Provider
    pattern: int
    level: tuple[int, int] | None = None
    level_pattern: int = 0
    audience: int | None = None
    series: int | None = None
    sentences: tuple[int, ...] = (0, 0, 0, 0)
    described: bool = False
    address: str = "page"
    city: int | None = None
    year: bool = False
    minutes: int | None = None
    starts_on: tuple[date, ...] = ()
    number: int = 0

    def languages(self) -> list[str]:
        """In which languages it can be written."""
        return [language for language in LANGUAGES if language in self.topic.names]

    def write(self, language: str, *, key: str) -> CourseProfile:
        """Write the course in a language."""
        title = self._title(language)
        return CourseProfile(
            key=key, title=title, language=language, provider=self._provider(), minutes=self.minutes,
            address=self._address(title, language), text=self._text(language), starts_on=self.starts_on,
            places=() if self.city is None else (self._city(language),),
        )  # fmt: skip

    def _provider(self) -> str:
        return "" if self.number % _BARE == 1 else self.provider.name

    def _title(self, language: str) -> str:
        words = phrases()
        name = self.topic.names[language]
        patterns = words[f"{self.topic.kind}_titles"]
        title = patterns[self.pattern % len(patterns)][language].format(topic=name)
        if self.audience is not None:
            title = f"{title} {words['audiences'][language][self.audience]}"
        if self.level is not None:
            ladder, rung = self.level
            rungs = words["levels"][ladder][language]
            title = words["level_patterns"][self.level_pattern].format(title=title, level=rungs[rung % len(rungs)])
        if self.series is not None:
            named = words["series"][language]
            title = f"{named[self.series % len(named)]}: {title}"
        if self.year and self.starts_on:
            title = f"{title} {self.starts_on[0].year}"
        if self.city is not None:
            title = f"{title} – {self._city(language)}"
        return f"{title[:1].upper()}{title[1:]}"

    def _city(self, language: str) -> str:
        cities: list[str] = phrases()["cities"][language]
        return cities[(self.city or 0) % len(cities)]

    def _text(self, language: str) -> str:
        if self.number % _BARE == 0:
            return ""
        words = phrases()
        names = [topic.names[language] for topic in self.companions if language in topic.names]
        filled = {"topic": self.topic.names[language], "contents": "; ".join(names)}
        parts = [
            words[part][number % len(words[part])][language].format(**filled)
            for part, number in zip(_PARTS_OF_A_TEXT, self.sentences, strict=True)
            if names or part != "content"
        ]
        if self.described and language == "en" and self.topic.description:
            parts.insert(1, self.topic.description)
        parts += [words["closing"][number][language] for number in self.provider.closing]
        return " ".join(parts)

    def _address(self, title: str, language: str) -> str:
        if self.address == "none":
            return ""
        if self.address == "landing":
            return f"https://{self.provider.host}"
        page = str(self.number) if self.provider.numbered else f"{slugify(title)[:60]}-{self.number % 97}"
        return f"https://www.{self.provider.host}/{language}/courses/{page}"


def invent_providers(generator: random.Random, count: int) -> list[Provider]:
    """Providers of the starter content by name, and invented ones."""
    names = [row["name"] for file in sorted(_STARTER.glob("*/providers.csv")) for row in _rows(file)]
    patterns = phrases()["provider_patterns"]
    made = []
    for number in range(count):
        home = generator.choice(LANGUAGES)
        others = [language for language in ("en", "de", "fr", home) if language != home and generator.random() < 0.35]
        invented = generator.choice(patterns[home]).format(name=_invented_name(generator))
        name = names[number] if number < len(names) else invented
        host = f"{slugify(name).replace('-', '')[:18]}{number}.example"
        closing = tuple(generator.sample(range(len(phrases()["closing"])), generator.choice((0, 1, 1, 2))))
        made.append(
            Provider(
                name=name, host=host, languages=(home, *others), closing=closing, numbered=generator.random() < 0.5
            )
        )
    return made


def invent_draft(generator: random.Random, topic: Topic, neighbours: Sequence[Topic], provider: Provider) -> Draft:
    """A course about a topic at a provider, told in a way of its own."""
    draft = Draft(
        topic=topic, provider=provider, pattern=generator.randrange(60),
        companions=tuple(generator.sample(list(neighbours), min(3, len(neighbours)))),
        sentences=tuple(generator.randrange(60) for _ in _PARTS_OF_A_TEXT),
        described=generator.random() < 0.6,
        address=generator.choices(("page", "landing", "none"), (85, 9, 6))[0],
        city=generator.randrange(5) if generator.random() < 0.06 else None,
        year=generator.random() < 0.06,
        minutes=generator.choice((None, 240, 480, 480, 960, 960, 1440, 2400, 4800, 60 * generator.randint(2, 90))),
        number=generator.randrange(100_000),
    )  # fmt: skip
    draft = replace(draft, starts_on=invent_dates(generator))
    drawn = generator.random()
    if drawn < 0.22:
        ladder = generator.randrange(len(phrases()["levels"]))
        level = (ladder, generator.randrange(len(phrases()["levels"][ladder]["en"])))
        return replace(draft, level=level, level_pattern=generator.randrange(len(phrases()["level_patterns"])))
    if drawn < 0.30:
        return replace(draft, audience=generator.randrange(4))
    if drawn < 0.36:
        return replace(draft, series=generator.randrange(6))
    return draft


def invent_dates(generator: random.Random) -> tuple[date, ...]:
    """Up to three days on which a course begins, Mondays mostly."""
    starts = [
        _FIRST_DAY + timedelta(weeks=generator.randrange(100), days=generator.choice((0, 0, 0, 1, 2)))
        for _ in range(generator.choice((0, 1, 1, 2, 3)))
    ]
    return tuple(sorted(set(starts)))


def starter_courses() -> list[CourseProfile]:
    """The courses of the starter content as they are shipped, with the runs of each."""
    found: dict[str, CourseProfile] = {}
    for file in sorted(_STARTER.glob("*/courses.csv")):
        for row in _rows(file):
            known = found.get(row["id"]) or CourseProfile(
                key=row["id"], title=row["title"], language=row["text_language"], provider=row["provider"],
                address=row["url"], text=f"{row['summary']} {row['description']} {row['outcomes']}",
                minutes=int(row["minutes"]) if row["minutes"] else None,
            )  # fmt: skip
            starts = (date.fromisoformat(row["run_starts_on"]),) if row["run_starts_on"] else ()
            places = (row["run_place"],) if row["run_place"] else ()
            found[row["id"]] = replace(known, starts_on=known.starts_on + starts, places=known.places + places)
    return list(found.values())


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _invented_name(generator: random.Random) -> str:
    return "".join(generator.choice(parts) for parts in phrases()["name_parts"])
