"""The bodies of questions, read kind by kind from a document; see `question_documents`.

Each reader returns what it could make of the values; whether that may be used is for the caller, who looks whether
faults were found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from synchromesh.engine.vocabulary._document_values import DocumentValues
from synchromesh.engine.vocabulary._region_checks import check_region
from synchromesh.engine.vocabulary.prompt_gaps import gaps_of
from synchromesh.engine.vocabulary.questions import (
    Body,
    Choice,
    Choices,
    Criterion,
    FileAnswer,
    FillIn,
    FreeText,
    Gap,
    Hotspot,
    Item,
    Matching,
    Numeric,
    Ordering,
    QuestionKind,
    Region,
    RubricStep,
    Scale,
    ShortText,
    Texts,
)
from synchromesh.engine.vocabulary.unit_signs import plain_unit

MOST_POINTS = Decimal(1000)
MOST_WORDS = 100_000
MOST_MEGABYTES = 100
_ENDING = re.compile("[a-z0-9]{1,10}")
_PLAIN_NAME = re.compile(r"[^/\\\s:][^/\\:]{0,198}")


def read_body(kind: QuestionKind, values: DocumentValues, prompts: Texts) -> Body:
    """The body of a question of `kind`."""
    if kind is QuestionKind.FILL_IN:
        return _fill_in(values, prompts)
    return _READERS[kind](values)


def _single(values: DocumentValues) -> Choices:
    body = _choices(values)
    correct = sum(choice.correct for choice in body.choices)
    if correct != 1:
        values.fault("choices", f"Exactly one choice must be correct, and {correct} are marked so.")
    return body


def _multiple(values: DocumentValues) -> Choices:
    body = _choices(values)
    if not any(choice.correct for choice in body.choices):
        values.fault("choices", "At least one choice must be correct.")
    return body


def _choices(values: DocumentValues) -> Choices:
    choices = values.children("choices", _choice, least=2)
    _check_distinct(values, "choices", choices)
    return Choices(choices=choices, keep_order=values.truth("keep_order") or False)


def _choice(values: DocumentValues) -> Choice:
    return Choice(
        key=values.slug("key"),
        texts=values.texts("texts", required=True),
        correct=values.truth("correct") or False,
        feedback=values.texts("feedback"),
    )


def _true_false(values: DocumentValues) -> Choices:
    answer = values.truth("answer")
    if answer is None and not values.has("answer"):
        values.fault("answer", "The value is missing but needed: true or false.")
    return Choices(
        choices=tuple(
            Choice(key=key, texts={}, correct=answer is (key == "true"), feedback=values.texts(f"feedback_{key}"))
            for key in ("true", "false")
        ),
        keep_order=True,
    )


def _ordering(values: DocumentValues) -> Ordering:
    items = _items(values, "items", least=2)
    if _counts_up([item.key for item in items]):
        values.remark(
            "items", "The keys count up in the right order, and pages show keys in their source. Rename them."
        )
    return Ordering(items=items)


def _counts_up(keys: Sequence[str]) -> bool:
    """Whether keys are numbered (a, b, c; 1, 2, 3; step-1, step-2) from the first to the last."""
    numbered = len(keys) > 1 and all(len(key) == 1 or re.search(r"\d", key) for key in keys)
    return numbered and list(keys) == sorted(keys, key=lambda key: (len(key), key))


def _items(values: DocumentValues, key: str, *, least: int) -> tuple[Item, ...]:
    items = values.children(key, _item, least=least)
    _check_distinct(values, key, items)
    return items


def _item(values: DocumentValues) -> Item:
    return Item(key=values.slug("key"), texts=values.texts("texts", required=True))


def _matching(values: DocumentValues) -> Matching:
    items, targets = _items(values, "items", least=1), _items(values, "targets", least=2)
    within = values.child("pairs")
    pairs = {name: within.slug(name) for name in within.names()}
    known, ends = {item.key for item in items}, {target.key for target in targets}
    for item in sorted(known - pairs.keys() - {""}):
        values.fault("pairs", f"The item '{item}' has no target. Add it.")
    for item, target in pairs.items():
        if item not in known:
            within.fault(item, f"There is no item '{item[:80]}'.")
        elif target and target not in ends:
            within.fault(item, f"There is no target '{target}'.")
    return Matching(items=items, targets=targets, pairs=pairs)


def _fill_in(values: DocumentValues, prompts: Texts) -> FillIn:
    default = values.truth("exact_case") or False
    gaps = values.children("gaps", lambda within: _gap(within, exact_case=default), least=1)
    _check_keys(values, "gaps", [gap.key for gap in gaps])
    keys = {gap.key for gap in gaps if gap.key}
    for language, prompt in prompts.items():
        found = Counter(gaps_of(prompt))
        for key in sorted(keys - found.keys()):
            values.fault(f"prompts.{language}", f"The gap '{key}' is missing in this prompt. Write {{{{{key}}}}}.")
        for key in sorted(found.keys() - keys):
            values.fault(f"prompts.{language}", f"The prompt has a gap '{key}' that is not among the gaps.")
        for key in sorted(key for key, count in found.items() if count > 1 and key in keys):
            values.fault(f"prompts.{language}", f"The gap '{key}' stands more than once in this prompt.")
    return FillIn(gaps=gaps)


def _gap(values: DocumentValues, *, exact_case: bool) -> Gap:
    own = values.truth("exact_case")
    if not values.has("options"):
        return Gap(key=values.slug("key"), accepted=_accepted(values), exact_case=exact_case if own is None else own)
    options = values.children("options", _choice, least=2)
    _check_distinct(values, "options", options)
    if not any(option.correct for option in options):
        values.fault("options", "At least one option must be correct.")
    if values.has("accepted"):
        values.fault("accepted", "A gap is typed (accepted) or picked (options), not both.")
    return Gap(key=values.slug("key"), accepted={}, options=options, exact_case=own or False)


def _accepted(values: DocumentValues) -> dict[str, tuple[str, ...]]:
    before = len(values.findings.faults)
    read = values.by_language("accepted", lambda within, name: within.forms(name))
    found = {language: forms for language, forms in read.items() if forms}
    if not found and len(values.findings.faults) == before:
        values.fault("accepted", "At least one accepted form is needed, such as {en: [relay]}.")
    return found


def _numeric(values: DocumentValues) -> Numeric:
    value, tolerance = values.number("value"), values.number("tolerance")
    if not values.has("value"):
        values.fault("value", "The value is missing but needed.")
    if tolerance is not None and tolerance < 0:
        values.fault("tolerance", "The tolerance must not be below 0.")
    return Numeric(
        value=value or Decimal(0),
        tolerance=tolerance or Decimal(0),
        tolerance_in_percent=values.truth("tolerance_in_percent") or False,
        units=_units(values),
    )


def _units(values: DocumentValues) -> dict[str, Decimal]:
    """The units, that of the value first. Their order follows from what they are: not every store keeps one."""
    within = values.child("units")
    found: dict[str, Decimal] = {}
    for name in within.names():
        factor = within.number(name)
        if not plain_unit(name) or len(name) > 20 or name[:1].isdigit():
            within.fault(name[:60], "A unit is a short sign such as V or kWh.")
        elif factor is not None and factor <= 0:
            within.fault(name, "The factor of a unit must be above 0.")
        elif factor is not None:
            found[name] = factor
    if found and Decimal(1) not in found.values():
        values.fault("units", "One unit needs the factor 1: the one in which the value is written.")
    doubled = [name for name, count in Counter(plain_unit(name) for name in found).items() if count > 1]
    if doubled:
        values.fault("units", f"The unit '{doubled[0]}' stands there twice.")
    return dict(sorted(found.items(), key=lambda unit: (unit[1] != 1, unit[1], len(unit[0]), unit[0])))


def _hotspot(values: DocumentValues) -> Hotspot:
    media = values.text("media", required=True, most=200)
    if media and not _PLAIN_NAME.fullmatch(media):
        values.fault("media", "The name of a file is needed, without a folder.")
    regions = values.children("regions", _region, least=2)
    _check_keys(values, "regions", [region.key for region in regions])
    _check_texts(values, "regions", [region.labels for region in regions])
    if regions and len({region.correct for region in regions}) == 1:
        message = "At least one region must be correct and one not: who cannot see the picture picks from their labels."
        values.fault("regions", message)
    return Hotspot(media=media, alternatives=values.texts("alternatives", required=True), regions=regions)


def _region(values: DocumentValues) -> Region:
    shape = values.text("shape", required=True, most=20)
    places = check_region(values, shape)
    return Region(
        key=values.slug("key"),
        shape=shape,
        places=places,
        labels=values.texts("labels", required=True),
        correct=values.truth("correct") or False,
    )


def _short_text(values: DocumentValues) -> ShortText:
    return ShortText(
        accepted=_accepted(values),
        exact_case=values.truth("exact_case") or False,
        slips=values.whole_number("slips", 0, least=0, most=2),
    )


def _free_text(values: DocumentValues) -> FreeText:
    least = values.whole_number("least_words", 0, least=0, most=MOST_WORDS)
    most = values.whole_number("most_words", 0, least=0, most=MOST_WORDS)
    if most and least > most:
        values.fault("least_words", "At least so many words cannot be more than at most so many (most_words).")
    return FreeText(
        rubric=_rubric(values), least_words=least, most_words=most, model_answers=values.texts("model_answers")
    )


def _file(values: DocumentValues) -> FileAnswer:
    endings = FileAnswer(rubric=()).endings
    if values.has("endings"):
        endings = tuple(form.lower().removeprefix(".") for form in values.forms("endings"))
        if not endings or not all(_ENDING.fullmatch(ending) for ending in endings):
            values.fault("endings", "Endings of files are needed, such as [pdf, odt].")
    return FileAnswer(
        rubric=_rubric(values),
        endings=tuple(dict.fromkeys(endings)),
        most_megabytes=values.whole_number("most_megabytes", 10, least=1, most=MOST_MEGABYTES),
    )


def _rubric(values: DocumentValues) -> tuple[Criterion, ...]:
    rubric = values.children("rubric", _criterion, least=1)
    _check_keys(values, "rubric", [criterion.key for criterion in rubric])
    return rubric


def _criterion(values: DocumentValues) -> Criterion:
    steps = values.children("steps", _step, least=2)
    points = [step.points for step in steps]
    if any(here >= following for here, following in pairwise(points)):
        values.fault("steps", "The points of the steps must rise from the first to the last.")
    return Criterion(key=values.slug("key"), titles=values.texts("titles", required=True), steps=steps)


def _step(values: DocumentValues) -> RubricStep:
    points = values.number("points")
    if points is None:
        if not values.has("points"):
            values.fault("points", "The points are missing but needed.")
    elif fault := points_fault(points, least=Decimal(0)):
        values.fault("points", fault)
    return RubricStep(points=points or Decimal(0), texts=values.texts("texts", required=True))


def points_fault(points: Decimal, *, least: Decimal) -> str:
    """Why so many points cannot be given; "" where they can."""
    if not least <= points <= MOST_POINTS:
        return f"Points go from {least} to {MOST_POINTS}."
    return "" if (points * 100) % 1 == 0 else "Points have at most two places behind the point."


def _scale(values: DocumentValues) -> Scale:
    return Scale(steps=_items(values, "steps", least=2))


def _check_distinct(values: DocumentValues, key: str, entries: Sequence[Choice | Item]) -> None:
    _check_keys(values, key, [entry.key for entry in entries])
    _check_texts(values, key, [entry.texts for entry in entries])


def _check_keys(values: DocumentValues, key: str, keys: Iterable[str]) -> None:
    for name, count in Counter(keys).items():
        if name and count > 1:
            values.fault(key, f"The key '{name}' stands {count} times; keys must differ.")


def _check_texts(values: DocumentValues, key: str, entries: Sequence[Texts]) -> None:
    """Two entries that say the same cannot be told apart by who answers."""
    said = Counter((language, text) for texts in entries for language, text in texts.items())
    for (language, text), count in said.items():
        if count > 1:
            values.fault(key, f"'{text[:60]}' ({language}) stands there {count} times; nobody can tell them apart.")


_READERS: Mapping[QuestionKind, Callable[[DocumentValues], Body]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.TRUE_FALSE: _true_false,
    QuestionKind.ORDER: _ordering,
    QuestionKind.MATCH: _matching,
    QuestionKind.NUMERIC: _numeric,
    QuestionKind.HOTSPOT: _hotspot,
    QuestionKind.SHORT_TEXT: _short_text,
    QuestionKind.FREE_TEXT: _free_text,
    QuestionKind.FILE: _file,
    QuestionKind.SCALE: _scale,
}
