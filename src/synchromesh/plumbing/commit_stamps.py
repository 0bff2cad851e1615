"""Tell in a few microseconds whether anything at all was written to the database since the last look.

A stamp is worth something only beside another one of the same process: equal stamps mean that between the two looks no
transaction of any process came to its end. Nobody has to report a change, so nobody can forget to.

SQLite has `PRAGMA data_version`, which a connection that never writes sees change with every commit of any other one
(https://www.sqlite.org/pragma.html#pragma_data_version); PostgreSQL has the snapshot, which names the transactions
whose work can be seen (`pg_current_snapshot`, chapter 9 of its manual).
"""

from __future__ import annotations

import itertools
import logging
import os
import sqlite3
import threading
from collections.abc import Hashable
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

_SNAPSHOT = b"SELECT pg_current_snapshot()"
_ANSWERED = 2  # PGRES_TUPLES_OK of libpq
_log = logging.getLogger(__name__)
_lock = threading.Lock()
_files: dict[str, _WatchedFile] = {}
_opened = itertools.count()


def commit_stamp() -> Hashable | None:
    """What changes whenever a transaction ends; None where that cannot be told.

    Inside a transaction it cannot: what it has written is seen by nobody else, and no commit has come.
    """
    if connection.in_atomic_block:
        return None
    if connection.vendor == "sqlite":
        return _stamp_of_file(str(connection.settings_dict["NAME"]))
    return _snapshot() if connection.vendor == "postgresql" else None


class _WatchedFile:
    """A connection that only looks; a file that took the place of the old one, as after a backup, is opened anew."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] = (0, 0)
        self._number = 0

    def stamp(self) -> tuple[int, int]:
        """The number of the opening and that of the last commit in it. The caller holds the lock."""
        status = os.stat(self._path)
        file = (status.st_dev, status.st_ino)
        looking = self._connection if self._file == file else None
        if looking is None:
            looking = self._open(file)
        return self._number, looking.execute("PRAGMA data_version").fetchone()[0]

    def _open(self, file: tuple[int, int]) -> sqlite3.Connection:
        self.close()
        address = f"{Path(self._path).resolve().as_uri()}?mode=ro"
        opened = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None, timeout=0)
        self._connection, self._file, self._number = opened, file, next(_opened)
        return opened

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _stamp_of_file(path: str) -> tuple[int, int] | None:
    if path == ":memory:" or path.startswith("file:"):
        return None  # a database in memory, as in tests
    with _lock:
        watched = _files.get(path)
        if watched is None:
            watched = _files[path] = _WatchedFile(path)
        try:
            return watched.stamp()
        except (sqlite3.Error, OSError) as error:
            watched.close()
            _log.warning("whether the database has changed cannot be told: %s", error)
            return None


def _snapshot() -> bytes | None:
    try:
        connection.ensure_connection()
        driver: Any = connection.connection
        # As one plain question past the cursors of Django and psycopg, which take five times as long.
        with connection.wrap_database_errors:
            answer = driver.pgconn.exec_(_SNAPSHOT)
        if answer.status != _ANSWERED:
            raise DatabaseError(answer.error_message.decode(errors="replace").strip())
        return bytes(answer.get_value(0, 0))
    except DatabaseError as error:
        connection.close()
        _log.warning("whether the database has changed cannot be told: %s", error)
        return None
