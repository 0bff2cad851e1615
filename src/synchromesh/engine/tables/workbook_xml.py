"""The parts of a workbook through expat: no tree, no objects, no entities."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, NoReturn
from xml.parsers import expat

_PIECE = 64 * 1024  # bytes
# Both namespaces of ECMA-376: transitional, which all programs write, and strict.
_NAMESPACES = frozenset({
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
})  # fmt: skip


def parse_parts(
    part: BinaryIO,
    *,
    start: Callable[[str, dict[str, str]], bool],
    end: Callable[[str], None],
    text: Callable[[str], object],
) -> Iterator[None]:
    """Parse a part piece by piece, and give way after each, so that what was found in it can be taken.

    `start` and `end` get the names of elements of spreadsheets without their namespace; where `start` says True, `text`
    gets the pieces of the text that follows, to the next end. Raises ExpatError where the part is no XML and ValueError
    where it declares a document type.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    names = _LocalNames()

    def started(name: str, attributes: dict[str, str]) -> None:
        if start(names[name], attributes):
            parser.CharacterDataHandler = text

    def ended(name: str) -> None:
        parser.CharacterDataHandler = None
        end(names[name])

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.StartDoctypeDeclHandler = _refuse
    while piece := part.read(_PIECE):
        parser.Parse(piece, False)
        yield
    parser.Parse(b"", True)
    yield


class _LocalNames(dict[str, str]):
    """The name of an element of spreadsheets by its full name, "" for one of another namespace."""

    def __missing__(self, name: str) -> str:
        namespace, _, local = name.rpartition(" ")
        self[name] = local if namespace in _NAMESPACES else ""
        return self[name]


def _refuse(*_: object) -> NoReturn:
    raise ValueError("A workbook declares no document type.")
