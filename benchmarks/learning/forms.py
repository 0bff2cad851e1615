"""Read the form of a page and fill it in as a learner would, by chance but so that it is accepted."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

_READER = etree.HTMLParser(encoding="utf-8", remove_comments=True)


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


_NOT_TYPED = {"file", "submit", "button"}


def forms_of(page: str) -> list[Form]:
    """All forms of a page."""
    return [_read(form) for form in etree.fromstring(page.encode(), _READER).iter("form")]


def _read(element: Any) -> Form:
    form = Form(action=element.get("action", ""), is_saved=element.get("data-save") is not None)
    for field_of in element.iter("input", "textarea", "select"):
        name = field_of.get("name", "")
        if not name:
            continue
        if field_of.tag == "select":
            form.selects[name] = [option.get("value", "") for option in field_of.iter("option")]
        elif field_of.tag == "textarea":
            form.texts.append(name)
        else:
            _read_input(form, name, field_of)
    return form


def _read_input(form: Form, name: str, element: Any) -> None:
    kind, value = element.get("type", "text"), element.get("value", "")
    if kind == "hidden":
        form.values[name] = value
    elif kind == "radio":
        form.radios.setdefault(name, []).append(value)
    elif kind == "checkbox":
        form.boxes.setdefault(name, []).append(value)
    elif kind not in _NOT_TYPED:
        form.texts.append(name)
