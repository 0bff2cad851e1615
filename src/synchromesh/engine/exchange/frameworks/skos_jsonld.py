"""The framework as SKOS in JSON-LD: one file, written by us, read with rdflib.

Sources: SKOS Reference, https://www.w3.org/TR/skos-reference/; JSON-LD 1.1, https://www.w3.org/TR/json-ld11/. The
content is that of the Turtle format. The context stands in the file, at its top; one that would have to be fetched is
refused, and nothing is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.frameworks._collecting import Collected, read_files
from synchromesh.engine.exchange.frameworks._document import FrameworkDocument
from synchromesh.engine.exchange.frameworks._json_text import json_bytes, looks_like_json, parse_json
from synchromesh.engine.exchange.frameworks._skos_graph import MOST_BYTES, RELATIVE, TooMuch, bounded_graph, read_graph
from synchromesh.engine.exchange.frameworks._skos_vocabulary import Address, Node, Object, Sequence, Text, prefixes
from synchromesh.engine.exchange.frameworks._skos_writing import framework_nodes
from synchromesh.engine.exchange.frameworks._stable_identifiers import DEFAULT_BASE, Identifiers

if TYPE_CHECKING:
    from rdflib import Graph

TITLE = "SKOS in JSON-LD (one .jsonld file with its context inside)"

# A key with a value: inside a text the quotation marks would be escaped.
_KEYWORD = re.compile(rb'"@(?:context|graph|id|type)"\s*:')
# Each term is worked out once; thousands of them in a file of skills are an attack.
_MOST_TERMS = 1_000


def accepts(files: Mapping[str, bytes]) -> bool:
    """Tell whether a file is JSON-LD that names SKOS."""
    return any(_is_jsonld(name, data) for name, data in files.items())


def read(files: Mapping[str, bytes]) -> FrameworkDocument:
    """Read the file; raises InvalidInput when it is no sound JSON-LD, refers to another file, or is over the limits."""
    return read_files(files, is_ours=_is_jsonld, read=_read_jsonld)


def write(document: FrameworkDocument, *, base: str = DEFAULT_BASE) -> dict[str, bytes]:
    """Return framework.jsonld; `base` is the address under which everything is named, our vocabulary too."""
    identifiers = Identifiers(base=base)
    nodes = [_written(node) for node in framework_nodes(document, identifiers)]
    return {"framework.jsonld": json_bytes({"@context": prefixes(identifiers.root), "@graph": nodes})}


def _is_jsonld(name: str, data: bytes) -> bool:
    return looks_like_json(data) and _KEYWORD.search(data) is not None and b"skos" in data.lower()


def _read_jsonld(name: str, data: bytes, collected: Collected) -> None:
    if len(data) > MOST_BYTES:
        raise InvalidInput(f"{name} has {len(data):,} bytes; at most {MOST_BYTES:,} are read. Split the file.")
    value, _ = parse_json(data, name=name)
    paths = _checked(value, name)
    graph = _parsed(value, name)
    read_graph(graph, name=name, place_of=lambda address: paths.get(address, f"<{address[:120]}>"), collected=collected)


def _checked(value: object, name: str) -> dict[str, str]:
    """Refuse contexts that are not plainly at the top; return the JSON path of each object that states an address."""
    tops = value if isinstance(value, list) else [value]
    for place, top in enumerate(tops):
        if isinstance(top, dict) and "@context" in top:
            where = f"$[{place}].@context" if isinstance(value, list) else "$.@context"
            _refuse_context(top["@context"], name, where)
    paths: dict[str, str] = {}
    for path, inner, top in _objects(value):
        if "@context" in inner and not top:
            raise InvalidInput(f"{name} has a context at {path}. Contexts are read only at the top of the file.")
        address = inner.get("@id")
        if isinstance(address, str) and len(inner) > 1:
            paths.setdefault(address, path)
    return paths


def _refuse_context(context: object, name: str, where: str) -> None:
    parts = context if isinstance(context, list) else [context]
    terms = 0
    for part in parts:
        if isinstance(part, str) or (isinstance(part, dict) and "@import" in part):
            raise InvalidInput(
                f"{name} refers to another file at {where}. Nothing is fetched: write the context itself there.",
                field="@context",
            )
        if part is not None and not isinstance(part, dict):
            raise InvalidInput(f"{name} has no object at {where}. A context is an object.", field="@context")
        for term, definition in (part or {}).items():
            if isinstance(definition, dict) and "@context" in definition:
                raise InvalidInput(
                    f"{name} has a context inside the term '{term[:60]}' at {where}; none is read there."
                )
            terms += 1
    if terms > _MOST_TERMS:
        raise InvalidInput(f"{name} has more than {_MOST_TERMS:,} terms at {where}.", field="@context")


def _objects(value: object) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Yield path, object and whether it stands at the top, for every object outside the contexts; no recursion."""
    waiting: list[tuple[str, object, bool]] = [("$", value, True)]
    while waiting:
        path, inner, top = waiting.pop()
        if isinstance(inner, dict):
            yield path, inner, top
            waiting += [(f"{path}.{key[:80]}", held, False) for key, held in inner.items() if key != "@context"]
        elif isinstance(inner, list):
            waiting += [(f"{path}[{place}]", held, top and path == "$") for place, held in enumerate(inner)]


def _parsed(value: object, name: str) -> Graph:
    from rdflib.plugins.parsers.jsonld import Parser
    from rdflib.plugins.shared.jsonld.context import Context
    from rdflib.plugins.shared.jsonld.keys import ID, LANG, VALUE, VOCAB

    class PlainParser(Parser):
        """Drops the types of literals before rdflib would look inside them."""

        def _to_object(self, dataset: Any, graph: Any, context: Any, term: Any, node: Any, inlist: bool = False) -> Any:
            if isinstance(node, dict) and context.get_value(node) is not None:
                node = {VALUE: context.get_value(node), LANG: context.get_language(node)}
            elif term is not None and term.type and term.type not in (ID, VOCAB) and not isinstance(node, dict | list):
                node = {VALUE: node}
            return super()._to_object(dataset, graph, context, term, node, inlist)

    graph = bounded_graph()
    try:
        PlainParser().parse(value, Context(base=RELATIVE, version=1.1), graph)
    except TooMuch as error:
        raise InvalidInput(f"{name} was not read: {error}.") from error
    except Exception as error:
        # rdflib raises whatever an odd structure happens to trip over, from AttributeError to RecursionError.
        raise InvalidInput(f"{name} is JSON, but its structure is not sound JSON-LD.") from error
    return graph


def _written(node: Node) -> dict[str, Any]:
    statements = {predicate: [_object(value) for value in objects] for predicate, objects in node.statements}
    return {"@id": node.address, "@type": list(node.classes), **statements}


def _object(value: Object) -> Any:
    if isinstance(value, Address):
        return {"@id": value.value}
    if isinstance(value, int):
        return value
    if isinstance(value, Sequence):
        return {"@list": [_object(item) for item in value.items]}
    if isinstance(value, Text):
        return {"@value": value.value, **({"@language": value.language} if value.language else {})}
    return {"@value": value.value, "@type": f"xsd:{value.type}"}
