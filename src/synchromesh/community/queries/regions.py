"""Read regions: the list behind tiles, table and map; the profile of one with its facts, sites and contacts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Q

from synchromesh.accounts.models import Organisation, OrganisationKind
from synchromesh.community.models import (
    BoundarySet,
    Practice,
    PracticeState,
    RegionBoundary,
    RegionContact,
    RegionFact,
    RegionNetwork,
    RegionProfile,
    RegionSite,
)
from synchromesh.community.permissions import may_see_region_contacts
from synchromesh.engine.errors import NotFound
from synchromesh.places.models import Country, Region
from synchromesh.plumbing.audit import Actor

_Found = TypeVar("_Found")
DRAWN_LEVEL = 2
"""Tiles and maps show regions of this level of NUTS."""
ORDERS = ("name", "code", "network", "practices", "providers")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFilter:
    """What is asked of the list; empty means everything."""

    words: str = ""
    country: str = ""
    network: str = ""
    order: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """A region with a profile, and how much there is in it and in the regions below it."""

    profile: RegionProfile
    practices: int
    providers: int
    drawn: tuple[str, ...]

    @property
    def region(self) -> Region:
        """The NUTS region of the profile."""
        return self.profile.region


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkCount:
    """A network, how many of its regions have a profile here, and how many more its source counts."""

    network: RegionNetwork
    named: int
    unnamed: int


def read_region_filter(values: Mapping[str, str]) -> RegionFilter:
    """The filter as it stands in an address."""
    order = values.get("order", "")
    return RegionFilter(
        words=" ".join(values.get("q", "").replace("\0", "").split())[:100],
        country=values.get("country", "")[:2].upper(),
        network=values.get("network", "")[:80],
        order=order if order in ORDERS else "name",
    )


def list_regions(wanted: RegionFilter) -> list[RegionRow]:
    """Regions with a profile that fit, in the order that is asked for, ties by code. Five questions to the database."""
    rows = RegionProfile.objects.select_related("region__country", "network", "desk")
    if wanted.country:
        rows = rows.filter(region__country__code=wanted.country)
    if wanted.network:
        rows = rows.filter(network__slug=wanted.network)
    if wanted.words:
        words = wanted.words
        rows = rows.filter(Q(name__icontains=words) | Q(region__name__icontains=words) | Q(region__code__iexact=words))
    profiles = list(rows.order_by("region__code"))
    drawn = list_drawn_codes()
    practices, providers = _practices_by_code(), _providers_by_code()
    found = [
        RegionRow(
            profile=profile,
            practices=_within(practices, profile.region.code),
            providers=_within(providers, profile.region.code),
            drawn=_drawn_codes(profile.region.code, drawn),
        )
        for profile in profiles
    ]
    return sorted(found, key=lambda row: _rank(row, wanted.order))


def _rank(row: RegionRow, order: str) -> tuple[object, ...]:
    code, name = row.region.code, row.profile.name.casefold()
    if order == "code":
        return (code,)
    if order == "network":
        network = row.profile.network
        own = network is not None and network.is_own
        return (network is None, not own, network.name if network else "", name, code)
    if order in {"practices", "providers"}:
        return (-getattr(row, order), name, code)
    return (name, code)


def _practices_by_code() -> Counter[str]:
    rows = Practice.objects.filter(state=PracticeState.PUBLISHED).exclude(region=None).order_by()
    return Counter(dict(rows.values_list("region__code").annotate(times=Count("pk"))))


def _providers_by_code() -> Counter[str]:
    rows = Organisation.objects.filter(kinds__kind=OrganisationKind.PROVIDER).exclude(region=None).order_by()
    return Counter(dict(rows.values_list("region__code").annotate(times=Count("pk"))))


def _within(counts: Mapping[str, int], code: str) -> int:
    return sum(times for other, times in counts.items() if other.startswith(code))


def list_drawn_codes() -> list[str]:
    """The codes of all regions of the level that is drawn."""
    return list(Region.objects.filter(level=DRAWN_LEVEL).order_by("code").values_list("code", flat=True))


def _drawn_codes(code: str, drawn: Collection[str]) -> tuple[str, ...]:
    """The drawn regions that a region of any level stands for: itself, the one above it, or all below it."""
    if code in drawn:
        return (code,)
    above = [other for other in drawn if code.startswith(other)]
    return tuple(above or (other for other in drawn if other.startswith(code)))


def count_networks() -> list[NetworkCount]:
    """Every network with how many of its regions are named here and how many are not, the alliance's own first."""
    rows = RegionNetwork.objects.annotate(named=Count("profiles")).order_by("-is_own", "name", "pk")
    return [
        NetworkCount(network=row, named=row.named, unnamed=max((row.members_stated or 0) - row.named, 0))
        for row in rows
    ]


def list_regions_to_compare() -> list[RegionProfile]:
    """All regions with a profile, by what they call themselves."""
    return list(RegionProfile.objects.select_related("region").order_by("name", "region__code"))


def list_networks() -> list[RegionNetwork]:
    """All networks in which a region can take part, the alliance's own first."""
    return list(RegionNetwork.objects.order_by("-is_own", "name", "pk"))


def list_countries_of_regions() -> list[Country]:
    """The countries of regions that have a profile, by English name."""
    known = RegionProfile.objects.values("region__country")
    return list(Country.objects.filter(pk__in=known).order_by("names__en", "code"))


def list_contacts(profile: RegionProfile, *, visible_to: Actor) -> list[RegionContact] | None:
    """Whom one can ask, in the order in which they were named; None for who may not see it."""
    if not may_see_region_contacts(visible_to):
        return None
    rows = profile.contacts.filter(person__is_active=True).select_related("person")
    return list(rows.order_by("added_at", "pk"))


def get_profile(code: str) -> RegionProfile:
    """The profile of the region with a NUTS code. Raises NotFound."""
    rows = RegionProfile.objects.select_related("region__country", "network", "desk")
    found = rows.filter(region__code=code.upper()).first()
    if found is None:
        raise NotFound("This region has no profile here.", field="region")
    return found


def find_network(slug: str) -> RegionNetwork | None:
    """The network with a slug; None for another word."""
    return RegionNetwork.objects.filter(slug=slug).first()


def list_facts(profile: RegionProfile) -> list[RegionFact]:
    """Figures first by what they count, newest year first; then what sources tell."""
    return list(profile.facts.order_by("-kind", "label", "-year", "pk"))


def list_sites(profile: RegionProfile) -> list[RegionSite]:
    """Employers' sites by name."""
    return list(profile.sites.select_related("organisation").order_by("name", "pk"))


def get_fact(profile: RegionProfile, uid: UUID) -> RegionFact:
    """One fact. Raises NotFound."""
    return _one(profile.facts.select_related("profile__region", "profile__desk").filter(uid=uid).first())


def get_site(profile: RegionProfile, uid: UUID) -> RegionSite:
    """One site. Raises NotFound."""
    return _one(profile.sites.select_related("profile__region", "profile__desk").filter(uid=uid).first())


def get_contact(profile: RegionProfile, uid: UUID) -> RegionContact:
    """One contact; the operation asks who may do what with it. Raises NotFound."""
    return _one(profile.contacts.select_related("profile__region", "person").filter(uid=uid).first())


def _one(found: _Found | None) -> _Found:
    if found is None:
        raise NotFound("There is no such entry.")
    return found


def find_boundaries() -> BoundarySet | None:
    """The outlines that the operator has loaded; None where there are none."""
    return BoundarySet.objects.order_by("-loaded_at", "-pk").first()


def list_outlines(boundaries: BoundarySet) -> list[RegionBoundary]:
    """The outlines of a set with their regions, by code."""
    return list(boundaries.paths.select_related("region").order_by("region__code"))
