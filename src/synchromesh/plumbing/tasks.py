"""Background work of the plumbing."""

from __future__ import annotations

from django_tasks import task

from synchromesh.plumbing import mail


@task(queue_name="mail")
def deliver_mail(to: str, subject: str, text: str) -> None:
    """Send one mail. A repeated run sends it again: mail servers offer nothing better."""
    mail.deliver(to=to, subject=subject, text=text)
