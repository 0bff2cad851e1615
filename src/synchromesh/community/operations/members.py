"""What a member says of itself, how long it stays, and the statutes that members accept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from synchromesh.accounts.models import OrganisationKind, OrganisationKindOf
from synchromesh.accounts.permissions import require
from synchromesh.community.models import MemberProfile, MemberRenewal, Statutes, ValueChainArea
from synchromesh.community.operations.member_applications import MONTHS_OF_A_PERIOD, check_acceptance
from synchromesh.community.permissions import may_decide_members, may_manage_profile
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.vocabulary.periods import months_later
from synchromesh.plumbing import audit

_MANAGERS_ONLY = "Only managers of the member can change this."
LONGEST_ABOUT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDetails:
    """What the managers of a member write; `about` is in `language`, texts in other languages stay."""

    language: str
    about: str
    value_chain_area: str
    contact_name: str
    contact_email: str
    contact_phone: str


def change_member_profile(*, by: audit.Actor, profile: MemberProfile, details: MemberDetails) -> MemberProfile:
    """Write what a member says of itself. Raises NotAllowed, InvalidInput."""
    require(may_manage_profile(by, profile), _MANAGERS_ONLY)
    if details.value_chain_area not in {"", *ValueChainArea.values}:
        raise InvalidInput("Choose where in the value chain the organisation works.", field="value_chain_area")
    if len(details.about) > LONGEST_ABOUT:
        raise InvalidInput(f"Write at most {LONGEST_ABOUT} characters.", field="about")
    values = asdict(details)
    language, about = values.pop("language"), values.pop("about").strip()
    with transaction.atomic():
        row = MemberProfile.objects.select_for_update().get(pk=profile.pk)
        others = {code: text for code, text in row.about.items() if code != language}
        row.about = others | ({language: about} if about else {})
        for name, value in values.items():
            setattr(row, name, value.strip())
        row.edited_at = timezone.now()
        row.save()
        audit.record(by=by, action="change_member_profile", kind="member", uid=row.uid)
    return row


def renew_member(*, by: audit.Actor, profile: MemberProfile, accepts: str = "") -> MemberRenewal:
    """Stay a member for another year, from when the running one ends. `accepts`: the statutes that were accepted.

    Raises NotAllowed, InvalidInput, and Conflict for a former member and where it is renewed a year ahead already.
    """
    require(may_manage_profile(by, profile), _MANAGERS_ONLY)
    version = check_acceptance(accepts)
    with transaction.atomic():
        row = MemberProfile.objects.select_for_update().get(pk=profile.pk)
        today = timezone.localdate()
        if row.ended_on is not None and row.ended_on <= today:
            raise Conflict("The membership has ended. Apply anew.")
        if row.renewal_due_on is not None and row.renewal_due_on > months_later(today, MONTHS_OF_A_PERIOD):
            raise Conflict("The membership is renewed for the coming year already.")
        until = months_later(max(row.renewal_due_on or today, today), MONTHS_OF_A_PERIOD)
        made = MemberRenewal.objects.create(
            profile=row, until_on=until, statutes_version=version, renewed_by=by.public_id
        )
        row.renewal_due_on = until
        if version:
            row.statutes_version, row.statutes_accepted_at = version, timezone.now()
        row.save()
        audit.record(by=by, action="renew_member", kind="member", uid=row.uid, until=until.isoformat())
    return made


def end_member(*, by: audit.Actor, profile: MemberProfile, ended_on: date) -> MemberProfile:
    """Say from which day an organisation is no member any more. Alliance staff do. Raises NotAllowed, InvalidInput."""
    require(may_decide_members(by), "Only alliance staff end a membership.")
    if profile.joined_on is not None and ended_on < profile.joined_on:
        raise InvalidInput("The last day lies before the first.", field="ended_on")
    with transaction.atomic():
        row = MemberProfile.objects.select_for_update().get(pk=profile.pk)
        row.ended_on = ended_on
        row.save(update_fields=["ended_on"])
        if ended_on <= timezone.localdate():
            OrganisationKindOf.objects.filter(organisation=row.organisation_id, kind=OrganisationKind.MEMBER).delete()
        audit.record(by=by, action="end_member", kind="member", uid=row.uid, ended_on=ended_on.isoformat())
    return row


def publish_statutes(*, by: audit.Actor, version: str, url: str) -> Statutes:
    """Say which statutes members accept from now on. Raises NotAllowed, InvalidInput, Conflict for a known version."""
    require(may_decide_members(by), "Only alliance staff publish the statutes.")
    tidy = " ".join(version.split())
    if not tidy or len(tidy) > 40:
        raise InvalidInput("Name the version in 1 to 40 characters, such as 2026-1.", field="version")
    if not url.startswith(("https://", "http://")):
        raise InvalidInput("Give the address where the statutes can be read.", field="url")
    try:
        with transaction.atomic():
            made = Statutes.objects.create(version=tidy, url=url, published_by=by.public_id)
            audit.record(by=by, action="publish_statutes", kind="statutes", uid=made.uid, version=tidy)
    except IntegrityError:
        raise Conflict("There are statutes of this version already.") from None
    return made
