"""The framework as SKOS in Turtle: one file, written by us, read with rdflib.

Sources: SKOS Reference, https://www.w3.org/TR/skos-reference/; RDF 1.1 Turtle, https://www.w3.org/TR/turtle/. Levels,
requirements and weights have words of our own vocabulary under the base address of the site, so that nothing is lost.
Vocabularies of others load as skills, one for each skos:Concept. Nothing is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.frameworks._collecting import Collected, read_files
from synchromesh.engine.exchange.frameworks._document import FrameworkDocument
from synchromesh.engine.exchange.frameworks._json_text import looks_like_json, utf8_text
from synchromesh.engine.exchange.frameworks._skos_graph import MOST_BYTES, RELATIVE, TooMuch, bounded_graph, read_graph
from synchromesh.engine.exchange.frameworks._skos_vocabulary import Address, Node, Object, Sequence, Text, prefixes
from synchromesh.engine.exchange.frameworks._skos_writing import framework_nodes
from synchromesh.engine.exchange.frameworks._stable_identifiers import DEFAULT_BASE, Identifiers

if TYPE_CHECKING:
    from rdflib import Graph

TITLE = "SKOS in Turtle (one .ttl file)"

_SIGN = b"<http://www.w3.org/2004/02/skos/core#"
_BAD_IN_ADDRESS = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r"[\x00-\x1f\x7f\"\\\ufeff\ufffe\uffff]")


def accepts(files: Mapping[str, bytes]) -> bool:
    """Tell whether a file is text that names SKOS as Turtle does."""
    return any(_is_turtle(name, data) for name, data in files.items())


def read(files: Mapping[str, bytes]) -> FrameworkDocument:
    """Read the file; raises InvalidInput, with line and column, when it is no sound Turtle or over the limits."""
    return read_files(files, is_ours=_is_turtle, read=_read_turtle)


def write(document: FrameworkDocument, *, base: str = DEFAULT_BASE) -> dict[str, bytes]:
    """Return framework.ttl; `base` is the address under which everything is named, our vocabulary too."""
    identifiers = Identifiers(base=base)
    head = [f"@prefix {prefix}: {_address(address)} ." for prefix, address in prefixes(identifiers.root).items()]
    bodies = [_written(node) for node in framework_nodes(document, identifiers)]
    return {"framework.ttl": "\n".join([*head, "", *bodies]).encode()}


def _is_turtle(name: str, data: bytes) -> bool:
    return _SIGN in data and not (looks_like_json(data) and b'"@' in data) and not data.lstrip().startswith(b"<?xml")


def _read_turtle(name: str, data: bytes, collected: Collected) -> None:
    text = utf8_text(data, name=name, most_bytes=MOST_BYTES)
    graph, lines = _parsed(text, name)
    read_graph(
        graph,
        name=name,
        place_of=lambda address: f"line {lines[address]}" if address in lines else f"<{address[:120]}>",
        collected=collected,
    )


def _parsed(text: str, name: str) -> tuple[Graph, dict[str, int]]:
    """Return the graph and the line on which each subject is first stated."""
    from rdflib import Literal, URIRef
    from rdflib.plugins.parsers.notation3 import BadSyntax, RDFSink, SinkParser

    graph = bounded_graph()
    lines: dict[str, int] = {}

    class Sink(RDFSink):
        def newSymbol(self, *args: str) -> URIRef:  # noqa: N802 - the name is rdflib's
            address = str(args[0])
            if _BAD_IN_ADDRESS.search(address):
                raise TooMuch("an address holds a space or another sign that addresses cannot have")
            return URIRef(address)

        def newLiteral(self, s: str, dt: URIRef | None, lang: str | None) -> Literal:  # noqa: N802
            return Literal(s, lang=lang)

        def makeStatement(self, quadruple: Any, why: Any = None) -> None:  # noqa: N802
            lines.setdefault(str(quadruple[2]), parser.lines + 1)
            super().makeStatement(quadruple, why)

    parser = SinkParser(Sink(graph), baseURI=RELATIVE, turtle=True)
    try:
        parser.loadBuf(text)
    except BadSyntax as error:
        place = f"line {text.count(chr(10), 0, error._i) + 1} column {error._i - text.rfind(chr(10), 0, error._i)}"
        raise InvalidInput(f"{name} is not sound Turtle: {place}: {error._why}. Correct this place.") from error
    except TooMuch as error:
        raise InvalidInput(f"{name} was not read: line {parser.lines + 1}: {error}.") from error
    except Exception as error:
        # rdflib raises whatever a damaged text happens to trip over, from IndexError to RecursionError.
        raise InvalidInput(f"{name} is not sound Turtle near line {parser.lines + 1}. Correct this place.") from error
    return graph, lines


def _written(node: Node) -> str:
    statements = [f"a {', '.join(node.classes)}"]
    statements += [f"{predicate} {', '.join(map(_object, objects))}" for predicate, objects in node.statements]
    return f"{_address(node.address)} " + " ;\n    ".join(statements) + " .\n"


def _object(value: Object) -> str:
    if isinstance(value, Address):
        return _address(value.value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Sequence):
        return f"( {' '.join(map(_object, value.items))} )"
    text = '"' + _ESCAPED.sub(lambda match: _SHORT.get(match[0]) or _escape(match), value.value) + '"'
    if isinstance(value, Text):
        return f"{text}@{value.language}" if value.language else text
    return f"{text}^^xsd:{value.type}"


def _address(address: str) -> str:
    return "<" + _BAD_IN_ADDRESS.sub(_escape, address) + ">"


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04X}"
