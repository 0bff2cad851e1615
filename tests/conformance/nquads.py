"""A reader of N-Quads for test vectors (W3C RDF 1.1 N-Quads); the product only writes them."""

from __future__ import annotations

import re

from synchromesh.engine.credential_formats.canonical_labels import Quad
from synchromesh.engine.credential_formats.linked_data import quoted

_IRI = r"<([^\x00-\x20<>\"{}|^`]*)>"
_BLANK = r"_:[\w.-]*[\w-]"
_LITERAL = rf'"((?:[^"\\\n\r]|\\.)*)"(?:\^\^{_IRI}|@([A-Za-z0-9-]+))?'
_LINE = re.compile(
    rf"\s*({_IRI}|{_BLANK})\s*({_IRI})\s*({_IRI}|{_BLANK}|{_LITERAL})\s*({_IRI}|{_BLANK})?\s*\.\s*(#.*)?"
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_SIGNS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def read_nquads(text: str) -> list[Quad]:
    """The statements of a file, with their terms in canonical form. Raises ValueError for a line that is none."""
    quads: list[Quad] = []
    for line in re.split(r"[\r\n]+", text):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(line)
        subject, predicate, object_, graph = (found[number] for number in (1, 3, 5, 10))
        if object_.startswith('"'):
            object_ = _literal(found[7], found[8], found[9])
        quads.append(Quad(_term(subject), _term(predicate), _term(object_), _term(graph or "")))
    return quads


def _term(text: str) -> str:
    return _unescaped(text) if text.startswith("<") else text


def _literal(content: str, kind: str | None, language: str | None) -> str:
    written = quoted(_unescaped(content))
    if language:
        return f"{written}@{language}"
    return written if kind in (None, _STRING) else f"{written}^^<{_unescaped(kind)}>"


def _unescaped(text: str) -> str:
    def sign(found: re.Match[str]) -> str:
        code = found[1]
        return _SIGNS.get(code) or chr(int(code[1:], 16))

    return _ESCAPE.sub(sign, text)
