"""Become a training provider of the catalogue: ask, approve, refuse."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from synchromesh.accounts.models import (
    ApplicationState,
    MembershipRole,
    Organisation,
    OrganisationKind,
    OrganisationKindOf,
    ProviderApplication,
    User,
)
from synchromesh.accounts.operations.organisations import free_organisation_slug
from synchromesh.accounts.operations.people import enter_organisation
from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.places.models import Country
from synchromesh.plumbing import audit, jobs, mail

MOST_OPEN = 3
"""Applications of one person that may wait at a time."""
_STAFF_ONLY = "Only alliance staff decide about training providers."


def request_provider_entry(*, by: User, name: str, url: str, country: str = "", note: str = "") -> ProviderApplication:
    """Ask to add an organisation as a training provider; `country` is a two-letter code or empty.

    Raises NotAllowed for a closed account, InvalidInput with the field, and Conflict where the organisation is here
    already or too many applications of the person wait.
    """
    require(by.is_active, "This account is closed.")
    name = " ".join(name.split())
    if not name or not name.isprintable() or len(name) > 200:
        raise InvalidInput("Give the name of the organisation, at most 200 characters.", field="name")
    if not url.startswith(("https://", "http://")):
        raise InvalidInput("Give the address of its website, such as https://example.org.", field="url")
    place = Country.objects.filter(code=country).first() if country else None
    if country and place is None:
        raise InvalidInput("Choose a country of the list.", field="country")
    if Organisation.objects.filter(name__iexact=name).exists():
        raise Conflict("This organisation is here already. Ask its manager, or the alliance, for an invitation.")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        waiting = ProviderApplication.objects.filter(person=by, state=ApplicationState.OPEN)
        if waiting.count() >= MOST_OPEN:
            raise Conflict("Your earlier applications still wait. Please wait for an answer first.")
        made = ProviderApplication.objects.create(
            person=by, name=name, url=url[:1000], country=place, note=note.strip()[:1000]
        )
        audit.record(by=by, action="request_provider_entry", kind="application", uid=made.uid)
    return made


def accept_provider_application(*, by: audit.Actor, application: ProviderApplication) -> Organisation:
    """Make the organisation, with whoever asked as its manager, and tell them. Raises NotAllowed, Conflict."""
    require(is_alliance_staff(by), _STAFF_ONLY)
    with transaction.atomic():
        row = _open(application)
        if Organisation.objects.filter(name__iexact=row.name).exists():
            raise Conflict("An organisation of this name came meanwhile. Refuse this one and invite the person there.")
        made = Organisation.objects.create(
            slug=free_organisation_slug(row.name), name=row.name, country=row.country, url=row.url
        )
        OrganisationKindOf.objects.create(organisation=made, kind=OrganisationKind.PROVIDER)
        enter_organisation(by=by, person=row.person, organisation=made, role=MembershipRole.MANAGER)
        _decide(row, ApplicationState.APPROVED, by=by, organisation=made)
        audit.record(by=by, action="accept_provider_application", kind="organisation", uid=made.uid)
        jobs.enqueue("search.tasks.update_index", kind="organisation", uids=[str(made.uid)])
        with override(row.person.language):
            subject = gettext("%(name)s is a training provider now") % {"name": row.name}
            desk = f"{settings.SITE_ADDRESS}/{row.person.language}/desk/organisations/{made.slug}/"
            text = gettext("You can add courses here: %(desk)s\n\nYou can also invite your colleagues.\n")
            _send(row.person, subject, text % {"desk": desk})
    return made


def refuse_provider_application(
    *, by: audit.Actor, application: ProviderApplication, answer: str
) -> ProviderApplication:
    """Say no, with the reason, and tell whoever asked. Raises NotAllowed, InvalidInput without a reason, Conflict."""
    require(is_alliance_staff(by), _STAFF_ONLY)
    if not answer.strip():
        raise InvalidInput("Say why, so that the people can mend it.", field="answer")
    with transaction.atomic():
        row = _open(application)
        row.answer = answer.strip()[:500]
        _decide(row, ApplicationState.REFUSED, by=by)
        audit.record(by=by, action="refuse_provider_application", kind="application", uid=row.uid)
        with override(row.person.language):
            subject = gettext("%(name)s was not added as a training provider") % {"name": row.name}
            text = gettext("The reason: %(reason)s\n\nQuestions: %(contact)s\n")
            _send(row.person, subject, text % {"reason": row.answer, "contact": settings.CONTACT_EMAIL})
    return row


def _open(application: ProviderApplication) -> ProviderApplication:
    row = ProviderApplication.objects.select_for_update().get(pk=application.pk)
    if row.state != ApplicationState.OPEN:
        raise Conflict("Somebody has decided about this application meanwhile.")
    return row


def _decide(
    row: ProviderApplication, state: ApplicationState, *, by: audit.Actor, organisation: Organisation | None = None
) -> None:
    row.state, row.decided_by, row.decided_at = state, by.public_id, timezone.now()
    row.organisation = organisation
    row.save()


def _send(person: User, subject: str, text: str) -> None:
    if person.email:
        mail.send(to=person.email, subject=subject, text=text)
