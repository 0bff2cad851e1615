"""One question as a QTI item: `qti-assessment-item` with its declarations, body, rules and feedback.

The order of the parts, and what each must have, follow the information model of QTI 3.0:
https://www.imsglobal.org/spec/qti/v3p0/impl
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from synchromesh.engine.exchange.questions._qti_body_writing import Written, body_of, identifier_of
from synchromesh.engine.exchange.questions._qti_language import OneLanguage
from synchromesh.engine.exchange.questions._qti_markup import Content, written_blocks
from synchromesh.engine.exchange.questions._qti_rules import number_value, when
from synchromesh.engine.exchange.questions._qti_tree import Node, xml_text
from synchromesh.engine.vocabulary.prompt_gaps import split_at_gaps
from synchromesh.engine.vocabulary.questions import Choices, FileAnswer, FreeText, Question, QuestionKind, Scale

NAMESPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_SCHEMA = f"{NAMESPACE} https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd"
_NEARLY = Decimal("0.999")  # of all points: parts of points are rounded
_TITLE = 80


@dataclass(slots=True, kw_only=True)
class ItemWritten:
    """An item as XML, and what of the question it does not say."""

    xml: bytes
    remarks: list[str] = field(default_factory=list)


def write_item(question: Question, *, language: str, sizes: dict[str, tuple[int, int]]) -> ItemWritten:
    """Write a question in one language; `sizes` has the width and height of pictures in pixels.

    Raises CannotSay where a text is not there in the language, or a picture is not there.
    """
    say = OneLanguage(language)
    written = body_of(question, say=say, sizes=sizes)
    told = _told(question, say, written)
    is_marked_by_hand = isinstance(question.body, FreeText | FileAnswer)
    item = Node("qti-assessment-item", _head(question, say), [*written.responses])
    if not isinstance(question.body, Scale):
        item.children += _scores(question.points, by_person=is_marked_by_hand)
    if told:
        item.children.append(_declared("FEEDBACK", "identifier", cardinality="multiple"))
    item.children.append(Node("qti-item-body", {}, written.body))
    rules = _processing(written, told, points=question.points)
    if rules is not None:
        item.children.append(rules)
    item.children += [_modal(identifier, content) for identifier, content, _ in told]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return ItemWritten(xml=(head + xml_text(item) + "\n").encode(), remarks=written.remarks)


def _head(question: Question, say: OneLanguage) -> dict[str, str]:
    parts = split_at_gaps(Node("div", {}, say.blocks(question.prompts, "prompts")).text())
    title = "…".join(parts[::2]) or question.key
    return {
        "xmlns": NAMESPACE,
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "xsi:schemaLocation": _SCHEMA,
        "identifier": identifier_of(question.key),
        "title": title if len(title) <= _TITLE else title[: _TITLE - 1] + "…",
        "adaptive": "false",
        "time-dependent": "false",
        "xml:lang": say.language,
    }


def _declared(name: str, kind: str, *, cardinality: str = "single") -> Node:
    return Node("qti-outcome-declaration", {"identifier": name, "cardinality": cardinality, "base-type": kind})


def _scores(points: Decimal, *, by_person: bool) -> list[Node | str]:
    score, most = _declared("SCORE", "float"), _declared("MAXSCORE", "float")
    score.attributes["normal-maximum"] = format(points, "f")
    if by_person:
        score.attributes["external-scored"] = "human"
    for node, number in ((score, "0"), (most, format(points, "f"))):
        node.children = [Node("qti-default-value", {}, [Node("qti-value", {}, [number])])]
    return [score, most]


def _told(question: Question, say: OneLanguage, written: Written) -> list[tuple[str, Content, Node | None]]:
    """Feedback: identifier, content and the condition under which it is shown (None: always)."""
    told: list[tuple[str, Content, Node | None]] = []
    if isinstance(question.body, Choices):
        for choice in question.body.choices:
            if text := say.optional(choice.feedback):
                told.append(
                    (f"choice-{identifier_of(choice.key)}", written_blocks(text), _is_picked(question, choice.key))
                )
    is_right = Node(
        "qti-gte",
        {},
        [
            Node("qti-variable", {"identifier": "SCORE"}),
            number_value(format((question.points * _NEARLY).normalize(), "f")),
        ],
    )
    for name, texts, condition in (
        ("right", question.right, is_right),
        ("wrong", question.wrong, Node("qti-not", {}, [is_right])),
        ("explanation", question.explanations, None),
    ):
        if not (text := say.optional(texts)):
            continue
        if not written.rules and (condition is not None or isinstance(question.body, Scale)):
            written.remarks.append(f"The feedback '{name}' is left out, since no answer is right by itself.")
            continue
        told.append((name, written_blocks(text), condition))
    return told


def _is_picked(question: Question, key: str) -> Node:
    picked = Node("qti-base-value", {"base-type": "identifier"}, [identifier_of(key)])
    response = Node("qti-variable", {"identifier": "RESPONSE"})
    if question.kind is QuestionKind.MULTIPLE:
        return Node("qti-member", {}, [picked, response])
    return Node("qti-match", {}, [response, picked])


def _processing(written: Written, told: list[tuple[str, Content, Node | None]], *, points: Decimal) -> Node | None:
    if written.template and not told:
        address = f"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/{written.template}.xml"
        return Node("qti-response-processing", {"template": address})
    rules: Content = [*written.rules]
    for identifier, _, condition in told:
        shown = Node("qti-base-value", {"base-type": "identifier"}, [identifier])
        so_far = Node("qti-variable", {"identifier": "FEEDBACK"})
        tell = Node("qti-set-outcome-value", {"identifier": "FEEDBACK"}, [Node("qti-multiple", {}, [so_far, shown])])
        rules.append(tell if condition is None else when(condition, tell))
    return Node("qti-response-processing", {}, rules) if rules else None


def _modal(identifier: str, content: Content) -> Node:
    attributes = {"outcome-identifier": "FEEDBACK", "show-hide": "show", "identifier": identifier}
    return Node("qti-modal-feedback", attributes, [Node("qti-content-body", {}, content)])
