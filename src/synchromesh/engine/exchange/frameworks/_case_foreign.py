"""An item of somebody else's CASE package as a skill."""

from __future__ import annotations

from typing import Any

from synchromesh.engine.exchange.frameworks._record_rules import language_of
from synchromesh.engine.vocabulary.slugs import slugify

KEYS_READ = frozenset(
    {
        "identifier", "sourcedId", "uri", "fullStatement", "abbreviatedStatement", "CFItemType", "humanCodingScheme",
        "notes", "language", "lastChangeDateTime", "CFDocumentURI", "listEnumeration", "CFItemTypeURI", "extensions",
    }
)  # fmt: skip
# Types that say no more than that the item is a skill; others are named in a problem.
TYPES_OF_SKILLS = frozenset({"", "skill", "knowledge", "competence", "competency", "learning outcome", "outcome"})
_LONGEST_TITLE = 150


def foreign_skill(item: dict[str, Any], *, identifier: str, language: str) -> dict[str, Any] | None:
    """Return the plain values of a skill, None for an item without a statement; `language` where it states none.

    The statement becomes the title, or the description where it is long or there is a short form. The identifier is the
    id, and part of the slug, since statements repeat within a package.
    """
    statement, short = (_line(item.get(key)) for key in ("fullStatement", "abbreviatedStatement"))
    if not statement and not short:
        return None
    title = short or statement
    if len(title) > _LONGEST_TITLE:
        title = f"{title[:_LONGEST_TITLE].rsplit(' ', 1)[0]} …"
    full = item.get("fullStatement") if title != statement else None
    description = "\n".join(text for text in (full, item.get("notes")) if isinstance(text, str) and text.strip())
    language = language_of(item.get("language")) or language
    code = identifier or _line(item.get("humanCodingScheme"))
    return {
        "id": code,
        "slug": "-".join(filter(None, (slugify(title)[:60].strip("-"), slugify(identifier)[:8].strip("-")))) or None,
        "kind": _kind(_line(item.get("CFItemType"))),
        "titles": {language: title},
        "descriptions": {language: description} if description else {},
        "provenance": {"source": "CASE package", "source_url": _web_address(item.get("uri"))},
    }


def _kind(item_type: str) -> str:
    lowered = item_type.lower()
    if "knowledge" in lowered:
        return "knowledge"
    return "competence" if "competenc" in lowered else "skill"


def _line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _web_address(value: object) -> str | None:
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else None
