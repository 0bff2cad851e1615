"""What every format of questions is read into and written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from synchromesh.engine.errors import Problem
from synchromesh.engine.vocabulary.questions import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDocuments:
    """The questions of a file with the pictures they need.

    `positions` says where each question of `questions` stands in the file. A problem at such a position is a remark
    about a question that loads; a problem at another position says why something was left out.
    """

    questions: tuple[Question, ...] = ()
    positions: tuple[str, ...] = ()
    media: Mapping[str, bytes] = field(default_factory=dict)
    """Name, without folders, to content."""
    problems: tuple[Problem, ...] = ()
    left_out: int = 0
    """How many questions of the file stay out."""
    has_one_language: bool = False
    """The format holds one language at a time, so that what it does not say in others may stay as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenQuestions:
    """Files of a format by name, and what of the questions the format cannot say (`position` is a question's key)."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()
