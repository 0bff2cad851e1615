"""A task that a person marks by a rubric: {introductions?}. What is asked is its instrument's (assessment)."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from synchromesh.learning.unit_kinds import DoneBy
from synchromesh.learning.unit_kinds._by_instrument import accept, check, media_of, show, texts_of

__all__ = ["DONE_BY", "TITLE", "accept", "check", "media_of", "show", "texts_of"]

TITLE = gettext_noop("Assignment")
DONE_BY = DoneBy.INSTRUMENT
