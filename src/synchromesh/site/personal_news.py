"""What mails, digests, news and engagements keep about a person."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext_noop

from synchromesh.accounts.models import User
from synchromesh.community.models import DigestSubscription, EmailSuppression, MailPreference
from synchromesh.community.queries.mail_keys import hash_address
from synchromesh.plumbing import audit
from synchromesh.site.personal_relations import Entry, PersonalRelation, TextReference, text


def _mail_preferences(person: User) -> list[Entry]:
    found = MailPreference.objects.filter(person=person).order_by("pk")
    return [
        {"kind": row.kind, "wanted": row.is_wanted, "said_at": text(row.said_at), "in_a_mail": row.through_mail}
        for row in found
    ]


def _digests(person: User) -> list[Entry]:
    """With one that was asked for without the account, to the same address."""
    own = Q(person=person) | Q(address_hash=hash_address(person.email)) if person.email else Q(person=person)
    found = DigestSubscription.objects.filter(own).prefetch_related("topics", "regions").order_by("pk")
    return [
        {
            "frequency": row.frequency,
            "language": row.language,
            "topics": [topic.slug for topic in row.topics.all()],
            "regions": [region.code for region in row.regions.all()],
            "news": row.with_news,
            "events": row.with_events,
            "courses": row.with_courses,
            "asked_at": text(row.asked_at),
            "last_mail_at": text(row.sent_at),
        }
        for row in found
    ]


def remove_digests(*, by: audit.Actor, person: User, addresses: Collection[str]) -> None:
    """Take out digests that were asked for without the account. Called inside the transaction that deletes it."""
    hashes = [hash_address(address) for address in addresses]
    if gone := DigestSubscription.objects.filter(address_hash__in=hashes, person=None).delete()[0]:
        audit.record(by=by, action="remove_digests", kind="person", uid=person.uid, digests=gone)


def count_ended_mails(addresses: Collection[str]) -> int:
    """For how many addresses it is remembered, as a hash, that they get no mails of some kind."""
    hashes = [hash_address(address) for address in addresses]
    return EmailSuppression.objects.filter(address_hash__in=hashes).values("address_hash").distinct().count()


NEWS_RELATIONS: tuple[PersonalRelation, ...] = (
    PersonalRelation(relation="community.MailPreference.person", section="mail_switches", read=_mail_preferences),
    PersonalRelation(relation="community.DigestSubscription.person", section="digests", read=_digests),
)
_RECORD = gettext_noop("They are the alliance's record of its work. Your name is not in them.")
NEWS_REFERENCES: tuple[TextReference, ...] = (
    TextReference(column="community.NewsArticle.made_by", what=gettext_noop("news that you wrote"), why=_RECORD),
    TextReference(
        column="community.NewsArticle.published_by", what=gettext_noop("news that you published"), why=_RECORD
    ),
    TextReference(column="community.NewsCorrection.written_by", what=gettext_noop("corrections of news"), why=_RECORD),
    TextReference(
        column="community.Engagement.made_by", what=gettext_noop("engagements that you recorded"), why=_RECORD
    ),
    TextReference(
        column="community.FollowUp.made_by", what=gettext_noop("things to do after an engagement"), why=_RECORD
    ),
    TextReference(
        column="community.FollowUp.settled_by",
        what=gettext_noop("things to do after an engagement that you did"),
        why=_RECORD,
    ),
)
