"""What is done from time to time: lists go on, what has ended is forgotten."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.credentials.records import a_credential, an_achievement

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials import tasks
from synchromesh.credentials.models import (
    BatchState,
    ClaimLink,
    Credential,
    CredentialShare,
    IssueBatch,
    IssueRow,
    LogHead,
    WalletOffer,
)
from synchromesh.credentials.operations import batches
from synchromesh.credentials.operations.batches import preview_batch, resume_batch, submit_batch
from synchromesh.credentials.operations.upkeep import remove_expired, resume_batches
from synchromesh.engine.errors import NotAllowed
from synchromesh.plumbing.duties import list_duties

pytestmark = pytest.mark.django_db
LATER = timedelta(days=31)


def a_list(names: str = "A\nB\n", *, issued: bool = False) -> IssueBatch:
    achievement = an_achievement()
    batch = preview_batch(
        by=OPERATOR, achievement=achievement, file=io.BytesIO(f"name\n{names}".encode()), name="p.csv"
    )
    if issued:
        submit_batch(by=OPERATOR, batch=batch)
        batch = resume_batch(by=OPERATOR, batch_uid=batch.uid)
    return batch


def test_the_duties_of_credentials_are_registered() -> None:
    names = {duty.task for duty in list_duties()}
    assert {"resume_issuing", "sign_log_head", "remove_expired"} <= {name.rpartition(".")[2] for name in names}


def test_a_list_whose_process_died_goes_on(asked_jobs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "ROWS_AT_ONCE", 1)
    batch = submit_batch(by=OPERATOR, batch=a_list())
    resume_batch(by=OPERATOR, batch_uid=batch.uid, most_parts=1)
    tasks.resume_issuing.func()
    batch.refresh_from_db()
    assert (batch.state, batch.rows_issued, Credential.objects.count()) == (BatchState.DONE, 2, 2)
    assert resume_batches(by=OPERATOR) == 0


def test_rows_of_a_finished_list_and_of_an_old_preview_are_forgotten(asked_jobs: list[str]) -> None:
    done = a_list(issued=True)
    open_one = preview_batch(
        by=OPERATOR, achievement=done.version.achievement, file=io.BytesIO(b"name\nC\n"), name="q.csv"
    )
    remove_expired(by=OPERATOR)
    assert IssueRow.objects.count() == 3
    IssueBatch.objects.update(made_at=timezone.now() - LATER)
    remove_expired(by=OPERATOR)
    assert IssueRow.objects.count() == 2
    open_one.refresh_from_db()
    assert open_one.state == BatchState.CANCELLED
    IssueBatch.objects.filter(pk=done.pk).update(finished_at=timezone.now() - LATER)
    tasks.remove_expired.func()
    assert (IssueRow.objects.count(), Credential.objects.count()) == (0, 2)


def test_links_and_offers_that_ended_long_ago_are_forgotten(person: User) -> None:
    credential, now = a_credential(person=person), timezone.now()
    for days in (29, 31):
        ends_at = now - timedelta(days=days)
        shared = {"credential": credential, "made_at": ends_at, "ends_at": ends_at}
        ClaimLink.objects.create(**shared, secret_sha256=f"{days}")
        CredentialShare.objects.create(**shared, secret_sha256=f"{days}", person=person)
        WalletOffer.objects.create(**shared, code_sha256=f"{days}")
    assert remove_expired(by=OPERATOR, now=now) == 3
    assert [model.objects.count() for model in (ClaimLink, CredentialShare, WalletOffer)] == [1, 1, 1]


def test_the_head_of_the_log_is_signed_and_mails_are_sent_by_tasks(asked_jobs: list[str]) -> None:
    credential = a_credential()
    tasks.sign_log_head.func()
    assert LogHead.objects.get().size == 1
    tasks.send_award_mail.func(credential_uid=str(credential.uid))
    assert asked_jobs[-1] == "plumbing.tasks.deliver_mail"


def test_only_the_operator_does_it(staff: User) -> None:
    for operation in (remove_expired, resume_batches):
        with pytest.raises(NotAllowed):
            operation(by=staff)
