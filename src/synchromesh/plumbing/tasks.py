"""Background work of the plumbing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from synchromesh.plumbing import imports, jobs, mail

JOBS_ARE_KEPT = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Schedule:
    """The operator, who has set up that this is done by itself; this package knows no accounts."""

    public_id: str = "operator"


@task(queue_name="mail")
def deliver_mail(to: str, subject: str, text: str, headers: dict[str, str] | None = None) -> None:
    """Send one mail. A repeated run sends it again: mail servers offer nothing better."""
    mail.deliver(to=to, subject=subject, text=text, headers=headers)


@task()
def forget_old_jobs() -> None:
    """Take out jobs that ended two weeks ago or earlier, with the addresses of mails in them. Harmless to repeat."""
    jobs.forget_finished(before=timezone.now() - JOBS_ARE_KEPT)


@task()
def forget_old_previews() -> None:
    """Take out previews of imports that nobody has committed in time, with their files. Harmless to repeat."""
    imports.forget_old_previews(by=_Schedule(), now=timezone.now())
