"""Values of a document that people write (JSON, YAML), taken out by key; what is wrong becomes a `Problem`.

Nothing here raises, whatever the document holds. YAML makes numbers and truth values of some words (`no`, `1`), so that
messages say where quotes are needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import TypeVar

from synchromesh.engine.errors import Problem
from synchromesh.engine.vocabulary.document_numbers import as_number
from synchromesh.engine.vocabulary.languages import ISO_639_1
from synchromesh.engine.vocabulary.slugs import is_slug
from synchromesh.engine.vocabulary.storable_text import is_storable, printable

Read = TypeVar("Read")

MOST_CHARACTERS = 20_000
MOST_ENTRIES = 200
MOST_KEY_CHARACTERS = 80
_KINDS: Mapping[type, str] = {dict: "An object", list: "A list", str: "A text", bool: "True or false"}


@dataclass(slots=True)
class Findings:
    """What came up while one document was read: `faults` spoil it, with `remarks` it can still be used."""

    position: str
    faults: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    languages: list[frozenset[str]] = field(default_factory=list)
    """The languages of every text that must be there."""

    def problem(self, name: str, message: str) -> Problem:
        """One problem of the field `name`, in signs that can be stored anywhere."""
        return Problem(position=self.position, field=printable(name[:200]), message=printable(message))


class DocumentValues:
    """The values of one object of a document. `prefix` is the way from the top of the document to here."""

    def __init__(self, values: Mapping[object, object], *, findings: Findings, prefix: str = "") -> None:
        self.findings = findings
        self._values, self._prefix = values, prefix
        self._asked: set[object] = set()

    def fault(self, key: str, message: str) -> None:
        """Report what spoils the document; an empty `key` means this object."""
        name = f"{self._prefix}{key}" if key else self._prefix.rstrip(".")
        self.findings.faults.append(self.findings.problem(name, message))

    def remark(self, key: str, message: str) -> None:
        """Report what an author should mend, though the document can be used."""
        self.findings.remarks.append(self.findings.problem(f"{self._prefix}{key}", message))

    def remark_unknown(self) -> None:
        """Report the keys that nobody asked for; call it last."""
        for key in islice((key for key in self._values if key not in self._asked), MOST_ENTRIES):
            self.remark(key if isinstance(key, str) else described(key), "This key is not known and was not read.")

    def has(self, key: str) -> bool:
        """Whether something stands there."""
        return self._value(key) is not None

    def raw(self, key: str) -> object:
        """What stands there, unchecked."""
        return self._value(key)

    def text(self, key: str, *, required: bool = False, most: int = MOST_CHARACTERS) -> str:
        """A stripped text, "" where there is none."""
        value = self._value(key)
        if value is None:
            if required:
                self.fault(key, "The value is missing but needed.")
            return ""
        text = self._checked_text(key, value, most)
        if required and text == "":
            self.fault(key, "The value is empty but needed.")
        return text or ""

    def slug(self, key: str, *, required: bool = True) -> str:
        """A short name of a to z, digits and hyphens; YAML's bare numbers are taken too."""
        value = self._value(key)
        if value is None:
            if required:
                self.fault(key, "The value is missing but needed.")
            return ""
        text = str(value) if type(value) is int and 0 <= value < 10**9 else value
        if isinstance(text, str) and len(text) <= MOST_KEY_CHARACTERS and is_slug(text):
            return text
        self.fault(key, f"{described(value)} is no key. Use a to z, digits and hyphens, at most 80{_quotes(value)}.")
        return ""

    def one_of(self, key: str, words: Iterable[str]) -> str:
        """One of `words`; one is needed."""
        text = self.text(key, required=True, most=40)
        known = list(words)
        if text and text not in known:
            self.fault(key, f"'{text}' is not known here. Use {', '.join(known)}.")
            return ""
        return text

    def truth(self, key: str) -> bool | None:
        """True or false, None where nothing stands there."""
        value = self._value(key)
        if value is None or isinstance(value, bool):
            return value
        self.fault(key, f"{described(value)} stands where true or false is needed.")
        return None

    def whole_number(self, key: str, default: int, *, least: int, most: int) -> int:
        """A whole number between the bounds."""
        value = self._value(key)
        if value is None:
            return default
        if type(value) is int and least <= value <= most:
            return value
        self.fault(key, f"{described(value)} is not a whole number from {least} to {most}.")
        return default

    def number(self, key: str) -> Decimal | None:
        """A number, None where there is none; at most 28 digits, between 10^-30 and 10^30."""
        value = self._value(key)
        if value is None:
            return None
        found = as_number(value)
        if found is None:
            self.fault(key, f"{described(value)} is not a number that can be read. Write it with a point, as 12.5.")
        return found

    def texts(self, key: str, *, required: bool = False) -> dict[str, str]:
        """Texts by language, empty ones left out."""
        before = len(self.findings.faults)
        found = {
            language: text
            for language, text in self.by_language(key, lambda within, name: within.text(name)).items()
            if text
        }
        if not required:
            return found
        if found:
            self.findings.languages.append(frozenset(found))
        elif len(self.findings.faults) == before:
            self.fault(key, "A text is needed in at least one language, such as {en: ...}.")
        return found

    def by_language(self, key: str, read: Callable[[DocumentValues, str], Read]) -> dict[str, Read]:
        """What `read` makes of each language of an object."""
        within = self.child(key)
        found = {}
        for name in within.names():
            if name in ISO_639_1:
                found[name] = read(within, name)
            else:
                within.fault(name[:60], f"'{name[:60]}' is no language. Use a code of two letters, such as en or de.")
        return found

    def forms(self, key: str) -> tuple[str, ...]:
        """The texts of a list, empty ones and those said before left out."""
        found: dict[str, None] = {}
        for place, value in enumerate(self.entries(key)):
            shown = str(value) if type(value) is int and abs(value) < 10**15 else value
            text = self._checked_text(f"{key}[{place}]", shown, 500)
            if text:
                found[text] = None
        return tuple(found)

    def child(self, key: str) -> DocumentValues:
        """The object at `key`, an empty one where there is none."""
        value = self._value(key)
        if value is not None and not isinstance(value, Mapping):
            self.fault(key, f"{described(value)} stands where an object is needed.")
        values = value if isinstance(value, Mapping) else {}
        return DocumentValues(values, findings=self.findings, prefix=f"{self._prefix}{key}.")

    def children(self, key: str, read: Callable[[DocumentValues], Read], *, least: int) -> tuple[Read, ...]:
        """What `read` makes of each object of a list of at least `least`; unknown keys inside are reported."""
        found = []
        before = len(self.findings.faults)
        values = self.entries(key)
        if len(values) < least and len(self.findings.faults) == before:
            self.fault(key, f"At least {least} are needed here, and there are {len(values)}.")
        for place, value in enumerate(values):
            if isinstance(value, Mapping):
                within = DocumentValues(value, findings=self.findings, prefix=f"{self._prefix}{key}[{place}].")
                found.append(read(within))
                within.remark_unknown()
            else:
                self.fault(f"{key}[{place}]", f"{described(value)} stands where an object is needed.")
        return tuple(found)

    def entries(self, key: str) -> list[object]:
        """The values of a list, none where there is no list."""
        value = self._value(key)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            self.fault(key, f"{described(value)} stands where a list is needed.")
            return []
        if len(value) > MOST_ENTRIES:
            self.fault(key, f"The list has {len(value):,} entries; at most {MOST_ENTRIES} are read.")
            return []
        return list(value)

    def names(self) -> list[str]:
        """The keys of this object; a key that is no text is reported."""
        if len(self._values) > MOST_ENTRIES:
            self.fault("", f"The object has {len(self._values):,} entries; at most {MOST_ENTRIES} are read.")
            return []
        for name in self._values:
            if not isinstance(name, str):
                self.fault("", f"{described(name)} stands as a key{_quotes(name)}.")
        return [name for name in self._values if isinstance(name, str)]

    def _value(self, key: str) -> object:
        self._asked.add(key)
        return self._values.get(key)

    def _checked_text(self, key: str, value: object, most: int) -> str | None:
        if not isinstance(value, str):
            self.fault(key, f"{described(value)} stands where a text is needed{_quotes(value)}.")
        elif len(value) > most:
            self.fault(key, f"The text has {len(value):,} characters; at most {most:,} are read.")
        elif not is_storable(value):
            self.fault(key, "The text has a sign that cannot be stored, such as a control character. Remove it.")
        else:
            return value.replace("\r\n", "\n").replace("\r", "\n").strip()
        return None


def described(value: object) -> str:
    """A value in a message, short whatever it is."""
    if isinstance(value, bool):
        return f"The truth value {str(value).lower()}"
    if isinstance(value, int) and abs(value) < 10**15:
        return f"The number {value}"
    if isinstance(value, str):
        return f"'{value[:60]}'"
    return "A number" if isinstance(value, int | float) else _KINDS.get(type(value), "Something else")


def _quotes(value: object) -> str:
    return "; write it in quotes" if isinstance(value, bool | int | float) else ""
