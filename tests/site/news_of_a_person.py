"""Records of mails and digests that belong to a person, one of each kind."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.community.models import DigestSubscription, MailPreference

NEWS_BUILDERS: dict[str, Callable[[User], object]] = {
    "community.MailPreference.person": lambda person: MailPreference.objects.create(
        person=person, kind="event", is_wanted=False, said_at=timezone.now()
    ),
    "community.DigestSubscription.person": lambda person: DigestSubscription.objects.create(
        person=person, language="en", asked_at=timezone.now()
    ),
}
