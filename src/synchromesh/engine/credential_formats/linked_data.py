"""A JSON-LD document as statements, strictly: whatever would silently fall out of the graph is refused.

JSON-LD drops words that no context defines and identifiers that are no whole address. What is dropped is not signed, so
somebody could add it to a signed credential. PyLD expands the document (JSON-LD 1.1 Processing Algorithms, section 5);
the statements (section 8.2) are written here, straight in the canonical form of N-Quads.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from typing import Any

from synchromesh.engine.credential_formats import contexts
from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.canonical_labels import Quad
from synchromesh.engine.credential_formats.limits import MOST_DEFINITIONS, MOST_QUADS
from synchromesh.engine.credential_formats.plain_reading import check_own_words
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE, _FIRST, _REST, _NIL = (f"<{_RDF}{name}>" for name in ("type", "first", "rest", "nil"))
# What a relative identifier is resolved against, to be recognized afterwards.
_NOWHERE = "undefined-term://x/"
# RFC 3987, less the signs that would end an IRI of N-Quads early.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\ud800-\udfff]*")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_BLANK = re.compile(r"_:[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
# RDFC-1.0 section 5: canonical N-Quads.
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(32), 127)} | {
    8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"
}  # fmt: skip
_NEEDS_ESCAPE = re.compile(r"[\x00-\x1f\x7f\"\\]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_of_thread = threading.local()


def statements_of(document: Mapping[str, Any]) -> tuple[set[Quad], str]:
    """Read a JSON-LD document into its statements, with the term of the document itself (empty: it says nothing).

    Raises Refusal for anything that would not become a statement.
    """
    check_own_words(document)
    if _more_values_than(MOST_QUADS, document):
        raise Refusal(Reason.GRAPH_TOO_LARGE, limit=str(MOST_QUADS))
    statements = _Statements()
    try:
        terms = [statements.node(node, "") for node in expanded(document)]
    except (AttributeError, KeyError, TypeError) as fault:
        raise Refusal(Reason.NOT_JSON_LD, problem=f"{type(fault).__name__} in what PyLD made of it.") from None
    return statements.quads, terms[0] if len(terms) == 1 else ""


def _more_values_than(most: int, document: Any) -> bool:
    """Whether a document holds more values than that; it is not counted further."""
    waiting, count = [document], 0
    while waiting and count <= most:
        value = waiting.pop()
        count += 1
        if isinstance(value, dict | list):
            waiting += value.values() if isinstance(value, dict) else value
    return count > most


def expanded(document: Mapping[str, Any]) -> list[Any]:
    """Expand a JSON-LD document with pinned contexts only. Raises Refusal, also for a word that no context defines."""
    from pyld.jsonld import JsonLdError

    processor, options = _processor()
    try:
        found: list[Any] = processor.expand_within(document, options, most_definitions=MOST_DEFINITIONS)
    except JsonLdError as fault:
        _raise_cause(fault)
    except RecursionError:
        raise Refusal(Reason.NOT_JSON_LD, problem="its contexts refer to each other without end.") from None
    except (AttributeError, KeyError, IndexError, TypeError, ValueError, SyntaxWarning) as fault:
        # PyLD trusts the shapes inside a context; a document of an attacker may bring any.
        raise Refusal(Reason.NOT_JSON_LD, problem=f"{type(fault).__name__} while its words were looked up.") from None
    return found


def _raise_cause(fault: BaseException) -> None:
    """Raise the refusal that made PyLD fail, or else one with the innermost sentence of PyLD."""
    innermost = fault
    while innermost.__cause__ is not None:
        innermost = innermost.__cause__
        if isinstance(innermost, Refusal):
            raise innermost
    words = str(innermost.args[0] if innermost.args else innermost).split("\n")[0]
    raise Refusal(Reason.NOT_JSON_LD, problem=words[:200]) from None


def _processor() -> tuple[Any, dict[str, Any]]:
    """PyLD's processor and options for this thread: its caches of contexts are not made for several at once."""
    if not hasattr(_of_thread, "processor"):
        from synchromesh.engine.credential_formats.expansion import Expander, PinnedContexts

        pinned = PinnedContexts(contexts.get_context)
        _of_thread.processor = Expander(pinned, _refuse_dropped)
        _of_thread.options = {
            "base": _NOWHERE,
            "documentLoader": None,
            "contextResolver": pinned,
            "processingMode": "json-ld-1.1",
        }
    return _of_thread.processor, _of_thread.options


def _refuse_dropped(term: str | None) -> None:
    raise Refusal(Reason.UNDEFINED_TERM, term=str(term).removeprefix(_NOWHERE)[:100])


class _Statements:
    """Walks an expanded document and collects its statements."""

    def __init__(self) -> None:
        self.quads: set[Quad] = set()
        self.blank: dict[str, str] = {}
        self.count = 0

    def _add(self, subject: str, predicate: str, object_: str, graph: str) -> None:
        self.quads.add(Quad(subject, predicate, object_, graph))
        if len(self.quads) > MOST_QUADS:
            raise Refusal(Reason.GRAPH_TOO_LARGE, limit=str(MOST_QUADS))

    def _new_blank(self) -> str:
        self.count += 1
        return f"_:b{self.count}"

    def _resource(self, identifier: Any) -> str:
        if not isinstance(identifier, str):
            raise Refusal(Reason.NOT_JSON_LD, problem="an identifier or type is no text.")
        if identifier.startswith("_:"):
            if not _BLANK.fullmatch(identifier):
                raise Refusal(Reason.NOT_JSON_LD, problem=f"“{identifier[:80]}” is no name of a blank node.")
            found = self.blank.get(identifier)
            if found is None:
                found = self.blank[identifier] = self._new_blank()
            return found
        return _iri(identifier)

    def node(self, node: Mapping[str, Any], graph: str) -> str:
        """Write the statements about a node and return its term."""
        identifier = node.get("@id")
        subject = self._new_blank() if identifier is None else self._resource(identifier)
        for name, values in node.items():
            if name[0] != "@":
                predicate = _predicate(name)
                for value in values:
                    self._add(subject, predicate, self._value(value, graph), graph)
            elif name != "@id":
                self._keyword(name, values, subject, graph)
        return subject

    def _keyword(self, name: str, values: Any, subject: str, graph: str) -> None:
        if name == "@type":
            for value in values:
                self._add(subject, _TYPE, self._resource(value), graph)
        elif name == "@graph":
            for value in values:
                self._value(value, subject)
        elif name == "@included":
            for value in values:
                self.node(value, graph)
        elif name == "@reverse":
            for predicate, nodes in values.items():
                for node in nodes:
                    self._add(self.node(node, graph), _predicate(predicate), subject, graph)
        else:
            raise Refusal(Reason.UNDEFINED_TERM, term=name)

    def _value(self, value: Any, graph: str) -> str:
        if "@value" in value:
            return _literal(value)
        if "@list" in value:
            return self._list(value, graph)
        node: Mapping[str, Any] = value
        return self.node(node, graph)

    def _list(self, value: Mapping[str, Any], graph: str) -> str:
        if len(value) != 1:
            raise Refusal(Reason.UNDEFINED_TERM, term="@index")
        rest = _NIL
        for item in reversed(value["@list"]):
            place = self._new_blank()
            self._add(place, _FIRST, self._value(item, graph), graph)
            self._add(place, _REST, rest, graph)
            rest = place
        return rest


def _iri(text: str) -> str:
    if text.startswith(_NOWHERE):
        raise Refusal(Reason.UNDEFINED_TERM, term=text.removeprefix(_NOWHERE)[:100])
    if not _IRI.fullmatch(text):
        raise Refusal(Reason.NOT_JSON_LD, problem=f"“{text[:100]}” is no whole address.")
    return f"<{text}>"


def _predicate(name: str) -> str:
    if name.startswith("_:"):
        raise Refusal(Reason.UNDEFINED_TERM, term=name[:100])
    return _iri(name)


def _literal(value: Mapping[str, Any]) -> str:
    content, kind, language = value["@value"], value.get("@type"), value.get("@language")
    if "@index" in value:
        raise Refusal(Reason.UNDEFINED_TERM, term="@index")
    if kind == "@json":
        return f"{quoted(canonical_json(content).decode())}^^<{_RDF}JSON>"
    if isinstance(content, bool):
        content, kind = str(content).lower(), kind or f"{_XSD}boolean"
    elif isinstance(content, int | float):
        content, kind = _number(content, kind)
    text = quoted(content)
    if language is not None:
        if not _LANGUAGE.fullmatch(language):
            raise Refusal(Reason.NOT_JSON_LD, problem=f"“{language[:40]}” is no language.")
        return f"{text}@{language}"
    if kind is None or kind == f"{_XSD}string":
        return text
    return f"{text}^^{_iri(kind)}"


def _number(value: float, kind: str | None) -> tuple[str, str]:
    """JSON-LD 1.1 API, section 8.6: a whole number is an integer however it was written, any other a double."""
    whole = isinstance(value, int) or value.is_integer()
    if whole and abs(value) < 1e21 and kind != f"{_XSD}double":
        return str(int(value)), kind or f"{_XSD}integer"
    mantissa, exponent = f"{float(value):.15E}".split("E")
    mantissa = mantissa.rstrip("0")
    return f"{mantissa}{'0' if mantissa.endswith('.') else ''}E{int(exponent)}", kind or f"{_XSD}double"


def quoted(text: str) -> str:
    """Write a text as a literal of canonical N-Quads (RDFC-1.0 section 5). Raises Refusal for half a letter."""
    if _NEEDS_ESCAPE.search(text):
        text = text.translate(_ESCAPES)
    if not text.isascii() and _LONE_SURROGATE.search(text):
        raise Refusal(Reason.NOT_TEXT)
    return f'"{text}"'
