"""Lists: previewed, released by a second person, issued in parts, never twice."""

from __future__ import annotations

import io

import pytest
from tests.credentials.records import an_achievement, an_issuer

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import BatchState, Credential, IssueBatch
from synchromesh.credentials.operations import batches, issuing
from synchromesh.credentials.operations.batches import (
    cancel_batch,
    preview_batch,
    release_batch,
    resume_batch,
    submit_batch,
)
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db


def a_preview(text: str) -> IssueBatch:
    achievement = an_achievement()
    return preview_batch(by=OPERATOR, achievement=achievement, file=io.BytesIO(text.encode()), name="people.csv")


def test_good_rows_are_kept_and_bad_rows_say_what_to_mend(asked_jobs: list[str]) -> None:
    batch = a_preview(
        "name,email,percent\nZoë,zoe@example.org,88\n,no@example.org,\nIvo,bad,\nEva,,101\nZoë,zoe@example.org,\n"
    )
    assert (batch.rows_in_all, batch.rows_refused) == (5, 4)
    problems = list(batch.rows.values_list("problem", flat=True))
    assert problems[0] == ""
    assert [text.split(":")[0] for text in problems[1:]] == ["name", "email", "percent", "name"]
    assert Credential.objects.count() == 0


def test_a_list_is_issued_once_whatever_is_called_again(asked_jobs: list[str]) -> None:
    batch = submit_batch(by=OPERATOR, batch=a_preview("name\nA\nB\nC\n"))
    assert batch.state == BatchState.RUNNING
    for _ in range(2):
        batch = resume_batch(by=OPERATOR, batch_uid=batch.uid)
    assert (batch.state, batch.rows_issued) == (BatchState.DONE, 3)
    assert sorted(Credential.objects.values_list("holder_name", flat=True)) == ["A", "B", "C"]


def test_a_crash_between_parts_loses_and_doubles_nothing(
    asked_jobs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "ROWS_AT_ONCE", 2)
    batch = submit_batch(by=OPERATOR, batch=a_preview("name\n" + "".join(f"P{n}\n" for n in range(7))))
    resume_batch(by=OPERATOR, batch_uid=batch.uid, most_parts=2)
    real = issuing.issue_many

    def dies_after_issuing(**arguments: object) -> None:
        real(**arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(batches, "issue_many", dies_after_issuing)
    with pytest.raises(KeyboardInterrupt):
        resume_batch(by=OPERATOR, batch_uid=batch.uid)
    assert Credential.objects.count() == 4
    monkeypatch.setattr(batches, "issue_many", real)
    done = resume_batch(by=OPERATOR, batch_uid=batch.uid)
    assert (done.state, done.rows_issued, Credential.objects.count()) == (BatchState.DONE, 7, 7)


def test_where_two_persons_are_needed_the_maker_does_not_release(manager: User, asked_jobs: list[str]) -> None:
    issuer = an_issuer(manager.memberships.get().organisation)
    achievement = an_achievement(issuer, needs_two_persons=True)
    batch = preview_batch(by=manager, achievement=achievement, file=io.BytesIO(b"name\nZoe\n"), name="p.csv")
    batch = submit_batch(by=manager, batch=batch)
    assert batch.state == BatchState.WAITING
    with pytest.raises(NotAllowed):
        release_batch(by=manager, batch=batch)
    assert release_batch(by=OPERATOR, batch=batch).state == BatchState.RUNNING


def test_a_preview_may_be_dropped_and_a_running_list_not(asked_jobs: list[str]) -> None:
    batch = a_preview("name\nZoe\n")
    assert cancel_batch(by=OPERATOR, batch=batch).rows.count() == 0
    with pytest.raises(Conflict):
        submit_batch(by=OPERATOR, batch=batch)


def test_a_list_without_a_column_of_names_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no column 'name'"):
        a_preview("email\nzoe@example.org\n")
    assert IssueBatch.objects.count() == 0
