"""The inner part of a public page, kept for everybody: who is signed in gets the same words in a frame of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from synchromesh.plumbing.kept_values import KeptValues
from synchromesh.web.kept_pages.stamps import site_stamp

_MOST = 300
"""Fragments of some tens of kilobytes each."""
_Key = tuple[str, str, str, str]
_fragments: KeptValues[_Key, SafeString] = KeptValues(most=_MOST, stamp=site_stamp)


def kept_fragment(request: HttpRequest, template: str, context: Callable[[], Mapping[str, Any]]) -> SafeString:
    """The template with this context, made anew when anything has changed.

    It may depend on the address, the language, the records and the day alone. So that nothing of one reader gets into
    it, the template gets neither the request nor what belongs to it: only what `context` gives.
    """
    key = (template, get_language() or "en", request.path, request.META.get("QUERY_STRING", ""))

    def make(keys: list[_Key]) -> dict[_Key, SafeString]:
        return {keys[0]: render_to_string(template, dict(context()))}

    return _fragments.find([key], make)[key]
