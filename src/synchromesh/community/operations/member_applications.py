"""Become a member of the alliance: ask, approve, refuse."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from synchromesh.accounts.models import (
    Membership,
    MembershipRole,
    Organisation,
    OrganisationKind,
    OrganisationKindOf,
    User,
)
from synchromesh.accounts.operations.organisations import free_organisation_slug
from synchromesh.accounts.operations.people import enter_organisation
from synchromesh.accounts.permissions import may_manage_organisation, require
from synchromesh.community.models import MemberApplication, MemberProfile, RequestState, ValueChainArea
from synchromesh.community.permissions import may_decide_members
from synchromesh.community.queries.members import find_statutes
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.vocabulary.periods import months_later
from synchromesh.places.models import Country, Region
from synchromesh.plumbing import audit, jobs, mail

MOST_OPEN = 3
"""Applications of one person that may wait at a time."""
MONTHS_OF_A_PERIOD = 12
_STAFF_ONLY = "Only alliance staff decide who becomes a member."


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """What an organisation says of itself when it asks to be a member."""

    name: str
    value_chain_area: str
    contact_name: str
    contact_email: str
    stated_type: str = ""
    url: str = ""
    country: Country | None = None
    region: Region | None = None
    contact_phone: str = ""
    note: str = ""


def check_acceptance(accepted_version: str) -> str:
    """The version of the statutes that was accepted. Raises InvalidInput where it is not the newest one."""
    newest = find_statutes()
    if newest is not None and accepted_version != newest.version:
        raise InvalidInput("Accept the statutes as they are now.", field="statutes")
    return newest.version if newest else ""


def request_member_entry(
    *, by: User, applicant: Applicant, accepts: str = "", organisation: Organisation | None = None
) -> MemberApplication:
    """Ask that an organisation become a member; `accepts` is the version of the statutes that was accepted.

    For an `organisation` that is on the platform its managers ask. Raises NotAllowed, InvalidInput with the field, and
    Conflict where it is a member, is here under this name, or where too many applications wait.
    """
    require(by.is_active, "This account is closed.")
    if organisation is not None:
        require(may_manage_organisation(by, organisation), "Only managers of the organisation can ask for it.")
    _check(applicant, organisation)
    version = check_acceptance(accepts)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        waiting = MemberApplication.objects.filter(state=RequestState.OPEN)
        if waiting.filter(person=by).count() >= MOST_OPEN:
            raise Conflict("Your earlier applications still wait. Please wait for an answer first.")
        if organisation is not None and waiting.filter(organisation=organisation).exists():
            raise Conflict("An application of this organisation waits already.")
        made = MemberApplication.objects.create(
            person=by,
            organisation=organisation,
            statutes_version=version,
            statutes_accepted_at=timezone.now() if version else None,
            **_columns(applicant),
        )
        audit.record(by=by, action="request_member_entry", kind="member-application", uid=made.uid)
    return made


def _columns(applicant: Applicant) -> dict[str, Any]:
    """The columns of an application; a name stands on one line."""
    values = {field.name: getattr(applicant, field.name) for field in fields(applicant)}
    return values | {name: " ".join(values[name].split()) for name in ("name", "stated_type", "contact_name")}


def _check(applicant: Applicant, organisation: Organisation | None) -> None:
    if not applicant.name.strip() or len(applicant.name) > 200:
        raise InvalidInput("Give the name of the organisation, at most 200 characters.", field="name")
    if applicant.value_chain_area not in ValueChainArea.values:
        raise InvalidInput("Choose where in the value chain the organisation works.", field="value_chain_area")
    if applicant.region and applicant.country and applicant.region.country_id != applicant.country.pk:
        raise InvalidInput("This region lies in another country.", field="region")
    if not applicant.contact_name.strip() or "@" not in applicant.contact_email:
        raise InvalidInput("Name a contact with an e-mail address.", field="contact_name")
    if organisation is not None and MemberProfile.objects.filter(organisation=organisation, ended_on=None).exists():
        raise Conflict("This organisation is a member already.")
    if organisation is None and Organisation.objects.filter(name__iexact=applicant.name.strip()).exists():
        raise Conflict("This organisation is here already. Ask its manager, or the alliance, to apply for it.")


def accept_member_application(*, by: audit.Actor, application: MemberApplication) -> MemberProfile:
    """Make the organisation a member from today, with whoever asked as a manager, and tell them.

    Raises NotAllowed, and Conflict where somebody has decided meanwhile or an organisation of this name came.
    """
    require(may_decide_members(by), _STAFF_ONLY)
    with transaction.atomic():
        row = _open(application)
        organisation = row.organisation or _new_organisation(row)
        if not Membership.objects.filter(person=row.person, organisation=organisation).exists():
            enter_organisation(by=by, person=row.person, organisation=organisation, role=MembershipRole.MANAGER)
        profile = _make_profile(row, organisation)
        _decide(row, RequestState.APPROVED, by=by, organisation=organisation)
        audit.record(by=by, action="accept_member_application", kind="organisation", uid=organisation.uid)
        jobs.enqueue("search.tasks.update_index", kind="organisation", uids=[str(organisation.uid)])
        with override(row.person.language):
            subject = gettext("%(name)s is a member of the alliance now") % {"name": organisation.name}
            page = f"{settings.SITE_ADDRESS}/{row.person.language}/members/{organisation.slug}/"
            text = gettext(
                "The page of your organisation: %(page)s\n\nYou can change it, and invite your colleagues.\n"
            )
            _send(row.person, subject, text % {"page": page})
    return profile


def _new_organisation(row: MemberApplication) -> Organisation:
    if Organisation.objects.filter(name__iexact=row.name.strip()).exists():
        raise Conflict("An organisation of this name came meanwhile. Refuse this one, and ask its manager to apply.")
    name = " ".join(row.name.split())
    return Organisation.objects.create(
        slug=free_organisation_slug(name),
        name=name,
        stated_type=row.stated_type,
        country=row.country,
        region=row.region,
        url=row.url,
    )


def _make_profile(row: MemberApplication, organisation: Organisation) -> MemberProfile:
    """The profile; an organisation that was a member before gets its old one back, from today on."""
    OrganisationKindOf.objects.get_or_create(organisation=organisation, kind=OrganisationKind.MEMBER)
    today = timezone.localdate()
    values = {
        "joined_on": today,
        "ended_on": None,
        "renewal_due_on": months_later(today, MONTHS_OF_A_PERIOD),
        "value_chain_area": row.value_chain_area,
        "contact_name": row.contact_name,
        "contact_email": row.contact_email,
        "contact_phone": row.contact_phone,
        "statutes_version": row.statutes_version,
        "statutes_accepted_at": row.statutes_accepted_at,
    }
    return MemberProfile.objects.update_or_create(organisation=organisation, defaults=values)[0]


def refuse_member_application(*, by: audit.Actor, application: MemberApplication, answer: str) -> MemberApplication:
    """Say no, with the reason, and tell whoever asked. Raises NotAllowed, InvalidInput without a reason, Conflict."""
    require(may_decide_members(by), _STAFF_ONLY)
    if not answer.strip():
        raise InvalidInput("Say why, so that the people can mend it.", field="answer")
    with transaction.atomic():
        row = _open(application)
        row.answer = answer.strip()[:500]
        _decide(row, RequestState.REFUSED, by=by, organisation=row.organisation)
        audit.record(by=by, action="refuse_member_application", kind="member-application", uid=row.uid)
        with override(row.person.language):
            subject = gettext("%(name)s was not taken in as a member") % {"name": row.name}
            text = gettext("The reason: %(reason)s\n\nQuestions: %(contact)s\n")
            _send(row.person, subject, text % {"reason": row.answer, "contact": settings.CONTACT_EMAIL})
    return row


def _open(application: MemberApplication) -> MemberApplication:
    rows = MemberApplication.objects.select_for_update(of=("self",)).select_related("person", "organisation")
    row = rows.get(pk=application.pk)
    if row.state != RequestState.OPEN:
        raise Conflict("Somebody has decided about this application meanwhile.")
    return row


def _decide(row: MemberApplication, state: RequestState, *, by: audit.Actor, organisation: Organisation | None) -> None:
    row.state, row.decided_by, row.decided_at = state, by.public_id, timezone.now()
    row.organisation = organisation
    row.save()


def _send(person: User, subject: str, text: str) -> None:
    if person.email:
        mail.send(to=person.email, subject=subject, text=text)
