"""Projects: the list, one project, and what came of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Left, Length
from django.utils import timezone

from synchromesh.accounts.models import Organisation
from synchromesh.community.models import Deliverable, Practice, Project, ProjectResult, StatedValue
from synchromesh.community.queries.event_lists import visible_events
from synchromesh.engine.errors import NotFound
from synchromesh.places.models import Country, Region
from synchromesh.plumbing.audit import Actor

RUNNING, ENDED = "running", "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFilter:
    """What the list is narrowed to; empty means all. `state` is running or ended; `country` and `region` are codes."""

    words: str = ""
    state: str = ""
    country: str = ""
    region: str = ""


def _ended() -> Q:
    """Projects whose end, as exact as it is known, lies before today."""
    today = timezone.localdate().isoformat()
    return ~Q(ends="") & Q(ends__lt=Left(Value(today), Length("ends")))


def list_projects(
    wanted: ProjectFilter = ProjectFilter(), *, organisation: Organisation | None = None
) -> QuerySet[Project]:
    """Projects by name: of a filter, a region takes in those below it; or of one organisation."""
    found = Project.objects.select_related("coordinator")
    if wanted.words:
        named = Q(name__icontains=wanted.words) | Q(full_name__icontains=wanted.words)
        found = found.filter(named | Q(programme__icontains=wanted.words))
    if wanted.state == ENDED:
        found = found.filter(_ended())
    elif wanted.state == RUNNING:
        found = found.exclude(_ended()).exclude(ends="")
    if wanted.country:
        found = found.filter(_with_partner(Q(country__code=wanted.country)))
    if wanted.region:
        found = found.filter(_with_partner(Q(region__code__startswith=wanted.region)))
    if organisation is not None:
        found = found.filter(_with_partner(Q(pk=organisation.pk)))
    return found.annotate(partner_count=Count("partners")).order_by("name", "pk")


def _with_partner(condition: Q) -> Q:
    places = Organisation.objects.filter(condition).values("pk")
    partners = Project.objects.filter(partners__organisation__in=places).values("pk")
    return Q(coordinator__in=places) | Q(pk__in=partners)


def list_project_regions() -> list[Region]:
    """The regions in which partners are, by code."""
    takes_part = Organisation.objects.filter(~Q(projects=None) | ~Q(coordinated_projects=None))
    return list(Region.objects.filter(pk__in=takes_part.values("region")).order_by("code"))


def list_project_countries() -> list[Country]:
    """The countries in which partners are, by code."""
    takes_part = Organisation.objects.filter(~Q(projects=None) | ~Q(coordinated_projects=None))
    return list(Country.objects.filter(pk__in=takes_part.values("country")).order_by("code"))


def get_project(slug: str) -> Project:
    """One project with its partners, work packages and deliverables. Raises NotFound."""
    found = (
        Project.objects.select_related("coordinator__country")
        .prefetch_related("partners__organisation__country", "work_packages__lead", "deliverables__work_package")
        .filter(slug=slug)
        .first()
    )
    if found is None:
        raise NotFound("There is no such project.")
    return found


def list_results(project: Project, *, visible_to: Actor) -> list[ProjectResult]:
    """What came of a project, in the order of entry; of drafts and of events not for the reader there is nothing."""
    found = project.results.select_related("role", "course__provider", "practice", "event").order_by("pk")
    shown = (
        Q(role__isnull=False, role__retired_at=None)
        | Q(course__isnull=False) & ~Q(course__published_at=None)
        | Q(practice__state="published")
        | Q(event__in=visible_events(visible_to))
    )
    return list(found.filter(shown))


def get_result(uid: UUID, project: Project) -> ProjectResult:
    """One result of a project. Raises NotFound."""
    found = project.results.select_related("project__coordinator").filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such result.")
    return found


def list_stated_values(project: Project) -> list[StatedValue]:
    """What sources state about a project, by kind and time; never merged."""
    return list(project.stated_values.order_by("fact", "said_of", "pk"))


def list_deliverables(project: Project) -> list[Deliverable]:
    """What a project hands over, D2.9 before D2.10, those without a code last."""
    return sorted(project.deliverables.all(), key=_by_code)


def _by_code(deliverable: Deliverable) -> tuple[bool, list[tuple[bool, int, str]], int]:
    parts = re.findall(r"\d+|\D+", deliverable.code)
    numbered = [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]
    return not deliverable.code, numbered, deliverable.pk


def get_deliverable(uid: UUID, project: Project) -> Deliverable:
    """One deliverable of a project. Raises NotFound."""
    found = project.deliverables.filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such deliverable.")
    return found


def get_published_practice(slug: str) -> Practice:
    """A practice that everybody may read, to be named as a result. Raises NotFound."""
    found = Practice.objects.filter(slug=slug, state="published").first()
    if found is None:
        raise NotFound("There is no such practice.")
    return found
