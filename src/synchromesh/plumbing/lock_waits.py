"""Writes that are not worth waiting for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def short_lock_wait(*, milliseconds: int = 200) -> Iterator[None]:
    """Have a write inside fail soon, with DatabaseError, where somebody else holds SQLite's one lock for writing.

    SQLite lets one connection write at a time, and a large import holds the lock for its whole length: a page that
    only wants to count a visit must not hang until then. Other databases lock single rows, so that nothing is changed.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    before = raw.execute("PRAGMA busy_timeout").fetchone()[0]
    raw.execute(f"PRAGMA busy_timeout = {int(milliseconds)}")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA busy_timeout = {int(before)}")
