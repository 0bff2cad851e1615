"""The texts of a question in the one language of an export."""

from __future__ import annotations

from synchromesh.engine.exchange.questions._qti_markup import Content, written_blocks, written_inline
from synchromesh.engine.vocabulary.questions import Texts


class CannotSay(Exception):
    """A question that QTI cannot say, or not in this language; `message` is a sentence for the person who exports."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class OneLanguage:
    """Takes texts in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def required(self, texts: Texts, what: str) -> str:
        """A text that must be there; raises CannotSay where it is not."""
        text = texts.get(self.language, "")
        if not text:
            raise CannotSay(f"It is left out, since a text ({what}) is not there in the language {self.language}.")
        return text

    def optional(self, texts: Texts) -> str:
        """A text, "" where it is not there."""
        return texts.get(self.language, "")

    def blocks(self, texts: Texts, what: str) -> Content:
        """Paragraphs of a text that must be there."""
        return written_blocks(self.required(texts, what))

    def inline(self, texts: Texts, what: str) -> Content:
        """The inside of a paragraph of a text that must be there."""
        return written_inline(self.required(texts, what))
