"""Background work is called by name and sent after the commit; so is mail."""

from __future__ import annotations

import pytest
from django.core import mail as outbox
from django.core.mail import BadHeaderError
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from synchromesh.plumbing import jobs, mail


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


def test_a_line_break_in_a_subject_is_refused(db: None) -> None:
    with pytest.raises((BadHeaderError, ValueError)):
        mail.deliver(to="a@example.org", subject="Hello\nBcc: b@example.org", text="")
    assert outbox.outbox == []
