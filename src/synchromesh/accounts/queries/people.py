"""Who belongs where, and who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from synchromesh.accounts.models import Invitation, Membership, Organisation, User
from synchromesh.accounts.permissions import is_alliance_staff, may_manage_organisation, may_see_person
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor


def find_person(sign_in: str) -> User | None:
    """The person who signs in with this e-mail address or sign-in name, or None."""
    text = sign_in.strip()
    if "@" in text:
        return User.objects.filter(email__iexact=text).first()
    return User.objects.filter(sign_in_name=text.lower()).first()


def has_confirmed_address(person: User) -> bool:
    """Whether a person has an address for mails that they have shown to be theirs."""
    return (
        bool(person.email)
        and EmailAddress.objects.filter(user=person, verified=True, email__iexact=person.email).exists()
    )


def find_names(public_ids: Iterable[str], *, visible_to: Actor) -> dict[str, str]:
    """The names behind public ids that records keep as text. Alliance staff see them; people who left have none."""
    uids = {uid for uid in map(_uid, public_ids) if uid is not None}
    if not uids or not is_alliance_staff(visible_to):
        return {}
    return {person.public_id: str(person) for person in User.objects.filter(uid__in=uids)}


def _uid(text: str) -> UUID | None:
    """The uid that a text is, or None for a built-in actor such as the operator."""
    try:
        return UUID(text)
    except ValueError:
        return None


def list_memberships(person: User, *, visible_to: Actor) -> list[Membership]:
    """The organisations of a person, by name. Nobody but the person and the operator sees all of them."""
    if not may_see_person(visible_to, person):
        return []
    found = Membership.objects.filter(person=person).select_related("organisation")
    return list(found.order_by("organisation__name", "pk"))


def list_people(organisation: Organisation, *, visible_to: Actor) -> list[Membership]:
    """The people of an organisation with their roles, by name: all for its managers, else only oneself."""
    found: QuerySet[Membership] = Membership.objects.filter(organisation=organisation).select_related("person")
    if not may_manage_organisation(visible_to, organisation):
        if not isinstance(visible_to, User):
            return []
        found = found.filter(person=visible_to)
    return list(found.order_by("person__name", "pk"))


def list_invitations(organisation: Organisation, *, visible_to: Actor) -> list[Invitation]:
    """The invitations of an organisation, newest first; empty for all but its managers and alliance staff."""
    if not may_manage_organisation(visible_to, organisation):
        return []
    found = Invitation.objects.filter(organisation=organisation).select_related("used_by", "organisation")
    return list(found.order_by("-created_at", "-pk"))


def get_invitation(organisation: Organisation, uid: str | UUID, *, visible_to: Actor) -> Invitation:
    """One invitation of an organisation. Raises NotFound, also for somebody who may not see it."""
    try:
        wanted = UUID(str(uid))
    except ValueError:
        raise NotFound("There is no such invitation.") from None
    for invitation in list_invitations(organisation, visible_to=visible_to):
        if invitation.uid == wanted:
            return invitation
    raise NotFound("There is no such invitation.")
