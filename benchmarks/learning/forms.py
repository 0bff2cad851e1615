"""Read the form of a page and fill it in as a learner would, by chance but so that it is accepted."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Form:
    """A form: its address, whether it is saved by itself, and the fields with what may be chosen."""

    action: str
    is_saved: bool
    values: dict[str, str] = field(default_factory=dict)
    radios: dict[str, list[str]] = field(default_factory=dict)
    boxes: dict[str, list[str]] = field(default_factory=dict)
    selects: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def fill(self, chance: random.Random) -> dict[str, str | list[str]]:
        """Values for every field. Selects of an order or a match get values that differ as long as there are any."""
        filled: dict[str, str | list[str]] = dict(self.values)
        filled |= {name: chance.choice(options) for name, options in self.radios.items()}
        filled |= {name: [chance.choice(options)] for name, options in self.boxes.items()}
        taken: set[str] = set()
        for name, options in self.selects.items():
            left = [option for option in options if option and option not in taken] or [o for o in options if o]
            filled[name] = chance.choice(left)
            taken.add(str(filled[name]))
        return filled | dict.fromkeys(self.texts, "12")


class FormReader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Forms, their fields and what the fields may hold."""
        words = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(action=words.get("action", ""), is_saved="data-save" in words)
            self.forms.append(self._open)
        elif self._open is None:
            return
        elif tag == "input":
            self._field(self._open, words)
        elif tag == "textarea" and words.get("name"):
            self._open.texts.append(words["name"])
        elif tag == "select":
            self._select = words.get("name", "")
            self._open.selects[self._select] = []
        elif tag == "option" and self._select:
            self._open.selects[self._select].append(words.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """The form ends."""
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""

    @staticmethod
    def _field(form: Form, words: dict[str, str]) -> None:
        name, kind = words.get("name", ""), words.get("type", "text")
        if not name:
            return
        if kind == "hidden":
            form.values[name] = words.get("value", "")
        elif kind == "radio":
            form.radios.setdefault(name, []).append(words.get("value", ""))
        elif kind == "checkbox":
            form.boxes.setdefault(name, []).append(words.get("value", ""))
        elif kind not in {"file", "submit", "button"}:
            form.texts.append(name)


def forms_of(page: str) -> list[Form]:
    """All forms of a page."""
    reader = FormReader()
    reader.feed(page)
    return reader.forms
