"""Everything about a person in one file, and everything about a person gone: the rights of access and of erasure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from synchromesh.accounts.models import Invitation, Membership, MembershipRole, User
from synchromesh.accounts.permissions import may_see_person, require
from synchromesh.assessment.models import AnswerFile
from synchromesh.assessment.queries.answer_files import answer_place
from synchromesh.community.operations.event_people import delete_participation
from synchromesh.learning.models import CohortInvitation, Post
from synchromesh.pathways.operations.cv_profile import LOGGED_AS
from synchromesh.plumbing import audit
from synchromesh.plumbing.models import AuditEvent, ImportedChange
from synchromesh.site import (
    personal_credentials,
    personal_learning,
    personal_members,
    personal_news,
    personal_references,
)
from synchromesh.site import personal_records as records

FORMAT = "synchromesh-person-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Records that stay after a deletion, with the reason in plain words."""

    count: int
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionReport:
    """What a deletion did: how many records of each section are gone, and what is kept and why."""

    deleted: Mapping[str, int]
    kept: tuple[Kept, ...]
    organisations_without_manager: tuple[str, ...]


def count_records(*, by: audit.Actor, person: User) -> dict[str, int]:
    """How many records of each section are stored. The person and the operator may see it."""
    require(may_see_person(by, person), "Only the person can see this.")
    counts = {"account": 1} | {relation.section: len(relation.read(person)) for relation in records.RELATIONS}
    return counts | {"sessions": len(records.sessions(person)), "mails": records.mails(_addresses(person)).count()}


def export_person(*, by: audit.Actor, person: User) -> dict[str, Any]:
    """Everything that is stored about a person, as JSON values. The person and the operator may.

    Left out on purpose: the password and the secrets of second factors, of which only the presence is told, and other
    people, whose data are theirs.
    """
    require(may_see_person(by, person), "Only the person can take this copy.")
    with transaction.atomic():
        audit.record(by=by, action="export_person", kind="person", uid=person.uid)
        exported: dict[str, Any] = {
            "format": FORMAT,
            "made_at": timezone.now().isoformat(),
            "account": records.account(person),
        }
        exported |= {relation.section: relation.read(person) for relation in records.RELATIONS}
        return exported | {
            "ratings_given": records.ratings_given(person),
            "invitations_made": records.invitations_made(person),
            "imports_made": records.imports_made(person),
            "comments_written": records.comments_written(person),
            "remarks_written": personal_learning.remarks_written(person),
            "messages_sent": personal_learning.messages_sent(person),
            "marks_given": personal_learning.marks_given(person),
            "sessions": [{"ends_at": row.expire_date.isoformat()} for row in records.sessions(person)],
            "mails_remembered": records.mails(_addresses(person)).count(),
            "audit": records.audit_lines(person),
        }


def delete_person(*, by: audit.Actor, person: User) -> DeletionReport:
    """Delete an account and all that is personal; the audit trail keeps the uid and nothing else.

    The person and the operator may. An organisation may lose its last manager by this: nobody can be held in an account
    for the sake of an organisation, so the report names it. Cannot be undone.
    """
    require(may_see_person(by, person), "Only the person can delete this account.")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person.pk)
        deleted = {relation.section: len(relation.read(person)) for relation in records.RELATIONS if relation.deleted}
        deleted |= {"account": 1, "sessions": _end_sessions(person), "mails": _forget_mails(person)}
        alone = _managed_alone(person)
        cut = Invitation.objects.filter(used_by=person).update(used_by=None)
        uid = person.public_id
        _forget_changes(person)
        _forget_invitations(person)
        personal_members.forget_contacts(_addresses(person))
        personal_news.remove_digests(by=by, person=person, addresses=_addresses(person))
        ended = personal_news.count_ended_mails(_addresses(person))
        _remove_answer_files(person)
        unnamed = Post.objects.filter(author=person).count()
        _forget_suggestions(uid)
        awarded = personal_credentials.hide_credentials(by=by, person=person, addresses=_addresses(person))
        took_part = delete_participation(by=by, person=person, addresses=_addresses(person))
        person.delete()
        audit.record(by=by, action="delete_person", kind="person", uid=uid)
        kept = (
            *_still_there(uid),
            *_kept_invitations(cut),
            *_kept_posts(unnamed),
            *_kept_credentials(awarded),
            *_kept_registrations(took_part),
            *_kept_ended_mails(ended),
        )
    return DeletionReport(deleted=deleted, kept=kept, organisations_without_manager=alone)


def _addresses(person: User) -> list[str]:
    """Every e-mail address of the account."""
    more = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return [address for address in {person.email, *more} if address]


def _end_sessions(person: User) -> int:
    found = records.sessions(person)
    for session in found:
        session.delete()
    return len(found)


def _forget_mails(person: User) -> int:
    found = records.mails(_addresses(person))
    count: int = found.count()
    found.delete()
    return count


def _forget_changes(person: User) -> None:
    """What a split or merge of skills remembers about the person's ratings, so that it can be undone for the others."""
    of_person = Q(before__person_id=person.pk) | Q(after__person_id=person.pk)
    ImportedChange.objects.filter(of_person).delete()


def _forget_invitations(person: User) -> None:
    """Invitations into cohorts carry an address, also those that were never used."""
    to_person = Q(accepted_by=person) | Q(email__in=[address.lower() for address in _addresses(person)])
    CohortInvitation.objects.filter(to_person).delete()


def _remove_answer_files(person: User) -> None:
    """The bytes of what was handed in as files; they go once the deletion stands."""
    uids = list(AnswerFile.objects.filter(response__attempt__person=person).values_list("uid", flat=True))

    def remove() -> None:
        for uid in uids:
            answer_place(uid).unlink(missing_ok=True)

    transaction.on_commit(remove)


def _forget_suggestions(uid: str) -> None:
    """What the log says about skills that a program found in the person's CV: the line stays, its content goes."""
    AuditEvent.objects.filter(actor=uid, action=LOGGED_AS).update(details={})


def _managed_alone(person: User) -> tuple[str, ...]:
    """The organisations of which the person is the only manager."""
    managers = Membership.objects.filter(role=MembershipRole.MANAGER)
    own = managers.filter(person=person).select_related("organisation").order_by("organisation__name", "pk")
    others = set(managers.exclude(person=person).values_list("organisation_id", flat=True))
    return tuple(str(row.organisation) for row in own if row.organisation_id not in others)


def _still_there(uid: str) -> list[Kept]:
    """What still carries the uid as text, counted after the deletion."""
    kept = []
    for reference in personal_references.TEXT_REFERENCES:
        app, model, column = reference.column.split(".")
        count = apps.get_model(app, model)._default_manager.filter(**{column: uid}).count()
        if count:
            kept.append(Kept(count=count, what=reference.what, why=reference.why))
    return kept


def _kept_invitations(count: int) -> list[Kept]:
    if not count:
        return []
    why = gettext_noop("A code that was used must stay used. The link to you is cut.")
    return [Kept(count=count, what=gettext_noop("invitations that you used"), why=why)]


def _kept_posts(count: int) -> list[Kept]:
    if not count:
        return []
    why = gettext_noop("Others have answered them. Your name is not on them any more.")
    return [Kept(count=count, what=gettext_noop("posts beside units of courses"), why=why)]


def _kept_credentials(count: int) -> list[Kept]:
    if not count:
        return []
    why = gettext_noop(
        "They are the proof of those who awarded them, and your name is in what they signed. The link to you and your "
        "address are gone, and their pages show no name any more."
    )
    return [Kept(count=count, what=gettext_noop("credentials that were awarded to you"), why=why)]


def _kept_registrations(count: int) -> list[Kept]:
    if not count:
        return []
    why = gettext_noop("The number of participants must stay right. Your name, organisation and words are gone.")
    return [Kept(count=count, what=gettext_noop("registrations for events"), why=why)]


def _kept_ended_mails(count: int) -> list[Kept]:
    if not count:
        return []
    why = gettext_noop("Mails that you ended must not come again. The address cannot be read from the fingerprint.")
    return [Kept(count=count, what=gettext_noop("fingerprints of addresses that get no mails"), why=why)]
