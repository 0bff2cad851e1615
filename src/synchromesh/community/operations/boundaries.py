"""Take in the operator's file of boundaries for the map of regions; one set at a time."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from synchromesh.accounts.permissions import require
from synchromesh.community.models import BoundarySet, RegionBoundary
from synchromesh.community.operations.boundary_files import read_outlines
from synchromesh.community.permissions import may_name_regions
from synchromesh.community.queries.regions import DRAWN_LEVEL
from synchromesh.engine.errors import InvalidInput
from synchromesh.places.models import Region
from synchromesh.plumbing import audit

_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedBoundaries:
    """What was taken in: the set, how many regions it draws, which are not in the file, which lie off the drawing."""

    boundaries: BoundarySet
    drawn: int
    missing: tuple[str, ...]
    outside: tuple[str, ...]


def load_boundaries(*, by: audit.Actor, name: str, content: bytes, credit: str) -> LoadedBoundaries:
    """Read a GeoJSON file, simplify it and put it in the place of the one before.

    `credit` is what the owner of the boundaries wants to read below each map. Raises NotAllowed, InvalidInput.
    """
    require(may_name_regions(by), "Only alliance staff load boundaries.")
    words = " ".join(credit.split())
    if not words or len(words) > _LONGEST:
        raise InvalidInput("Say whose boundaries these are: the words that must stand below the map.", field="credit")
    regions = dict(Region.objects.filter(level=DRAWN_LEVEL).values_list("code", "pk"))
    found = read_outlines(content, codes=frozenset(regions))
    with transaction.atomic():
        BoundarySet.objects.all().delete()
        boundaries = BoundarySet.objects.create(
            name=name[:200], credit=words, width=found.width, height=found.height, loaded_by=by.public_id
        )
        paths = [
            RegionBoundary(boundaries=boundaries, region_id=regions[code], path=path)
            for code, path in found.paths.items()
        ]
        RegionBoundary.objects.bulk_create(paths, batch_size=200)
        audit.record(by=by, action="load_boundaries", kind="boundaries", uid=boundaries.pk, drawn=len(paths))
    missing = tuple(sorted(regions.keys() - found.paths.keys() - set(found.outside)))
    return LoadedBoundaries(boundaries=boundaries, drawn=len(paths), missing=missing, outside=found.outside)
