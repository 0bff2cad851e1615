"""Members of the alliance: the directory, one member, and what waits to be decided."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import (
    JoinRequest,
    MailDomain,
    MemberApplication,
    MemberProfile,
    RequestState,
    Statutes,
)
from synchromesh.community.permissions import may_decide_members, may_manage_profile, members_by_address, members_today
from synchromesh.engine.errors import NotFound
from synchromesh.places.models import Country, Region
from synchromesh.plumbing.audit import Actor

_STAFF_ONLY = "Only alliance staff see who wants to be a member."
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFilter:
    """What the directory is narrowed to; empty means all. `country` and `region` are codes."""

    words: str = ""
    country: str = ""
    region: str = ""
    area: str = ""


def list_members(wanted: MemberFilter) -> QuerySet[MemberProfile]:
    """Organisations that are members today, by name. No contacts are public: use them on pages for members only."""
    found = MemberProfile.objects.filter(members_today())
    if wanted.words:
        found = found.filter(organisation__name__icontains=wanted.words)
    if wanted.country:
        found = found.filter(organisation__country__code=wanted.country)
    if wanted.region:
        found = found.filter(organisation__region__code__startswith=wanted.region)
    if wanted.area:
        found = found.filter(value_chain_area=wanted.area)
    found = found.select_related("organisation__country", "organisation__region")
    return found.order_by("organisation__name", "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPlaces:
    """How many members of a list are in each country and region, those with the most first; `nowhere` name neither."""

    countries: list[tuple[Country, int]]
    regions: list[tuple[Region, int]]
    nowhere: int


def count_member_places(wanted: MemberFilter) -> MemberPlaces:
    """The same members as `list_members`, counted by place. Four questions to the database."""
    found = list_members(wanted).order_by().select_related(None)
    by_country = dict(found.values_list("organisation__country").annotate(times=Count("pk")))
    by_region = dict(found.values_list("organisation__region").annotate(times=Count("pk")))
    countries = [(row, by_country[row.pk]) for row in Country.objects.filter(pk__in=[key for key in by_country if key])]
    rows = Region.objects.filter(pk__in=[key for key in by_region if key]).select_related("country")
    regions = [(row, by_region[row.pk]) for row in rows]
    return MemberPlaces(
        countries=sorted(countries, key=lambda place: (-place[1], place[0].code)),
        regions=sorted(regions, key=lambda place: (-place[1], place[0].code)),
        nowhere=by_country.get(None, 0),
    )


def list_member_countries() -> list[Country]:
    """The countries in which members are, by code."""
    profiles = MemberProfile.objects.filter(members_today()).values("organisation__country")
    return list(Country.objects.filter(pk__in=profiles).order_by("code"))


def list_member_regions() -> list[Region]:
    """The regions in which members are, by code."""
    profiles = MemberProfile.objects.filter(members_today()).values("organisation__region")
    return list(Region.objects.filter(pk__in=profiles).order_by("code"))


def get_member(slug: str) -> MemberProfile:
    """The profile of an organisation that is or was a member. Raises NotFound."""
    found = (
        MemberProfile.objects.filter(organisation__slug=slug)
        .select_related("organisation__country", "organisation__region")
        .first()
    )
    if found is None:
        raise NotFound("There is no such member.")
    return found


def find_statutes() -> Statutes | None:
    """The statutes that members accept now; None as long as the alliance has published none."""
    return Statutes.objects.order_by("-published_at", "-pk").first()


def list_own_applications(person: User) -> list[MemberApplication]:
    """Everything the person asked for, newest first."""
    return list(person.member_applications.select_related("organisation").order_by("-made_at", "-pk"))


def list_organisations_to_apply_for(person: User) -> list[Organisation]:
    """Organisations that the person manages and that are no members today, by name."""
    managed = Membership.objects.filter(person=person, role="manager").values("organisation")
    members = MemberProfile.objects.filter(members_today()).values("organisation")
    return list(Organisation.objects.filter(pk__in=managed).exclude(pk__in=members).order_by("name", "pk"))


def list_waiting_applications(*, visible_to: Actor) -> list[MemberApplication]:
    """Applications to decide, oldest first. Raises NotAllowed for all but alliance staff."""
    require(may_decide_members(visible_to), _STAFF_ONLY)
    found = MemberApplication.objects.filter(state=RequestState.OPEN)
    return list(
        found.select_related("person", "country", "region", "organisation").order_by("made_at", "pk")[:MOST_SHOWN]
    )


def count_waiting_members(*, visible_to: Actor) -> int:
    """How many applications wait. Raises NotAllowed for all but alliance staff."""
    require(may_decide_members(visible_to), _STAFF_ONLY)
    return MemberApplication.objects.filter(state=RequestState.OPEN).count()


def get_application(uid: UUID, *, visible_to: Actor) -> MemberApplication:
    """One application. Raises NotAllowed for all but alliance staff, and NotFound."""
    require(may_decide_members(visible_to), _STAFF_ONLY)
    found = MemberApplication.objects.select_related("person", "organisation").filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such application.")
    return found


def list_waiting_domains(*, visible_to: Actor) -> list[MailDomain]:
    """Mail domains to check, oldest first. Raises NotAllowed for all but alliance staff."""
    require(may_decide_members(visible_to), _STAFF_ONLY)
    found = MailDomain.objects.filter(verified_at=None).select_related("profile__organisation")
    return list(found.order_by("named_at", "pk")[:MOST_SHOWN])


def list_mail_domains(profile: MemberProfile, *, visible_to: Actor) -> list[MailDomain]:
    """The mail domains of a member, for its managers and alliance staff; for others none."""
    if not may_manage_profile(visible_to, profile):
        return []
    return list(profile.mail_domains.select_related("profile__organisation").order_by("domain"))


def get_mail_domain(uid: UUID, *, visible_to: Actor) -> MailDomain:
    """One mail domain, for managers of the member and alliance staff. Raises NotFound, also for others."""
    found = MailDomain.objects.select_related("profile__organisation").filter(uid=uid).first()
    if found is None or not may_manage_profile(visible_to, found.profile):
        raise NotFound("There is no such mail domain.")
    return found


def list_join_requests(profile: MemberProfile, *, visible_to: Actor) -> list[JoinRequest]:
    """People who ask to belong to a member, oldest first, for its managers and alliance staff; for others none."""
    if not may_manage_profile(visible_to, profile):
        return []
    found = JoinRequest.objects.filter(organisation=profile.organisation, state=RequestState.OPEN)
    return list(found.select_related("person", "organisation").order_by("made_at", "pk")[:MOST_SHOWN])


def get_join_request(uid: UUID, profile: MemberProfile, *, visible_to: Actor) -> JoinRequest:
    """One of them. Raises NotFound, also for whoever may not see it."""
    for request in list_join_requests(profile, visible_to=visible_to):
        if request.uid == uid:
            return request
    raise NotFound("There is no such request.")


def list_members_to_join(person: User) -> list[MemberProfile]:
    """Members whose people have addresses like the person's, and to which the person does not belong, by name."""
    found = members_by_address(person).exclude(organisation__memberships__person=person)
    return list(found.select_related("organisation").order_by("organisation__name", "pk"))


def find_join_state(person: User, organisation: Organisation) -> str:
    """Whether the person belongs to the organisation ("in"), waits ("open"), or neither (empty)."""
    if Membership.objects.filter(person=person, organisation=organisation).exists():
        return "in"
    waits = JoinRequest.objects.filter(person=person, organisation=organisation, state=RequestState.OPEN)
    return "open" if waits.exists() else ""


def list_due_renewals(*, visible_to: Actor, until: object) -> list[MemberProfile]:
    """Members whose year ends by a day, soonest first. Raises NotAllowed for all but alliance staff."""
    require(may_decide_members(visible_to), _STAFF_ONLY)
    found = MemberProfile.objects.filter(members_today() & Q(renewal_due_on__lte=until))
    return list(found.select_related("organisation").order_by("renewal_due_on", "pk")[:MOST_SHOWN])
