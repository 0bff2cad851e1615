"""Mail domains of members, and people with an address there who ask to belong to the member."""

from __future__ import annotations

import re

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from synchromesh.accounts.models import Membership, MembershipRole, Organisation, User
from synchromesh.accounts.operations.people import enter_organisation
from synchromesh.accounts.permissions import may_manage_organisation, require
from synchromesh.community.models import JoinRequest, MailDomain, MemberProfile, RequestState
from synchromesh.community.models.mail_preferences import MailKind
from synchromesh.community.operations.mail_sending import send_to_person
from synchromesh.community.permissions import may_decide_members, may_join_by_address, may_manage_profile
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.plumbing import audit, mail

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII)
# Where everybody can have an address: a domain there says nothing about an organisation.
OF_EVERYBODY = frozenset({
    "aol.com", "free.fr", "gmail.com", "gmx.at", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com", "icloud.com",
    "laposte.net", "libero.it", "live.com", "mail.com", "mail.ru", "me.com", "msn.com", "o2.pl", "onet.pl", "orange.fr",
    "outlook.com", "proton.me", "protonmail.com", "seznam.cz", "t-online.de", "web.de", "wp.pl", "yahoo.com",
    "yandex.com",
})  # fmt: skip
MOST_DOMAINS = 10
_MANAGERS_ONLY = "Only managers of the member can do this."


def add_mail_domain(*, by: audit.Actor, profile: MemberProfile, domain: str) -> MailDomain:
    """Name a mail domain of a member; it counts once alliance staff have checked it.

    Raises NotAllowed, InvalidInput with the field `domain`, and Conflict where it is named already.
    """
    require(may_manage_profile(by, profile), _MANAGERS_ONLY)
    tidy = domain.strip().lower().removeprefix("@")
    if not _DOMAIN.fullmatch(tidy) or len(tidy) > 253:
        raise InvalidInput("This is no mail domain. It looks like example.org.", field="domain")
    if tidy in OF_EVERYBODY:
        raise InvalidInput("Everybody can have an address there. Name a domain of your own.", field="domain")
    try:
        with transaction.atomic():
            MemberProfile.objects.select_for_update().get(pk=profile.pk)
            if profile.mail_domains.count() >= MOST_DOMAINS:
                raise Conflict(f"A member has {MOST_DOMAINS} mail domains at most.")
            made = MailDomain.objects.create(profile=profile, domain=tidy, named_by=by.public_id)
            audit.record(by=by, action="add_mail_domain", kind="member", uid=profile.uid, domain=tidy)
    except IntegrityError:
        raise Conflict("A member has named this domain already.", field="domain") from None
    return made


def confirm_mail_domain(*, by: audit.Actor, domain: MailDomain) -> MailDomain:
    """Say that a domain is the member's. Alliance staff do. Raises NotAllowed."""
    require(may_decide_members(by), "Only alliance staff confirm mail domains.")
    with transaction.atomic():
        domain.verified_by, domain.verified_at = by.public_id, timezone.now()
        domain.save(update_fields=["verified_by", "verified_at"])
        audit.record(by=by, action="confirm_mail_domain", kind="member", uid=domain.profile.uid, domain=domain.domain)
    return domain


def remove_mail_domain(*, by: audit.Actor, domain: MailDomain) -> None:
    """Take a mail domain away. Managers of the member and alliance staff may. Raises NotAllowed."""
    require(may_manage_profile(by, domain.profile), _MANAGERS_ONLY)
    with transaction.atomic():
        audit.record(by=by, action="remove_mail_domain", kind="member", uid=domain.profile.uid, domain=domain.domain)
        domain.delete()


def request_join(*, by: User, organisation: Organisation) -> JoinRequest:
    """Ask to belong to a member, by whoever has a confirmed address in one of its domains.

    Raises NotAllowed for others, and Conflict where the person belongs to it or has asked already.
    """
    require(may_join_by_address(by, organisation), "Only people with an address of the organisation can ask this.")
    if Membership.objects.filter(person=by, organisation=organisation).exists():
        raise Conflict("You belong to this organisation already.")
    try:
        with transaction.atomic():
            made = JoinRequest.objects.create(person=by, organisation=organisation)
            audit.record(by=by, action="request_join", kind="organisation", uid=organisation.uid)
            _tell_managers(organisation)
    except IntegrityError:
        raise Conflict("You have asked already. A manager of the organisation answers.") from None
    return made


def _tell_managers(organisation: Organisation) -> None:
    managers = Membership.objects.filter(organisation=organisation, role=MembershipRole.MANAGER, person__is_active=True)
    for membership in managers.select_related("person").order_by("pk"):
        person = membership.person
        page = f"{settings.SITE_ADDRESS}/{person.language}/members/{organisation.slug}/manage/"
        with override(person.language):
            subject = gettext("Somebody wants to join %(name)s") % {"name": organisation.name}
            text = gettext("Let them in, or refuse it, here: %(page)s\n") % {"page": page}
            send_to_person(person=person, kind=MailKind.MEMBERSHIP, subject=subject, text=text)


def accept_join_request(*, by: audit.Actor, request: JoinRequest) -> Membership:
    """Take a person in as a member of the organisation, and tell them. Raises NotAllowed, Conflict."""
    require(may_manage_organisation(by, request.organisation), "Only managers of the organisation can let people in.")
    with transaction.atomic():
        row = _decide(request, RequestState.APPROVED, by=by)
        if Membership.objects.filter(person=row.person, organisation=row.organisation).exists():
            raise Conflict("This person belongs to the organisation already.")
        made = enter_organisation(by=by, person=row.person, organisation=row.organisation, role=MembershipRole.MEMBER)
        audit.record(by=by, action="accept_join_request", kind="organisation", uid=row.organisation.uid)
        with override(row.person.language):
            subject = gettext("You belong to %(name)s now") % {"name": row.organisation.name}
            _send(row.person, subject, gettext("You see what is there for members of the alliance.\n"))
    return made


def refuse_join_request(*, by: audit.Actor, request: JoinRequest) -> JoinRequest:
    """Leave a person out, and tell them. Raises NotAllowed, Conflict."""
    require(may_manage_organisation(by, request.organisation), "Only managers of the organisation can decide this.")
    with transaction.atomic():
        row = _decide(request, RequestState.REFUSED, by=by)
        audit.record(by=by, action="refuse_join_request", kind="organisation", uid=row.organisation.uid)
        with override(row.person.language):
            subject = gettext("%(name)s did not take you in") % {"name": row.organisation.name}
            _send(row.person, subject, gettext("Ask a manager of the organisation if this is a mistake.\n"))
    return row


def _decide(request: JoinRequest, state: RequestState, *, by: audit.Actor) -> JoinRequest:
    rows = JoinRequest.objects.select_for_update(of=("self",)).select_related("person", "organisation")
    row = rows.get(pk=request.pk)
    if row.state != RequestState.OPEN:
        raise Conflict("Somebody has decided about this meanwhile.")
    row.state, row.decided_by, row.decided_at = state, by.public_id, timezone.now()
    row.save()
    return row


def _send(person: User, subject: str, text: str) -> None:
    if person.email:
        mail.send(to=person.email, subject=subject, text=text)
