"""Records of mails, digests and engagements that belong to a person, one of each kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.community.models import DigestSubscription, Engagement, EngagementSpeaker, MailPreference


def _make_speaker(person: User) -> None:
    engagement = Engagement.objects.create(
        kind="speech", event_title="A forum", starts_on=date(2024, 5, 1), ends_on=date(2024, 5, 1), made_by="operator"
    )
    EngagementSpeaker.objects.create(engagement=engagement, person=person, name="Pia Person")


NEWS_BUILDERS: dict[str, Callable[[User], object]] = {
    "community.MailPreference.person": lambda person: MailPreference.objects.create(
        person=person, kind="event", is_wanted=False, said_at=timezone.now()
    ),
    "community.DigestSubscription.person": lambda person: DigestSubscription.objects.create(
        person=person, language="en", asked_at=timezone.now()
    ),
    "community.EngagementSpeaker.person": _make_speaker,
}
