"""How much is on the platform, for pages that show figures. Invented examples are in no count."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, Q
from django.utils import timezone

from synchromesh.accounts.models import Organisation, OrganisationKind
from synchromesh.catalogue.models import Course
from synchromesh.community.models import (
    Event,
    EventState,
    EventVisibility,
    MemberProfile,
    Practice,
    PracticeState,
    RegionProfile,
    RegionSite,
)
from synchromesh.community.permissions import members_today
from synchromesh.framework.models import JobRole, Skill
from synchromesh.plumbing.sources import Origin


def count_platform() -> Mapping[str, int]:
    """What everybody can see here, by name of the count. One question to the database for each kind of record."""
    real = ~Q(origin=Origin.EXAMPLE)
    courses = Course.objects.filter(real).exclude(published_at=None)
    priced = courses.aggregate(all=Count("pk"), free=Count("pk", filter=Q(price_cents=0)))
    providers = Organisation.objects.filter(real, kinds__kind=OrganisationKind.PROVIDER)
    public = Event.objects.filter(real, state=EventState.PUBLISHED, visibility=EventVisibility.PUBLIC)
    return {
        "roles": JobRole.objects.filter(real, retired_at=None).count(),
        "skills": Skill.objects.filter(real, retired_at=None).count(),
        "courses": priced["all"],
        "free_courses": priced["free"],
        "providers": providers.distinct().count(),
        "regions": RegionProfile.objects.filter(real).count(),
        "practices": Practice.objects.filter(real, state=PracticeState.PUBLISHED).count(),
        "events": public.filter(ends_on__gte=timezone.localdate()).count(),
    }


def count_for_employers() -> Mapping[str, int]:
    """What employers ask for first, by name of the count. One question to the database for each."""
    real = ~Q(origin=Origin.EXAMPLE)
    return {
        "roles": JobRole.objects.filter(real, retired_at=None).count(),
        "members": MemberProfile.objects.filter(members_today()).count(),
        "sites": RegionSite.objects.filter(real, profile__in=RegionProfile.objects.filter(real)).count(),
    }
