"""Cells of a course table as people write them: liberal about the form, never about the meaning.

Each function reads the cells of one row, gives the empty value for what is not stated, and reports what it cannot read.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Sequence
from decimal import Decimal

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.readers._country_names import country_code
from synchromesh.engine.feeds.records import ACCESSIBILITY, CERTIFICATES, MODES
from synchromesh.engine.feeds.wording import is_open_price, parse_certificate, parse_mode, parse_yes_no
from synchromesh.engine.tables.cells import CellReader, parse_date
from synchromesh.engine.tables.lists import split_list
from synchromesh.engine.vocabulary.durations import LONGEST, names_duration, parse_duration
from synchromesh.engine.vocabulary.languages import parse_language
from synchromesh.engine.vocabulary.money import FREE_WORDS, Money, parse_price

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_MOST_CENTS = 10**11  # one thousand million; more is a slip of the keyboard
_LEAST_ECTS, _MOST_ECTS = Decimal("0.01"), Decimal(600)
_ECTS_WORDS = re.compile(
    r"\s*(?:ects|cp|lp|credit points|credits?|points?|punkte|crédits|créditos|crediti|kreditů?|-|\s)+\Z", re.IGNORECASE
)
_EQF = re.compile(
    r"(?:(?:eqf|eqr|cec|mec|level|niveau|nivel|livello|stufe|úroveň)[\s:-]*)*([1-8])(?:\s*[-–/]\s*([1-8]))?",
    re.IGNORECASE,
)
_BETWEEN_DATES = re.compile(
    r"\s+-\s+|\s*[–—]\s*|\s+(?:bis(?: zum)?|to|until|au|al|hasta(?: el)?|do|až)\s+|(?<=\.\d{4})-(?=\d)", re.IGNORECASE
)
_BETWEEN_LANGUAGES = re.compile(r"\s*[,/|&+\n]\s*|\s+(?:and|und|et|y|e|a|or|oder|ou|o|nebo)\s+", re.IGNORECASE)
_BULLET = re.compile(r"\A[-•*·–▪►✓]\s*")

_mode = functools.lru_cache(1024)(parse_mode)
_certificate = functools.lru_cache(1024)(parse_certificate)
_country = functools.lru_cache(1024)(country_code)
_language = functools.lru_cache(1024)(parse_language)
_minutes = functools.lru_cache(1024)(parse_duration)


def read_workload(cells: CellReader) -> tuple[int | None, str]:
    """Return the minutes and the words of the workload; words that can be read give the minutes too."""
    stated, words = cells.text("minutes"), cells.text("workload_text")
    if not stated:
        return (_minutes(words) if words else None), words
    if not any(map(str.isalpha, stated)) and ":" not in stated:
        return cells.whole_number("minutes", least=1, most=LONGEST), words
    minutes = _minutes(stated)
    if minutes is None and not names_duration(stated):
        cells.report("minutes", f"'{stated[:60]}' is no duration. Write minutes such as 960, or words such as 2 days.")
    return minutes, words or stated


def read_price(cells: CellReader, *, currency: str) -> tuple[Money | None, str]:
    """Return the price and its words; `currency` holds where the row names none.

    Words that state no single amount ("on request", "from 690 EUR") leave the price unknown and are kept.
    """
    stated, words = cells.text("price"), cells.text("price_text")
    own = cells.text("currency").upper()
    if own and not _CURRENCY.fullmatch(own):
        cells.report("currency", f"'{own[:60]}' is not a currency. Use three letters such as EUR.")
        return None, words
    try:
        price = _amount(stated, own, currency)
    except InvalidInput as error:
        if not is_open_price(stated):
            cells.report("price", error.message)
        elif stated != words:
            words = "; ".join(filter(None, (words, stated)))
        price = None
    return _free(cells, price, own or currency), words


def _amount(text: str, own: str, currency: str) -> Money | None:
    price = parse_price(text, currency=own or currency)
    if price is not None and own and price.currency != own:
        raise InvalidInput(f"The price is in {price.currency} but the column 'currency' says {own}.")
    if price is not None and price.cents > _MOST_CENTS:
        raise InvalidInput(f"The price '{text}' is too high to be true.")
    return price


def _free(cells: CellReader, price: Money | None, currency: str) -> Money | None:
    """Return the price after looking at a column that says whether there is nothing to pay."""
    stated = cells.text("free")
    if not stated:
        return price
    free = True if stated.casefold() in FREE_WORDS - {"0"} else parse_yes_no(stated)
    if free is None:
        cells.report("free", f"'{stated[:60]}' is neither yes nor no.")
    elif free and price is not None and price.cents:
        cells.report("free", "This says that the course is free, but there is a price.")
    return price or Money(cents=0, currency=currency) if free else price


def read_mode(cells: CellReader, column: str) -> str:
    """Return one of MODES, read from words of six languages."""
    text = cells.text(column)
    return (_mode(text) or cells.one_of(column, MODES)) if text else ""


def read_certificate(cells: CellReader) -> str:
    """Return one of CERTIFICATES, read from words of six languages."""
    text = cells.text("certificate")
    return (_certificate(text) or cells.one_of("certificate", CERTIFICATES)) if text else ""


def read_accessibility(cells: CellReader) -> tuple[str, ...]:
    """Return those of ACCESSIBILITY that the cell names, in their own order; what else it names is reported."""
    stated = {"-".join(item.lower().replace("_", " ").split()): item for item in cells.items("accessibility")}
    for word, item in stated.items():
        if word not in ACCESSIBILITY:
            cells.report("accessibility", f"'{item[:60]}' is not known here. Use: {', '.join(ACCESSIBILITY)}.")
    return tuple(word for word in ACCESSIBILITY if word in stated)


def read_country(cells: CellReader, column: str) -> str:
    """Return a two-letter code, read from one or from a name of the country."""
    text = cells.text(column)
    return (_country(text) or cells.country(column)) if text else ""


def read_address(cells: CellReader, column: str) -> str:
    """Return a web address; one that starts with www. gets its scheme."""
    text = cells.text(column)
    if text.lower().startswith("www.") and " " not in text:
        return f"https://{text}"
    return cells.web_address(column) if text else ""


def read_language(cells: CellReader, column: str) -> str:
    """Return the two-letter code of one language."""
    text = cells.text(column)
    return _codes(cells, column, (text,))[0] if text else ""


def read_languages(cells: CellReader, column: str) -> tuple[str, ...]:
    """Return the codes of several languages: "de; en", "Deutsch / anglais", "German and English"."""
    text = cells.text(column)
    if not text:
        return ()
    items: list[str] = []
    for item in split_list(text):
        items.extend((item,) if _language(item) else filter(None, _BETWEEN_LANGUAGES.split(item)))
    return tuple(dict.fromkeys(filter(None, _codes(cells, column, items))))


def _codes(cells: CellReader, column: str, texts: Sequence[str]) -> tuple[str, ...]:
    codes = tuple(_language(text) or "" for text in texts)
    for text, code in zip(texts, codes, strict=True):
        if not code:
            cells.report(column, f"'{text[:60]}' is not a language. Use a two-letter code such as de.")
    return codes


def read_eqf(cells: CellReader) -> tuple[int | None, int | None]:
    """Return the lowest and the highest EQF level."""
    match = _EQF.fullmatch(cells.text("eqf_min"))
    lowest = int(match[1]) if match else cells.whole_number("eqf_min", least=1, most=8)
    highest = cells.whole_number("eqf_max", least=1, most=8)
    if match and match[2] and highest is None:
        highest = int(match[2])
    if lowest is not None and highest is not None and lowest > highest:
        cells.report("eqf_max", f"The highest EQF level ({highest}) is below the lowest ({lowest}).")
        return lowest, None
    return lowest, highest


def read_ects(cells: CellReader) -> Decimal | None:
    """Return the points, with or without the word behind them."""
    return cells.decimal("ects", least=_LEAST_ECTS, most=_MOST_ECTS, without=_ECTS_WORDS)


def read_lines(text: str, *, separator: str) -> tuple[str, ...]:
    """Return the values of a cell: between semicolons, or between `separator` where there is no semicolon.

    Bullets in front of lines are left out. A value in quotation marks stays whole.
    """
    if ";" in text or text.startswith('"') or separator not in text:
        return split_list(text)
    return tuple(item for part in text.split(separator) if (item := _BULLET.sub("", part.strip()).strip()))


def read_span(text: str) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and last day of "01.03.2026 – 05.03.2026", the first of a single date; None for other words."""
    if not text[:1].isdigit():
        return None, None
    day = parse_date(text)
    if day is not None:
        return day, None
    for match in _BETWEEN_DATES.finditer(text):
        first, last = parse_date(text[: match.start()].strip()), parse_date(text[match.end() :].strip())
        if first is not None and last is not None and first <= last:
            return first, last
    return None, None
