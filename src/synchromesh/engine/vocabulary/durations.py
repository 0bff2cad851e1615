"""Durations of learning as feeds state them: ISO 8601 ("PT2H30M") and words of six languages ("1,5 Stunden").

A day counts as learning hours, not as 24 of them. Weeks, months and years say how long a course runs and not how much
there is to do, so they give nothing unless hours per week are stated too. Spans ("2-3 h"), bounds ("at least 3 days")
and whatever has a word that is not understood give nothing: the caller keeps the words. A lesson (UE, vyučovací hodina)
counts 45 minutes: https://de.wikipedia.org/wiki/Unterrichtsstunde (law of North Rhine-Westphalia on further education)
and https://www.vzdelavacisluzby.cz/virtualni-kabinet/virtualni-kabinet-card/card-119 (Czech schools).
ISO 8601 durations: https://www.w3.org/TR/xmlschema11-2/#duration.
"""

from __future__ import annotations

import itertools
import re
from fractions import Fraction
from functools import lru_cache

from synchromesh.engine.vocabulary._duration_words import Part, fold, is_number, read_parts, unit_of

__all__ = ["HOURS_A_DAY", "LONGEST", "names_duration", "parse_duration"]

HOURS_A_DAY = 8
LONGEST = 10_000_000  # minutes; more is a slip of the keyboard
_LONGEST_TEXT = 120  # characters; a longer one tells a story
_LESSON = 45  # minutes

_NUMBER = r"\d{1,8}(?:[.,]\d{1,9})?"
_ISO = re.compile(
    rf"P(?:({_NUMBER})Y)?(?:({_NUMBER})M)?(?:({_NUMBER})W)?(?:({_NUMBER})D)?"
    rf"(?:T(?:({_NUMBER})H)?(?:({_NUMBER})M)?(?:({_NUMBER})S)?)?",
    re.ASCII | re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(\d{1,3}):([0-5]\d)(?::([0-5]\d)"
    r"|\s*(?:h|hrs?|hours?|std|stunden|heures|horas|ore|hodin)\.?)",  # codespell:ignore ore
    re.ASCII | re.IGNORECASE,
)
_EXACT = ("hour", "lesson", "minute")
# A statement names its units from large to small: "2 hours 30 minutes", never the other way.
_SIZES = ("day", "hour", "lesson", "minute")


def parse_duration(text: str, *, hours_a_day: int = HOURS_A_DAY) -> int | None:
    """Return the minutes of learning that `text` states, None where it states none or not exactly one amount.

    `hours_a_day` is the learning time of a day. Nothing ("PT0S", "0 hours") is unknown and gives None too. Where days
    and hours are stated for the same thing ("3 days (24 hours)"), the hours hold.
    """
    cleaned = text.strip()
    if not cleaned or len(cleaned) > _LONGEST_TEXT:
        return None
    return _stated_minutes(cleaned, hours_a_day)


@lru_cache(maxsize=2048)  # a feed states the same few durations again and again
def _stated_minutes(cleaned: str, hours_a_day: int) -> int | None:
    total = _iso(cleaned, hours_a_day)
    if total is None:
        total = _clock(cleaned)
    if total is None:
        parts = read_parts(fold(cleaned))
        total = _total(parts, hours_a_day) if parts else None
    if total is None:
        return None
    minutes = int(total + Fraction(1, 2))
    return minutes if 1 <= minutes <= LONGEST else None


def names_duration(text: str) -> bool:
    """Tell whether `text` speaks of an amount of time, be it too vague for `parse_duration`: "2-3 h", "six weeks"."""
    if len(text) > _LONGEST_TEXT:
        return False
    if _ISO.fullmatch(text.strip()) and any(character.isdigit() for character in text):
        return True
    tokens = fold(text)
    pairs = itertools.pairwise(tokens)
    # A unit of one letter counts only behind its number: "2 h", but not "plan h".
    alone = any(unit_of(token) and len(token) > 1 for token in tokens) and any(map(is_number, tokens))
    return alone or any(is_number(first) and bool(unit_of(second)) for first, second in pairs)


def _iso(text: str, hours_a_day: int) -> Fraction | None:
    match = _ISO.fullmatch(text)
    if match is None or not any(match.groups()) or text[-1] in "Tt":
        return None
    years, months, weeks, days, hours, minutes, seconds = (
        Fraction((group or "0").replace(",", ".")) for group in match.groups()
    )
    if years or months or weeks:
        return None
    return (days * hours_a_day + hours) * 60 + minutes + seconds / 60


def _clock(text: str) -> Fraction | None:
    """Return the minutes of "1:30 h" and "01:30:00"; "01:30" alone may as well be a time of day."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    return Fraction(int(match[1]) * 60 + int(match[2])) + Fraction(int(match[3] or 0), 60)


def _total(parts: list[Part], hours_a_day: int) -> Fraction | None:
    """Return the minutes that the parts state together."""
    product = _product(parts, hours_a_day)
    if product is not None:
        return product
    if any(part.per or part.before == "times" or part.unit not in _SIZES for part in parts):
        return None
    statements = _statements(parts, hours_a_day)
    if statements is None or not all(map(_descends, statements)):
        return None
    sums = [sum((_minutes(part, hours_a_day) for part in one), Fraction(0)) for one in statements]
    if len(set(sums)) == 1:
        return sums[0]
    exact = [total for total, one in zip(sums, statements, strict=True) if one[0].unit in _EXACT]
    in_days = [one[0].amount for one in statements if one[0].unit == "day"]
    if len(exact) == 1 and all(days * 60 <= exact[0] <= days * 24 * 60 for days in in_days):
        return exact[0]
    return None


def _product(parts: list[Part], hours_a_day: int) -> Fraction | None:
    """Return the minutes of "6 weeks, 4 hours per week" and "3 days of 6 hours", None for anything else."""
    if len(parts) != 2:
        return None
    count, each = parts
    if count.per and not each.per:
        count, each = each, count
    if count.per or each.unit not in _EXACT or count.unit in _EXACT:
        return None
    if each.per == count.unit or (parts[1].before == "times" and not each.per):
        return count.amount * _minutes(each, hours_a_day)
    return None


def _statements(parts: list[Part], hours_a_day: int) -> list[list[Part]] | None:
    """Return the parts grouped into statements of the same amount; None where a comma or dash could mean either.

    "2 days, 14 hours": 14 hours are no rest of a day, so they state the same again. "1 day, 4 hours" is not clear.
    """
    statements = [[parts[0]]]
    for before, part in itertools.pairwise(parts):
        if part.before in ("", "and") or (part.before == "," and before.unit != "day" and part.unit != "day"):
            statements[-1].append(part)
        elif part.before == "or" or _says_it_again(before, part, hours_a_day):
            statements.append([part])
        else:
            return None
    return statements


def _says_it_again(first: Part, second: Part, hours_a_day: int) -> bool:
    if second.unit == "day":
        return first.unit in _EXACT
    return first.unit == "day" and _minutes(second, hours_a_day) >= hours_a_day * 60


def _descends(statement: list[Part]) -> bool:
    """Tell whether the units get smaller, unless "and" or a plus sign says that the parts are summed."""
    return all(
        second.before == "and" or _SIZES.index(first.unit) < _SIZES.index(second.unit)
        for first, second in itertools.pairwise(statement)
    )


def _minutes(part: Part, hours_a_day: int) -> Fraction:
    return part.amount * {"day": hours_a_day * 60, "hour": 60, "lesson": _LESSON, "minute": 1}[part.unit]
