"""Pieces of pages that say the same to everybody: rendered once by each process, then kept."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

KEPT_PIECES = 8192
"""How many pieces a process keeps: the lines of the units of some fifty courses, and rows of courses, of a few hundred
characters each."""


@register.simple_tag
def kept_piece(name: str, **given: Any) -> SafeString:
    """The template `name` with nothing but what is given to it, in the language of the page.

    It is kept by all of that, so that it cannot show to one reader what belongs to another. What is given must not
    change (texts, numbers, dates), and what the template calls must depend on nothing else.
    """
    # With their types: markup and the same characters as plain text are equal, and so are 1 and True.
    return _kept(name, get_language() or "", tuple((key, value, type(value)) for key, value in sorted(given.items())))


@lru_cache(maxsize=KEPT_PIECES)
def _kept(name: str, language: str, given: tuple[tuple[str, Any, type], ...]) -> SafeString:
    del language  # the active one; it stands here to be part of the key
    return render_to_string(name, {key: value for key, value, _ in given})
