"""What another process sees of an import: all of it or nothing, and one commit only, however the process ends."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker
from tests.plumbing.fresh_database import fresh_database, run_python, start_python
from tests.records import course_row, csv_file

BEGIN = """
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, Run
from synchromesh.catalogue.operations.importing import CourseImporter
from synchromesh.engine.errors import Conflict
from synchromesh.plumbing import imports
from synchromesh.plumbing.models import ImportBatch, ImportedChange
from synchromesh.plumbing.record_changes import ChangeLog

def state(source):
    batch = ImportBatch.objects.get(source=source)
    courses = Course.objects.filter(import_source=source)
    runs = Run.objects.filter(course__import_source=source)
    print(courses.count(), runs.count(), batch.changes.count(), batch.status, flush=True)
"""
PREPARE = (
    BEGIN
    + """
from django.core.management import call_command
call_command("migrate", verbosity=0)
for source in ("north", "south", "east", "east"):
    with open(sys.argv[1], "rb") as file:
        imports.preview(CourseImporter(), by=OPERATOR, file=file, name="courses.csv", source=source, options={})
"""
)
DIE_AFTER_THE_RUNS = (
    BEGIN
    + """
write = ChangeLog.create_many
def write_and_die(log, records):
    write(log, records)
    if records and isinstance(records[0], Run):
        assert Course.objects.filter(import_source="north").count() == 30
        os.kill(os.getpid(), signal.SIGKILL)
ChangeLog.create_many = write_and_die
state("north")
imports.commit(CourseImporter(), by=OPERATOR, batch=ImportBatch.objects.get(source="north"))
"""
)
COMMIT_ONE_OF_TWO = (
    BEGIN
    + """
batch = ImportBatch.objects.filter(source="east").order_by("pk")[int(sys.argv[1])]
print("ready", flush=True)
sys.stdin.readline()
imports.commit(CourseImporter(), by=OPERATOR, batch=batch)
print(batch.changes.count(), Course.objects.filter(import_source="east").count(), flush=True)
"""
)
COMMIT = (
    BEGIN
    + """
source = sys.argv[1]
batch = ImportBatch.objects.get(source=source)
state(source)
sys.stdin.readline()
try:
    imports.commit(CourseImporter(), by=OPERATOR, batch=batch)
    print("done")
except Conflict:
    print("refused")
state(source)
"""
)
BEFORE, AFTER = "0 0 0 previewed", "30 30 60 committed"


@pytest.fixture(scope="module")
def environment(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, str]]:
    """A database with waiting previews of 30 courses with a run each, from two sources."""
    folder = tmp_path_factory.mktemp("own")
    rows = [course_row(f"c{n}", run_starts_on="2027-05-04") for n in range(30)]
    (folder / "courses.csv").write_bytes(csv_file(*rows))
    with django_db_blocker.unblock(), fresh_database(folder) as found:
        done = run_python(PREPARE, found, str(folder / "courses.csv"))
        assert done.returncode == 0, done.stderr
        yield found


def test_an_import_that_is_killed_leaves_the_data_as_before_and_can_be_committed_afterwards(
    environment: dict[str, str],
) -> None:
    killed = run_python(DIE_AFTER_THE_RUNS, environment)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert killed.stdout.splitlines() == [BEFORE]
    again = run_python(COMMIT, environment, "north")
    assert again.stdout.splitlines() == [BEFORE, "done", AFTER], again.stderr


def _run_together(program: str, environment: dict[str, str], *words: str, ready: str) -> list[list[str]]:
    """What two processes say that begin at the same time, each started with one of the words."""
    processes = [start_python(program, environment, word) for word in words]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == ready
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return sorted(process.communicate(timeout=120)[0].splitlines() for process in processes)


def test_of_two_commits_at_the_same_time_one_is_refused(environment: dict[str, str]) -> None:
    answers = _run_together(COMMIT, environment, "south", "south", ready=BEFORE)
    assert answers == [["done", AFTER], ["refused", AFTER]]


def test_of_two_files_of_one_source_at_the_same_time_the_second_sees_what_the_first_wrote(
    environment: dict[str, str],
) -> None:
    answers = _run_together(COMMIT_ONE_OF_TWO, environment, "0", "1", ready="ready")
    assert answers == [["0 30"], ["60 30"]]
