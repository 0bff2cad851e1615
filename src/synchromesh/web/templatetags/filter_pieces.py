"""Groups of filters, put together from kept pieces: a page has hundreds of options, and only their numbers change."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

OPTIONS, MORE = "\ue000", "\ue001"
"""Private characters that stand in a kept group for its options."""


class Option(NamedTuple):
    """One value of a group, by its name in the reader's language."""

    value: str
    label: str
    number: int
    checked: bool


class FilterGroup(NamedTuple):
    """One group; of very long ones `left_out` values stand on another page, whose name is `list`."""

    name: str
    title: str
    chosen: bool
    options: tuple[Option, ...]
    more: tuple[Option, ...]
    left_out: int
    list: str


@register.simple_tag
def filter_group(group: FilterGroup) -> SafeString:
    """The group as a part of the form."""
    shell = _shell(group.title, bool(group.more), group.left_out, group.list, get_language() or "")
    text = shell.replace(OPTIONS, _options(group.name, group.options))
    return SafeString(text.replace(MORE, _options(group.name, group.more)) if group.more else text)


def _options(name: str, options: Iterable[Option]) -> str:
    parts = []
    for value, label, number, checked in options:
        before, after = _option(name, value, label, checked)
        parts.append(f"{before}{number}{after}")
    return "".join(parts)


@lru_cache(maxsize=8192)
def _option(name: str, value: str, label: str, checked: bool) -> tuple[str, str]:
    """What stands before and after the number."""
    given = {"name": name, "value": value, "label": label, "checked": checked, "count": OPTIONS}
    before, after = render_to_string("components/filter_option.html", given).rsplit(OPTIONS, 1)
    return before, after


@lru_cache(maxsize=1024)
def _shell(title: str, has_more: bool, left_out: int, list_name: str, language: str) -> str:
    del language  # the active one; it stands here to be part of the key
    more = MORE if has_more else ""
    given = {"title": title, "options": OPTIONS, "more": more, "left_out": left_out, "list": list_name}
    return render_to_string("courses/_filter_group.html", given)
