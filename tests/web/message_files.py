"""Read translation files: the `.po` text and the `.mo` table made from it (GNU gettext manual, 10.1 and 10.3)."""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d+)\])? )?(".*")')
_MAGIC = 0x950412DE


@dataclass(slots=True, kw_only=True)
class Message:
    """One text: as the source has it, and in its forms in the other language."""

    context: str = ""
    source: str = ""
    plural: str = ""
    forms: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells two messages apart."""
        return self.context, self.source, self.plural

    @property
    def is_translated(self) -> bool:
        """Whether every form has words."""
        return bool(self.forms) and all(self.forms.values())


def read_po(path: Path) -> dict[tuple[str, str, str], Message]:
    """All messages of a `.po` file but its head; texts that the source no longer has are not among them."""
    found = (_read_message(block) for block in path.read_text(encoding="utf-8").split("\n\n"))
    return {message.key: message for message in found if message.source}


def plural_count(path: Path) -> int:
    """How many forms the head of a `.po` file announces."""
    announced = re.search(r"nplurals=(\d+)", path.read_text(encoding="utf-8"))
    return int(announced.group(1)) if announced else 0


def _read_message(block: str) -> Message:
    message = Message()
    name, form = "", 0
    for line in block.splitlines():
        if line.startswith("#,"):
            message.fuzzy = "fuzzy" in line
        match = _LINE.fullmatch(line)
        if match is None:
            continue
        if match.group(1):
            name, form = match.group(1), int(match.group(2) or 0)
        text = ast.literal_eval(match.group(3))
        if name == "msgstr":
            message.forms[form] = message.forms.get(form, "") + text
        else:
            attribute = {"msgctxt": "context", "msgid": "source", "msgid_plural": "plural"}[name]
            setattr(message, attribute, getattr(message, attribute) + text)
    return message


def read_mo(path: Path) -> dict[str, str]:
    """The table of a `.mo` file: context and plural are joined to the text with the marks of the format."""
    content = path.read_bytes()
    order = "<" if struct.unpack_from("<I", content)[0] == _MAGIC else ">"
    count, sources, translations = struct.unpack_from(f"{order}3I", content, 8)

    def texts(start: int) -> Iterator[str]:
        for number in range(count):
            length, offset = struct.unpack_from(f"{order}2I", content, start + 8 * number)
            yield content[offset : offset + length].decode()

    table = dict(zip(texts(sources), texts(translations), strict=True))
    table.pop("", None)
    return table


def as_table(messages: dict[tuple[str, str, str], Message]) -> dict[str, str]:
    """What the `.mo` file of these messages must hold."""
    table = {}
    for message in messages.values():
        source = f"{message.context}\x04{message.source}" if message.context else message.source
        key = f"{source}\x00{message.plural}" if message.plural else source
        table[key] = "\x00".join(message.forms[form] for form in sorted(message.forms))
    return table
