"""Organisations: training providers, employers, regional bodies and other members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from synchromesh.accounts.models import Organisation
from synchromesh.api.cursors import read_portion, tell_next
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.shapes import (
    CountryCode,
    Identity,
    Portion,
    PortionParameters,
    Provenance,
    RegionName,
    Texts,
    provenance_of,
    region_name,
    uri_of,
)
from synchromesh.community.models import MemberProfile
from synchromesh.community.queries.members import MemberFilter, list_members
from synchromesh.engine.errors import NotFound

router = Router(tags=["organisations"])
Kind = Literal["provider", "employer", "region", "member", "assessment-centre", "school"]
Area = Literal[
    "vehicles",
    "suppliers",
    "tyres",
    "batteries",
    "electronics",
    "repair",
    "recycling",
    "education",
    "research",
    "public",
    "social-partners",
    "services",
]


class OrganisationName(BaseModel):
    """An organisation that another record names."""

    uid: UUID
    slug: str
    uri: Annotated[str, Field(description="its stable address on this site")]
    name: str


class MembershipRecord(BaseModel):
    """That an organisation is a member of the alliance today. Whom to ask there is not told."""

    since: Annotated[date | None, Field(description="null: no source says it")]
    founder: bool
    area: Annotated[Area | None, Field(description="where in the value chain it works, mainly")]
    about: Texts
    provenance: Provenance


class OrganisationRecord(OrganisationName):
    """An organisation."""

    kinds: list[Kind]
    stated_type: Annotated[str | None, Field(description="what its source calls it")]
    country: Annotated[str | None, Field(description="ISO 3166-1, two letters")]
    region: RegionName | None
    url: str | None
    note: str | None
    courses: Annotated[int, Field(ge=0, description="how many courses of it are published here")]
    membership: Annotated[MembershipRecord | None, Field(description="null: no member of the alliance today")]
    provenance: Provenance


class OrganisationPortion(Portion[OrganisationRecord]):
    """Organisations by slug."""


class OrganisationParameters(PortionParameters):
    """Which organisations."""

    kind: Annotated[Kind | None, Field(description="what it does; an organisation may do several things")] = None
    country: Annotated[CountryCode | None, Field(description="ISO 3166-1, two letters")] = None
    member: Annotated[bool | None, Field(description="whether it is a member of the alliance today")] = None


@offer(
    router,
    "/organisations",
    answer=OrganisationPortion,
    name="listOrganisations",
    summary="Organisations",
    description="Organisations with a public page, by slug. Filters add up.",
    examples=[
        Example("Training providers in Germany", kind="provider", country="DE"),
        Example("Members of the alliance in Belgium", member="true", country="BE"),
    ],
)
def list_organisations(
    request: HttpRequest, response: HttpResponse, asked: Annotated[OrganisationParameters, Query()]
) -> OrganisationPortion:
    """Organisations; see the description above."""
    found = _organisations()
    if asked.kind:
        found = found.filter(pk__in=Organisation.objects.filter(kinds__kind=asked.kind).values("pk"))
    if asked.country:
        found = found.filter(country__code=asked.country)
    if asked.member is not None:
        today = list_members(MemberFilter()).values("organisation")
        found = found.filter(pk__in=today) if asked.member else found.exclude(pk__in=today)
    rows, cursor = read_portion(found, scope="organisations", cursor=asked.cursor, limit=asked.limit)
    members = _memberships(rows)
    return OrganisationPortion(
        items=[_record(row, members.get(row.pk)) for row in rows], next=tell_next(request, response, cursor)
    )


@offer(
    router,
    "/organisations/{id}",
    answer=OrganisationRecord,
    name="getOrganisation",
    summary="One organisation",
    description="An organisation. Ask for its courses with the parameter `provider` of the list of courses.",
    examples=[Example("An organisation by its slug", path={"id": "atec"})],
)
def read_organisation(request: HttpRequest, id: Identity) -> OrganisationRecord:  # noqa: A002
    """One organisation. Raises NotFound."""
    found = _organisations().filter(_named(id)).first()
    if found is None:
        raise NotFound(f"There is no organisation '{id}'.", field="organisation")
    return _record(found, _memberships([found]).get(found.pk))


def organisation_name(organisation: Organisation) -> OrganisationName:
    """Name the organisation."""
    return OrganisationName(
        uid=organisation.uid,
        slug=organisation.slug,
        uri=uri_of("organisation", organisation.uid),
        name=organisation.name,
    )


def _named(text: str) -> Q:
    try:
        return Q(slug=text) | Q(uid=UUID(text))
    except ValueError:
        return Q(slug=text)


def _organisations() -> QuerySet[Organisation]:
    published = Count("courses", filter=~Q(courses__published_at=None), distinct=True)
    found = Organisation.objects.select_related("country", "region").prefetch_related("kinds")
    return found.annotate(published_courses=published)


def _memberships(organisations: Sequence[Organisation]) -> dict[int, MemberProfile]:
    """The profiles of those that are members today."""
    found = list_members(MemberFilter()).filter(organisation__in=organisations)
    return {profile.organisation_id: profile for profile in found}


def _membership(profile: MemberProfile) -> MembershipRecord:
    return MembershipRecord(
        since=profile.joined_on,
        founder=profile.is_founder,
        area=profile.value_chain_area or None,  # type: ignore[arg-type]  # the column holds one of these values
        about=profile.about,
        provenance=provenance_of(profile),
    )


def _record(organisation: Organisation, profile: MemberProfile | None) -> OrganisationRecord:
    country = organisation.country
    return OrganisationRecord(
        **organisation_name(organisation).model_dump(),
        kinds=[row.kind for row in organisation.kinds.all()],  # type: ignore[misc]
        stated_type=organisation.stated_type or None,
        country=country.code if country else None,
        region=region_name(organisation.region),
        url=organisation.url or None,
        note=organisation.note or None,
        courses=organisation.published_courses,  # type: ignore[attr-defined]
        membership=_membership(profile) if profile else None,
        provenance=provenance_of(organisation),
    )
