"""What readers of feeds need to make a course of what an entry says: nothing stated is empty, nothing is guessed."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import urljoin

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.records import CourseRecord, RunRecord
from synchromesh.engine.tables.cells import is_web_address
from synchromesh.engine.vocabulary.iso_codes import TWO_LETTER_LANGUAGES
from synchromesh.engine.vocabulary.languages import parse_language
from synchromesh.engine.vocabulary.money import Money, parse_price
from synchromesh.engine.vocabulary.slugs import distinct_slug

__all__ = [
    "EMPTY_COURSE",
    "EMPTY_RUN",
    "derived_course_id",
    "derived_run_id",
    "fitted",
    "one_of_each",
    "read_date",
    "read_language",
    "read_price",
    "shortened",
    "web_address",
]

EMPTY_COURSE = CourseRecord(
    position="", external_id="", titles={}, provider="", provider_country="", record_type="", topics=(), summaries={},
    descriptions={}, outcomes={}, languages=(), subtitles=(), mode="", minutes=None, workload_text="", price=None,
    price_text="", certificate="", eqf_min=None, eqf_max=None, eqf_text="", ects=None, url="", skills=(), runs=(),
    source="", source_url="", source_on=None,
)  # fmt: skip
EMPTY_RUN = RunRecord(
    position="", external_id="", starts_on=None, ends_on=None, dates_text="", country="", nuts="", place="",
    language="", mode="", deadline_on=None, seats=None,
)  # fmt: skip

_Record = TypeVar("_Record", CourseRecord, RunRecord)

_LONGEST_ID = 200  # characters; these bounds are those of the catalogue
_LONGEST_WORDS = 200
_LONGEST_LICENCE = 300
_LONGEST_TYPE = 80
_LONGEST_ADDRESS = 1_000
_SHORT_TEXTS = (
    *((name, _LONGEST_WORDS) for name in ("provider", "workload_text", "price_text", "eqf_text", "source")),
    ("record_type", _LONGEST_TYPE),
    ("licence", _LONGEST_LICENCE),
)
_MOST_CENTS = 10**11  # one thousand million; more is a slip of the keyboard
_FIRST_YEAR = 1950  # some systems write a day of 1900 for "no date"
_LAST_YEAR = 2200
# Taking an address apart takes ten times as long, and most look like this.
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w/%.=&+,~-]{0,900})?", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].{0,40})?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)


def derived_course_id(provider: str, title: str) -> str:
    """The id of a course whose feed gives none: the same for the same provider and title."""
    return distinct_slug(f"{provider} {title}")


def derived_run_id(run: RunRecord) -> str:
    """The id of a run whose feed gives none: from its start, or the words of its dates, place and language."""
    when = run.starts_on.isoformat() if run.starts_on else distinct_slug(run.dates_text) if run.dates_text else ""
    words = (run.place or run.nuts or run.country, run.language)
    return "-".join(filter(None, (when, *(distinct_slug(part) for part in words if part)))) or "run"


def read_date(text: str) -> datetime.date | None:
    """The day of a date as W3CDTF ("2026-03-31T09:00Z"), RFC 822 ("Tue, 31 Mar 2026 09:00 GMT") or "31.03.2026".

    The day is that of the place where it was written. None for anything else, such as a month without a day.
    """
    cleaned = text.strip()
    try:
        if iso := _ISO_DATE.fullmatch(cleaned):
            found = datetime.date(int(iso[1]), int(iso[2]), int(iso[3]))
        elif day_first := _DAY_FIRST.fullmatch(cleaned):
            found = datetime.date(int(day_first[3]), int(day_first[2]), int(day_first[1]))
        else:
            found = parsedate_to_datetime(cleaned[:60]).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def read_language(text: str) -> str:
    """The two-letter code for "de", "de_AT", "deu", "ger" or "German"; "" for anything else."""
    cleaned = text.strip().replace("_", "-")
    found = parse_language(cleaned)
    return found or TWO_LETTER_LANGUAGES.get(cleaned.split("-")[0].lower(), "")


def read_price(text: str, *, currency: str) -> Money | None:
    """The price that the words state exactly; None without an amount, or for one whose currency nobody states."""
    try:
        price = parse_price(text, currency=currency.upper() or "---")
    except InvalidInput:
        return None
    if price is None or price.cents > _MOST_CENTS:
        return None
    if price.currency == "---":
        return replace(price, currency="EUR") if price.cents == 0 else None
    return price


def web_address(text: str, *, base: str = "") -> str:
    """An absolute http or https address, made so with `base` if it is a part of one; "" for anything else."""
    cleaned = text.strip()
    if not cleaned:
        return ""
    if len(cleaned) <= _LONGEST_ADDRESS and _PLAIN_ADDRESS.fullmatch(cleaned):
        return cleaned
    try:
        joined = urljoin(base, cleaned) if base else cleaned
    except ValueError:
        return ""
    joined = joined.replace(" ", "%20")
    return joined if len(joined) <= _LONGEST_ADDRESS and is_web_address(joined) else ""


def shortened(text: str, longest: int = _LONGEST_WORDS) -> str:
    """The text on one line, cut with "…" where it is longer than `longest` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def fitted(record: CourseRecord) -> CourseRecord:
    """The course with its short texts cut to what the catalogue holds; ids that are too long become a digest."""
    fitting: dict[str, Any] = {name: shortened(getattr(record, name), longest) for name, longest in _SHORT_TEXTS}
    fitting["external_id"] = _fitted_id(record.external_id)
    runs = tuple(map(_fitted_run, record.runs))
    if any(new is not old for new, old in zip(runs, record.runs, strict=True)):
        fitting["runs"] = runs
    return _with(record, fitting)


def one_of_each(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts without empty ones and repetitions, in their order."""
    return tuple(dict.fromkeys(text for text in texts if text))


def merged(texts: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """Two texts by language, the second below the first where it says something else."""
    found = dict(texts)
    for language, text in others.items():
        known = found.get(language, "")
        found[language] = f"{known}\n\n{text}" if known and text not in known else known or text
    return found


def _fitted_run(run: RunRecord) -> RunRecord:
    dates_text, place = shortened(run.dates_text), shortened(run.place)
    return _with(run, {"external_id": _fitted_id(run.external_id), "dates_text": dates_text, "place": place})


def _with(record: _Record, fields: Mapping[str, Any]) -> _Record:
    """The record with other values, or itself where it has them already: most entries need no copy."""
    changed = {name: value for name, value in fields.items() if value != getattr(record, name)}
    return replace(record, **changed) if changed else record


def _fitted_id(text: str) -> str:
    if len(text) <= _LONGEST_ID:
        return text
    return f"{text[: _LONGEST_ID - 17]}-{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:16]}"
