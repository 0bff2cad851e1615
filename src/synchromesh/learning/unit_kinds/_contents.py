"""Contents of units, read without ever raising: a draft may hold anything until its author has mended it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from synchromesh.engine.errors import Problem
from synchromesh.learning.unit_kinds import TextPlace
from synchromesh.plumbing.translated_text import LocalText, in_language

PICTURES = ("avif", "gif", "jpeg", "jpg", "png", "svg", "webp")
VIDEOS = ("mp4", "webm")
MOST_CHARACTERS = 40_000
"""Of one text in one language."""
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,80})\]")
_LANGUAGE = re.compile("[a-z]{2}")

Texts = dict[str, str]


def mapping(value: object) -> Mapping[Any, Any]:
    """An object; an empty one in place of anything else."""
    return value if isinstance(value, Mapping) else {}


def entries(value: object) -> list[Any]:
    """A list; an empty one in place of anything else."""
    return list(value) if isinstance(value, list | tuple) else []


def texts(value: object) -> Texts:
    """The texts by language; what is no text, or empty, is left out."""
    return {
        code: words
        for code, words in mapping(value).items()
        if isinstance(code, str) and isinstance(words, str) and words.strip()
    }


def lists_of_words(value: object) -> bool:
    """Whether these are lists of words by language, none of them empty."""
    return isinstance(value, Mapping) and all(
        isinstance(code, str)
        and _LANGUAGE.fullmatch(code)
        and isinstance(words, list | tuple)
        and all(isinstance(one, str) and one.strip() for one in words)
        for code, words in value.items()
    )


def alphabetical(words: str) -> tuple[str, str]:
    """A key to sort words by as a dictionary does: first without marks above and below letters, then with them."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", words) if not unicodedata.combining(sign))
    return plain.casefold(), words


def word(value: object) -> str:
    """A short text such as a name or a key; empty in place of anything else."""
    return value if isinstance(value, str) else ""


def shown(value: object, language: str) -> LocalText | None:
    """The text for a reader of `language`; None where there is none at all."""
    found = in_language(texts(value), language)
    return found if found.text else None


def shown_or_empty(value: object, language: str) -> LocalText:
    """The same for a text that a page cannot do without."""
    return in_language(texts(value), language)


def address_of(links: Mapping[str, str], name: object) -> str:
    """Where a file is; empty where it is not known."""
    return links.get(word(name), "")


def ending_of(name: object) -> str:
    """The ending of a file's name in small letters, without the dot."""
    return word(name).rpartition(".")[2].lower() if "." in word(name) else ""


def web_address(value: object) -> str:
    """An address that a reader may follow; empty for anything that is not http or https."""
    try:
        parts = urlsplit(word(value).strip())
    except ValueError:  # such as an unfinished IPv6 address
        return ""
    return word(value).strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


def text_places(content: object, fields: Mapping[str, bool], path: tuple[str | int, ...] = ()) -> list[TextPlace]:
    """The texts of one object: `fields` maps their names to whether they are Markdown."""
    own = mapping(content)
    return [
        TextPlace(path=(*path, name), texts=texts(own[name]), is_markdown=is_markdown)
        for name, is_markdown in fields.items()
        if isinstance(own.get(name), Mapping)
    ]


def footnotes_in(value: object) -> set[str]:
    """The keys of the sources that the texts of one field point at."""
    return {key for words in texts(value).values() for key in _FOOTNOTE.findall(words)}


@dataclass(slots=True)
class Findings:
    """What is wrong with one object of a content. `position` says where it stands, in words of an author."""

    content: Mapping[Any, Any]
    languages: Collection[str]
    media: Collection[str]
    position: str = "content"
    problems: list[Problem] = field(default_factory=list)

    def inside(self, content: object, position: str) -> Findings:
        """The same for an object within this one; its problems join these."""
        if not isinstance(content, Mapping):
            self.add("", "An object with names and values is needed here.", position=position)
        return Findings(mapping(content), self.languages, self.media, position, self.problems)

    def add(self, name: str, message: str, *, position: str = "") -> None:
        """One problem of the field `name`."""
        self.problems.append(Problem(position=position or self.position, field=name, message=message))

    def allow(self, *names: str) -> None:
        """Report every field that nobody reads, since it may be one that is written wrong."""
        for name in self.content:
            if name not in names:
                self.add(str(name)[:80], f"This is not known here. There are: {', '.join(names) or 'none'}.")

    def check_texts(self, name: str, *, is_needed: bool = False) -> None:
        """A text that is needed, or given in some language, must be there in every language of the version."""
        value = self.content.get(name)
        if value is not None and not _is_texts(value):
            self.add(name, "Give texts by language, such as {en: ..., de: ...}.")
            return
        found = texts(value)
        if any(len(words) > MOST_CHARACTERS for words in found.values()):
            self.add(name, f"A text may have {MOST_CHARACTERS:,} characters.")
        missing = [code for code in self.languages if code not in found]
        if missing and (found or is_needed):
            self.add(name, f"The text is missing in: {', '.join(missing)}.")
        elif is_needed and not found:
            self.add(name, "A text is needed here.")

    def check_word(self, name: str, *, is_needed: bool = False, most: int = 500) -> str:
        """A text that is the same in every language, such as the title of a source; returned for further checks."""
        value = self.content.get(name)
        if value is None or value == "":
            if is_needed:
                self.add(name, "This is needed.")
            return ""
        if not isinstance(value, str) or len(value) > most:
            self.add(name, f"Write a text of at most {most} characters.")
            return ""
        return value

    def check_medium(self, name: str, endings: Iterable[str] = (), *, is_needed: bool = True) -> None:
        """A file must be among those of the course and, where it matters, of a kind that can be shown."""
        value = self.content.get(name)
        if value is None and not is_needed:
            return
        self.check_file(name, value, endings)

    def check_file(self, name: str, value: object, endings: Iterable[str] = ()) -> None:
        """The same for a name that stands deeper."""
        allowed = tuple(endings)
        if not isinstance(value, str) or not value:
            self.add(name, "Give the name of a file of this course.")
        elif value not in self.media:
            self.add(name, f"The course has no file called {value[:120]}. Upload it, or mend the name.")
        elif allowed and ending_of(value) not in allowed:
            self.add(name, f"{value[:120]} cannot be shown here. Use one of: {', '.join(allowed)}.")


def findings_of(content: object, languages: Collection[str], media: Collection[str]) -> Findings:
    """Begin to look at a content; one that is no object is wrong as a whole."""
    found = Findings(mapping(content), languages, media)
    if not isinstance(content, Mapping):
        found.add("", "An object with names and values is needed here.")
    return found


def _is_texts(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(code, str) and _LANGUAGE.fullmatch(code) and isinstance(words, str) for code, words in value.items()
    )
