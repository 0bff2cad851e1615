"""Values as YAML that people can read and `_yaml_reading` reads back without a difference."""

from __future__ import annotations

import re
from typing import Any

import yaml

_FIRST_KEYS = ("key", "kind", "title", "titles", "tone", "media", "prompts", "texts")
# What a block of lines (|) gives back exactly: no space at the end of a line, none in front of the first.
_PLAIN_LINES = re.compile(r"[^\s].*")
_ODD = re.compile("[^\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffe]")


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as blocks, lists set in, no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """The same list twice is written twice."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Items of a list stand further in than its key."""
        super().increase_indent(flow, False)


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str | None:
    """Lines as a block, control characters and other line ends as escapes, the rest as the dumper thinks best."""
    if _ODD.search(text):
        return '"'
    lines = text.split("\n")
    is_block = len(lines) > 1 and bool(lines[-1]) and _PLAIN_LINES.match(text) is not None
    return "|" if is_block and all(line == line.rstrip() for line in lines) else None


_Dumper.add_representer(str, _write_text)


def yaml_bytes(value: Any) -> bytes:
    """Return a value of dicts, lists, texts, numbers and truths as a YAML file in UTF-8."""
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return text.encode()


def in_one_order(value: Any) -> Any:
    """Return JSON values with their keys in one order: what says which thing it is first, the rest by name.

    A database may keep the keys of stored values in an order of its own; the same course gives the same file.
    """
    if isinstance(value, list | tuple):
        return [in_one_order(part) for part in value]
    if isinstance(value, dict):
        return {key: in_one_order(value[key]) for key in sorted(value, key=lambda key: (_rank(str(key)), str(key)))}
    return value


def _rank(key: str) -> int:
    return _FIRST_KEYS.index(key) if key in _FIRST_KEYS else len(_FIRST_KEYS)


def tidied(value: Any) -> Any:
    """Return JSON values as a course file would give them back: texts stripped, line ends as \\n, no empty keys.

    What is stored in this form is the same after going out and in as a file.
    """
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, list | tuple):
        return [tidied(part) for part in value]
    if isinstance(value, dict):
        return {str(key).strip(): tidied(part) for key, part in value.items() if part is not None}
    return value
