"""Check the values of one object by key and collect every problem, as `CellReader` does for the cells of a row."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from synchromesh.engine.errors import Problem
from synchromesh.engine.exchange.frameworks._record_rules import is_language
from synchromesh.engine.tables.cells import is_web_address
from synchromesh.engine.tables.limits import DEFAULT

Read = TypeVar("Read")

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_KINDS: Mapping[type, str] = {
    dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number",
}  # fmt: skip
_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")


class ValueReader:
    """Reads the values of one object; an unreadable one gives the empty value and a fault.

    `position` names the object, `prefix` the way from it to here. After reading, a caller keeps the record only if
    `faults` is empty; `remarks` are problems with which the record still loads, such as keys that nobody knows.
    """

    def __init__(self, values: Mapping[str, object], *, position: str, prefix: str = "") -> None:
        self.position = position
        self.faults: list[Problem] = []
        self.remarks: list[Problem] = []
        self._values, self._prefix = values, prefix
        self._asked: set[str] = set()

    def report(self, key: str, message: str) -> None:
        """Add a fault of `key`."""
        self.faults.append(self._problem(key, message))

    def remark(self, key: str, message: str) -> None:
        """Add a problem of `key` with which the record still loads."""
        self.remarks.append(self._problem(key, message))

    def remark_unknown(self) -> None:
        """Report the keys that nobody asked for; call it last."""
        for key in self._values.keys() - self._asked:
            self.remark(key, "This key is not known and was not read.")
        self.remarks.sort(key=lambda problem: problem.field)

    def is_blamed(self, key: str) -> bool:
        """Tell whether `key`, or something inside it, has a fault already."""
        name = f"{self._prefix}{key}"
        return any(fault.field == name or fault.field.startswith((f"{name}.", f"{name}[")) for fault in self.faults)

    def text(self, key: str) -> str:
        """Return a stripped text, "" where there is none."""
        value = self._value(key)
        return "" if value is None else self._text(key, value)

    def required(self, key: str) -> str:
        """Return a text and report when there is none."""
        text = self.text(key)
        if not text and not self.is_blamed(key):
            self.report(key, "The value is missing but needed.")
        return text

    def one_of(self, key: str, words: Collection[str]) -> str:
        """Return one of `words`; one is needed."""
        text = self.required(key)
        if text and text not in words:
            self.report(key, f"'{shown(text)}' is not known here. Use {', '.join(words)}.")
            return ""
        return text

    def whole_number(self, key: str, *, least: int, most: int) -> int | None:
        """Return a whole number between the bounds, None where there is none."""
        value = self._value(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.report(key, f"{_described(value)} is not a whole number from {least} to {most}.")
        return None

    def share(self, key: str) -> float | None:
        """Return a number from 0 to 1, None where there is none."""
        value = self._value(key)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        self.report(key, f"{_described(value)} is not a number from 0 to 1.")
        return None

    def date(self, key: str) -> datetime.date | None:
        """Return a date written as 2026-03-31, None where there is none."""
        text = self.text(key)
        if not text:
            return None
        if _DATE.fullmatch(text):
            try:
                return datetime.date.fromisoformat(text)
            except ValueError:
                pass
        self.report(key, f"'{shown(text)}' is not a date. Write it as 2026-03-31.")
        return None

    def web_address(self, key: str) -> str:
        """Return an http or https address, "" where there is none."""
        text = self.text(key)
        if text and not is_web_address(text):
            self.report(key, f"'{shown(text)}' is not a web address. It starts with https:// or http://.")
            return ""
        return text

    def items(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list, stripped, empty ones left out."""
        texts = [self._text(f"{key}[{place}]", value) for place, value in enumerate(self._list(key))]
        return tuple(text for text in texts if text)

    def by_language(self, key: str, read: Callable[[ValueReader, str], Read]) -> dict[str, Read]:
        """Return what `read` makes of each language of an object, empty ones left out."""
        return {
            language: value
            for language, value in self.keyed(key, read, is_key=is_language, wanted="a two-letter language").items()
            if value
        }

    def texts(self, key: str) -> dict[str, str]:
        """Return the texts of an object by language, empty ones left out."""
        return self.by_language(key, ValueReader.text)

    def keyed(
        self, key: str, read: Callable[[ValueReader, str], Read], *, is_key: Callable[[str], bool], wanted: str
    ) -> dict[str, Read]:
        """Return what `read` makes of each key of an object; keys that are not `wanted` are reported and left out."""
        within = self.child(key)
        found = {}
        for name in within._values:
            if is_key(name):
                found[name] = read(within, name)
            else:
                within.remark(name, f"'{shown(name)}' is not {wanted}, so this value was not read.")
        self.take_problems(within)
        return found

    def child(self, key: str) -> ValueReader:
        """Return a reader of the object at `key`, of an empty one where there is none; hand it to `take_problems`."""
        value = self._value(key)
        if value is not None and not isinstance(value, dict):
            self.report(key, f"{_described(value)} stands where an object is needed.")
        values = value if isinstance(value, dict) else {}
        return ValueReader(values, position=self.position, prefix=f"{self._prefix}{key}.")

    def children(self, key: str) -> list[ValueReader]:
        """Return a reader for each object of a list; hand each to `take_problems`."""
        found = []
        for place, value in enumerate(self._list(key)):
            if isinstance(value, dict):
                found.append(ValueReader(value, position=self.position, prefix=f"{self._prefix}{key}[{place}]."))
            else:
                self.report(f"{key}[{place}]", f"{_described(value)} stands where an object is needed.")
        return found

    def take_problems(self, *within: ValueReader) -> None:
        """Take over the problems of readers of inner objects."""
        for reader in within:
            self.faults.extend(reader.faults)
            self.remarks.extend(reader.remarks)

    def _value(self, key: str) -> object:
        self._asked.add(key)
        return self._values.get(key)

    def _list(self, key: str) -> Iterable[object]:
        value = self._value(key)
        if value is None or isinstance(value, list):
            return value or []
        self.report(key, f"{_described(value)} stands where a list is needed.")
        return []

    def _text(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            self.report(key, f"{_described(value)} stands where a text is needed.")
        elif len(value) > DEFAULT.cell_characters:
            self.report(key, f"The text has {len(value):,} characters; at most {DEFAULT.cell_characters:,} are read.")
        elif _NOT_STORABLE.search(value):
            self.report(key, "The text has a character that cannot be stored (empty, or half of a pair). Remove it.")
        else:
            return value.strip()
        return ""

    def _problem(self, key: str, message: str) -> Problem:
        return Problem(
            position=self.position, field=printable(f"{self._prefix}{key}"[:200]), message=printable(message)
        )


def shown(text: str) -> str:
    """Return the start of a text for a message."""
    return text[:60]


def printable(text: str) -> str:
    """Return a text that can be written anywhere: halves of surrogate pairs and empty characters become escapes."""
    return _NOT_STORABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _described(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10**15:
        return f"The number {value}"
    return _KINDS.get(type(value), "Something else").capitalize()
