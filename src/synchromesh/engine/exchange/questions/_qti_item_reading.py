"""One QTI item as one question: which interaction it has, what its body asks, who is told what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.exchange.questions._qti_choice_reading import (
    read_associate,
    read_choice,
    read_match,
    read_order,
)
from synchromesh.engine.exchange.questions._qti_entry_reading import class_number, read_entries, read_gap_match
from synchromesh.engine.exchange.questions._qti_hotspot_reading import read_hotspot
from synchromesh.engine.exchange.questions._qti_item import FEEDBACK, Draft, ItemReading, Reader, keys_of
from synchromesh.engine.exchange.questions._qti_judging import CannotRepresent, FeedbackPlaces, Trial, place_feedback
from synchromesh.engine.exchange.questions._qti_rubrics import is_scoring, read_rubric
from synchromesh.engine.exchange.questions._qti_stimulus import shared_text
from synchromesh.engine.exchange.questions._qti_tree import Node, parse_xml
from synchromesh.engine.exchange.questions._qti_values import Declaration
from synchromesh.engine.vocabulary.languages import parse_language
from synchromesh.engine.vocabulary.question_documents import read_question, write_question
from synchromesh.engine.vocabulary.questions import (
    Body,
    Choice,
    Choices,
    FileAnswer,
    FreeText,
    Question,
    QuestionKind,
    Texts,
)

_GAPS = ("qti-text-entry-interaction", "qti-inline-choice-interaction")
_MOST_WORDS = 100_000
_MOST_CHOICES = 200
_ENDINGS = {
    "application/pdf": ("pdf",), "image/png": ("png",), "image/jpeg": ("jpg", "jpeg"), "text/plain": ("txt",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRead:
    """What came of one item."""

    question: Question | None
    problems: tuple[Problem, ...]
    media: Mapping[str, bytes] = field(default_factory=dict)


def read_item(
    data: bytes, *, file: str, files: Mapping[str, bytes], language: str, taken: Mapping[str, bytes]
) -> ItemRead:
    """Read one item; never raises.

    `files` holds what it refers to by path, `language` is its language if it states none, `taken` are the pictures of
    other items by the names that they have got.
    """
    try:
        reading = _begin(parse_xml(data, name=file), file=file, files=files, language=language, taken=taken)
        question = _question(reading)
    except (CannotRepresent, InvalidInput) as error:
        return ItemRead(question=None, problems=(Problem(position=file, field="", message=error.message),))
    checked, faults = read_question(write_question(question), position=file)
    remarks = [Problem(position=file, field="", message=remark) for remark in dict.fromkeys(reading.remarks)]
    if checked is None:
        return ItemRead(question=None, problems=tuple(faults))
    return ItemRead(question=checked, problems=tuple(remarks), media=reading.media)


def _begin(
    item: Node, *, file: str, files: Mapping[str, bytes], language: str, taken: Mapping[str, bytes]
) -> ItemReading:
    if item.name == "assessmentItem":
        raise CannotRepresent("This is an item of QTI 2, and only QTI 3.0 is read. Export it as QTI 3.0.")
    if item.name != "qti-assessment-item":
        raise CannotRepresent("This file holds no item of QTI 3.0.")
    body = item.first("qti-item-body")
    stated = item.get("xml:lang") or (body.get("xml:lang") if body is not None else "")
    return ItemReading(item, file=file, files=files, language=parse_language(stated) or language, taken=taken)


def _question(reading: ItemReading) -> Question:
    item = reading.item
    body = item.first("qti-item-body")
    if item.get("adaptive") in ("true", "1"):
        raise CannotRepresent("The item is adaptive: it changes while somebody answers it.")
    if item.named("qti-template-declaration", "qti-template-processing"):
        raise CannotRepresent("The item draws values by chance.")
    if body is None:
        raise CannotRepresent("The item has no body.")
    interactions = [node for node in body.walk() if node.name.endswith("-interaction")]
    draft = _draft(reading, interactions)
    shown = _without_interactions(body)
    shared = shared_text(item, file=reading.file, files=reading.files)
    prompt = reading.prompt([*shared, *shown.children], draft.gaps) or item.get("title")
    question = Question(
        key=reading.key or "item",
        kind=draft.kind,
        prompts={reading.language: prompt},
        body=draft.body,
        points=draft.verdict.points if draft.verdict is not None else Decimal(1),
        partial=draft.verdict is not None and draft.verdict.partial,
        explanations={},
        right={},
        wrong={},
    )
    if draft.verdict is not None:
        reading.remarks += draft.verdict.remarks
    return _with_feedback(reading, question, draft, interactions)


def _draft(reading: ItemReading, interactions: Sequence[Node]) -> Draft:
    names = {node.name for node in interactions}
    if not names:
        raise CannotRepresent("The item has nothing to answer.")
    if sum(bool(inside.get("identifier")) for node in interactions for inside in node.walk()) > _MOST_CHOICES:
        raise CannotRepresent(f"The item has more than {_MOST_CHOICES} choices.")
    if names <= set(_GAPS):
        return read_entries(reading, interactions)
    unknown = sorted(names - _READERS.keys() - set(_GAPS))
    if unknown:
        raise CannotRepresent(f"The item uses {', '.join(unknown)}, for which there is no kind of question here.")
    if len(interactions) > 1:
        raise CannotRepresent("The item has several interactions; a question here has one. Split the item.")
    return _READERS[interactions[0].name](reading, interactions[0])


def _free_text(reading: ItemReading, node: Node) -> Draft:
    declared = reading.declaration(node)
    if declared.kind != "string" or declared.cardinality != "single":
        raise CannotRepresent("The item takes something else than one text.")
    model = str(declared.correct.held[0]) if declared.correct is not None else ""
    body = FreeText(
        rubric=read_rubric(reading),
        least_words=class_number(node, "least-words", most=_MOST_WORDS),
        most_words=class_number(node, "most-words", most=_MOST_WORDS),
        model_answers={reading.language: model} if model else {},
    )
    return Draft(kind=QuestionKind.FREE_TEXT, body=body, verdict=None, trials=_some_answer(declared))


def _some_answer(declared: Declaration) -> list[Trial]:
    """An answer that a person marks, to see what everybody is told who gave one."""
    return [Trial(responses={declared.identifier: declared.value("answer")}, share=Decimal(0))]


def _upload(reading: ItemReading, node: Node) -> Draft:
    types = node.get("type").split()
    stated = [word.removeprefix("ending-") for word in node.get("class").split() if word.startswith("ending-")]
    endings = stated or [ending for name in types for ending in _ENDINGS.get(name, ())]
    body = FileAnswer(rubric=read_rubric(reading))
    if endings:
        body = replace(body, endings=tuple(endings))
    megabytes = class_number(node, "most-megabytes", most=100)
    body = replace(body, most_megabytes=megabytes) if megabytes else body
    return Draft(kind=QuestionKind.FILE, body=body, verdict=None, trials=_some_answer(reading.declaration(node)))


def _without_interactions(node: Node) -> Node:
    """The body as it is read: of an interaction its prompt stays, and what only markers see goes."""
    children: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str) or child.name in (*_GAPS, "qti-gap"):
            children.append(child)
        elif child.name == "qti-gap-match-interaction":
            inside = [c for c in child.children if isinstance(c, str) or c.name != "qti-gap-text"]
            children.append(_without_interactions(Node("div", {}, inside)))
        elif child.name.endswith("-interaction"):
            children.append(Node("div", {}, list(child.named("qti-prompt"))))
        elif child.name not in FEEDBACK and not (child.name == "qti-rubric-block" and _is_hidden(child)):
            children.append(_without_interactions(child))
    return Node(node.name, node.attributes, children)


def _is_hidden(block: Node) -> bool:
    return is_scoring(block) or "candidate" not in block.get("view").split()


def _with_feedback(reading: ItemReading, question: Question, draft: Draft, interactions: Sequence[Node]) -> Question:
    places = _feedback_places(reading, draft)
    if places.unclear:
        named = ", ".join(sorted(set(places.unclear)))
        reading.remarks.append(f"Not taken along, since it is not clear when it is shown: feedback {named[:200]}.")
    return replace(
        question,
        body=_choice_feedback(reading, question, places, interactions),
        explanations=_told(reading, places.explanations),
        right=_told(reading, places.right),
        wrong=_told(reading, places.wrong),
    )


def _feedback_places(reading: ItemReading, draft: Draft) -> FeedbackPlaces:
    texts = reading.feedback()
    try:
        return place_feedback(reading.processing() if draft.trials else None, draft.trials, texts)
    except CannotRepresent:
        if draft.verdict is not None:
            raise
        return FeedbackPlaces(unclear=[text.identifier for text in texts])  # no points follow from these rules


def _choice_feedback(
    reading: ItemReading, question: Question, places: FeedbackPlaces, interactions: Sequence[Node]
) -> Body:
    body = question.body
    if not isinstance(body, Choices) or not places.choices:
        return body
    keys = keys_of(interactions[0].named("qti-simple-choice"))
    told = {keys[identifier]: _told(reading, nodes) for identifier, nodes in places.choices.items()}
    choices: list[Choice] = [replace(choice, feedback=told.get(choice.key, {})) for choice in body.choices]
    return replace(body, choices=tuple(choices))


def _told(reading: ItemReading, nodes: Sequence[Node]) -> Texts:
    texts = [text for node in nodes if (text := reading.markdown(node.children))]
    return {reading.language: "\n\n".join(dict.fromkeys(texts))} if texts else {}


_READERS: Mapping[str, Reader] = {
    "qti-choice-interaction": read_choice,
    "qti-order-interaction": read_order,
    "qti-match-interaction": read_match,
    "qti-associate-interaction": read_associate,
    "qti-hotspot-interaction": read_hotspot,
    "qti-gap-match-interaction": read_gap_match,
    "qti-extended-text-interaction": _free_text,
    "qti-upload-interaction": _upload,
}
