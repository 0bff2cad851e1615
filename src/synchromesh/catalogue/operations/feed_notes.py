"""What has to be remembered about every entry of a feed while it is read, on disk, so that a feed may have any size."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

_TABLES = """
CREATE TABLE named (id TEXT PRIMARY KEY, position TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE troubled (position TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE loaded (position TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class FeedNotes:
    """The ids that a feed has named so far and the places where something was wrong, in a temporary file."""

    def __init__(self) -> None:
        self._store = sqlite3.connect("")  # SQLite's own temporary file, which goes when it is closed
        self._store.executescript(_TABLES)

    def close(self) -> None:
        """Give the file back."""
        self._store.close()

    def note_id(self, external_id: str, *, position: str) -> str:
        """Remember that an entry has this id; returns the position of an earlier one that has it, or ""."""
        key = _writable(external_id)
        added = self._store.execute("INSERT OR IGNORE INTO named VALUES (?, ?)", (key, _writable(position))).rowcount
        if added:
            return ""
        return str(self._store.execute("SELECT position FROM named WHERE id = ?", (key,)).fetchone()[0])

    def note_trouble(self, position: str) -> None:
        """Remember a row with a problem."""
        self._store.execute("INSERT OR IGNORE INTO troubled VALUES (?)", (_writable(position),))

    def note_loaded(self, positions: Iterable[str]) -> None:
        """Remember rows that load, with or without a problem."""
        self._store.executemany("INSERT OR IGNORE INTO loaded VALUES (?)", ((_writable(text),) for text in positions))

    def count_left_out(self) -> int:
        """How many rows with a problem do not load."""
        found = self._store.execute("SELECT COUNT(*) FROM troubled WHERE position NOT IN (SELECT position FROM loaded)")
        return int(found.fetchone()[0])

    def count_unreadable(self) -> int:
        """How many of the rows left out did not even say which course they are about."""
        found = self._store.execute(
            "SELECT COUNT(*) FROM troubled WHERE position NOT IN (SELECT position FROM loaded)"
            " AND position NOT IN (SELECT position FROM named)"
        )
        return int(found.fetchone()[0])

    def unnamed(self, external_ids: Collection[str]) -> set[str]:
        """Those of the ids that no entry has."""
        marks = ", ".join("?" * len(external_ids))
        found = self._store.execute(f"SELECT id FROM named WHERE id IN ({marks})", list(external_ids))  # noqa: S608
        return set(external_ids) - {row[0] for row in found}


def _writable(text: str) -> str:
    """Half of a pair of code units, which a damaged file may hold, cannot be stored."""
    return text.encode(errors="replace").decode()
