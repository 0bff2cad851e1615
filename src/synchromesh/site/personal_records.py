"""Which records belong to a person: every relation to an account, how it is shown, and what deletion does to it.

A test walks all models and fails when one with a relation to a person is missing here, so that a new feature cannot
forget the right to see one's data and to have it deleted (GDPR, Regulation (EU) 2016/679, articles 15, 17 and 20).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from synchromesh.accounts.models import Invitation, Membership, ProviderApplication, User
from synchromesh.framework.models import VersionComment
from synchromesh.pathways.models import Plan, PlanStep, Rating, Review, SavedList, SavedSearch
from synchromesh.plumbing.models import AuditEvent, ImportBatch
from synchromesh.site.personal_credentials import CREDENTIAL_RELATIONS
from synchromesh.site.personal_events import EVENT_RELATIONS
from synchromesh.site.personal_learning import LEARNING_RELATIONS
from synchromesh.site.personal_members import MEMBER_RELATIONS
from synchromesh.site.personal_news import NEWS_RELATIONS
from synchromesh.site.personal_passports import PASSPORT_RELATIONS
from synchromesh.site.personal_relations import Entry, PersonalRelation, text
from synchromesh.site.personal_sharing import SHARING_RELATIONS


def account(person: User) -> Entry:
    """The account itself; of the password only whether there is one."""
    return {
        "uid": person.public_id,
        "name": person.name,
        "email": person.email,
        "sign_in_name": person.sign_in_name,
        "language": person.language,
        "alliance_staff": person.is_alliance_staff,
        "active": person.is_active,
        "joined_at": text(person.date_joined),
        "last_sign_in_at": text(person.last_login),
        "has_password": person.has_usable_password(),
    }


def _email_addresses(person: User) -> list[Entry]:
    found = EmailAddress.objects.filter(user=person).order_by("pk")
    return [{"email": row.email, "verified": row.verified, "primary": row.primary} for row in found]


def _provider_applications(person: User) -> list[Entry]:
    found = ProviderApplication.objects.filter(person=person).order_by("pk")
    return [
        {"name": row.name, "url": row.url, "note": row.note, "made_at": text(row.made_at), "state": row.state,
         "answer": row.answer}
        for row in found
    ]  # fmt: skip


def _second_factors(person: User) -> list[Entry]:
    """Kinds and dates; the secrets themselves would only help somebody who stole the file."""
    found = Authenticator.objects.filter(user=person).order_by("pk")
    return [{"kind": row.type, "since": text(row.created_at), "last_used_at": text(row.last_used_at)} for row in found]


def _single_sign_on(person: User) -> list[Entry]:
    if not apps.is_installed("allauth.socialaccount"):
        return []
    label = "socialaccount.SocialAccount"  # a name, since the app is installed only with single sign-on
    found = apps.get_model(label)._default_manager.filter(user=person).order_by("pk")
    return [{"provider": row.provider, "id_there": row.uid, "told_us": row.extra_data} for row in found]


def _memberships(person: User) -> list[Entry]:
    found = Membership.objects.filter(person=person).select_related("organisation").order_by("pk")
    return [{"organisation": str(row.organisation), "role": row.role, "since": text(row.since)} for row in found]


def _invitations_used(person: User) -> list[Entry]:
    found = Invitation.objects.filter(used_by=person).select_related("organisation").order_by("pk")
    return [{"organisation": str(row.organisation), "role": row.role, "used_at": text(row.used_at)} for row in found]


def _rating(row: Rating) -> Entry:
    return {
        "skill": row.skill.slug,
        "skill_title": str(row.skill),
        "kind": row.kind,
        "level": row.level,
        "rated_at": text(row.rated_at),
    }


def _ratings(person: User) -> list[Entry]:
    found = Rating.objects.filter(person=person).select_related("skill", "progress__unit").order_by("pk")
    return [
        _rating(row)
        | {
            "by_yourself": row.rater == person.public_id,
            "evidence": row.evidence,
            "unit": str(row.progress.unit.uid) if row.progress else None,
            "expires_on": text(row.expires_on),
        }
        for row in found
    ]


def _step(row: PlanStep) -> Entry:
    return {
        "position": row.position,
        "course": row.course.slug,
        "course_title": str(row.course),
        "closes": row.closes,
        "status": row.status,
        "finished_on": text(row.finished_on),
    }


def _plans(person: User) -> list[Entry]:
    found = Plan.objects.filter(person=person).select_related("role", "version").prefetch_related("steps__course")
    return [
        {
            "uid": str(row.uid),
            "role": row.role.slug,
            "role_title": str(row.role),
            "framework_version": row.version.number,
            "hour_value_cents": row.hour_value_cents,
            "saved_at": text(row.saved_at),
            "steps": [_step(step) for step in row.steps.all()],
        }
        for row in found.order_by("pk")
    ]


def _saved_searches(person: User) -> list[Entry]:
    """What was found before is left out: it says what the catalogue held, not what the person did."""
    found = SavedSearch.objects.filter(owner=person).defer("seen").order_by("pk")
    return [
        {"title": row.title, "query": row.query, "language": row.language, "frequency": row.frequency,
         "made_at": text(row.made_at), "mailed_at": text(row.mailed_at),
         "unsubscribed_at": text(row.unsubscribed_at)}
        for row in found
    ]  # fmt: skip


def _saved_lists(person: User) -> list[Entry]:
    """With the key of the link: whoever holds the copy may read the list as long as the person keeps the link."""
    found = SavedList.objects.filter(owner=person).prefetch_related("entries__course").order_by("pk")
    return [
        {
            "uid": str(row.uid),
            "title": row.title,
            "note": row.note,
            "link_key": row.link_key,
            "made_at": text(row.made_at),
            "courses": [
                {"course": entry.course.slug, "note": entry.note, "added_at": text(entry.added_at)}
                for entry in row.entries.all()
            ],
        }
        for row in found
    ]


def _reviews(person: User) -> list[Entry]:
    found = Review.objects.filter(person=person).select_related("course").order_by("pk")
    return [
        {
            "course": row.course.slug,
            "course_title": str(row.course),
            "helped": row.helped,
            "words": row.words,
            "language": row.language,
            "finished_on": text(row.finished_on),
            "written_at": text(row.written_at),
            "state": row.state,
            "reason": row.reason,
            "answer_of_the_provider": row.answer,
        }
        for row in found
    ]


RELATIONS: tuple[PersonalRelation, ...] = (
    PersonalRelation(relation="account.EmailAddress.user", section="email_addresses", read=_email_addresses),
    PersonalRelation(relation="mfa.Authenticator.user", section="second_factors", read=_second_factors),
    PersonalRelation(relation="socialaccount.SocialAccount.user", section="single_sign_on", read=_single_sign_on),
    PersonalRelation(relation="accounts.Membership.person", section="memberships", read=_memberships),
    PersonalRelation(
        relation="accounts.Invitation.used_by", section="invitations_used", read=_invitations_used, deleted=False
    ),
    PersonalRelation(
        relation="accounts.ProviderApplication.person", section="provider_applications", read=_provider_applications
    ),
    PersonalRelation(relation="pathways.Rating.person", section="ratings", read=_ratings),
    PersonalRelation(relation="pathways.Plan.person", section="plans", read=_plans),
    PersonalRelation(relation="pathways.SavedList.owner", section="saved_lists", read=_saved_lists),
    PersonalRelation(relation="pathways.SavedSearch.owner", section="saved_searches", read=_saved_searches),
    PersonalRelation(relation="pathways.Review.person", section="reviews", read=_reviews),
    *LEARNING_RELATIONS,
    *CREDENTIAL_RELATIONS,
    *MEMBER_RELATIONS,
    *NEWS_RELATIONS,
    *PASSPORT_RELATIONS,
    *EVENT_RELATIONS,
    *SHARING_RELATIONS,
)


def ratings_given(person: User) -> list[Entry]:
    """Ratings of others, without saying of whom: that is theirs to show."""
    found = Rating.objects.filter(rater=person.public_id).exclude(person=person).select_related("skill").order_by("pk")
    return [_rating(row) for row in found]


def invitations_made(person: User) -> list[Entry]:
    """Invitations made for organisations, without who used them."""
    found = Invitation.objects.filter(created_by=person.public_id).select_related("organisation").order_by("pk")
    return [{"organisation": str(row.organisation), "role": row.role, "at": text(row.created_at)} for row in found]


def imports_made(person: User) -> list[Entry]:
    """Files that the person imported."""
    found = ImportBatch.objects.filter(actor=person.public_id).defer(*ImportBatch.LARGE_COLUMNS).order_by("pk")
    return [{"kind": row.kind, "file": row.name, "status": row.status, "at": text(row.previewed_at)} for row in found]


def comments_written(person: User) -> list[Entry]:
    """Comments on drafts of the framework, in the person's own words."""
    found = VersionComment.objects.filter(written_by=person.public_id).select_related("version").order_by("pk")
    return [
        {
            "framework_version": row.version.number,
            "about": f"{row.subject}/{row.subject_uid}" if row.subject_uid else row.subject,
            "text": row.text,
            "written_at": text(row.written_at),
            "settled_at": text(row.resolved_at),
        }
        for row in found
    ]


def audit_lines(person: User) -> list[Entry]:
    """What the person did and what was done to the account; other people appear without their identifier."""
    uid = person.public_id
    found = AuditEvent.objects.filter(Q(actor=uid) | Q(target_uid=uid) | Q(details__person=uid)).order_by("at", "pk")
    return [
        {
            "at": text(row.at),
            "by": "you" if row.actor == uid else row.actor if row.actor in {"operator", "visitor"} else "somebody else",
            "action": row.action,
            "record": f"{row.target_kind}/{row.target_uid}",
            "details": row.details,
        }
        for row in found
    ]


def sessions(person: User) -> list[Session]:
    """The open sessions of a person, found by reading them all: they carry no column for it."""
    open_ones = Session.objects.filter(expire_date__gt=timezone.now()).iterator(chunk_size=1000)
    return [row for row in open_ones if row.get_decoded().get("_auth_user_id") == str(person.pk)]


def mails(addresses: Iterable[str]) -> Any:
    """Mails to these addresses that wait in the queue or are remembered as sent (a queryset)."""
    return DBTaskResult.objects.filter(
        task_path="synchromesh.plumbing.tasks.deliver_mail", args_kwargs__kwargs__to__in=list(addresses)
    )
