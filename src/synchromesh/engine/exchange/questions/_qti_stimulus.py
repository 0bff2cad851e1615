"""Texts that several items share (`qti-assessment-stimulus`): each item gets a copy in front of its own text."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from synchromesh.engine.exchange.questions._qti_judging import CannotRepresent
from synchromesh.engine.exchange.questions._qti_paths import path_of
from synchromesh.engine.exchange.questions._qti_tree import Node, parse_xml


def shared_text(item: Node, *, file: str, files: Mapping[str, bytes]) -> list[Node | str]:
    """The shared texts of an item, with their pictures as the item would refer to them.

    Raises CannotRepresent when one is not among the files, InvalidInput when its XML is no use.
    """
    found: list[Node | str] = []
    for reference in item.named("qti-assessment-stimulus-ref"):
        path = path_of(reference.get("href"), file=file)
        if path not in files:
            raise CannotRepresent(f"The shared text '{path[:80]}' is not among the files. Import the whole package.")
        body = parse_xml(files[path], name=path).first("qti-stimulus-body")
        if body is not None:
            _move_pictures(body, towards=posixpath.dirname(file), away=posixpath.dirname(path))
            found += body.children
    return found


def _move_pictures(body: Node, *, towards: str, away: str) -> None:
    for node in body.walk():
        for name in ("src", "data"):
            address = node.get(name)
            if address and "://" not in address:
                moved = posixpath.relpath(posixpath.join(away, address) or ".", towards or ".")
                node.attributes[name] = moved
