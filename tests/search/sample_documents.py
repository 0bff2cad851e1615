"""Documents made up for the tests."""

from __future__ import annotations

from synchromesh.search.contract import Document


def document(slug: str, title: str = "", **columns: object) -> Document:
    """A role with an English title and the given columns."""
    made: dict[str, object] = {"kind": "role", "uid": f"uid-of-{slug}", "slug": slug, "titles": {"en": title}}
    return Document(**(made | columns))  # type: ignore[arg-type]
