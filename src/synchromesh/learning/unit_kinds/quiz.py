"""A test of the course: {introductions?}. Its questions and rules are its instrument's (assessment)."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from synchromesh.learning.unit_kinds import DoneBy
from synchromesh.learning.unit_kinds._by_instrument import accept, check, media_of, show, texts_of

__all__ = ["DONE_BY", "TITLE", "accept", "check", "media_of", "show", "texts_of"]

TITLE = gettext_noop("Test")
DONE_BY = DoneBy.INSTRUMENT
