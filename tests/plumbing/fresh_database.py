"""A database of its own beside the test database, for tests with several processes that really commit.

With SQLite it is a file; with PostgreSQL it is a further database on the same server.
"""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

PROLOGUE = """
import os, signal, sys
import django
django.setup()
"""


@contextmanager
def fresh_database(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the environment of processes that work on a database without tables; it is gone afterwards."""
    if connection.vendor == "sqlite":
        environment = _environment(folder, f"sqlite:///{folder / 'own.sqlite3'}")
        yield environment
        return
    import psycopg

    settings = connection.settings_dict
    host, user = settings["HOST"] or settings.get("OPTIONS", {}).get("host", ""), settings["USER"]
    name = f"own_{uuid.uuid4().hex}"
    with psycopg.connect(host=host, user=user, dbname="postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            environment = _environment(folder, f"postgres://{user}@/{name}?host={host}")
            yield environment
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run_python(program: str, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program that has Django set up; its text is returned, its failure is not raised."""
    return subprocess.run(
        [sys.executable, "-c", PROLOGUE + program, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def start_python(program: str, environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    """Start such a program and go on at once."""
    return subprocess.Popen(
        [sys.executable, "-c", PROLOGUE + program, *arguments],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _environment(folder: Path, address: str) -> dict[str, str]:
    return os.environ | {
        "SYNCHROMESH_ENVIRONMENT": "test",
        "SYNCHROMESH_DATA_DIR": str(folder / "data"),
        "SYNCHROMESH_DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "synchromesh.config.settings",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
