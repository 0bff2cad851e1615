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
content = open(sys.argv[1], "rb").read()
for source in ("north", "south"):
    imports.preview(CourseImporter(), by=OPERATOR, content=content, name="courses.csv", source=source, options={})
"""
)
DIE_AT_COURSE_15 = (
    BEGIN
    + """
write = ChangeLog.create
def write_and_die(log, record):
    write(log, record)
    if isinstance(record, Course) and record.external_id == "c15":
        assert Course.objects.filter(import_source="north").count() == 16
        os.kill(os.getpid(), signal.SIGKILL)
ChangeLog.create = write_and_die
state("north")
imports.commit(CourseImporter(), by=OPERATOR, batch=ImportBatch.objects.get(source="north"))
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
    killed = run_python(DIE_AT_COURSE_15, environment)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert killed.stdout.splitlines() == [BEFORE]
    again = run_python(COMMIT, environment, "north")
    assert again.stdout.splitlines() == [BEFORE, "done", AFTER], again.stderr


def test_of_two_commits_at_the_same_time_one_is_refused(environment: dict[str, str]) -> None:
    processes = [start_python(COMMIT, environment, "south") for _ in range(2)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == BEFORE
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=120) for process in processes]
    assert sorted(out.splitlines() for out, _ in answers) == [["done", AFTER], ["refused", AFTER]], answers
