"""Which rules an item is scored by: its own, those of a standard template, or those that its declarations imply."""

from __future__ import annotations

from synchromesh.engine.exchange.questions._qti_processing import NotUnderstood, Processing
from synchromesh.engine.exchange.questions._qti_tree import Node
from synchromesh.engine.exchange.questions._qti_values import Declaration, Declarations

_MATCHING = ("match_correct", "CC2_match", "CC2_match_basic")
_MAPPING = ("map_response", "map_response_point", "CC2_map_response")


def find_processing(item: Node, declarations: Declarations) -> Processing | None:
    """The rules of an item; None where nothing says what is right.

    Raises NotUnderstood for a template that is none of the standard.
    """
    stated = item.first("qti-response-processing")
    if stated is not None and stated.elements:
        return Processing(stated.elements, declarations)
    template = stated.get("template") or stated.get("template-location") if stated is not None else ""
    if template:
        return Processing(_template_rules(template, declarations), declarations)
    implied = _implied_rules(declarations)
    return Processing(implied, declarations) if implied else None


def set_score(*values: Node) -> Node:
    """The rule that makes the sum of expressions the points."""
    inside = values[0] if len(values) == 1 else Node("qti-sum", {}, list(values))
    return Node("qti-set-outcome-value", {"identifier": "SCORE"}, [inside])


def number_value(number: object) -> Node:
    """A number as an expression."""
    return Node("qti-base-value", {"base-type": "float"}, [str(number)])


def is_correct(identifier: str) -> Node:
    """The expression that a response is the declared right one."""
    attributes = {"identifier": identifier}
    return Node("qti-match", {}, [Node("qti-variable", dict(attributes)), Node("qti-correct", dict(attributes))])


def when(condition: Node, *then: Node, otherwise: tuple[Node, ...] = ()) -> Node:
    """The rule that does one thing or another."""
    branches: list[Node | str] = [Node("qti-response-if", {}, [condition, *then])]
    if otherwise:
        branches.append(Node("qti-response-else", {}, list(otherwise)))
    return Node("qti-response-condition", {}, branches)


def add_mapped(identifier: str) -> Node:
    """The rule that adds what a response is worth, if there is one, since a sum with nothing in it is nothing."""
    is_there = Node("qti-not", {}, [Node("qti-is-null", {}, [Node("qti-variable", {"identifier": identifier})])])
    return when(is_there, set_score(Node("qti-variable", {"identifier": "SCORE"}), mapped(identifier)))


def mapped(identifier: str) -> Node:
    """The expression for what a response is worth by its mapping."""
    return Node("qti-map-response", {"identifier": identifier})


def _template_rules(template: str, declarations: Declarations) -> list[Node]:
    name = template.rstrip("/").rpartition("/")[2].removesuffix(".xml")
    responses = declarations.responses
    identifier = "RESPONSE" if "RESPONSE" in responses or len(responses) != 1 else next(iter(responses))
    if name in _MATCHING:
        return [when(is_correct(identifier), set_score(number_value(1)), otherwise=(set_score(number_value(0)),))]
    if name in _MAPPING:
        return [set_score(mapped(identifier))]
    raise NotUnderstood(f"the template {template[:200]}")


def _implied_rules(declarations: Declarations) -> list[Node]:
    """Without rules of its own, what is declared right is right: mappings add up, else all must match."""
    known = [response for response in declarations.responses.values() if response.correct or response.mapping]
    if not known:
        return []
    if all(response.mapping for response in known):
        return [set_score(number_value(0)), *(add_mapped(response.identifier) for response in known)]
    if not all(response.correct for response in known):
        return []
    condition = Node("qti-and", {}, [is_correct(response.identifier) for response in known])
    return [when(condition, set_score(number_value(_most(declarations, known))))]


def _most(declarations: Declarations, known: list[Declaration]) -> object:
    score = declarations.outcomes.get("SCORE")
    return score.highest if score is not None and score.highest is not None and score.highest > 0 else 1
