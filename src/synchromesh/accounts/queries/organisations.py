"""Read organisations."""

from __future__ import annotations

from django.db.models import Count

from synchromesh.accounts.models import Organisation, User
from synchromesh.engine.errors import NotFound
from synchromesh.places.models import Region


def list_organisations(*, kind: str = "") -> list[Organisation]:
    """Organisations by name with `course_count`, of one kind if asked."""
    found = Organisation.objects.select_related("country").prefetch_related("kinds")
    if kind:
        found = found.filter(kinds__kind=kind)
    return list(found.annotate(course_count=Count("courses", distinct=True)).order_by("name", "pk"))


def get_organisation(slug: str) -> Organisation:
    """One organisation. Raises NotFound."""
    found = Organisation.objects.filter(slug=slug).select_related("country", "region").prefetch_related("kinds").first()
    if found is None:
        raise NotFound(f"There is no organisation '{slug}'.", field="organisation")
    return found


def find_region_of(person: User) -> Region | None:
    """The region of the person's organisation; None without one, and where two organisations lie in different ones."""
    places = person.memberships.exclude(organisation__region=None).values("organisation__region")
    found = list(Region.objects.filter(pk__in=places)[:2])
    return found[0] if len(found) == 1 else None


def find_organisation(name: str) -> Organisation | None:
    """The organisation of a name, whatever its capitals, or with this slug; None without one."""
    named = Organisation.objects.filter(name__iexact=name).order_by("pk").first()
    return named or Organisation.objects.filter(slug=name.lower()).first()
