"""Interactions in which something is picked, ordered or joined: choice, hotspot, order, match, associate."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from synchromesh.engine.exchange.questions._qti_item import Draft, ItemReading, keys_of
from synchromesh.engine.exchange.questions._qti_judging import CannotRepresent, Trial, Verdict, trials_of_set
from synchromesh.engine.exchange.questions._qti_processing import Responses
from synchromesh.engine.exchange.questions._qti_tree import Node
from synchromesh.engine.exchange.questions._qti_values import Declaration
from synchromesh.engine.exchange.questions._qti_words import says_true_or_false
from synchromesh.engine.vocabulary.questions import (
    Choice,
    Choices,
    Item,
    Matching,
    Ordering,
    QuestionKind,
    Scale,
)


def read_choice(reading: ItemReading, node: Node) -> Draft:
    """`qti-choice-interaction`: single, multiple or true-false; a scale where nothing says what is right."""
    declared, options = reading.declaration(node), node.named("qti-simple-choice")
    is_single = declared.cardinality == "single" or node.get("max-choices", "1") == "1"
    if is_single and reading.processing() is None:
        keys = keys_of(options)
        steps = tuple(Item(key=keys[o.get("identifier")], texts=reading.texts(o.children)) for o in options)
        return Draft(kind=QuestionKind.SCALE, body=Scale(steps=steps), verdict=None)
    correct, trials, verdict = pick(reading, declared, options, is_single=is_single)
    body = _choices(reading, options, correct, keep_order=_keeps_order(node, options))
    kind = QuestionKind.SINGLE if is_single else QuestionKind.MULTIPLE
    if is_single and _is_true_false(reading, body):
        kind, body = QuestionKind.TRUE_FALSE, _true_false(body)
    return Draft(kind=kind, body=body, verdict=verdict, trials=trials)


def pick(
    reading: ItemReading, declared: Declaration, options: Sequence[Node], *, is_single: bool
) -> tuple[list[str], list[Trial], Verdict]:
    """The identifiers of the right choices, the trials and what they showed."""
    every = [option.get("identifier") for option in options]
    correct = [identifier for identifier in every if identifier in _declared_right(declared)]
    if not correct or (is_single and len(correct) != 1):
        raise CannotRepresent("The item does not say which choice is right, or says it of several where one is asked.")

    def value(keys: Sequence[str]) -> Responses:
        return {declared.identifier: declared.value(*keys)}

    if is_single:
        trials = [
            Trial(responses=value([key]), share=Decimal(key in correct), whole=key in correct, picked=frozenset({key}))
            for key in every
        ]
        trials.append(Trial(responses=value([]), share=Decimal(0)))
    else:
        trials = trials_of_set(value, correct=correct, wrong=[key for key in every if key not in correct])
    return correct, trials, reading.judge(trials, can_be_partial=not is_single)


def read_order(reading: ItemReading, node: Node) -> Draft:
    """`qti-order-interaction` in which all choices are put in order."""
    declared, options = reading.declaration(node), node.named("qti-simple-choice")
    correct = [str(single) for single in declared.correct.held] if declared.correct else []
    by_identifier = {option.get("identifier"): option for option in options}
    if sorted(correct) != sorted(by_identifier):
        raise CannotRepresent("The item does not declare one right order of all its choices.")
    keys = keys_of(options)
    items = tuple(Item(key=keys[name], texts=reading.texts(by_identifier[name].children)) for name in correct)
    trials = _order_trials(declared, correct)
    verdict = reading.judge(trials)
    return Draft(kind=QuestionKind.ORDER, body=Ordering(items=items), verdict=verdict, trials=trials)


def read_match(reading: ItemReading, node: Node) -> Draft:
    """`qti-match-interaction` in which each choice of one side has exactly one partner."""
    declared, sides = reading.declaration(node), node.named("qti-simple-match-set")
    pairs = _pairs(declared)
    if len(sides) != 2 or not pairs:
        raise CannotRepresent("The item does not declare which choices belong together.")
    first, second = (side.named("qti-simple-associable-choice") for side in sides)
    if _each_once([left for left, _ in pairs], first):
        return _matching(reading, declared, first, second, dict(pairs), turned=False)
    if _each_once([right for _, right in pairs], second):
        return _matching(reading, declared, second, first, {right: left for left, right in pairs}, turned=True)
    raise CannotRepresent("Some choices of the item have no partner or several, on both sides.")


def read_associate(reading: ItemReading, node: Node) -> Draft:
    """`qti-associate-interaction` in which no choice is used twice: one of each pair is matched to the other."""
    declared, options = reading.declaration(node), node.named("qti-simple-associable-choice")
    pairs = _pairs(declared)
    used = [end for pair in pairs for end in pair]
    order = [option.get("identifier") for option in options]
    if not pairs or len(set(used)) < len(used) or not set(used) <= set(order):
        raise CannotRepresent("The item does not declare pairs in which each choice stands once.")
    partner = {min(pair, key=order.index): max(pair, key=order.index) for pair in pairs}
    first = [option for option in options if option.get("identifier") in partner]
    second = [option for option in options if option.get("identifier") not in partner]
    return _matching(reading, declared, first, second, partner, turned=False)


def _declared_right(declared: Declaration) -> set[str]:
    if declared.correct is not None:
        return {str(single) for single in declared.correct.held}
    entries = declared.mapping.entries if declared.mapping is not None else ()
    return {str(entry.key) for entry in entries if entry.worth > 0}


def _pairs(declared: Declaration) -> list[tuple[str, str]]:
    if declared.correct is not None:
        found = [single for single in declared.correct.held if isinstance(single, tuple)]
    else:
        entries = declared.mapping.entries if declared.mapping is not None else ()
        found = [entry.key for entry in entries if entry.worth > 0 and isinstance(entry.key, tuple)]
    return [(pair[0], pair[1]) for pair in found]


def _choices(reading: ItemReading, options: Sequence[Node], correct: Sequence[str], *, keep_order: bool) -> Choices:
    keys = keys_of(options)
    choices = tuple(
        Choice(
            key=keys[option.get("identifier")],
            texts=reading.texts(option.children),
            correct=option.get("identifier") in correct,
            feedback={},
        )
        for option in options
    )
    return Choices(choices=choices, keep_order=keep_order)


def _keeps_order(node: Node, options: Sequence[Node]) -> bool:
    return node.get("shuffle") not in ("true", "1") or all(option.get("fixed") in ("true", "1") for option in options)


def _is_true_false(reading: ItemReading, body: Choices) -> bool:
    texts = {choice.key: choice.texts.get(reading.language, "") for choice in body.choices}
    return texts.keys() == {"true", "false"} and says_true_or_false(texts["true"], texts["false"])


def _true_false(body: Choices) -> Choices:
    """The texts are left out, since the platform has words of its own, and true stands first."""
    plain = [Choice(key=c.key, texts={}, correct=c.correct, feedback=c.feedback) for c in body.choices]
    return Choices(choices=tuple(sorted(plain, key=lambda choice: choice.key, reverse=True)), keep_order=True)


def _order_trials(declared: Declaration, correct: Sequence[str]) -> list[Trial]:
    """The right order, each two neighbours swapped, all reversed: what stays in order among itself counts here."""
    most = Decimal(max(len(correct) - 1, 1))
    orders = [(list(correct), Decimal(1)), (list(reversed(correct)), Decimal(0))]
    for place in range(len(correct) - 1):
        swapped = list(correct)
        swapped[place : place + 2] = reversed(swapped[place : place + 2])
        orders.append((swapped, (most - 1) / most))
    trials = [
        Trial(
            responses={declared.identifier: declared.value(*order)},
            share=share,
            whole=order == list(correct),
        )
        for order, share in orders
    ]
    return [*trials, Trial(responses={declared.identifier: None}, share=Decimal(0))]


def _each_once(ends: Sequence[str], options: Sequence[Node]) -> bool:
    return sorted(ends) == sorted(option.get("identifier") for option in options)


def _matching(
    reading: ItemReading,
    declared: Declaration,
    first: Sequence[Node],
    second: Sequence[Node],
    partner: dict[str, str],
    *,
    turned: bool,
) -> Draft:
    """`partner` leads from items (`first`) to targets (`second`); `turned`: the response says it the other way."""
    keys = keys_of([*first, *second])
    if not keys.keys() >= {*partner, *partner.values()}:
        raise CannotRepresent("The item declares pairs with a choice that it does not have.")
    trials = _match_trials(declared, partner, [node.get("identifier") for node in second], turned=turned)
    verdict = reading.judge(trials)
    items, targets = (
        tuple(Item(key=keys[node.get("identifier")], texts=reading.texts(node.children)) for node in side)
        for side in (first, second)
    )
    pairs = {keys[item]: keys[target] for item, target in partner.items()}
    body = Matching(items=items, targets=targets, pairs=pairs)
    return Draft(kind=QuestionKind.MATCH, body=body, verdict=verdict, trials=trials)


def _match_trials(
    declared: Declaration, partner: dict[str, str], targets: Sequence[str], *, turned: bool
) -> list[Trial]:
    answers = [dict(partner), {}]
    for item in partner:
        answers.append({other: target for other, target in partner.items() if other != item})
        wrong = next((target for target in targets if target != partner[item]), None)
        if wrong is not None:
            answers.append({**partner, item: wrong})
    answers += [{item: target} for item, target in partner.items()]

    def pair(item: str, target: str) -> tuple[str, ...]:
        ends = (target, item) if turned else (item, target)
        return tuple(sorted(ends)) if declared.kind == "pair" else ends

    return [
        Trial(
            responses={declared.identifier: declared.value(*(pair(i, t) for i, t in answer.items()))},
            share=Decimal(sum(partner[item] == target for item, target in answer.items())) / len(partner),
            whole=answer == partner,
        )
        for answer in answers
    ]
