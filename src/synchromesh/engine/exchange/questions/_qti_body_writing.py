"""The body of an item with its interaction, what it declares about responses, and the rules for the points."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import singledispatch

from synchromesh.engine.exchange.questions._qti_hotspot_reading import pixels
from synchromesh.engine.exchange.questions._qti_language import CannotSay, OneLanguage
from synchromesh.engine.exchange.questions._qti_markup import MEDIA_FOLDER, Content, fill_gaps
from synchromesh.engine.exchange.questions._qti_rubrics import written_rubric
from synchromesh.engine.exchange.questions._qti_rules import (
    add_mapped,
    is_correct,
    mapped,
    number_value,
    set_score,
    when,
)
from synchromesh.engine.exchange.questions._qti_tree import Node
from synchromesh.engine.exchange.questions._qti_words import TRUE_FALSE
from synchromesh.engine.vocabulary.questions import (
    Body,
    Choice,
    Choices,
    FileAnswer,
    FillIn,
    FreeText,
    Gap,
    Hotspot,
    Item,
    Matching,
    Numeric,
    Ordering,
    Question,
    QuestionKind,
    Scale,
    ShortText,
)

_FINEST = Decimal("0.000001")
_SHAPES = {"circle": "circle", "rectangle": "rect", "polygon": "poly"}


@dataclass(slots=True, kw_only=True)
class Written:
    """The parts of an item. `template` names the standard rules that say the same as `rules`, if there are any."""

    responses: list[Node]
    body: Content
    rules: list[Node] = field(default_factory=list)
    template: str = ""
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the writers of bodies know besides the body."""

    question: Question
    say: OneLanguage
    sizes: Mapping[str, tuple[int, int]]

    @property
    def prompt(self) -> Content:
        """The prompt as blocks."""
        return self.say.blocks(self.question.prompts, "prompts")


def body_of(question: Question, *, say: OneLanguage, sizes: Mapping[str, tuple[int, int]]) -> Written:
    """Write the body; raises CannotSay."""
    return _body(question.body, Setting(question=question, say=say, sizes=sizes))


def identifier_of(key: str) -> str:
    """Keys may begin with a digit, identifiers of QTI not."""
    return key if key[:1].isalpha() else f"_{key}"


def declaration(
    name: str, kind: str, cardinality: str, correct: Iterable[str] = (), mapping: Node | None = None
) -> Node:
    """A response declaration."""
    values: Content = [Node("qti-value", {}, [value]) for value in correct]
    children: Content = [Node("qti-correct-response", {}, values)] if values else []
    attributes = {"identifier": name, "cardinality": cardinality, "base-type": kind}
    return Node("qti-response-declaration", attributes, children + ([mapping] if mapping is not None else []))


def mapping_of(worths: Mapping[str, Decimal], *, points: Decimal | None = None, exact_case: bool = True) -> Node:
    """What each value is worth; with `points` the sum stays between 0 and these."""
    bounds = {} if points is None else {"lower-bound": "0", "upper-bound": format(points, "f")}
    entries: Content = [
        Node(
            "qti-map-entry",
            {"map-key": key, "mapped-value": format(worth, "f"), "case-sensitive": "true" if exact_case else "false"},
        )
        for key, worth in worths.items()
    ]
    return Node("qti-mapping", {"default-value": "0", **bounds}, entries)


def _share(points: Decimal, count: int) -> Decimal:
    return (points / count).quantize(_FINEST).normalize() + 0


def all_or_nothing(question: Question) -> tuple[list[Node], str]:
    """The rules for an answer that must be all right, and the template that says the same for one point."""
    rule = when(
        is_correct("RESPONSE"),
        set_score(number_value(format(question.points, "f"))),
        otherwise=(set_score(number_value(0)),),
    )
    return [rule], "match_correct" if question.points == 1 else ""


def _asked(name: str, attributes: Mapping[str, str], setting: Setting, children: Sequence[Node | str]) -> Content:
    """An interaction with its prompt: a single paragraph stands inside, more of them before it."""
    prompt = setting.prompt
    only = prompt[0] if len(prompt) == 1 else None
    node = Node(name, {"response-identifier": "RESPONSE", **attributes}, [*children])
    if not isinstance(only, Node) or only.name != "p":
        return [*prompt, node]
    node.children.insert(0, Node("qti-prompt", {}, only.children))
    return [node]


@singledispatch
def _body(body: Body, setting: Setting) -> Written:
    raise TypeError(f"{type(body).__name__} is no body of a question.")  # pragma: no cover - the types leave none


@_body.register
def _(body: Choices, setting: Setting) -> Written:
    question = setting.question
    is_single = question.kind is not QuestionKind.MULTIPLE
    options = [
        Node("qti-simple-choice", {"identifier": identifier_of(choice.key)}, _choice_content(choice, setting))
        for choice in body.choices
    ]
    attributes = {
        "max-choices": "1" if is_single else "0",
        "shuffle": "false" if body.keep_order else "true",
    }
    content = _asked("qti-choice-interaction", attributes, setting, options)
    return _picked(setting, content, [(choice.key, choice.correct) for choice in body.choices], is_single=is_single)


def _choice_content(choice: Choice, setting: Setting) -> Content:
    if setting.question.kind is QuestionKind.TRUE_FALSE:
        true, false = TRUE_FALSE.get(setting.say.language, TRUE_FALSE["en"])
        return [true if choice.key == "true" else false]
    return setting.say.inline(choice.texts, f"choices {choice.key}")


def _picked(setting: Setting, content: Content, entries: Sequence[tuple[str, bool]], *, is_single: bool) -> Written:
    """Responses and rules where right ones of a set are picked; a wrong pick takes a right one away."""
    question = setting.question
    correct = [identifier_of(key) for key, is_right in entries if is_right]
    if question.partial and not is_single:
        worth = _share(question.points, len(correct))
        worths = {identifier_of(key): worth if is_right else -worth for key, is_right in entries}
        declared = declaration(
            "RESPONSE", "identifier", "multiple", correct, mapping_of(worths, points=question.points)
        )
        return Written(
            responses=[declared], body=content, rules=[set_score(mapped("RESPONSE"))], template="map_response"
        )
    declared = declaration("RESPONSE", "identifier", "single" if is_single else "multiple", correct)
    rules, template = all_or_nothing(question)
    return Written(responses=[declared], body=content, rules=rules, template=template)


@_body.register
def _(body: Ordering, setting: Setting) -> Written:
    question, order = setting.question, [identifier_of(item.key) for item in body.items]
    # Whoever shows the items without shuffling them must not show the right order.
    shown = sorted(body.items, key=lambda item: hashlib.sha256(f"{question.key} {item.key}".encode()).digest())
    if [item.key for item in shown] == [item.key for item in body.items]:
        shown = [*shown[1:], shown[0]]
    options = _options("qti-simple-choice", shown, setting)
    content = _asked("qti-order-interaction", {"shuffle": "true"}, setting, options)
    declared = declaration("RESPONSE", "identifier", "ordered", order)
    rules, template = all_or_nothing(question)
    written = Written(responses=[declared], body=content, rules=rules, template=template)
    if question.partial:
        written.rules, written.template = _points_by_place(order, _share(question.points, len(order))), ""
        written.remarks.append(
            "Parts of the points are given by place there, and by right order among themselves here."
        )
    return written


def _points_by_place(order: Sequence[str], worth: Decimal) -> list[Node]:
    rules = []
    for place, identifier in enumerate(order, 1):
        at_place = Node("qti-index", {"n": str(place)}, [Node("qti-variable", {"identifier": "RESPONSE"})])
        expected = Node("qti-base-value", {"base-type": "identifier"}, [identifier])
        more = set_score(Node("qti-variable", {"identifier": "SCORE"}), number_value(format(worth, "f")))
        rules.append(when(Node("qti-match", {}, [at_place, expected]), more))
    return rules


@_body.register
def _(body: Matching, setting: Setting) -> Written:
    question = setting.question
    sides: Content = [
        Node("qti-simple-match-set", {}, [*_options("qti-simple-associable-choice", side, setting, limit=limit)])
        for side, limit in ((body.items, "1"), (body.targets, "0"))
    ]
    attributes = {"shuffle": "true", "max-associations": str(len(body.items))}
    content = _asked("qti-match-interaction", attributes, setting, sides)
    pairs = [f"{identifier_of(item.key)} {identifier_of(body.pairs[item.key])}" for item in body.items]
    if not question.partial:
        rules, template = all_or_nothing(question)
        declared = declaration("RESPONSE", "directedPair", "multiple", pairs)
        return Written(responses=[declared], body=content, rules=rules, template=template)
    worths = dict.fromkeys(pairs, _share(question.points, len(pairs)))
    declared = declaration("RESPONSE", "directedPair", "multiple", pairs, mapping_of(worths, points=question.points))
    return Written(responses=[declared], body=content, rules=[set_score(mapped("RESPONSE"))], template="map_response")


def _options(name: str, items: Iterable[Item], setting: Setting, *, limit: str = "") -> list[Node]:
    bounds = {"match-max": limit} if limit else {}
    return [
        Node(name, {"identifier": identifier_of(item.key), **bounds}, setting.say.inline(item.texts, item.key))
        for item in items
    ]


@_body.register
def _(body: FillIn, setting: Setting) -> Written:
    question = setting.question
    names = {gap.key: identifier_of(gap.key) for gap in body.gaps}
    worth = _share(question.points, len(body.gaps))
    responses = [_gap_declaration(gap, names[gap.key], worth, setting) for gap in body.gaps]
    fields = {gap.key: _gap_field(gap, names[gap.key], setting) for gap in body.gaps}
    content = fill_gaps(setting.prompt, lambda key: fields[key])
    if question.partial:
        rules = [add_mapped(name) for name in names.values()]
    else:
        right: Content = [Node("qti-gt", {}, [mapped(name), number_value(0)]) for name in names.values()]
        rules = [when(Node("qti-and", {}, right), set_score(number_value(format(question.points, "f"))))]
    written = Written(responses=responses, body=content, rules=rules)
    if any(option.feedback for gap in body.gaps for option in gap.options):
        written.remarks.append("The feedback on single options of gaps is left out.")
    return written


def _gap_declaration(gap: Gap, name: str, worth: Decimal, setting: Setting) -> Node:
    if gap.options:
        right = [identifier_of(option.key) for option in gap.options if option.correct]
        return declaration(name, "identifier", "single", right[:1], mapping_of(dict.fromkeys(right, worth)))
    forms = _forms(gap.accepted, setting)
    worths = dict.fromkeys(forms, worth)
    return declaration(name, "string", "single", forms[:1], mapping_of(worths, exact_case=gap.exact_case))


def _gap_field(gap: Gap, name: str, setting: Setting) -> Node:
    if not gap.options:
        length = str(max(map(len, _forms(gap.accepted, setting))) + 2)
        return Node("qti-text-entry-interaction", {"response-identifier": name, "expected-length": length})
    options: Content = [
        Node(
            "qti-inline-choice", {"identifier": identifier_of(option.key)}, setting.say.inline(option.texts, option.key)
        )
        for option in gap.options
    ]
    return Node("qti-inline-choice-interaction", {"response-identifier": name, "shuffle": "true"}, options)


def _forms(accepted: Mapping[str, tuple[str, ...]], setting: Setting) -> tuple[str, ...]:
    forms = accepted.get(setting.say.language, ())
    if not forms:
        raise CannotSay(f"It is left out, since no accepted form is in the language {setting.say.language}.")
    return forms


@_body.register
def _(body: Numeric, setting: Setting) -> Written:
    question = setting.question
    value, tolerance = format(body.value, "f"), format(body.tolerance, "f")
    mode = {"tolerance-mode": "exact"}
    if body.tolerance:
        kind = "relative" if body.tolerance_in_percent else "absolute"
        mode = {"tolerance-mode": kind, "tolerance": f"{tolerance} {tolerance}"}
    name = {"identifier": "RESPONSE"}
    is_near = Node("qti-equal", mode, [Node("qti-variable", dict(name)), Node("qti-correct", dict(name))])
    rules = [when(is_near, set_score(number_value(format(question.points, "f"))))]
    entry = Node("qti-text-entry-interaction", {"response-identifier": "RESPONSE", "expected-length": "15"})
    unit = next(iter(body.units), "")
    written = Written(
        responses=[declaration("RESPONSE", "float", "single", [value])],
        body=[*setting.prompt, Node("p", {}, [entry, f" {unit}"] if unit else [entry])],
        rules=rules,
    )
    if len(body.units) > 1:
        written.remarks.append(f"Only answers in {unit} are taken there; the other units are left out.")
    return written


@_body.register
def _(body: ShortText, setting: Setting) -> Written:
    question, forms = setting.question, _forms(body.accepted, setting)
    attributes = {"response-identifier": "RESPONSE", "expected-length": str(max(map(len, forms)) + 2)}
    if body.slips:
        attributes["class"] = f"slips-{body.slips}"
    mapping = mapping_of(dict.fromkeys(forms, question.points), exact_case=body.exact_case)
    return Written(
        responses=[declaration("RESPONSE", "string", "single", forms[:1], mapping)],
        body=[*setting.prompt, Node("p", {}, [Node("qti-text-entry-interaction", attributes)])],
        rules=[set_score(mapped("RESPONSE"))],
        template="map_response",
    )


@_body.register
def _(body: FreeText, setting: Setting) -> Written:
    limits = (("least-words", body.least_words), ("most-words", body.most_words))
    classes = [f"{name}-{number}" for name, number in limits if number]
    content = _asked("qti-extended-text-interaction", _class(classes), setting, [])
    model = setting.say.optional(body.model_answers)
    declared = declaration("RESPONSE", "string", "single", [model] if model else [])
    return Written(responses=[declared], body=[written_rubric(body.rubric, setting.say), *content])


@_body.register
def _(body: FileAnswer, setting: Setting) -> Written:
    classes = [*(f"ending-{ending}" for ending in body.endings), f"most-megabytes-{body.most_megabytes}"]
    content = _asked("qti-upload-interaction", _class(classes), setting, [])
    return Written(
        responses=[declaration("RESPONSE", "file", "single")], body=[written_rubric(body.rubric, setting.say), *content]
    )


@_body.register
def _(body: Scale, setting: Setting) -> Written:
    options = _options("qti-simple-choice", body.steps, setting)
    content = _asked("qti-choice-interaction", {"max-choices": "1", "shuffle": "false"}, setting, options)
    return Written(responses=[declaration("RESPONSE", "identifier", "single")], body=content)


@_body.register
def _(body: Hotspot, setting: Setting) -> Written:
    say, size = setting.say, setting.sizes.get(body.media)
    if size is None:
        raise CannotSay(f"It is left out, since the size of its picture {body.media} is not known.")
    width, height = size
    picture = Node(
        "img",
        {
            "src": MEDIA_FOLDER + body.media,
            "alt": say.required(body.alternatives, "alternatives"),
            "width": str(width),
            "height": str(height),
        },
    )
    regions = [
        Node(
            "qti-hotspot-choice",
            {
                "identifier": identifier_of(region.key),
                "shape": _SHAPES[region.shape],
                "coords": pixels(region, size),
                "hotspot-label": say.required(region.labels, f"labels {region.key}"),
            },
        )
        for region in body.regions
    ]
    content = _asked("qti-hotspot-interaction", {"max-choices": "0"}, setting, [picture, *regions])
    return _picked(setting, content, [(region.key, region.correct) for region in body.regions], is_single=False)


def _class(names: Sequence[str]) -> dict[str, str]:
    return {"class": " ".join(names)} if names else {}
