"""Interactions in which something is typed or a gap is filled: text entry, inline choice, gap match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from synchromesh.engine.exchange.questions._qti_item import Draft, ItemReading, distinct_keys, keys_of
from synchromesh.engine.exchange.questions._qti_judging import CannotRepresent, Trial, not_understood
from synchromesh.engine.exchange.questions._qti_processing import NotUnderstood, Processing, Responses, tolerances
from synchromesh.engine.exchange.questions._qti_tree import Node
from synchromesh.engine.exchange.questions._qti_values import NUMBERS, Declaration, Single, as_decimal, read_single
from synchromesh.engine.vocabulary.questions import Choice, FillIn, Gap, Numeric, QuestionKind, ShortText

_NOBODY_TYPES = "\N{REPLACEMENT CHARACTER}"
_FAR = Decimal(1_000_003)
_MOST_SLIPS = 2
_LONGEST_SIGN = 8  # characters of a unit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One gap while it is read: what may stand in it, and the best of that."""

    node: Node
    declared: Declaration
    best: Single
    candidates: tuple[Single, ...]

    @property
    def wrong(self) -> Single:
        """What is never right."""
        return self.best + _FAR if isinstance(self.best, Decimal) else _NOBODY_TYPES


def read_entries(reading: ItemReading, nodes: Sequence[Node]) -> Draft:
    """Text entries and inline choices of a body: a gap each; one entry alone in its block is a question of its own."""
    processing = reading.processing()
    if processing is None:
        raise CannotRepresent("The item declares no right answer.")
    entries = [_entry(reading, node, processing) for node in nodes]
    only = entries[0]
    if len(entries) == 1 and only.declared.kind in NUMBERS and isinstance(only.best, Decimal):
        return _numeric(reading, only, only.best)
    if len(entries) == 1 and only.node.name == "qti-text-entry-interaction" and _stands_alone(reading.item, only.node):
        return _short_text(reading, only, processing)
    return _fill_in(reading, entries, processing)


def read_gap_match(reading: ItemReading, node: Node) -> Draft:
    """`qti-gap-match-interaction` with texts: each gap gets one of them, as from a list."""
    declared, texts = reading.declaration(node), node.named("qti-gap-text")
    gaps = [inside for inside in node.walk() if inside.name == "qti-gap"]
    pairs = [single for single in declared.correct.held if isinstance(single, tuple)] if declared.correct else []
    partner = {gap: text for text, gap in pairs}
    names = [gap.get("identifier") for gap in gaps]
    if (
        not names
        or node.named("qti-gap-img")
        or len(pairs) != len(names)
        or sorted(partner) != sorted(names)
        or len(texts) < 2
    ):
        raise CannotRepresent("The item does not declare exactly one text for each of its gaps.")
    trials = _gap_trials(declared, partner, [text.get("identifier") for text in texts])
    keys, choices = keys_of(gaps), keys_of(texts)
    body = FillIn(
        gaps=tuple(
            Gap(
                key=keys[name],
                accepted={},
                options=tuple(
                    Choice(
                        key=choices[text.get("identifier")],
                        texts=reading.texts(text.children),
                        correct=text.get("identifier") == partner[name],
                        feedback={},
                    )
                    for text in texts
                ),
            )
            for name in names
        )
    )
    places = {id(gap): f"{{{{{keys[gap.get('identifier')]}}}}}" for gap in gaps}
    verdict = reading.judge(trials)
    return Draft(kind=QuestionKind.FILL_IN, body=body, verdict=verdict, trials=trials, gaps=places)


def _gap_trials(declared: Declaration, partner: Mapping[str, str], texts: Sequence[str]) -> list[Trial]:
    answers: list[dict[str, str]] = [dict(partner), {}]
    for gap, text in partner.items():
        answers.append({**partner, gap: next(other for other in texts if other != text)})
        answers.append({gap: text})
    return [
        Trial(
            responses={declared.identifier: declared.value(*((text, gap) for gap, text in answer.items()))},
            share=Decimal(sum(partner[gap] == text for gap, text in answer.items())) / len(partner),
            whole=answer == partner,
        )
        for answer in answers
    ]


def _entry(reading: ItemReading, node: Node, processing: Processing) -> _Entry:
    declared = reading.declaration(node)
    if declared.cardinality != "single":
        raise CannotRepresent("The item takes several values from one entry.")
    candidates = _candidates(reading, node, declared)
    mapping = declared.mapping.entries if declared.mapping is not None else ()
    if declared.correct is not None:
        best = declared.correct.held[0]
    elif mapping:
        best = max(mapping, key=lambda entry: entry.worth).key
    elif candidates:
        best = max(candidates, key=lambda single: _points(processing, {declared.identifier: declared.value(single)}))
    else:
        raise CannotRepresent("The item declares no right answer.")
    return _Entry(node=node, declared=declared, best=best, candidates=tuple(dict.fromkeys([best, *candidates])))


def _candidates(reading: ItemReading, node: Node, declared: Declaration) -> list[Single]:
    """Whatever the item compares with: choices of a list, keys of the mapping, values in the rules."""
    if node.name == "qti-inline-choice-interaction":
        return [choice.get("identifier") for choice in node.named("qti-inline-choice")]
    rules = reading.item.first("qti-response-processing") or Node("")
    constants = [inside for inside in rules.walk() if inside.name == "qti-base-value"]
    stated = [
        read_single(declared.kind, inside.text()) for inside in constants if inside.get("base-type") == declared.kind
    ]
    keys = [entry.key for entry in declared.mapping.entries] if declared.mapping is not None else []
    return [single for single in [*keys, *stated] if single not in (None, "")]


def _full_forms(entry: _Entry, entries: Sequence[_Entry], processing: Processing) -> tuple[list[Single], bool]:
    """What gives all points in this gap while the others are right, and whether something gives a part of them."""
    base = {other.declared.identifier: other.declared.value(other.best) for other in entries}

    def points(single: Single) -> Decimal:
        return _points(processing, {**base, entry.declared.identifier: entry.declared.value(single)})

    most, least = points(entry.best), points(entry.wrong)
    full = [single for single in entry.candidates if points(single) >= most > least]
    return full, any(least < points(single) < most for single in entry.candidates)


def _exact_case(entry: _Entry, entries: Sequence[_Entry], processing: Processing) -> bool:
    base = {other.declared.identifier: other.declared.value(other.best) for other in entries}
    turned = str(entry.best).swapcase()
    if turned == str(entry.best):
        return False
    response = {**base, entry.declared.identifier: entry.declared.value(turned)}
    return _points(processing, response) < _points(processing, base)


def _short_text(reading: ItemReading, entry: _Entry, processing: Processing) -> Draft:
    forms, has_lesser = _full_forms(entry, [entry], processing)
    if has_lesser:
        reading.remarks.append("Some answers give part of the points in the item; here only those that give all count.")
    body = ShortText(
        accepted={reading.language: tuple(str(form) for form in forms)},
        exact_case=_exact_case(entry, [entry], processing),
        slips=class_number(entry.node, "slips", most=_MOST_SLIPS),
    )
    trials = _typed_trials([entry], {entry.declared.identifier: forms})
    verdict = reading.judge(trials, can_be_partial=False)
    return Draft(kind=QuestionKind.SHORT_TEXT, body=body, verdict=verdict, trials=trials, gaps={id(entry.node): ""})


def _fill_in(reading: ItemReading, entries: Sequence[_Entry], processing: Processing) -> Draft:
    keys = distinct_keys([entry.declared.identifier for entry in entries])
    gaps, forms = [], {}
    for entry in entries:
        full, has_lesser = _full_forms(entry, entries, processing)
        if not full:
            raise CannotRepresent("A gap of the item has no answer that is simply right.")
        if has_lesser:
            reading.remarks.append(
                "Some answers give part of the points of a gap; here only those that give all count."
            )
        forms[entry.declared.identifier] = full
        gaps.append(_gap(reading, entry, keys[entry.declared.identifier], full, entries, processing))
    trials = _typed_trials(entries, forms)
    return Draft(
        kind=QuestionKind.FILL_IN,
        body=FillIn(gaps=tuple(gaps)),
        verdict=reading.judge(trials),
        trials=trials,
        gaps={id(entry.node): f"{{{{{keys[entry.declared.identifier]}}}}}" for entry in entries},
    )


def _gap(
    reading: ItemReading,
    entry: _Entry,
    key: str,
    full: Sequence[Single],
    entries: Sequence[_Entry],
    processing: Processing,
) -> Gap:
    if entry.node.name != "qti-inline-choice-interaction":
        forms = tuple(_plain(single) for single in full)
        exact = not isinstance(entry.best, Decimal) and _exact_case(entry, entries, processing)
        return Gap(key=key, accepted={reading.language: forms}, exact_case=exact)
    choices = entry.node.named("qti-inline-choice")
    keys = keys_of(choices)
    options = tuple(
        Choice(
            key=keys[choice.get("identifier")],
            texts=reading.texts(choice.children),
            correct=choice.get("identifier") in full,
            feedback={},
        )
        for choice in choices
    )
    return Gap(key=key, accepted={}, options=options)


def _typed_trials(entries: Sequence[_Entry], forms: Mapping[str, Sequence[Single]]) -> list[Trial]:
    """All right, each other form, each gap wrong, each gap alone, nothing."""
    best = {entry.declared.identifier: entry.declared.value(entry.best) for entry in entries}
    empty: Responses = dict.fromkeys(best)
    trials = [Trial(responses=best, share=Decimal(1), whole=True), Trial(responses=empty, share=Decimal(0))]
    for entry in entries:
        name, value = entry.declared.identifier, entry.declared.value
        others = [{**best, name: value(form)} for form in forms[name] if form != entry.best]
        trials += [Trial(responses=responses, share=Decimal(1), whole=True) for responses in others]
        trials.append(
            Trial(responses={**best, name: value(entry.wrong)}, share=Decimal(len(entries) - 1) / len(entries))
        )
        if len(entries) > 1:
            trials.append(Trial(responses={**empty, name: best[name]}, share=Decimal(1) / len(entries)))
    return trials


def _numeric(reading: ItemReading, entry: _Entry, value: Decimal) -> Draft:
    tolerance, in_percent = _tolerance(reading, entry)
    margin = abs(value) * tolerance / 100 if in_percent else tolerance
    outside = margin + max(margin, abs(value), Decimal(1)) / 1000

    def trial(number: Decimal, *, whole: bool) -> Trial:
        responses = {entry.declared.identifier: entry.declared.value(number)}
        return Trial(responses=responses, share=Decimal(whole), whole=whole)

    trials = [trial(value + change, whole=True) for change in (Decimal(0), margin, -margin)]
    trials += [trial(value + change, whole=False) for change in (outside, -outside)]
    trials.append(Trial(responses={entry.declared.identifier: None}, share=Decimal(0)))
    verdict = reading.judge(trials, can_be_partial=False)
    unit = _take_unit(reading.item, entry.node)
    body = Numeric(
        value=value, tolerance=tolerance, tolerance_in_percent=in_percent, units={unit: Decimal(1)} if unit else {}
    )
    gaps = {id(entry.node): "" if unit or _stands_alone(reading.item, entry.node) else "…"}
    return Draft(kind=QuestionKind.NUMERIC, body=body, verdict=verdict, trials=trials, gaps=gaps)


def _tolerance(reading: ItemReading, entry: _Entry) -> tuple[Decimal, bool]:
    """How far an answer may be off, as a `qti-equal` about this response says, and whether that is in percent."""
    rules = reading.item.first("qti-response-processing") or Node("")
    for node in rules.walk():
        about = [child.get("identifier") for child in node.elements if child.name == "qti-variable"]
        if node.name != "qti-equal" or entry.declared.identifier not in about:
            continue
        mode = node.get("tolerance-mode", "exact")
        if mode == "exact":
            continue
        try:
            below, above = tolerances(node)
        except NotUnderstood as error:
            raise not_understood(error) from error
        if below != above:
            raise CannotRepresent("The item allows another tolerance upwards than downwards.")
        return below, mode == "relative"
    return Decimal(0), False


def _points(processing: Processing, responses: Responses) -> Decimal:
    try:
        return processing.score(responses)
    except NotUnderstood as error:
        raise not_understood(error) from error


def _plain(single: Single) -> str:
    return format(single, "f") if isinstance(single, Decimal) else str(single)


def _block_of(item: Node, entry: Node) -> Node | None:
    """The innermost element around an entry that is more than a stretch of text."""
    around: Node | None = None
    for node in item.walk():
        if node.name != "span" and any(inside is entry for inside in _inside(node)):
            around = node
    return around


def _inside(node: Node) -> list[Node]:
    """The elements right inside, and those in stretches of text."""
    return [
        found for child in node.elements for found in ([child] if child.name != "span" else [child, *_inside(child)])
    ]


def _stands_alone(item: Node, entry: Node) -> bool:
    block = _block_of(item, entry)
    return block is not None and (block.name == "qti-item-body" or not block.text()) and not _text_after(item, entry)


def _text_after(item: Node, entry: Node) -> bool:
    """Whether the body goes on after an entry."""
    body = item.first("qti-item-body")
    nodes = list(body.walk()) if body is not None else []
    passed = False
    for node in nodes:
        for child in node.children:
            if child is entry:
                passed = True
            elif passed and isinstance(child, str) and child.strip() and node is not entry:
                return True
    return False


def _take_unit(item: Node, entry: Node) -> str:
    """A short sign that stands alone behind an entry, such as V; it goes from the body into the question."""
    block = _block_of(item, entry)
    if block is None or block.name in ("qti-item-body", "td", "th"):
        return ""
    text = block.text()
    is_first = next((child for child in block.children if not isinstance(child, str) or child.strip()), None)
    is_sign = 0 < len(text) <= _LONGEST_SIGN and " " not in text and not text[:1].isdigit() and text.strip(".,;:?!…")
    if not is_sign or is_first is not entry or as_decimal(text) is not None:
        return ""
    block.children = [entry]
    return text


def class_number(node: Node, name: str, *, most: int) -> int:
    """The number of a class such as `slips-1`; 0 where there is none."""
    for word in node.get("class").split():
        number = word.removeprefix(f"{name}-")
        if number != word and number.isdigit():
            return min(int(number[:9]), most)
    return 0
