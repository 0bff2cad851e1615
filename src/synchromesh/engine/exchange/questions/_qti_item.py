"""What readers of interactions share about the item that they read: its texts, declarations, rules and remarks."""

from __future__ import annotations

import posixpath
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from synchromesh.engine.exchange.questions._qti_judging import (
    CannotRepresent,
    FeedbackText,
    Trial,
    Verdict,
    judge,
    not_understood,
)
from synchromesh.engine.exchange.questions._qti_markdown import MarkdownMaker
from synchromesh.engine.exchange.questions._qti_paths import path_of
from synchromesh.engine.exchange.questions._qti_processing import NotUnderstood, Processing
from synchromesh.engine.exchange.questions._qti_rules import find_processing
from synchromesh.engine.exchange.questions._qti_tree import Node
from synchromesh.engine.exchange.questions._qti_values import Declaration, Declarations, read_declarations
from synchromesh.engine.vocabulary.questions import Body, QuestionKind, Texts
from synchromesh.engine.vocabulary.slugs import slugify

FEEDBACK = ("qti-feedback-inline", "qti-feedback-block", "qti-modal-feedback")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
_MOST_KEY = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a reader of an interaction makes of it. `gaps` says which key stands at which element of the body."""

    kind: QuestionKind
    body: Body
    verdict: Verdict | None
    trials: Sequence[Trial] = ()
    gaps: Mapping[int, str] = field(default_factory=dict)
    """`id` of the element to the text that the prompt shows in its place."""


class ItemReading:
    """One item while it is read."""

    def __init__(
        self, item: Node, *, file: str, files: Mapping[str, bytes], language: str, taken: Mapping[str, bytes]
    ) -> None:
        self.item = item
        self.file = file
        self.language = language
        self.key = slugify(item.get("identifier"))[:_MOST_KEY].strip("-")
        self.declarations: Declarations = read_declarations(item)
        self.remarks: list[str] = []
        self.media: dict[str, bytes] = {}
        self.files = files
        self._taken = taken
        self._choice_text = MarkdownMaker(special=self._without_feedback, picture=self.picture)

    def processing(self) -> Processing | None:
        """The rules by which the item gives points; raises CannotRepresent where they are not understood."""
        try:
            return find_processing(self.item, self.declarations)
        except NotUnderstood as error:
            raise not_understood(error) from error

    def declaration(self, interaction: Node) -> Declaration:
        """What is declared about the response of an interaction."""
        found = self.declarations.responses.get(interaction.get("response-identifier"))
        if found is None:
            raise CannotRepresent("The item does not declare the response of its interaction.")
        return found

    def judge(self, trials: Sequence[Trial], *, can_be_partial: bool = True) -> Verdict:
        """The points of the item; raises CannotRepresent where nothing says what is right."""
        processing = self.processing()
        if processing is None:
            raise CannotRepresent("The item declares no right answer.")
        return judge(processing, trials, can_be_partial=can_be_partial)

    def markdown(self, nodes: Iterable[Node | str]) -> str:
        """The Markdown of a choice, an item or a feedback."""
        return self._choice_text.of(nodes)

    def texts(self, nodes: Iterable[Node | str]) -> Texts:
        """The Markdown in the language of the item."""
        text = self.markdown(nodes)
        return {self.language: text} if text else {}

    def prompt(self, nodes: Iterable[Node | str], gaps: Mapping[int, str]) -> str:
        """The Markdown of the body with its gaps."""

        def special(node: Node) -> str | None:
            return gaps[id(node)] if id(node) in gaps else self._without_feedback(node)

        return MarkdownMaker(special=special, picture=self.picture).of(nodes)

    def feedback(self) -> list[FeedbackText]:
        """Every feedback of the item with the choice in which it stands."""
        found: list[FeedbackText] = []
        waiting = deque([(self.item, "")])
        while waiting:
            node, choice = waiting.popleft()
            if node.name in FEEDBACK:
                found.append(
                    FeedbackText(
                        outcome=node.get("outcome-identifier"),
                        identifier=node.get("identifier"),
                        is_shown=node.get("show-hide", "show") != "hide",
                        node=node,
                        choice=choice,
                    )
                )
            inside = node.get("identifier") if node.name in ("qti-simple-choice", "qti-inline-choice") else choice
            waiting.extend((child, inside) for child in node.elements)
        return found

    def picture(self, node: Node) -> str:
        """The Markdown of a picture, whose file goes with the question."""
        name, alternative = self.take_picture(node)
        self.remarks.append(f"The text refers to the picture {name}, which prompts do not show by themselves.")
        return f"![{alternative.replace('[', '(').replace(']', ')')}]({name})"

    def take_picture(self, node: Node) -> tuple[str, str]:
        """The name and the text alternative of a picture; its file is taken along.

        Raises CannotRepresent when the file is not there or is no picture.
        """
        shown = next((inside for inside in node.walk() if inside.name in ("img", "object")), node)
        address = shown.get("src") or shown.get("data")
        path = path_of(address, file=self.file)
        if not address.lower().endswith(_PICTURES):
            raise CannotRepresent(f"The item shows '{address[:80]}', which is no picture in a file.")
        if path not in self.files:
            raise CannotRepresent(f"The picture '{address[:80]}' is not among the files. Import the whole package.")
        stem, ending = posixpath.splitext(path)
        name = f"{slugify(posixpath.basename(stem)) or 'picture'}{ending.lower()}"
        if {**self._taken, **self.media}.get(name, self.files[path]) != self.files[path]:
            name = f"{slugify(stem)}{ending.lower()}"
        self.media[name] = self.files[path]
        return name, shown.get("alt") or shown.get("aria-label") or shown.text()

    @staticmethod
    def _without_feedback(node: Node) -> str | None:
        return "" if node.name in FEEDBACK else None


def keys_of(nodes: Sequence[Node]) -> dict[str, str]:
    """Identifiers of choices to keys: the same words in the letters that keys have, each different."""
    return distinct_keys([node.get("identifier") for node in nodes])


def distinct_keys(identifiers: Iterable[str]) -> dict[str, str]:
    """Identifiers to different keys, in their order."""
    found: dict[str, str] = {}
    for place, identifier in enumerate(identifiers, 1):
        key = wanted = slugify(identifier)[:_MOST_KEY].strip("-") or f"k{place}"
        count = 1
        while key in found.values():
            count += 1
            key = f"{wanted}-{count}"
        found.setdefault(identifier, key)
    return found


Reader = Callable[[ItemReading, Node], Draft]
