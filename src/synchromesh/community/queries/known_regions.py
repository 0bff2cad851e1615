"""All that is known of regions, one or several side by side: the number of questions is the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from synchromesh.accounts.models import Organisation, OrganisationKind, OrganisationKindOf
from synchromesh.community.models import RegionFact, RegionProfile, RegionSite
from synchromesh.places.models import Region

_Row = TypeVar("_Row", bound=Model)
_MOST_ORGANISATIONS = 100
_CODE = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRegion:
    """One region. Without a profile it only has what other records say of it."""

    region: Region
    profile: RegionProfile | None
    facts: list[RegionFact]
    sites: list[RegionSite]
    providers: list[Organisation]
    employers: list[Organisation]
    within: list[RegionProfile]
    around: list[RegionProfile]


def list_known_regions(codes: Iterable[str], *, most: int = 1) -> list[KnownRegion]:
    """What is known of the first `most` of some codes that NUTS has, once each, in their order.

    Four questions to the database, however many regions; one more where a region has no profile.
    """
    wanted = list(dict.fromkeys(code.upper() for code in codes if _CODE.fullmatch(code.upper())))
    near = _profiles_near(wanted)
    regions = _regions(wanted, near)[:most]
    own = {profile.region_id: profile for profile in near}
    profiles = [own[region.pk] for region in regions if region.pk in own]
    facts = RegionFact.objects.filter(profile__in=profiles).order_by("-kind", "label", "-year", "pk")
    sites = RegionSite.objects.filter(profile__in=profiles).select_related("organisation").order_by("name", "pk")
    facts_of, sites_of = _by_profile(facts), _by_profile(sites)
    organisations = _organisations_inside(regions)
    found = []
    for region in regions:
        profile = own.get(region.pk)
        inside = within(region, organisations)
        found.append(
            KnownRegion(
                region=region,
                profile=profile,
                facts=facts_of.get(profile.pk, []) if profile else [],
                sites=sites_of.get(profile.pk, []) if profile else [],
                providers=[one for one in inside if one.is_provider],
                employers=[one for one in inside if one.is_employer],
                within=[one for one in within(region, near) if one.region_id != region.pk],
                around=[one for one in near if one.region.code in _codes_above(region.code)],
            )
        )
    return found


def first_of_each(
    rows: QuerySet[_Row], regions: Iterable[Region], *, limit: int, path: str = "region"
) -> QuerySet[_Row]:
    """The first rows of each region and of those below it, in one question; `path` leads from a row to its region."""
    chosen = Q(pk__in=[])
    for region in regions:
        chosen |= Q(pk__in=rows.filter(**{f"{path}__code__startswith": region.code}).values("pk")[:limit])
    return rows.filter(chosen)


def within(region: Region, rows: Iterable[Any]) -> list[Any]:
    """Those of some rows that lie in a region or below it."""
    return [row for row in rows if row.region is not None and row.region.code.startswith(region.code)]


def _profiles_near(codes: Iterable[str]) -> list[RegionProfile]:
    """The profiles of the regions, of those below them, and of those that they lie in; by code."""
    near = Q(pk__in=[])
    for code in codes:
        near |= Q(region__code__startswith=code) | Q(region__code__in=_codes_above(code))
    rows = RegionProfile.objects.filter(near).select_related("region__country", "network", "desk__country")
    return list(rows.order_by("region__code"))


def _regions(codes: Sequence[str], profiles: Iterable[RegionProfile]) -> list[Region]:
    """The regions of those codes that NUTS has, in their order; those with a profile are known with it."""
    known = {profile.region.code: profile.region for profile in profiles}
    missing = [code for code in codes if code not in known]
    if missing:
        rows = Region.objects.filter(code__in=missing).select_related("country")
        known |= {region.code: region for region in rows}
    return [known[code] for code in codes if code in known]


def _codes_above(code: str) -> list[str]:
    return [code[:length] for length in range(3, len(code))]


def _by_profile(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.profile_id, []).append(row)
    return found


def _organisations_inside(regions: Sequence[Region]) -> list[Organisation]:
    """Providers and employers that say they are in one of the regions, by name, each with which of the two it is."""
    kinds = OrganisationKindOf.objects.filter(organisation=OuterRef("pk"))
    rows = Organisation.objects.annotate(
        is_provider=Exists(kinds.filter(kind=OrganisationKind.PROVIDER)),
        is_employer=Exists(kinds.filter(kind=OrganisationKind.EMPLOYER)),
    )
    rows = rows.filter(Q(is_provider=True) | Q(is_employer=True)).select_related("region").order_by("name", "pk")
    return list(first_of_each(rows, regions, limit=_MOST_ORGANISATIONS))
