"""Response processing of QTI, carried out: which outcomes follow from which responses.

Only what decides by comparing is understood; whatever draws by chance, looks into a table or calls for a plug-in
raises `NotUnderstood` with its name. The standard templates are written here as the rules that the standard gives for
them: https://www.imsglobal.org/spec/qti/v3p0/impl (response processing templates).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, DecimalException
from typing import TypeAlias

from synchromesh.engine.exchange.questions._qti_tree import Node
from synchromesh.engine.exchange.questions._qti_values import Declarations, Single, Value, as_decimal, read_single

Responses: TypeAlias = Mapping[str, Value | None]
Outcomes: TypeAlias = dict[str, Value | None]
TEMPLATES = ("match_correct", "map_response", "CC2_match", "CC2_match_basic", "CC2_map_response")
_MOST_STEPS = 300_000  # of all trials of one item together


class NotUnderstood(Exception):
    """The rules use what is not understood; `what` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Processing:
    """The rules of an item. `outcomes` carries them out for one set of responses."""

    def __init__(self, rules: Iterable[Node], declarations: Declarations) -> None:
        self._rules = list(rules)
        self._declarations = declarations
        self._steps_left = _MOST_STEPS

    def outcomes(self, responses: Responses) -> Outcomes:
        """What the rules set; raises NotUnderstood."""
        run = _Run(self._declarations, responses, most_steps=self._steps_left)
        try:
            run.carry_out(self._rules)
        except DecimalException as error:
            raise NotUnderstood("numbers that are too large") from error
        self._steps_left -= run.steps
        return run.outcomes

    def score(self, responses: Responses) -> Decimal:
        """The points for these responses; raises NotUnderstood."""
        return _number(self.outcomes(responses).get("SCORE")) or Decimal(0)


class _Run:
    """One go through the rules."""

    def __init__(self, declarations: Declarations, responses: Responses, *, most_steps: int) -> None:
        self.declarations = declarations
        self.responses = responses
        self.outcomes: Outcomes = {
            name: outcome.default or _zero(outcome.kind, outcome.cardinality)
            for name, outcome in declarations.outcomes.items()
        }
        self.steps = 0
        self._most_steps = most_steps

    def carry_out(self, rules: Iterable[Node]) -> bool:
        """Carry out rules in order; whether they ended early."""
        for rule in rules:
            self.count(1)
            if rule.name == "qti-set-outcome-value":
                self.outcomes[rule.get("identifier")] = self.evaluate(_only(rule))
            elif rule.name == "qti-response-condition":
                if self._choose(rule):
                    return True
            elif rule.name == "qti-response-processing-fragment":
                if self.carry_out(rule.elements):
                    return True
            elif rule.name == "qti-exit-response":
                return True
            else:
                raise NotUnderstood(rule.name)
        return False

    def _choose(self, condition: Node) -> bool:
        for branch in condition.elements:
            inside = branch.elements
            if branch.name == "qti-response-else":
                return self.carry_out(inside)
            if not inside:
                raise NotUnderstood(branch.name)
            if self.is_true(inside[0]):
                return self.carry_out(inside[1:])
        return False

    def is_true(self, node: Node) -> bool:
        """Whether an expression is true; NULL counts as false."""
        value = self.evaluate(node)
        return value is not None and value.held == (True,)

    def evaluate(self, node: Node) -> Value | None:
        """The value of an expression."""
        self.count(1)
        operator = _OPERATORS.get(node.name)
        if operator is None:
            raise NotUnderstood(node.name)
        return operator(self, node)

    def numbers(self, node: Node) -> list[Decimal] | None:
        """The numbers of all that stands inside; None where something is NULL."""
        found: list[Decimal] = []
        for child in node.elements:
            value = self.evaluate(child)
            if value is None:
                return None
            found += [single for single in value.held if isinstance(single, Decimal)]
        return found

    def count(self, steps: int) -> None:
        """Count what is done, since rules of strangers may ask for more than anybody would wait for."""
        self.steps += steps
        if self.steps > self._most_steps:
            raise NotUnderstood("too many steps")


def _zero(kind: str, cardinality: str) -> Value | None:
    """A number that nothing was set to begins at 0."""
    return Value(kind=kind, held=(Decimal(0),)) if kind in ("float", "integer") and cardinality == "single" else None


def _only(node: Node) -> Node:
    if len(node.elements) != 1:
        raise NotUnderstood(node.name)
    return node.elements[0]


def _two(run: _Run, node: Node) -> tuple[Value | None, Value | None]:
    if len(node.elements) != 2:
        raise NotUnderstood(node.name)
    return run.evaluate(node.elements[0]), run.evaluate(node.elements[1])


def _truth(value: bool) -> Value:
    return Value(kind="boolean", held=(value,))


def _float(number: Decimal) -> Value:
    return Value(kind="float", held=(number,))


def _number(value: Value | None) -> Decimal | None:
    held = value.held[0] if value is not None and len(value.held) == 1 else None
    return held if isinstance(held, Decimal) else None


def _variable(run: _Run, node: Node) -> Value | None:
    name = node.get("identifier")
    if name in run.outcomes:
        return run.outcomes[name]
    if name in run.declarations.responses:
        return run.responses.get(name)
    if name in ("completionStatus", "numAttempts", "duration"):
        raise NotUnderstood(f"qti-variable {name}")
    return None


def _correct(run: _Run, node: Node) -> Value | None:
    declaration = run.declarations.responses.get(node.get("identifier"))
    return declaration.correct if declaration else None


def _base_value(run: _Run, node: Node) -> Value | None:
    kind = node.get("base-type", "string")
    single = read_single(kind, "".join(child for child in node.children if isinstance(child, str)))
    return None if single in (None, "") else Value(kind=kind, held=(single,))


def _map_response(run: _Run, node: Node) -> Value | None:
    name = node.get("identifier")
    declaration, response = run.declarations.responses.get(name), run.responses.get(name)
    if declaration is None or declaration.mapping is None:
        raise NotUnderstood("qti-map-response without a qti-mapping")
    run.count(len(declaration.mapping.entries))
    return None if response is None else _float(declaration.mapping.worth(response))


def _match(run: _Run, node: Node) -> Value | None:
    one, other = _two(run, node)
    return None if one is None or other is None else _truth(one.matches(other))


def _equal(run: _Run, node: Node) -> Value | None:
    one, other = map(_number, _two(run, node))
    if one is None or other is None:
        return None
    mode = node.get("tolerance-mode", "exact")
    if mode == "exact":
        return _truth(one == other)
    below, above = tolerances(node)
    if mode == "relative":
        below, above = abs(other) * below / 100, abs(other) * above / 100
    elif mode != "absolute":
        raise NotUnderstood(f"qti-equal {mode}")
    return _truth(other - below <= one <= other + above)


def tolerances(node: Node) -> tuple[Decimal, Decimal]:
    """How far below and above a `qti-equal` allows; raises NotUnderstood for a variable or for open bounds."""
    numbers = [as_decimal(part) for part in node.get("tolerance").split()]
    open_bound = "false" in (node.get("include-lower-bound"), node.get("include-upper-bound"))
    if open_bound or not 1 <= len(numbers) <= 2 or any(number is None or number < 0 for number in numbers):
        raise NotUnderstood("qti-equal with this tolerance")
    return numbers[0] or Decimal(0), numbers[-1] or Decimal(0)


def _string_match(run: _Run, node: Node) -> Value | None:
    one, other = _two(run, node)
    if one is None or other is None or not isinstance(one.held[0], str) or not isinstance(other.held[0], str):
        return None
    here, there = one.held[0], other.held[0]
    if node.get("case-sensitive", "true") in ("false", "0"):
        here, there = here.casefold(), there.casefold()
    return _truth(there in here if node.get("substring") in ("true", "1") else here == there)


def _member(run: _Run, node: Node) -> Value | None:
    one, other = _two(run, node)
    return None if one is None or other is None else _truth(one.held[0] in other.held)


def _contains(run: _Run, node: Node) -> Value | None:
    whole, part = _two(run, node)
    return None if whole is None or part is None else _truth(set(part.held) <= set(whole.held))


def _index(run: _Run, node: Node) -> Value | None:
    value, place = run.evaluate(_only(node)), node.get("n")
    if not place.isdigit():
        raise NotUnderstood(f"qti-index {place}")
    if value is None or not 1 <= int(place) <= len(value.held):
        return None
    return Value(kind=value.kind, held=(value.held[int(place) - 1],))


def _container(cardinality: str) -> Callable[[_Run, Node], Value | None]:
    def gather(run: _Run, node: Node) -> Value | None:
        values = [value for child in node.elements if (value := run.evaluate(child)) is not None]
        held: tuple[Single, ...] = tuple(single for value in values for single in value.held)
        return Value(kind=values[0].kind, held=held, cardinality=cardinality) if values else None

    return gather


def _comparing(holds: Callable[[Decimal, Decimal], bool]) -> Callable[[_Run, Node], Value | None]:
    def compare(run: _Run, node: Node) -> Value | None:
        one, other = map(_number, _two(run, node))
        return None if one is None or other is None else _truth(holds(one, other))

    return compare


def _reckoning(reckon: Callable[[list[Decimal]], Decimal | None]) -> Callable[[_Run, Node], Value | None]:
    def result(run: _Run, node: Node) -> Value | None:
        numbers = run.numbers(node)
        number = reckon(numbers) if numbers else None
        return None if number is None else _float(number)

    return result


def _product(numbers: list[Decimal]) -> Decimal:
    result = Decimal(1)
    for number in numbers:
        result *= number
    return result


def _quotient(numbers: list[Decimal]) -> Decimal | None:
    return numbers[0] / numbers[1] if len(numbers) == 2 and numbers[1] else None


def _not(run: _Run, node: Node) -> Value | None:
    value = run.evaluate(_only(node))
    return None if value is None else _truth(value.held != (True,))


_OPERATORS: Mapping[str, Callable[[_Run, Node], Value | None]] = {
    "qti-variable": _variable,
    "qti-correct": _correct,
    "qti-base-value": _base_value,
    "qti-null": lambda run, node: None,
    "qti-map-response": _map_response,
    "qti-is-null": lambda run, node: _truth(run.evaluate(_only(node)) is None),
    "qti-not": _not,
    "qti-and": lambda run, node: _truth(all(run.is_true(child) for child in node.elements)),
    "qti-or": lambda run, node: _truth(any(run.is_true(child) for child in node.elements)),
    "qti-match": _match,
    "qti-equal": _equal,
    "qti-string-match": _string_match,
    "qti-member": _member,
    "qti-contains": _contains,
    "qti-index": _index,
    "qti-multiple": _container("multiple"),
    "qti-ordered": _container("ordered"),
    "qti-gt": _comparing(lambda one, other: one > other),
    "qti-gte": _comparing(lambda one, other: one >= other),
    "qti-lt": _comparing(lambda one, other: one < other),
    "qti-lte": _comparing(lambda one, other: one <= other),
    "qti-sum": _reckoning(lambda numbers: sum(numbers, Decimal(0))),
    "qti-product": _reckoning(_product),
    "qti-subtract": _reckoning(lambda numbers: numbers[0] - numbers[1] if len(numbers) == 2 else None),
    "qti-divide": _reckoning(_quotient),
    "qti-max": _reckoning(max),
    "qti-min": _reckoning(min),
}
