"""Invitations on paper: a code that opens one account or one membership, once, for people with or without e-mail."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import Invitation, Membership, Organisation, User
from synchromesh.accounts.operations.people import check_password, checked_name, checked_role, enter_organisation
from synchromesh.accounts.operations.sign_in_names import free_sign_in_name
from synchromesh.accounts.permissions import VISITOR, may_manage_organisation, require
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.plumbing import audit
from synchromesh.plumbing.typed_codes import in_groups, new_code, read_code

_LETTERS = 12  # of 5 bits each
LONGEST_VALIDITY_DAYS = 365


def create_invitation(
    *, by: audit.Actor, organisation: Organisation, role: str, valid_days: int = 30
) -> tuple[Invitation, str]:
    """Make an invitation and its code. Managers of the organisation and alliance staff may.

    The code is returned here and never again: only its SHA-256 is stored, which is enough for 60 random bits that
    expire. Raises NotAllowed and InvalidInput.
    """
    require(may_manage_organisation(by, organisation), "Only managers of the organisation can invite people.")
    wanted = checked_role(role)
    if not 1 <= valid_days <= LONGEST_VALIDITY_DAYS:
        raise InvalidInput(f"An invitation is valid for 1 to {LONGEST_VALIDITY_DAYS} days.", field="valid_days")
    letters = new_code(_LETTERS)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            code_hash=_hash(letters),
            organisation=organisation,
            role=wanted,
            created_by=by.public_id,
            expires_at=timezone.now() + timedelta(days=valid_days),
        )
        audit.record(
            by=by,
            action="create_invitation",
            kind="invitation",
            uid=invitation.uid,
            organisation=str(organisation.uid),
            role=str(wanted),
        )
    return invitation, in_groups(letters)


def withdraw_invitation(*, by: audit.Actor, invitation: Invitation) -> Invitation:
    """End an invitation that was not used, for example because the paper is lost.

    Managers of the organisation and alliance staff may. Raises NotAllowed, and Conflict when it was used.
    """
    require(
        may_manage_organisation(by, invitation.organisation), "Only managers of the organisation can withdraw this."
    )
    with transaction.atomic():
        now = timezone.now()
        if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(expires_at=now):
            raise Conflict("This invitation was used already. Take the person out of the organisation instead.")
        audit.record(by=by, action="withdraw_invitation", kind="invitation", uid=invitation.uid)
    invitation.refresh_from_db()
    return invitation


def accept_invitation(*, by: audit.Actor, code: str, name: str, password: str) -> User:
    """Open an account with a code; the new person gets a sign-in name that can be written down.

    `by` is VISITOR. One code opens one account, once. Raises NotAllowed for anybody signed in, and InvalidInput with
    the field `code`, `name` or `password`.
    """
    require(by is VISITOR, "You have an account already. Use the code to join the organisation instead.")
    with transaction.atomic():
        invitation = _open_invitation(code)
        person = User(sign_in_name=free_sign_in_name(), name=checked_name(name))
        check_password(password, person)
        person.set_password(password)
        person.save(force_insert=True)
        audit.record(by=person, action="create_person", kind="person", uid=person.uid, alliance_staff=False)
        _use(invitation, person)
    return person


def join_organisation(*, by: User, code: str) -> Membership:
    """Enter an organisation with a code and the account one has.

    Raises InvalidInput with the field `code`, and Conflict when the person belongs to it already; the code then stays
    good for somebody else.
    """
    require(by.is_active, "This account is closed.")
    with transaction.atomic():
        invitation = _open_invitation(code)
        if Membership.objects.filter(person=by, organisation=invitation.organisation).exists():
            raise Conflict(f"You belong to {invitation.organisation} already.", field="code")
        return _use(invitation, by)


def _use(invitation: Invitation, person: User) -> Membership:
    """Mark the invitation as used, or refuse when another request was faster; then enter."""
    now = timezone.now()
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=now, used_by=person):
        raise InvalidInput("This code was used already. Ask for a new one.", field="code")
    audit.record(by=person, action="accept_invitation", kind="invitation", uid=invitation.uid)
    return enter_organisation(
        by=person, person=person, organisation=invitation.organisation, role=checked_role(invitation.role)
    )


def _open_invitation(code: str) -> Invitation:
    """The invitation that a code belongs to. It is found by the hash, so that timing tells nothing about the code."""
    letters = read_code(code, signs=_LETTERS)
    if letters is None:
        raise InvalidInput("A code has 12 letters and digits, such as 7K2M-9QXR-4TBH.", field="code")
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(code_hash=_hash(letters))
        .first()
    )
    if found is None:
        raise InvalidInput("This code is not known. Compare it with the paper letter by letter.", field="code")
    if found.used_at is not None:
        raise InvalidInput("This code was used already. Ask for a new one.", field="code")
    if found.expires_at <= timezone.now():
        raise InvalidInput("This code is no longer valid. Ask for a new one.", field="code")
    return found


def _hash(letters: str) -> str:
    return hashlib.sha256(letters.encode("ascii")).hexdigest()
