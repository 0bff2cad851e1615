"""Mail as background work: sent by the worker after the commit, as plain text, one message per person."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage

from synchromesh.plumbing import jobs


def send(*, to: str, subject: str, text: str, headers: Mapping[str, str] | None = None) -> None:
    """Queue one plain-text mail; it leaves after the current transaction commits. `headers` come beside the usual."""
    more = {"headers": dict(headers)} if headers else {}
    jobs.enqueue("plumbing.tasks.deliver_mail", to=to, subject=subject, text=text, **more)


def deliver(*, to: str, subject: str, text: str, headers: Mapping[str, str] | None = None) -> None:
    """Hand one mail to the configured server. Newlines in a subject or a header are refused by Django itself."""
    EmailMessage(
        subject=subject, body=text, from_email=settings.DEFAULT_FROM_EMAIL, to=[to], headers=dict(headers or {})
    ).send()
