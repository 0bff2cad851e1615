"""The sentence of an expected error on a page in another language than English.

The layers below the pages write English. Such a sentence is marked, so that a screen reader speaks it as English; one
that a page wrote itself is in the reader's language already.
"""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.translation import get_language

from synchromesh.engine.errors import InvalidInput, SynchromeshError


class TranslatedInvalidInput(InvalidInput):
    """An InvalidInput that a page raises with a sentence in the reader's language."""


def sentence_of(error: SynchromeshError) -> str:
    """What to show: the sentence as it stands, or in an element that says that it is English."""
    if isinstance(error, TranslatedInvalidInput) or (get_language() or "en") == "en":
        return error.message
    return format_html('<span lang="en">{}</span>', error.message)
