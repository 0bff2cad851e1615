"""What a serving process does once, before the first page."""

from __future__ import annotations

import gc

from synchromesh.config import wsgi


def test_what_is_loaded_at_the_start_is_not_looked_through_for_garbage_again() -> None:
    """The pages are loaded by then, too: they are most of it."""
    assert callable(wsgi.application)
    assert gc.get_freeze_count() > 100_000
