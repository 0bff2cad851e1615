"""One row of the course template into a course and, if it has one, a run, with every problem of the row."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.records import CERTIFICATES, MODES, CourseRecord, RunRecord
from synchromesh.engine.feeds.skill_links import parse_skill_links
from synchromesh.engine.tables.cells import CellReader
from synchromesh.engine.vocabulary.languages import parse_language
from synchromesh.engine.vocabulary.money import Money, parse_price
from synchromesh.engine.vocabulary.slugs import distinct_slug

COURSE_COLUMNS = (
    "id", "title", "text_language", "provider", "provider_country", "record_type", "topics", "summary", "description",
    "outcomes", "languages", "subtitles", "mode", "minutes", "workload_text", "price", "currency", "price_text",
    "certificate", "eqf_min", "eqf_max", "eqf_text", "ects", "url", "skills",
)  # fmt: skip
RUN_COLUMNS = (
    "run_id", "run_starts_on", "run_ends_on", "run_dates_text", "run_country", "run_nuts", "run_place", "run_language",
    "run_mode", "run_deadline_on", "run_seats",
)  # fmt: skip
SOURCE_COLUMNS = ("source", "source_url", "source_on")
COLUMNS = (*COURSE_COLUMNS, *RUN_COLUMNS, *SOURCE_COLUMNS)

_EVENTS = frozenset({"event", "events"})
_PAGES = frozenset({"page", "pages", "web page", "webpage"})
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}", re.ASCII)
_MOST_CENTS = 10**11  # one thousand million; more is a slip of the keyboard
_LEAST_ECTS, _MOST_ECTS = Decimal("0.01"), Decimal(600)


def course_record(cells: CellReader, *, external_id: str) -> CourseRecord:
    """Return the course of a row, without runs; use it only if `cells` has no problems afterwards."""
    eqf_min, eqf_max = _eqf(cells)
    return CourseRecord(
        position=cells.position,
        external_id=external_id,
        title=cells.required("title"),
        text_language=_language(cells, "text_language"),
        provider=cells.text("provider"),
        provider_country=cells.country("provider_country"),
        record_type=_record_type(cells),
        topics=cells.items("topics"),
        summary=cells.text("summary"),
        description=cells.text("description"),
        outcomes=cells.items("outcomes"),
        languages=_languages(cells, "languages"),
        subtitles=_languages(cells, "subtitles"),
        mode=cells.one_of("mode", MODES),
        minutes=cells.whole_number("minutes", least=1, most=10_000_000),
        workload_text=cells.text("workload_text"),
        price=_price(cells),
        price_text=cells.text("price_text"),
        certificate=cells.one_of("certificate", CERTIFICATES),
        eqf_min=eqf_min,
        eqf_max=eqf_max,
        eqf_text=cells.text("eqf_text"),
        ects=cells.decimal("ects", least=_LEAST_ECTS, most=_MOST_ECTS),
        url=cells.web_address("url"),
        skills=cells.parsed("skills", parse_skill_links) or (),
        runs=(),
        source=cells.text("source"),
        source_url=cells.web_address("source_url"),
        source_on=cells.date("source_on"),
    )


def run_record(cells: CellReader) -> RunRecord | None:
    """Return the run of a row, None when all its columns are empty; use it only if `cells` has no problems afterwards.

    A run without id gets one from its start, place and language, or from the words of its dates.
    """
    if not any(cells.text(column) for column in RUN_COLUMNS):
        return None
    starts_on, ends_on = cells.date("run_starts_on"), cells.date("run_ends_on")
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        cells.report("run_ends_on", f"The run ends on {ends_on}, before it starts on {starts_on}.")
    nuts = cells.text("run_nuts").upper()
    if nuts and not _NUTS.fullmatch(nuts):
        cells.report("run_nuts", f"'{nuts[:60]}' is not a NUTS code. Use a code such as DE11.")
    run = RunRecord(
        position=cells.position,
        external_id=cells.text("run_id"),
        starts_on=starts_on,
        ends_on=ends_on,
        dates_text=cells.text("run_dates_text"),
        country=cells.country("run_country"),
        nuts=nuts,
        place=cells.text("run_place"),
        language=_language(cells, "run_language"),
        mode=cells.one_of("run_mode", MODES),
        deadline_on=cells.date("run_deadline_on"),
        seats=cells.whole_number("run_seats", least=0, most=1_000_000),
    )
    return run if run.external_id else dataclasses.replace(run, external_id=_derived_run_id(run))


def derived_course_id(provider: str, title: str) -> str:
    """Return the id of a course whose feed gives none: the same for the same provider and title, "" without a title."""
    return distinct_slug(f"{provider} {title}") if title else ""


def _derived_run_id(run: RunRecord) -> str:
    when = run.starts_on.isoformat() if run.starts_on else run.dates_text
    parts = (when, run.place or run.nuts or run.country, run.language)
    return "-".join(distinct_slug(part) for part in parts if part) or "run"


def _record_type(cells: CellReader) -> str:
    """Return what the source calls the entry; events and pages are refused, since they are not courses."""
    text = cells.text("record_type")
    word = " ".join(text.casefold().replace("_", " ").split())
    if word in _EVENTS:
        cells.report("record_type", "Events are not courses. Put this one into the calendar instead.")
    if word in _PAGES:
        cells.report("record_type", "Pages are not courses. Leave this row out.")
    return text


def _language(cells: CellReader, column: str) -> str:
    text = cells.text(column)
    return _codes(cells, column, (text,))[0] if text else ""


def _languages(cells: CellReader, column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_codes(cells, column, cells.items(column))))


def _codes(cells: CellReader, column: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    codes = tuple(parse_language(text) or "" for text in texts)
    for text, code in zip(texts, codes, strict=True):
        if not code:
            cells.report(column, f"'{text[:60]}' is not a language. Use a two-letter code such as de.")
    return codes


def _eqf(cells: CellReader) -> tuple[int | None, int | None]:
    lowest = cells.whole_number("eqf_min", least=1, most=8)
    highest = cells.whole_number("eqf_max", least=1, most=8)
    if lowest is not None and highest is not None and lowest > highest:
        cells.report("eqf_max", f"The highest EQF level ({highest}) is below the lowest ({lowest}).")
    return lowest, highest


def _price(cells: CellReader) -> Money | None:
    """Return the price; the currency column holds for amounts that name none, EUR if it is empty."""
    currency = cells.text("currency").upper()
    if currency and not _CURRENCY.fullmatch(currency):
        cells.report("currency", f"'{currency[:60]}' is not a currency. Use three letters such as EUR.")
        return None

    def parse(text: str) -> Money | None:
        price = parse_price(text, currency=currency or "EUR")
        if price is not None and currency and price.currency != currency:
            raise InvalidInput(f"The price is in {price.currency} but the column 'currency' says {currency}.")
        if price is not None and price.cents > _MOST_CENTS:
            raise InvalidInput(f"The price '{text}' is too high to be true.")
        return price

    return cells.parsed("price", parse)
