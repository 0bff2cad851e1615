"""Where an address inside a package leads: from the folder of the file in which it stands, or from the top."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote


def path_of(address: str, *, file: str) -> str:
    """The path of what `file` refers to; it may lead out of the package, where nothing is found."""
    plain = unquote(address)
    if plain.startswith("/"):
        return posixpath.normpath(plain).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), plain))
