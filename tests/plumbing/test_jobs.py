"""Background work is called by name and sent after the commit; so is mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.mail import BadHeaderError
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks

from synchromesh.plumbing import jobs, mail
from synchromesh.plumbing.models import AuditEvent, ImportBatch
from synchromesh.plumbing.tasks import forget_old_previews


def test_a_job_is_sent_when_the_transaction_commits(
    db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue("plumbing.tasks.deliver_mail", to="a@example.org", subject="Hello", text="Text")
        assert outbox.outbox == []
    assert [message.subject for message in outbox.outbox] == ["Hello"]


@pytest.mark.django_db(transaction=True)
def test_a_job_is_not_sent_when_the_transaction_is_taken_back() -> None:
    with transaction.atomic():
        jobs.enqueue("plumbing.tasks.deliver_mail", to="a@example.org", subject="Hello", text="Text")
        transaction.set_rollback(True)
    assert outbox.outbox == []


@pytest.mark.parametrize("name", ["plumbing.tasks.no_such_task", "no.such.module", "tasks"])
def test_an_unknown_job_fails_where_it_is_called(db: None, name: str) -> None:
    with pytest.raises(ImportError):
        jobs.enqueue(name)


def test_a_function_that_is_no_task_is_refused(db: None) -> None:
    with pytest.raises(TypeError, match="is not a task"):
        jobs.enqueue("plumbing.mail.deliver")


def test_mail_leaves_as_plain_text_to_one_person(
    db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        mail.send(to="a@example.org", subject="Grüße", text="Line one\nLine two")
    (message,) = outbox.outbox
    assert message.to == ["a@example.org"]
    assert (message.subject, message.body) == ("Grüße", "Line one\nLine two")
    assert message.content_subtype == "plain"
    assert message.cc == message.bcc == []


@pytest.mark.parametrize(
    ("subject", "headers"),
    [("Hello\nBcc: b@example.org", {}), ("Hello", {"List-Unsubscribe": "<https://example.org>\nBcc: b@example.org"})],
)
def test_a_line_break_in_a_subject_or_a_header_is_refused(db: None, subject: str, headers: dict[str, str]) -> None:
    with pytest.raises((BadHeaderError, ValueError)):
        mail.deliver(to="a@example.org", subject=subject, text="", headers=headers)
    assert outbox.outbox == []


def test_jobs_that_ended_long_ago_are_forgotten_and_waiting_ones_are_not(db: None) -> None:
    now = timezone.now()
    for name, status, days in (("old", "SUCCESSFUL", 15), ("failed", "FAILED", 15), ("new", "SUCCESSFUL", 13)):
        DBTaskResult.objects.create(
            task_path=name, status=status, finished_at=now - timedelta(days=days), args_kwargs={}, run_after=now
        )
    DBTaskResult.objects.create(task_path="waits", status="READY", args_kwargs={}, run_after=now)
    assert jobs.forget_finished(before=now - timedelta(days=14)) == 2
    assert set(DBTaskResult.objects.values_list("task_path", flat=True)) == {"new", "waits"}


def test_an_old_preview_is_forgotten_in_the_name_of_the_operator(db: None) -> None:
    batch = ImportBatch.objects.create(kind="feed", name="x", source="x", actor="operator")
    ImportBatch.objects.update(previewed_at=timezone.now() - timedelta(days=31))
    forget_old_previews.enqueue()
    assert not ImportBatch.objects.exists()
    event = AuditEvent.objects.get()
    assert (event.actor, event.target_uid) == ("operator", str(batch.uid))
