"""A stamp of the database stays while nobody commits and changes with every commit of anybody."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from tests.plumbing.fresh_database import fresh_database, run_python

from synchromesh.plumbing import commit_stamps
from synchromesh.plumbing.commit_stamps import commit_stamp

LOOK = """
import subprocess
from django.db import connection, transaction
from synchromesh.plumbing.commit_stamps import commit_stamp

def write(value):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO thing VALUES (%s)", [value])

with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE thing (number integer)")
def stays():
    # PostgreSQL's own upkeep commits as well, now and then: once of many times must do.
    return any(commit_stamp() == commit_stamp() for _ in range(20))

def changes(do):
    before = commit_stamp()
    do()
    return commit_stamp() not in {before, None}

def read():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM thing")
        cursor.fetchall()
    return True

def write_in_a_transaction():
    with transaction.atomic():
        write(2)
        assert commit_stamp() is None

def write_in_another_process():
    program = (
        "import django; django.setup(); from django.db import connection; "
        "connection.cursor().execute('INSERT INTO thing VALUES (3)')"
    )
    subprocess.run([sys.executable, "-c", program], check=True)

print(stays(), changes(lambda: write(1)), stays(), any(not changes(read) for _ in range(20)))
print(changes(write_in_a_transaction), stays(), changes(write_in_another_process), stays())
"""


def test_every_commit_of_any_process_gives_a_new_stamp_and_nothing_else_does(tmp_path: Path) -> None:
    with fresh_database(tmp_path) as environment:
        done = run_python(LOOK, environment)
    assert set(done.stdout.split()) == {"True"}, done.stdout + done.stderr


@pytest.mark.django_db
def test_inside_a_transaction_nothing_can_be_told() -> None:
    with transaction.atomic():
        assert commit_stamp() is None


@pytest.fixture
def database_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database file that stands for that of the site."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has a file")
    file = tmp_path / "site.sqlite3"
    _write(file)
    monkeypatch.setattr(commit_stamps, "_files", {})
    monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
    return file


def _write(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE IF NOT EXISTS thing (number)")
        database.execute("INSERT INTO thing VALUES (1)")
    database.close()


def test_a_file_that_took_the_place_of_the_database_has_a_stamp_of_its_own(database_file: Path) -> None:
    first = commit_stamp()
    other = database_file.with_name("backup.sqlite3")
    _write(other)
    assert commit_stamp() == first
    other.replace(database_file)
    second = commit_stamp()
    assert second not in {first, None}
    _write(database_file)
    assert commit_stamp() not in {first, second, None}


def test_without_the_file_nothing_can_be_told_until_it_is_back(
    database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = commit_stamp()
    database_file.rename(database_file.with_name("away"))
    assert commit_stamp() is None
    assert "cannot be told" in caplog.text
    database_file.with_name("away").rename(database_file)
    assert commit_stamp() not in {first, None}


def test_a_database_in_memory_has_no_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can lie in memory")
    for name in (":memory:", "file:memorydb_default?mode=memory&cache=shared"):
        monkeypatch.setitem(connection.settings_dict, "NAME", name)
        assert commit_stamp() is None
    assert settings.TESTING


LOSE = """
from django.db import connection
from synchromesh.plumbing.commit_stamps import commit_stamp
first = commit_stamp()
number = connection.connection.info.backend_pid
import psycopg
given = connection.get_connection_params()
other = psycopg.connect(host=given["host"], user=given["user"], dbname=given["dbname"], autocommit=True)
other.execute("SELECT pg_terminate_backend(%s)", [number])
print(first is not None, commit_stamp(), commit_stamp() is not None)
"""


def test_a_lost_connection_to_the_server_tells_nothing_once_and_is_made_anew(tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has a server")
    with fresh_database(tmp_path) as environment:
        done = run_python(LOSE, environment)
    assert done.stdout.split("\n")[0] == "True None True", done.stderr
