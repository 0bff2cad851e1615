"""Courses with anything a record may hold, for tests of formats that are written and read back."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from synchromesh.engine.feeds.records import (
    ACCESSIBILITY,
    CERTIFICATES,
    MODES,
    ORIGINS,
    CourseRecord,
    RunRecord,
    SkillLinkRecord,
)
from synchromesh.engine.vocabulary.money import Money

# Signs that mean something in HTML, JSON, addresses and lists stand often beside each other.
_MEANING = ("<b>", "</p>", "&amp;", "&", "<", ">", '"', "\\", ",", ";", ": ", "://", "PT5H", " - ", "\u00a0x", "ß€😀")
_SIGNS = st.sampled_from(_MEANING)
_PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=4)
one_line = st.lists(_SIGNS | _PLAIN, max_size=3).map(lambda parts: " ".join("".join(parts).split()))
filled = one_line.filter(bool)
text = st.lists(_SIGNS | _PLAIN | st.just("\n"), max_size=4).map(lambda parts: "".join(parts).strip())
codes = st.sampled_from(["en", "de", "el", "bg", "cs"])
languages = st.sampled_from(["", "en", "de", "cs"])
countries = st.sampled_from(["", "DE", "GR", "RO"])
modes = st.sampled_from(["", *MODES])
days = st.none() | st.dates(datetime.date(1950, 1, 1), datetime.date(2200, 12, 31))
_ADDRESSES = ("", "https://example.org/?a=1,2;3", "http://a.org/b%20c#d")
addresses = st.sampled_from(_ADDRESSES)


def by_language(values: st.SearchStrategy[str], *, least: int = 0) -> st.SearchStrategy[dict[str, str]]:
    """Texts in up to three languages."""
    return st.dictionaries(languages, values, min_size=least, max_size=3)


def several(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Up to three different values."""
    return st.lists(values, max_size=3, unique=True).map(tuple)


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes of accessibility in the order in which readers give them."""
    return tuple(code for code in ACCESSIBILITY if code in codes)


def _span(
    first: datetime.date | None, second: datetime.date | None
) -> tuple[datetime.date | None, datetime.date | None]:
    return (second, first) if first and second and first > second else (first, second)


runs = st.builds(
    lambda first, second, **values: RunRecord(
        position="", starts_on=_span(first, second)[0], ends_on=_span(first, second)[1], **values
    ),
    days, days, external_id=filled, dates_text=one_line, country=countries, nuts=st.sampled_from(["", "DE", "DE11"]),
    place=one_line, language=languages, mode=modes, deadline_on=days, seats=st.none() | st.integers(0, 1000),
    url=addresses,
)  # fmt: skip
links = st.builds(
    SkillLinkRecord,
    skill=st.from_regex(r"[a-z][a-z-]{0,6}", fullmatch=True) | st.just("http://data.europa.eu/esco/skill/1"),
    entry=st.sampled_from([None, 0]), level=st.integers(1, 3), quote=text,
)  # fmt: skip
courses = st.builds(
    lambda levels, work, **values: CourseRecord(
        position="", eqf_min=levels[0], eqf_max=levels[1], minutes=work[0], workload_text=work[1], **values
    ),
    st.sampled_from([(None, None), (None, 4), (3, None), (3, 5), (4, 4)]),
    st.sampled_from([(None, ""), (None, "as you like"), (90, ""), (1, "one evening <b>"), (600_000, "2 h a week")]),
    external_id=filled, titles=by_language(filled, least=1), provider=one_line, provider_country=countries,
    provider_url=addresses, record_type=st.sampled_from(["", "course", "course with exam"]), topics=several(filled),
    summaries=by_language(text.filter(bool)), descriptions=by_language(text.filter(bool)),
    outcomes=st.dictionaries(languages, several(text.filter(bool)).filter(bool), max_size=2),
    languages=several(codes), subtitles=several(codes), mode=modes,
    price=st.none() | st.builds(Money, cents=st.integers(0, 10**11), currency=st.sampled_from(["EUR", "CZK"])),
    price_text=one_line, eqf_text=one_line, certificate=st.sampled_from(["", *CERTIFICATES]),
    ects=st.none() | st.decimals("0.01", 600, places=2), url=addresses, source=one_line, source_url=addresses,
    source_on=days, keywords=several(filled), licence=one_line | addresses,
    accessibility=st.sets(st.sampled_from(ACCESSIBILITY), max_size=3).map(in_order),
    origin=st.sampled_from(["", *ORIGINS]),
    skills=st.lists(links, max_size=2, unique_by=lambda link: link.skill).map(tuple),
    runs=st.lists(runs, max_size=3, unique_by=lambda run: run.external_id).map(tuple),
)  # fmt: skip
catalogues = st.lists(courses, max_size=2, unique_by=lambda course: course.external_id)

_TEXTS = (
    "Battery basics",
    "U < 60 V & more",
    "<b>Fett</b> &amp; Strich",
    "Größe, Länge; Ω",
    "Čeština – část 2",
    "x\n\ny",
    "1,5 h?",
)


def random_catalogue(seed: int) -> list[CourseRecord]:
    """A catalogue of a few courses, the same for the same seed and much quicker made than by hypothesis."""
    pick = random.Random(seed)

    def signs() -> str:
        return "".join(pick.choices((*_MEANING, "\n", " a", "Ω"), k=pick.randint(1, 4))).strip()

    def text() -> str:
        return (pick.choice(_TEXTS) if pick.random() < 0.5 else signs()) or "x"

    def line() -> str:
        return " ".join(pick.choice(("", text())).split())

    return [_random_course(pick, line, text, number) for number in range(pick.randint(0, 4))]


def random_catalogues(count: int) -> Iterator[list[CourseRecord]]:
    """The catalogues of so many seeds."""
    return map(random_catalogue, range(count))


def _random_course(pick: random.Random, line: Callable[[], str], text: Callable[[], str], number: int) -> CourseRecord:
    price = pick.choice([None, Money(cents=0), Money(cents=pick.randint(1, 10**11), currency="CZK")])
    minutes, workload = pick.choice([(None, ""), (None, "nach Absprache"), (480, "one day <b>"), (45, "")])
    low, high = pick.choice([(None, None), (None, 4), (3, None), (3, 5), (4, 4)])
    texts = {language: text() for language in pick.sample(["", "de", "en", "fr"], pick.randint(0, 3))}
    return CourseRecord(
        position="", external_id=f"course {number}{line()}", provider=line(),
        titles={language: f"Course {line()}".strip() for language in texts} or {"": "Course"}, summaries=texts,
        descriptions=dict(reversed(texts.items())), outcomes={key: (text, "B") for key, text in texts.items()},
        provider_country=pick.choice(["", "AT"]), provider_url=pick.choice(_ADDRESSES),
        record_type=pick.choice(["", "course"]), topics=tuple(pick.sample(["cells", "packs"], pick.randint(0, 2))),
        languages=tuple(pick.sample(["de", "en", "it"], pick.randint(0, 3))), subtitles=pick.choice([(), ("es",)]),
        mode=pick.choice(["", *MODES]), minutes=minutes, workload_text=workload, price=price, price_text=line(),
        certificate=pick.choice(["", *CERTIFICATES]), eqf_min=low, eqf_max=high, eqf_text=line(),
        ects=pick.choice([None, Decimal("2.5"), Decimal(30)]), url=pick.choice((*_ADDRESSES, f"https://a.org/{number}")),
        skills=tuple(SkillLinkRecord(skill=name, entry=pick.choice([None, 0]), level=2, quote=line())
                     for name in pick.sample(["isolate-hv", "use-hv-ppe"], pick.randint(0, 2))),
        runs=tuple(_random_run(pick, line, run) for run in range(pick.randint(0, 3))), source=line(),
        source_url=pick.choice(_ADDRESSES), source_on=_random_day(pick), licence=pick.choice(["", "CC-BY-4.0", line()]),
        keywords=tuple(dict.fromkeys(filter(None, (line(), line())))),
        accessibility=in_order(pick.sample(ACCESSIBILITY, pick.randint(0, 3))), origin=pick.choice(["", *ORIGINS]),
    )  # fmt: skip


def _random_run(pick: random.Random, line: Callable[[], str], number: int) -> RunRecord:
    starts_on = _random_day(pick)
    ends_on = None if starts_on is None else starts_on + datetime.timedelta(days=pick.randint(0, 40))
    return RunRecord(
        position="", external_id=f"run {number}{line()}", starts_on=starts_on, ends_on=ends_on,
        dates_text=line(), country=pick.choice(["", "DE"]), nuts=pick.choice(["", "DE11"]), place=line(),
        language=pick.choice(["", "de"]), mode=pick.choice(["", *MODES]), deadline_on=_random_day(pick),
        seats=pick.choice([None, 0, 12]), url=pick.choice(_ADDRESSES),
    )  # fmt: skip


def _random_day(pick: random.Random) -> datetime.date | None:
    return pick.choice([None, datetime.date(1950, 1, 1) + datetime.timedelta(days=pick.randint(0, 90_000))])


def without_positions(courses: Sequence[CourseRecord]) -> list[CourseRecord]:
    """The courses as they would be in a file, where nothing has a place yet."""
    return [
        replace(course, position="", runs=tuple(replace(run, position="") for run in course.runs)) for course in courses
    ]
