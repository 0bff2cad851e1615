"""Make people and say what they may do for which organisation."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from synchromesh.accounts.models import Membership, MembershipRole, Organisation, User
from synchromesh.accounts.permissions import is_alliance_staff, is_operator, may_manage_organisation, require
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.plumbing import audit

LONGEST_NAME = 120


def checked_name(name: str) -> str:
    """A person's name without blanks around it; may be empty. Raises InvalidInput."""
    tidy = " ".join(name.split())
    if len(tidy) > LONGEST_NAME:
        raise InvalidInput(f"A name may have {LONGEST_NAME} letters at most.", field="name")
    return tidy


def checked_role(role: str) -> MembershipRole:
    """The role by its code. Raises InvalidInput."""
    try:
        return MembershipRole(role)
    except ValueError:
        raise InvalidInput(f"A role is one of {', '.join(MembershipRole.values)}.", field="role") from None


def check_password(password: str, person: User) -> None:
    """Hold a new password against the rules of the site. Raises InvalidInput with every rule that is broken."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise InvalidInput(" ".join(error.messages), field="password") from None


def create_person(
    *, by: audit.Actor, email: str, name: str = "", password: str | None = None, alliance_staff: bool = False
) -> User:
    """Make an account with an e-mail address; without a password the person sets one through "forgotten password".

    Alliance staff and the operator may; only the operator makes somebody alliance staff, so that one stolen staff
    account cannot make more. Raises NotAllowed, InvalidInput, and Conflict when the address has an account.
    """
    require(is_alliance_staff(by), "Only alliance staff can make accounts for others.")
    require(is_operator(by) or not alliance_staff, "Only the operator of the server can make somebody alliance staff.")
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise InvalidInput(
            "This is not an e-mail address. It should look like name@example.org.", field="email"
        ) from None
    if User.objects.filter(email__iexact=address).exists():
        raise Conflict("There is an account with this e-mail address already.", field="email")
    if password is not None:
        check_password(password, User(email=address, sign_in_name=address, name=name))
    with transaction.atomic():
        person = User.objects.create_user(
            email=address, password=password, name=checked_name(name), is_alliance_staff=alliance_staff
        )
        audit.record(by=by, action="create_person", kind="person", uid=person.uid, alliance_staff=alliance_staff)
    return person


def add_membership(*, by: audit.Actor, person: User, organisation: Organisation, role: str) -> Membership:
    """Put a person into an organisation at once. Alliance staff and the operator may.

    Managers invite instead: nobody becomes visible to an organisation without having accepted. Raises NotAllowed,
    InvalidInput, and Conflict when the person belongs to it already.
    """
    require(is_alliance_staff(by), "Only alliance staff can add people directly. Send an invitation instead.")
    wanted = checked_role(role)
    if Membership.objects.filter(person=person, organisation=organisation).exists():
        raise Conflict("This person belongs to the organisation already. Change the role instead.", field="person")
    return enter_organisation(by=by, person=person, organisation=organisation, role=wanted)


def enter_organisation(
    *, by: audit.Actor, person: User, organisation: Organisation, role: MembershipRole
) -> Membership:
    """Write a new membership and its audit line; the caller has checked the permission."""
    with transaction.atomic():
        membership = Membership.objects.create(person=person, organisation=organisation, role=role)
        audit.record(
            by=by,
            action="add_membership",
            kind="organisation",
            uid=organisation.uid,
            person=person.public_id,
            role=role,
        )
    return membership


def change_role(*, by: audit.Actor, person: User, organisation: Organisation, role: str) -> Membership:
    """Give a person of an organisation another role. Its managers and alliance staff may.

    Raises NotAllowed, InvalidInput, NotFound, and Conflict for the last manager.
    """
    require(may_manage_organisation(by, organisation), "Only managers of the organisation can change roles.")
    wanted = checked_role(role)
    with transaction.atomic():
        membership = _membership(person, organisation)
        if membership.role == wanted:
            return membership
        if wanted != MembershipRole.MANAGER:
            _keep_a_manager(by, membership)
        before, membership.role = membership.role, wanted
        membership.save(update_fields=["role"])
        audit.record(
            by=by,
            action="change_role",
            kind="organisation",
            uid=organisation.uid,
            person=person.public_id,
            before=before,
            after=str(wanted),
        )
    return membership


def remove_membership(*, by: audit.Actor, person: User, organisation: Organisation) -> None:
    """Take a person out of an organisation. The person, its managers and alliance staff may.

    Raises NotAllowed, NotFound, and Conflict for the last manager.
    """
    own = isinstance(by, User) and by.is_active and by.pk == person.pk
    require(own or may_manage_organisation(by, organisation), "Only managers of the organisation can take people out.")
    with transaction.atomic():
        membership = _membership(person, organisation)
        _keep_a_manager(by, membership)
        membership.delete()
        audit.record(
            by=by, action="remove_membership", kind="organisation", uid=organisation.uid, person=person.public_id
        )


def _membership(person: User, organisation: Organisation) -> Membership:
    # All managers are locked together, so that two of them cannot each take the other's role away.
    found = list(Membership.objects.select_for_update().filter(organisation=organisation).order_by("pk"))
    for membership in found:
        if membership.person_id == person.pk:
            return membership
    raise NotFound("This person does not belong to the organisation.", field="person")


def _keep_a_manager(by: audit.Actor, membership: Membership) -> None:
    """An organisation that has a manager keeps one, unless alliance staff decides otherwise."""
    if membership.role != MembershipRole.MANAGER or is_alliance_staff(by):
        return
    managers = Membership.objects.filter(organisation=membership.organisation_id, role=MembershipRole.MANAGER)
    if not managers.exclude(pk=membership.pk).exists():
        raise Conflict("This is the last manager of the organisation. Make somebody else a manager first.")
