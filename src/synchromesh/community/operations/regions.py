"""Keep the profile of a region: what it says of itself, facts, employers' sites, and whom members can ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.community.models import (
    FactKind,
    RegionContact,
    RegionFact,
    RegionNetwork,
    RegionProfile,
    RegionSite,
)
from synchromesh.community.operations.search_upkeep import tell_search
from synchromesh.community.permissions import may_be_contact, may_edit_region, may_name_regions
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed
from synchromesh.engine.tables.cells import is_web_address
from synchromesh.places.models import Region
from synchromesh.plumbing import audit

_DESK_ONLY = "Only the region's desk and alliance staff change its profile."


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionDetails:
    """What a region says of itself; the summary is in one language."""

    name: str
    language: str
    summary: str = ""
    desk_email: str = ""
    desk_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedSource:
    """Where something is written, and the day on which somebody read it there."""

    source: str
    source_url: str
    source_on: date


def create_region_profile(
    *, by: audit.Actor, region: Region, name: str, network: RegionNetwork | None, desk: Organisation | None
) -> RegionProfile:
    """Name a region that takes part. Raises NotAllowed, InvalidInput, Conflict where it has a profile."""
    require(may_name_regions(by), "Only alliance staff say which regions take part.")
    words = _name(name)
    try:
        with transaction.atomic():
            profile = RegionProfile.objects.create(
                region=region, name=words, network=network, desk=desk, edited_at=timezone.now()
            )
            audit.record(by=by, action="create_region_profile", kind="region", uid=region.code)
            tell_search("region", profile)
    except IntegrityError:
        raise Conflict("This region has a profile already.") from None
    return profile


def edit_region_profile(*, by: audit.Actor, profile: RegionProfile, details: RegionDetails) -> RegionProfile:
    """Change what a region says of itself. Raises NotAllowed, InvalidInput."""
    require(may_edit_region(by, profile), _DESK_ONLY)
    if details.desk_url and not is_web_address(details.desk_url):
        raise InvalidInput("A web address starts with https://.", field="desk_url")
    with transaction.atomic():
        locked = RegionProfile.objects.select_for_update(of=("self",)).get(pk=profile.pk)
        locked.name = _name(details.name)
        others = {code: text for code, text in locked.summaries.items() if code != details.language}
        words = details.summary.strip()
        locked.summaries = others | ({details.language: words[:4000]} if words else {})
        locked.desk_email, locked.desk_url = details.desk_email, details.desk_url
        locked.edited_at = timezone.now()
        locked.save()
        audit.record(by=by, action="edit_region_profile", kind="region", uid=locked.region.code)
        tell_search("region", locked)
    return locked


def change_region_desk(
    *, by: audit.Actor, profile: RegionProfile, network: RegionNetwork | None, desk: Organisation | None
) -> RegionProfile:
    """Say which body speaks for a region, and in which network it is. Raises NotAllowed."""
    require(is_alliance_staff(by), "Only alliance staff say who speaks for a region.")
    with transaction.atomic():
        profile.network, profile.desk, profile.edited_at = network, desk, timezone.now()
        profile.save(update_fields=["network", "desk", "edited_at"])
        audit.record(by=by, action="change_region_desk", kind="region", uid=profile.region.code)
    return profile


def add_region_fact(
    *,
    by: audit.Actor,
    profile: RegionProfile,
    stated: StatedSource,
    label: str = "",
    value: Decimal | None = None,
    unit: str = "",
    year: int | None = None,
    words: str = "",
) -> RegionFact:
    """Add a figure (with `value`) or what a source tells (`words`). Raises NotAllowed, InvalidInput."""
    require(may_edit_region(by, profile), _DESK_ONLY)
    _check_source(stated)
    if value is None and not words.strip():
        raise InvalidInput("Give a number, or say in words what the source tells.", field="words")
    if value is not None and not label.strip():
        raise InvalidInput("Say what the number counts.", field="label")
    fact = RegionFact(
        profile=profile,
        kind=FactKind.EVIDENCE if value is None else FactKind.FIGURE,
        label=label.strip()[:150],
        value=value,
        unit=unit.strip()[:40],
        year=year,
        words=words.strip()[:500],
        **_source(stated),
    )
    with transaction.atomic():
        fact.save(force_insert=True)
        audit.record(by=by, action="add_region_fact", kind="region", uid=profile.region.code, fact=str(fact.uid))
    return fact


def remove_region_fact(*, by: audit.Actor, fact: RegionFact) -> None:
    """Take a fact out. Raises NotAllowed."""
    require(may_edit_region(by, fact.profile), _DESK_ONLY)
    with transaction.atomic():
        code = fact.profile.region.code
        audit.record(by=by, action="remove_region_fact", kind="region", uid=code, fact=str(fact.uid))
        fact.delete()


def add_region_site(
    *,
    by: audit.Actor,
    profile: RegionProfile,
    stated: StatedSource,
    name: str,
    place: str = "",
    activity: str = "",
    employees: int | None = None,
    employees_year: int | None = None,
) -> RegionSite:
    """Add an employer's site. Raises NotAllowed, InvalidInput, Conflict for one that is there."""
    require(may_edit_region(by, profile), _DESK_ONLY)
    _check_source(stated)
    site = RegionSite(
        profile=profile,
        name=_name(name),
        place=place.strip()[:120],
        activity=activity.strip()[:200],
        employees=employees,
        employees_year=employees_year,
        **_source(stated),
    )
    try:
        with transaction.atomic():
            site.save(force_insert=True)
            audit.record(by=by, action="add_region_site", kind="region", uid=profile.region.code, site=str(site.uid))
    except IntegrityError:
        raise Conflict("This site is there already.") from None
    return site


def remove_region_site(*, by: audit.Actor, site: RegionSite) -> None:
    """Take a site out. Raises NotAllowed."""
    require(may_edit_region(by, site.profile), _DESK_ONLY)
    with transaction.atomic():
        code = site.profile.region.code
        audit.record(by=by, action="remove_region_site", kind="region", uid=code, site=str(site.uid))
        site.delete()


def add_region_contact(*, by: audit.Actor, profile: RegionProfile, task: str) -> RegionContact:
    """Let members ask oneself about the region. Raises NotAllowed, InvalidInput, Conflict."""
    if not isinstance(by, User) or not may_be_contact(by, profile):
        raise NotAllowed("Only people of the region's desk can be asked about it.")
    words = task.strip()
    if not words or len(words) > 150:
        raise InvalidInput("Say in 1 to 150 characters what people can ask you.", field="task")
    try:
        with transaction.atomic():
            contact = RegionContact.objects.create(profile=profile, person=by, task=words)
            audit.record(by=by, action="add_region_contact", kind="region", uid=profile.region.code)
    except IntegrityError:
        raise Conflict("You are among the contacts already.") from None
    return contact


def remove_region_contact(*, by: audit.Actor, contact: RegionContact) -> None:
    """Take a contact out: the person, or alliance staff. Raises NotAllowed."""
    own = isinstance(by, User) and contact.person_id == by.pk
    require(own or is_alliance_staff(by), "Only the person and alliance staff remove a contact.")
    with transaction.atomic():
        audit.record(by=by, action="remove_region_contact", kind="region", uid=contact.profile.region.code)
        contact.delete()


def _name(text: str) -> str:
    words = " ".join(text.split())
    if not words or len(words) > 150:
        raise InvalidInput("Give a name of 1 to 150 characters.", field="name")
    return words


def _check_source(stated: StatedSource) -> None:
    if not stated.source.strip():
        raise InvalidInput("Say where this is written.", field="source")
    if stated.source_url and not is_web_address(stated.source_url):
        raise InvalidInput("A web address starts with https://.", field="source_url")


def _source(stated: StatedSource) -> dict[str, Any]:
    return {
        "source": stated.source.strip()[:200],
        "source_url": stated.source_url,
        "source_on": stated.source_on,
    }
