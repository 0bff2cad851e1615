"""Background work of credentials."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.operations import batches, log, mails, stacks, upkeep


@task()
def resume_batch(*, batch_uid: str) -> None:
    """Issue what is left of a list. A repeated run goes on where the former one stopped."""
    batches.resume_batch(by=OPERATOR, batch_uid=batch_uid)


@task()
def resume_issuing() -> None:
    """Go on with lists whose process died. A repeated run finds none."""
    upkeep.resume_batches(by=OPERATOR)


@task()
def award_by_parts() -> None:
    """Award what follows its parts to who has all of them. A repeated run finds nobody."""
    stacks.award_by_parts(by=OPERATOR)


@task()
def send_award_mail(*, credential_uid: str) -> None:
    """Tell a holder what was issued to them."""
    mails.send_award_mail(by=OPERATOR, credential_uid=credential_uid)


@task()
def send_status_mail(*, change_uid: str) -> None:
    """Tell a holder that the status of a credential changed."""
    mails.send_status_mail(change_uid=change_uid)


@task()
def sign_log_head() -> None:
    """Sign the tip of the transparency log, unless it is signed."""
    log.sign_log_head(by=OPERATOR)


@task()
def remove_expired() -> None:
    """Forget claim links, wallet offers and requests that ended long ago. A repeated run finds none."""
    upkeep.remove_expired(by=OPERATOR, now=timezone.now())
