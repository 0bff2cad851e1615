"""One row of a table of courses into a course and, if it has one, a run, with every problem of the row."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from synchromesh.engine.feeds.column_matching import ColumnChoice
from synchromesh.engine.feeds.readers._csv_values import (
    read_accessibility,
    read_address,
    read_certificate,
    read_country,
    read_ects,
    read_eqf,
    read_language,
    read_languages,
    read_lines,
    read_mode,
    read_price,
    read_span,
    read_workload,
)
from synchromesh.engine.feeds.readers._entry_kinds import other_kind
from synchromesh.engine.feeds.records import ORIGINS, CourseRecord, ReadSettings, RunRecord
from synchromesh.engine.feeds.skill_links import parse_skill_links
from synchromesh.engine.feeds.template_columns import RUN_COLUMNS, TEXT_COLUMNS, split_text_column
from synchromesh.engine.tables.cells import CellReader
from synchromesh.engine.vocabulary.slugs import distinct_slug

_EVENTS = frozenset({"event", "events"})
_PAGES = frozenset({"page", "pages", "web page", "webpage"})
_NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRules:
    """What holds for all rows: the settings, and the columns of texts in further languages.

    `texts` gives (column, language) pairs by text: "title" has ("title_de", "de").
    """

    settings: ReadSettings
    texts: Mapping[str, tuple[tuple[str, str], ...]]

    @classmethod
    def of(cls, choice: ColumnChoice, settings: ReadSettings) -> TableRules:
        """Return the rules of a table that is read in this way."""
        found: dict[str, list[tuple[str, str]]] = {text: [] for text in TEXT_COLUMNS}
        for column in choice.targets.values():
            split = split_text_column(column)
            if split is not None:
                found[split[0]].append((column, split[1]))
        return cls(settings=settings, texts={text: tuple(columns) for text, columns in found.items()})

    def title(self, cells: Mapping[str, str]) -> str:
        """Return the main title of a row."""
        titles = (cells.get(column, "") for column, _ in self.texts.get("title", ()))
        return cells.get("title", "") or next(filter(None, titles), "")


def course_id(cells: Mapping[str, str], *, rules: TableRules) -> str:
    """Return the id of a row's course; without one the same for the same provider and title, "" without a title."""
    title = rules.title(cells)
    if cells.get("id") or not title:
        return cells.get("id", "")
    return distinct_slug(f"{cells.get('provider') or rules.settings.provider} {title}")


def course_record(cells: CellReader, *, external_id: str, rules: TableRules) -> CourseRecord:
    """Return the course of a row, without runs; what `cells` reports is empty in it."""
    language = read_language(cells, "text_language") or rules.settings.language
    texts = {text: _texts(cells, text, language, rules) for text in ("title", "summary", "description", "outcomes")}
    if not texts["title"]:
        cells.required("title")
    minutes, workload_text = read_workload(cells)
    price, price_text = read_price(cells, currency=rules.settings.currency or "EUR")
    eqf_min, eqf_max = read_eqf(cells)
    return CourseRecord(
        position=cells.position,
        external_id=external_id,
        titles=texts["title"],
        provider=cells.text("provider") or rules.settings.provider,
        provider_country=read_country(cells, "provider_country"),
        provider_url=read_address(cells, "provider_url"),
        record_type=_record_type(cells),
        topics=cells.items("topics"),
        keywords=read_lines(cells.text("keywords"), separator=","),
        summaries=texts["summary"],
        descriptions=texts["description"],
        outcomes={code: read_lines(text, separator="\n") for code, text in texts["outcomes"].items()},
        languages=read_languages(cells, "languages"),
        subtitles=read_languages(cells, "subtitles"),
        mode=read_mode(cells, "mode"),
        minutes=minutes,
        workload_text=workload_text,
        price=price,
        price_text=price_text,
        certificate=read_certificate(cells),
        eqf_min=eqf_min,
        eqf_max=eqf_max,
        eqf_text=cells.text("eqf_text"),
        ects=read_ects(cells),
        url=read_address(cells, "url"),
        skills=(cells.parsed("skills", parse_skill_links) or ()) if cells.text("skills") else (),
        runs=(),
        source=cells.text("source"),
        source_url=read_address(cells, "source_url"),
        source_on=cells.date("source_on"),
        licence=cells.text("licence"),
        accessibility=read_accessibility(cells),
        origin=cells.one_of("origin", ORIGINS),
    )


def _texts(cells: CellReader, text: str, language: str, rules: TableRules) -> dict[str, str]:
    """Return a text by language; the plain column is in the language of the row's texts and comes first."""
    found = {language: stated} if (stated := cells.text(text)) else {}
    for column, code in rules.texts.get(text, ()):
        words = cells.text(column)
        if words and found.setdefault(code, words) != words:
            cells.report(column, f"This differs from the column '{text}', which is in the same language.")
    return found


def run_record(cells: CellReader) -> RunRecord | None:
    """Return the run of a row, None when all its columns are empty; what `cells` reports is empty in it.

    A run without id gets one from its start, place and language, or from the words of its dates. Dates are taken from
    those words where no day is stated otherwise.
    """
    if not any(map(cells.text, RUN_COLUMNS)):
        return None
    starts_on, ends_on = _days(cells)
    nuts = cells.text("run_nuts").upper()
    if nuts and not _NUTS.fullmatch(nuts):
        cells.report("run_nuts", f"'{nuts[:60]}' is not a NUTS code. Use a code such as DE11.")
        nuts = ""
    run = RunRecord(
        position=cells.position,
        external_id=cells.text("run_id"),
        starts_on=starts_on,
        ends_on=ends_on,
        dates_text=cells.text("run_dates_text"),
        country=read_country(cells, "run_country"),
        nuts=nuts,
        place=cells.text("run_place"),
        language=read_language(cells, "run_language"),
        mode=read_mode(cells, "run_mode"),
        deadline_on=cells.date("run_deadline_on"),
        seats=cells.whole_number("run_seats", least=0, most=1_000_000),
        url=read_address(cells, "run_url"),
    )
    return run if run.external_id else dataclasses.replace(run, external_id=_derived_run_id(run))


def _days(cells: CellReader) -> tuple[datetime.date | None, datetime.date | None]:
    starts_on, ends_on = cells.date("run_starts_on"), cells.date("run_ends_on")
    if not cells.text("run_starts_on") and not cells.text("run_ends_on"):
        return read_span(cells.text("run_dates_text"))
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        cells.report("run_ends_on", f"The run ends on {ends_on}, before it starts on {starts_on}.")
        return starts_on, None
    return starts_on, ends_on


def _derived_run_id(run: RunRecord) -> str:
    when = run.starts_on.isoformat() if run.starts_on else run.dates_text
    parts = (when, run.place or run.nuts or run.country, run.language)
    return "-".join(distinct_slug(part) for part in parts if part) or "run"


def _record_type(cells: CellReader) -> str:
    """Return what the source calls the entry; events, pages and other kinds are refused, since they are not courses."""
    text = cells.text("record_type")
    word = " ".join(text.casefold().replace("_", " ").split())
    if word in _EVENTS:
        cells.report("record_type", "Events are not courses. Put this one into the calendar instead.")
    elif word in _PAGES:
        cells.report("record_type", "Pages are not courses. Leave this row out.")
    elif word and (kind := other_kind((), types=(text,))):
        cells.report("record_type", f"This is {kind} and no course. Leave this row out.")
    return text
