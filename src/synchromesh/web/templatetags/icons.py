"""The tag `lucide` of django-lucide, which draws an icon anew each time: here each is drawn once and kept.

Templates load `icons`, never `lucide`.
"""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from lucide.templatetags import lucide as drawn

register = template.Library()


@register.simple_tag
def lucide(name: str, *, size: int | None = 24, **attributes: object) -> SafeString:
    """The icon as SVG; the same name, size and attributes give the same drawing. Raises IconDoesNotExist."""
    return _draw(str(name), size, tuple((key, str(value)) for key, value in attributes.items()))


@lru_cache(maxsize=1024)
def _draw(name: str, size: int | None, attributes: tuple[tuple[str, str], ...]) -> SafeString:
    return SafeString(drawn.lucide(name, size=size, **dict(attributes)))
