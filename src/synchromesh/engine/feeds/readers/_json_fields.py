"""Values of a JSON entry, whatever they are, into texts, days, numbers and addresses.

A value that cannot be read is left empty and noted with its field, so that the rest of the entry still counts.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal

from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.readers._course_parts import read_date, read_language, web_address
from synchromesh.engine.feeds.readers._json_stream import RepeatedKeys
from synchromesh.engine.feeds.readers._plain_text import plain_text
from synchromesh.engine.feeds.records import CourseRecord
from synchromesh.engine.tables.limits import DEFAULT

__all__ = ["LONGEST_TEXT", "MOST_VALUES", "FieldReader", "SeenCourses", "kind_of_value"]

LONGEST_TEXT = DEFAULT.cell_characters
MOST_VALUES = 2_000  # of one field, such as the runs of a course
_LONGEST_MARKUP = 20 * LONGEST_TEXT  # characters with their HTML, of which more are not looked at
_LONGEST_LINE = 20_000  # the same for a text on one line
_MOST_PROBLEMS = 20  # of one entry; the rest of a broken one tells nothing new
_UNUSUAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CALENDAR_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}", re.ASCII)
_BETWEEN_LANGUAGES = re.compile("[,;/|]")
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,9})?", re.ASCII)


class FieldReader:
    """Reads the fields of one entry; `problems` holds what was left out, `position` is how they name the entry."""

    def __init__(self, position: str) -> None:
        self.position = position
        self.problems: list[Problem] = []

    def report(self, field: str, message: str) -> None:
        """Note a problem of `field`; an empty field means the whole entry."""
        problem = Problem(position=self.position, field=field, message=message)
        if len(self.problems) < _MOST_PROBLEMS and problem not in self.problems:
            self.problems.append(problem)

    def text(self, value: object, field: str, *, one_line: bool = False) -> str:
        """The plain text of a text, with HTML or without; "" for null. A whole number counts as its digits."""
        if value is None or value == "":
            return ""
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            self.report(field, f"A text is expected here, not {kind_of_value(value)}. It was left out.")
            return ""
        found = plain_text(_clean(value[: _LONGEST_LINE if one_line else _LONGEST_MARKUP]))
        if len(found) > LONGEST_TEXT:
            self.report(field, f"This text is longer than {LONGEST_TEXT:,} characters. It was left out.")
            return ""
        return " ".join(found.split()) if one_line else found

    def code(self, value: object, field: str) -> str:
        """An identifier as it stands, never taken for HTML; "" for null."""
        return " ".join((_clean(value) if isinstance(value, str) else self.text(value, field)).split())

    def words(self, value: object, field: str) -> str:
        """A text on one line."""
        return self.text(value, field, one_line=True)

    def address(self, value: object, field: str, *, base: str = "") -> str:
        """An http or https address, complete with `base` if that is one; "" for null and for a part without a base."""
        text = _clean(value).strip() if isinstance(value, str) else self.text(value, field)
        text = f"https://{text}" if text.startswith("www.") else text
        found = web_address(text, base=base if base.startswith(("http://", "https://")) else "")
        if text and not found and text.startswith(("http:", "https:")):
            self.report(field, f"'{_shown(text)}' is not a web address. It was left out.")
        return found

    def day(self, value: object, field: str) -> tuple[datetime.date | None, str]:
        """The day of a date, else the words that stand in its place; neither for null."""
        text = self.words(value, field)
        found = read_date(text) if text else None
        if found is None and _CALENDAR_DAY.fullmatch(text):
            self.report(field, f"'{_shown(text)}' is no day from 1950 to 2200. It was left out.")
            return None, ""
        return found, "" if found else text

    def number(self, value: object, field: str, *, least: int, most: int) -> Decimal | None:
        """A number between the bounds, also as text; None for null, "" and what is no number."""
        if value is None or value == "":
            return None
        found: Decimal | None = None
        if isinstance(value, str):
            text = value.strip()
            found = Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            found = Decimal(value)
        if found is not None and found.is_finite() and least <= found <= most:
            return found
        shown = f"'{_shown(value)}'" if isinstance(value, str) else kind_of_value(value)
        self.report(field, f"A number from {least:,} to {most:,} is expected here, not {shown}. It was left out.")
        return None

    def languages(self, values: Iterable[object], field: str) -> tuple[str, ...]:
        """The two-letter codes of languages, each once; a text may name several, separated by commas."""
        found: dict[str, None] = {}
        for value in values:
            for text in _BETWEEN_LANGUAGES.split(self.words(value, field)):
                if not text.strip():
                    continue
                if code := read_language(text):
                    found[code] = None
                else:
                    self.report(field, f"'{_shown(text.strip())}' is not a language, such as de. It was left out.")
        return tuple(found)

    def members(self, value: object, field: str) -> dict[str, object]:
        """The members of an object, of which keys that stand twice are noted; none for null."""
        if isinstance(value, RepeatedKeys):
            for key in value.repeated:
                self.report(f"{field}.{key[:60]}".lstrip("."), "This key stands twice; only the last one was read.")
        if isinstance(value, dict):
            return value
        if value is not None:
            self.report(field, f"An object is expected here, not {kind_of_value(value)}. It was left out.")
        return {}

    def values(self, value: object, field: str) -> list[object]:
        """The values of a list without nulls; a single value counts as a list of one, and null as none."""
        if value is None:
            return []
        found = value if isinstance(value, list) else [value]
        if len(found) > MOST_VALUES:
            self.report(field, f"Only the first {MOST_VALUES:,} of these {len(found):,} values were read.")
        return [one for one in found[:MOST_VALUES] if one is not None]


class SeenCourses:
    """Notices a course that stands twice in one document."""

    def __init__(self) -> None:
        self._positions: dict[str, str] = {}

    def refuse(self, record: CourseRecord) -> Problem | None:
        """A problem if a course with this id came before, else None."""
        first = self._positions.setdefault(record.external_id, record.position)
        if first == record.position:
            return None
        message = f"The course '{_shown(record.external_id)}' stands already at {first}. This one was left out."
        return Problem(position=record.position, field="id", message=message)


def kind_of_value(value: object) -> str:
    """What a person calls a JSON value that stands in the wrong place."""
    if isinstance(value, bool):
        return "true or false"
    names = {dict: "an object", list: "a list", str: "a text", int: "a number", Decimal: "a number"}
    return next((name for kind, name in names.items() if isinstance(value, kind)), "null")


def _clean(text: str) -> str:
    """The text without signs that no database holds, its lines ended as everywhere here."""
    if _UNUSUAL.search(text) is None:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def _shown(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
