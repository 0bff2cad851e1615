"""Tells Django about this app."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig

from synchromesh.plumbing import duties


class CredentialsConfig(AppConfig):
    """The app `credentials`; what it owns is said in its package docstring."""

    name = "synchromesh.credentials"
    label = "credentials"

    def ready(self) -> None:
        """Go on with interrupted issuing, award what follows its parts, sign heads of the log, forget what is over."""
        duties.register("credentials.tasks.resume_issuing", every=timedelta(minutes=2))
        duties.register("credentials.tasks.award_by_parts", every=timedelta(minutes=10))
        duties.register("credentials.tasks.sign_log_head", every=timedelta(hours=1))
        duties.register("credentials.tasks.remove_expired", every=timedelta(days=1))
