"""Slugs: the readable part of an address, made from a title; lower-case a to z, digits and hyphens."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from synchromesh.engine.vocabulary.folding import take_apart

_VALID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slugify(text: str) -> str:
    """Return the slug of a title: "Hochvolt-Prüfung (Größe 2)" gives "hochvolt-prufung-grosse-2".

    Letters outside the Latin script are left out, so a Greek or Bulgarian title may give "".
    """
    return "-".join(re.findall("[a-z0-9]+", take_apart(text).encode("ascii", "ignore").decode("ascii")))


def distinct_slug(text: str) -> str:
    """Return a slug that also tells apart texts whose letters a slug cannot hold; never empty.

    Where letters are lost, eight hexadecimal digits of the text's SHA-256 follow.
    """
    slug = slugify(text)
    lost = any(character.isalnum() and not character.isascii() for character in take_apart(text))
    if slug and not lost:
        return slug
    digest = hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:8]
    return f"{slug}-{digest}" if slug else digest


def is_slug(text: str) -> bool:
    """Tell whether `text` is a slug as `slugify` makes them."""
    return _VALID.fullmatch(text) is not None
