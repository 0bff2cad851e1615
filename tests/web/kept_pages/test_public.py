"""Which views are public: a short list, so that adding one is a decision, and none of them is anybody's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    "home", "search", "courses:list", "roles:list", "skills:list", "skills:detail", "fields:list", "fields:detail",
    "organisations:list", "organisations:detail",
}  # fmt: skip


def _views(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _views(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern.callback


def test_only_these_views_are_public() -> None:
    found = {name for name, view in _views(get_resolver()) if getattr(view, "is_public_page", False)}
    assert found == PUBLIC
