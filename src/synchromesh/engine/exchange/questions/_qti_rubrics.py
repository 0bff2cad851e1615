"""Rubrics as `qti-rubric-block`: a list of definitions for each criterion, its steps with their points.

The standard has a place for a rubric but no shape for one, so that a rubric of others is taken as one criterion.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from synchromesh.engine.exchange.questions._qti_item import ItemReading
from synchromesh.engine.exchange.questions._qti_judging import CannotRepresent
from synchromesh.engine.exchange.questions._qti_language import OneLanguage
from synchromesh.engine.exchange.questions._qti_tree import Node
from synchromesh.engine.exchange.questions._qti_values import as_decimal
from synchromesh.engine.vocabulary.questions import Criterion, RubricStep

_CRITERION = "criterion"


def read_rubric(reading: ItemReading) -> tuple[Criterion, ...]:
    """The rubric of an item; one criterion where it has none or one of another shape."""
    blocks = [node for node in reading.item.walk() if node.name == "qti-rubric-block" and is_scoring(node)]
    lists = [node for block in blocks for node in block.walk() if _CRITERION in node.get("class").split()]
    if lists:
        return tuple(_criterion(reading, node) for node in lists)
    most = _most_points(reading)
    text = "\n\n".join(found for block in blocks if (found := reading.markdown(block.children)))
    reading.remarks.append("The rubric has one step only: write the steps before a person marks by it.")
    steps = ((Decimal(0), "0"), (most, text or str(most)))
    return (
        Criterion(
            key="work",
            titles=reading.texts([reading.item.get("title") or reading.key]),
            steps=tuple(RubricStep(points=points, texts={reading.language: said}) for points, said in steps),
        ),
    )


def is_scoring(block: Node) -> bool:
    """Whether a rubric block is about marking, not an instruction or a tool."""
    return block.get("use") == "scoring" or "scorer" in block.get("view").split()


def _criterion(reading: ItemReading, node: Node) -> Criterion:
    keys = [name.removeprefix(f"{_CRITERION}-") for name in node.get("class").split() if name != _CRITERION]
    title = node.first("dt")
    if not keys or title is None:
        raise CannotRepresent("The rubric of the item is not complete.")
    return Criterion(
        key=keys[0],
        titles=reading.texts(title.children),
        steps=tuple(_step(reading, child) for child in node.named("dd")),
    )


def _step(reading: ItemReading, node: Node) -> RubricStep:
    label = node.first("span")
    points = as_decimal(label.text()) if label is not None else None
    if points is None:
        raise CannotRepresent("A step of the rubric has no points.")
    rest = [child for child in node.elements if child is not label]
    return RubricStep(points=points, texts=reading.texts(rest))


def written_rubric(rubric: Iterable[Criterion], say: OneLanguage) -> Node:
    """The rubric for those who mark and those who learn; raises CannotSay where a text is missing."""
    lists: list[Node | str] = [_written_criterion(criterion, say) for criterion in rubric]
    attributes = {"use": "scoring", "view": "candidate scorer"}
    return Node("qti-rubric-block", attributes, [Node("qti-content-body", {}, lists)])


def _written_criterion(criterion: Criterion, say: OneLanguage) -> Node:
    children: list[Node | str] = [Node("dt", {}, say.inline(criterion.titles, f"rubric {criterion.key}"))]
    for step in criterion.steps:
        label = Node("span", {"class": "points"}, [format(step.points, "f")])
        text = say.blocks(step.texts, f"rubric {criterion.key}")
        children.append(Node("dd", {}, [label, Node("div", {}, text)]))
    return Node("dl", {"class": f"{_CRITERION} {_CRITERION}-{criterion.key}"}, children)


def _most_points(reading: ItemReading) -> Decimal:
    declared = reading.declarations.outcomes
    score, most = declared.get("SCORE"), declared.get("MAXSCORE")
    if score is not None and score.highest is not None and score.highest > 0:
        return score.highest
    if most is not None and most.default is not None and isinstance(most.default.held[0], Decimal):
        return max(most.default.held[0], Decimal(1))
    return Decimal(1)
