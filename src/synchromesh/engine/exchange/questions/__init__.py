"""Formats of questions: one module each, found by discovery.

The contract of a format module:

- `TITLE: str`: what a person calls it, with the files it consists of;
- `accepts(files: Mapping[str, bytes]) -> bool`: whether the files (bytes by name) are of this format; must be quick,
  must not raise, and must leave the files of other formats alone;
- `read(files: Mapping[str, bytes], *, language: str) -> QuestionDocuments`: a question that cannot be represented
  becomes a problem with its file, good ones load; `language` is that of texts that do not state theirs. Raises
  InvalidInput only when the files as a whole are no use;
- `write(document: QuestionDocuments, *, language: str) -> WrittenQuestions`: what cannot be said becomes a problem.
  A format of one language writes the texts of `language`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.questions._document import QuestionDocuments, WrittenQuestions
from synchromesh.engine.plugins import discover

__all__ = ["QuestionDocuments", "WrittenQuestions", "read_questions", "write_questions"]


def read_questions(files: Mapping[str, bytes], *, language: str = "en") -> QuestionDocuments:
    """Read questions from their files (bytes by name) with the first format that accepts them, in order of name.

    Raises InvalidInput when no format does, naming those that are read, or when the files as a whole are no use.
    """
    formats = discover(sys.modules[__name__]).values()
    for module in formats:
        if module.accepts(files):
            document: QuestionDocuments = module.read(files, language=language)
            return document
    named = ", ".join(sorted(files)[:5]) or "no file"
    read = "; ".join(module.TITLE for module in formats)
    raise InvalidInput(f"No format of questions fits ({named}). These are read: {read}.")


def write_questions(document: QuestionDocuments, *, format_name: str, language: str) -> WrittenQuestions:
    """Write questions in the format of this name, such as `qti3`; raises InvalidInput for an unknown name."""
    formats = discover(sys.modules[__name__])
    if format_name not in formats:
        raise InvalidInput(f"There is no format '{format_name}'. Use {', '.join(formats)}.", field="format")
    written: WrittenQuestions = formats[format_name].write(document, language=language)
    return written
