"""Several things at the same moment, each with a connection of its own to one database, on SQLite too.

The test database of SQLite lies in memory, where connections do not wait for each other as they do on disk. So it is
copied into a file for the threads, and back afterwards; the settings of the connections are those of the product.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections


@contextmanager
def shared_database(folder: Path) -> Iterator[None]:
    """Let threads inside work on the present records with real connections; needs a test with real transactions."""
    if connection.vendor != "sqlite":
        yield
        return
    place, settings = folder / "shared.sqlite3", connections.settings["default"]
    connection.ensure_connection()
    _copy(connection.connection, place)
    in_memory = settings["NAME"]
    settings["NAME"] = str(place)
    try:
        yield
    finally:
        settings["NAME"] = in_memory
    with sqlite3.connect(place) as written:
        written.backup(connection.connection)
    written.close()


def address_of_database() -> str:
    """Where another process finds the database, for SYNCHROMESH_DATABASE_URL; of SQLite inside `shared_database`."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{connections.settings['default']['NAME']}"
    host = settings["HOST"] or settings.get("OPTIONS", {}).get("host", "")
    return f"postgres://{settings['USER']}@/{settings['NAME']}?host={host}"


def together(actions: Sequence[Callable[[], object]]) -> list[object]:
    """Do all actions at the same moment, each in a thread; what each returned or raised, in the order given."""
    found: list[object] = [None] * len(actions)
    start = threading.Barrier(len(actions))

    def act(place: int, action: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            found[place] = action()
        except Exception as error:
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=entry) for entry in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


def _copy(source: sqlite3.Connection, place: Path) -> None:
    with sqlite3.connect(place) as target:
        source.backup(target)
    target.close()
