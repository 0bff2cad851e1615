"""Read the keys of one object of a course file, and say of each fault its file, line and key."""

from __future__ import annotations

from collections.abc import Collection

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.exchange.course_files._yaml_reading import (
    Entries,
    Items,
    Node,
    Scalar,
    scalar_text,
    scalar_value,
)
from synchromesh.engine.tables.limits import DEFAULT
from synchromesh.engine.vocabulary.languages import ISO_639_1
from synchromesh.engine.vocabulary.levels import parse_level
from synchromesh.engine.vocabulary.slugs import is_slug

LONGEST_KEY = 80


class Fields:
    """The values of one object; a fault is added to `problems` and the empty value given.

    `path` is the way from the top of the file to here, such as "sections[0]."
    """

    def __init__(self, node: Node, *, file: str, problems: list[Problem], path: str = "") -> None:
        self.file, self.problems, self.path = file, problems, path
        self.line = node.line
        self._asked: set[str] = set()
        self._values: dict[str, Node] = node.values if isinstance(node, Entries) else {}
        if not isinstance(node, Entries):
            self.report("", "An object with keys is needed here.")

    @property
    def position(self) -> str:
        """Where the object begins."""
        return f"{self.file} line {self.line}"

    def report(self, key: str, message: str) -> None:
        """Add a fault of a key, or of the object as a whole."""
        line = self._values[key].line if key in self._values else self.line
        field = f"{self.path}{key}".rstrip(".")[:200]
        self.problems.append(Problem(position=f"{self.file} line {line}", field=field, message=message))

    def report_unknown(self) -> None:
        """Report the keys that nobody asked for; call it last."""
        for key in self._values.keys() - self._asked:
            self.report(key, "This key is not known. Is it a slip of the keyboard?")

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        node = self._node(key)
        return node is not None and not (isinstance(node, Scalar) and scalar_text(node) is None)

    def node(self, key: str) -> Node | None:
        """The tree below a key."""
        return self._node(key)

    def text(self, key: str, *, most: int = 500) -> str:
        """A text of one line, "" where there is none."""
        if not self.has(key):
            return ""
        return self._text(key, self._node(key), most)

    def required(self, key: str, *, most: int = 500) -> str:
        """A text; it is needed."""
        if not self.has(key):
            self.report(key, "This is missing but needed.")
        return self.text(key, most=most)

    def slug(self, key: str, *, most: int = LONGEST_KEY, required: bool = True) -> str:
        """A key of the file or the catalogue."""
        text = self.required(key, most=10_000) if required else self.text(key, most=10_000)
        if text and (not is_slug(text) or len(text) > most):
            wanted = f"lower-case letters a to z, digits and single hyphens, at most {most} characters"
            self.report(key, f"'{text[:60]}' does not fit. Use {wanted}.")
            return ""
        return text

    def one_of(self, key: str, words: Collection[str], *, default: str | None = None) -> str:
        """One of the words; needed unless there is a default."""
        if default is not None and not self.has(key):
            return default
        text = self.required(key)
        if text and text not in words:
            self.report(key, f"'{text[:60]}' is not known here. Use {', '.join(words)}.")
            return default or ""
        return text

    def truth(self, key: str, *, default: bool) -> bool:
        """True or false."""
        if not self.has(key):
            return default
        node = self._node(key)
        value = scalar_value(node) if isinstance(node, Scalar) else None
        if isinstance(value, bool):
            return value
        self.report(key, "Write true or false here, without quotes.")
        return default

    def number(self, key: str, *, least: int, most: int) -> int | None:
        """A whole number between the bounds; None where there is none."""
        if not self.has(key):
            return None
        node = self._node(key)
        value = scalar_value(node) if isinstance(node, Scalar) else None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.report(key, f"A whole number from {least} to {most} is needed here.")
        return None

    def level(self, key: str, *, least: int) -> int | None:
        """A level as number or name; None where there is none."""
        text = self.text(key)
        if not text:
            return None
        try:
            level = int(parse_level(text, field=key))
        except InvalidInput as error:
            self.report(key, error.message)
            return None
        if level < least:
            self.report(key, f"The level must be at least {least}.")
            return None
        return level

    def texts(self, key: str, *, required: bool = False) -> dict[str, str]:
        """Texts by language, empty ones left out, in order of language."""
        within = self._languages(key, required=required)
        found = {language: within.text(language, most=DEFAULT.cell_characters) for language in sorted(within.keys)}
        return {language: text for language, text in found.items() if text}

    def lists_of_texts(self, key: str) -> dict[str, tuple[str, ...]]:
        """Lists of texts by language, in order of language."""
        within = self._languages(key, required=False)
        found = {language: within.items(language) for language in sorted(within.keys)}
        return {language: texts for language, texts in found.items() if texts}

    def items(self, key: str) -> tuple[str, ...]:
        """The texts of a list, empty ones left out."""
        texts = (self._text(f"{key}[{place}]", node, 1000) for place, node in enumerate(self._list(key)))
        return tuple(text for text in texts if text)

    def children(self, key: str) -> list[Fields]:
        """A reader for each object of a list."""
        return [
            Fields(node, file=self.file, problems=self.problems, path=f"{self.path}{key}[{place}].")
            for place, node in enumerate(self._list(key))
        ]

    def child(self, key: str) -> Fields:
        """A reader of the object at a key, of an empty one where there is none."""
        node = self._node(key)
        if node is None or not self.has(key):
            node = Entries(values={}, line=self.line)
        return Fields(node, file=self.file, problems=self.problems, path=f"{self.path}{key}.")

    @property
    def keys(self) -> list[str]:
        """The keys in their order."""
        return list(self._values)

    def _languages(self, key: str, *, required: bool) -> Fields:
        if required and not self.has(key):
            self.report(key, "This is missing but needed: texts by language, such as en: ...")
        within = self.child(key)
        for language in within.keys:
            if language not in ISO_639_1:
                within.report(language, f"'{language[:60]}' is no language. Use a two-letter code such as de.")
        within._values = {language: node for language, node in within._values.items() if language in ISO_639_1}
        return within

    def _node(self, key: str) -> Node | None:
        self._asked.add(key)
        return self._values.get(key)

    def _list(self, key: str) -> list[Node]:
        node = self._node(key)
        if node is None or not self.has(key):
            return []
        if isinstance(node, Items):
            return node.values
        self.report(key, "A list is needed here.")
        return []

    def _text(self, key: str, node: Node | None, most: int) -> str:
        if not isinstance(node, Scalar):
            self.report(key, "A text is needed here.")
            return ""
        text = scalar_text(node) or ""
        if len(text) > most:
            self.report(key, f"The text has {len(text):,} characters; at most {most:,} are read.")
            return ""
        return text
