"""Lists of people for a cohort: what a preview says, what a commit does, what an undo takes back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.learning import records
from tests.records import csv_file

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.engine.tables.writing import write_xlsx
from synchromesh.learning.models import Cohort, CohortInvitation, Enrolment
from synchromesh.learning.operations import cohort_import as operations
from synchromesh.plumbing.import_plans import ImportPlan
from synchromesh.plumbing.models import ImportBatch, ImportedChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    """A cohort with two seats."""
    return records.a_cohort(records.a_course_with_content().course, seats=2)


def _preview(cohort: Cohort, *rows: dict[str, object]) -> tuple[ImportBatch, ImportPlan]:
    file = io.BytesIO(csv_file(*rows))
    return operations.preview_cohort_import(by=OPERATOR, cohort=cohort, file=file, name="people.csv")


def _commit(cohort: Cohort, *rows: dict[str, object]) -> ImportBatch:
    return operations.commit_cohort_import(by=OPERATOR, cohort=cohort, uid=_preview(cohort, *rows)[0].uid)


def _undo(cohort: Cohort, batch: ImportBatch) -> tuple[int, int]:
    undone = operations.undo_cohort_import(by=OPERATOR, cohort=cohort, uid=batch.uid)
    return undone.taken_back, undone.kept


def _row(person: User) -> dict[str, object]:
    return {"email": person.email}


def test_a_preview_says_of_each_row_what_becomes_of_it(cohort: Cohort) -> None:
    version = cohort.run.course.content_versions.get()
    here = records.an_enrolment(version, run=cohort.run).person
    gone = records.an_enrolment(version, state="left").person
    first, second = records.a_learner(), records.a_learner()

    _, plan = _preview(cohort, _row(here), _row(gone), _row(first), _row(second), {"email": "new@example.org"})

    assert [(row.position, row.effect) for row in plan.rows] == [
        ("row 2", "same"),
        ("row 3", "new"),
        ("row 4", "new"),
        ("row 5", "new"),
        ("row 6", "new"),
    ]
    places = [change.after for row in plan.rows for change in row.changes]
    assert places == ["invitation", "seat", "waiting list", "invitation"]
    assert (Enrolment.objects.count(), CohortInvitation.objects.count()) == (2, 0)


def test_a_preview_names_row_and_column_of_what_is_wrong(cohort: Cohort) -> None:
    version = cohort.run.course.content_versions.get()
    done = records.an_enrolment(version, state="completed").person
    elsewhere = records.an_enrolment(version, run=records.a_cohort(version.course).run).person
    _, plan = _preview(
        cohort,
        {"E-Mail": "nobody", "language": "en"},
        {"E-Mail": "a@example.org", "language": "xx"},
        {"E-Mail": "b@example.org"},
        {"E-Mail": "B@example.org"},
        {"E-Mail": done.email},
        {"E-Mail": elsewhere.email},
        {"E-Mail": records.a_learner(is_active=False).email},
    )
    assert [(problem.position, problem.field) for problem in plan.problems] == [
        ("row 2", "e-mail"),
        ("row 3", "language"),
        ("row 5", "e-mail"),
        ("row 6", "e-mail"),
        ("row 7", "e-mail"),
        ("row 8", "e-mail"),
    ]
    assert plan.counts["error"] == 6
    assert plan.counts["new"] == 1


def test_a_workbook_is_read_as_well(cohort: Cohort) -> None:
    file = io.BytesIO(write_xlsx(["email", "name"], [["new@example.org", "Nora New"]], title="People"))
    _, plan = operations.preview_cohort_import(by=OPERATOR, cohort=cohort, file=file, name="people.xlsx")
    assert [row.label for row in plan.rows] == ["Nora New <new@example.org>"]


def test_a_table_without_addresses_is_refused(cohort: Cohort) -> None:
    with pytest.raises(InvalidInput):
        _preview(cohort, {"name": "Nora New"})
    assert not ImportBatch.objects.exists()


def test_a_commit_enrols_and_invites_with_a_mail_to_each(
    cohort: Cohort, django_capture_on_commit_callbacks: Any
) -> None:
    people = [records.a_learner(), records.a_learner(language="de"), records.a_learner(email=None, sign_in_name="x")]
    with django_capture_on_commit_callbacks(execute=True):
        batch = _commit(cohort, _row(people[0]), _row(people[1]), {"email": "new@example.org", "name": "Nora New"})

    enrolments = {row.person: row for row in Enrolment.objects.all()}
    assert {person: (row.state, row.language, row.joined_by) for person, row in enrolments.items()} == {
        people[0]: ("active", "en", "list"),
        people[1]: ("active", "de", "list"),
    }
    assert {sent.to[0] for sent in mail.outbox} == {people[0].email, people[1].email, "new@example.org"}
    assert "Nora New" in next(str(sent.body) for sent in mail.outbox if sent.to == ["new@example.org"])
    batch.refresh_from_db()
    assert (batch.status, batch.rows) == ("committed", [])


def test_the_same_list_again_changes_nothing(cohort: Cohort) -> None:
    rows: list[dict[str, object]] = [_row(records.a_learner()), {"email": "new@example.org"}]
    _commit(cohort, *rows)
    _, plan = _preview(cohort, *rows)
    assert (plan.counts["same"], plan.changes_something) == (2, False)


def test_an_undo_takes_back_what_has_not_been_used(cohort: Cohort) -> None:
    began, idle, waiting = records.a_learner(), records.a_learner(), records.a_learner()
    batch = _commit(cohort, _row(began), _row(idle), {"email": "a@example.org"}, {"email": "b@example.org"})
    Enrolment.objects.filter(person=began).update(last_seen_at=timezone.now())
    CohortInvitation.objects.filter(email="a@example.org").update(accepted_at=timezone.now())
    other = records.an_enrolment(cohort.run.course.content_versions.get(), waiting, run=cohort.run, state="waiting")

    assert _undo(cohort, batch) == (2, 2)

    assert set(Enrolment.objects.values_list("person", flat=True)) == {began.pk, waiting.pk}
    assert [row.email for row in CohortInvitation.objects.all()] == ["a@example.org"]
    other.refresh_from_db()
    assert other.state == "active"
    assert not ImportedChange.objects.exists()
    with pytest.raises(Conflict):
        _undo(cohort, batch)


def test_an_undo_takes_out_who_moved_up_since_and_has_not_begun(cohort: Cohort) -> None:
    people = [records.a_learner() for _ in range(3)]
    batch = _commit(cohort, *map(_row, people))
    Enrolment.objects.filter(person=people[2]).update(state="active", seated_at=timezone.now())
    assert _undo(cohort, batch) == (3, 0)
    assert not Enrolment.objects.exists()


def test_whoever_learned_alone_goes_on_in_the_cohort_and_after_an_undo_alone(cohort: Cohort) -> None:
    alone = records.an_enrolment(cohort.run.course.content_versions.get())
    records.a_done_unit(alone, "text")
    batch = _commit(cohort, _row(alone.person))
    alone.refresh_from_db()
    assert (alone.run, alone.joined_by) == (cohort.run, "list")

    assert _undo(cohort, batch) == (1, 0)
    alone.refresh_from_db()
    assert (alone.run, alone.joined_by, alone.progress.count()) == (None, "open", 1)


def test_only_authors_put_lists_in_and_only_into_their_cohort(cohort: Cohort) -> None:
    tutor = records.give_part(records.a_learner(), cohort.run.course, "tutor")
    batch, _ = _preview(cohort, {"email": "new@example.org"})
    with pytest.raises(NotAllowed):
        operations.preview_cohort_import(by=tutor, cohort=cohort, file=io.BytesIO(b"email\n"), name="people.csv")
    with pytest.raises(NotAllowed):
        operations.commit_cohort_import(by=tutor, cohort=cohort, uid=batch.uid)
    with pytest.raises(NotFound):
        operations.commit_cohort_import(by=OPERATOR, cohort=records.a_cohort(cohort.run.course), uid=batch.uid)


def test_a_long_list_takes_few_questions(cohort: Cohort) -> None:
    people = User.objects.bulk_create([User(email=f"{n}@example.org", sign_in_name=f"{n}") for n in range(60)])
    invited: list[dict[str, object]] = [{"email": f"new{n}@example.org"} for n in range(60)]
    batch, _ = _preview(cohort, *map(_row, people), *invited)
    with CaptureQueriesContext(connection) as commit:
        operations.commit_cohort_import(by=OPERATOR, cohort=cohort, uid=batch.uid)
    assert (Enrolment.objects.count(), CohortInvitation.objects.count()) == (60, 60)
    with CaptureQueriesContext(connection) as undo:
        operations.undo_cohort_import(by=OPERATOR, cohort=cohort, uid=batch.uid)
    assert (Enrolment.objects.count(), CohortInvitation.objects.count()) == (0, 0)
    assert len(commit) <= 40
    assert len(undo) <= 40
