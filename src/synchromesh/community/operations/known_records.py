"""What the rows of a file may name: regions, countries, organisations, skills, fields; each kind read once if asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course
from synchromesh.community.models import Event, Practice, Project, RegionNetwork, RegionProfile
from synchromesh.engine.tables.cells import CellReader
from synchromesh.framework.models import JobRole, Skill, Topic
from synchromesh.framework.queries.succession import find_former_slugs
from synchromesh.places.models import Country, Region

_Found = TypeVar("_Found")
_Record = TypeVar("_Record", bound=Model)


class KnownRecords:
    """Stored records by what a file calls them. `source` is the series of the file, whose ids it may use."""

    def __init__(self, *, source: str) -> None:
        self._source = source

    @cached_property
    def _regions(self) -> dict[str, Region]:
        return {region.code: region for region in Region.objects.all()}

    @cached_property
    def _countries(self) -> dict[str, Country]:
        return {country.code: country for country in Country.objects.all()}

    @cached_property
    def _organisations(self) -> dict[str, Organisation]:
        rows = list(Organisation.objects.order_by("pk"))
        named = {row.name.casefold(): row for row in rows} | {row.slug: row for row in rows}
        return named | {row.external_id: row for row in rows if row.external_id and row.import_source == self._source}

    @cached_property
    def _skills(self) -> dict[str, Skill]:
        return find_former_slugs() | {skill.slug: skill for skill in Skill.objects.filter(retired_at=None)}

    @cached_property
    def _topics(self) -> dict[str, Topic]:
        return {topic.slug: topic for topic in Topic.objects.all()}

    @cached_property
    def _networks(self) -> dict[str, RegionNetwork]:
        return {network.slug: network for network in RegionNetwork.objects.all()}

    @cached_property
    def _profiles(self) -> dict[str, RegionProfile]:
        return {profile.region.code: profile for profile in RegionProfile.objects.select_related("region")}

    @cached_property
    def _projects(self) -> dict[str, Project]:
        return self._by_id_or_slug(Project.objects.order_by("pk"))

    @cached_property
    def _roles(self) -> dict[str, JobRole]:
        return {role.slug: role for role in JobRole.objects.filter(retired_at=None)}

    @cached_property
    def _courses(self) -> dict[str, Course]:
        return self._by_id_or_slug(Course.objects.exclude(published_at=None).order_by("pk"))

    @cached_property
    def _events(self) -> dict[str, Event]:
        return self._by_id_or_slug(Event.objects.order_by("pk"))

    @cached_property
    def _practices(self) -> dict[str, Practice]:
        return self._by_id_or_slug(Practice.objects.order_by("pk"))

    def _by_id_or_slug(self, found: QuerySet[_Record]) -> dict[str, _Record]:
        """Records by their slugs, and those of this source by its ids, which win."""
        rows: list[Any] = list(found)
        own = {row.external_id: row for row in rows if row.external_id and row.import_source == self._source}
        return {row.slug: row for row in rows} | own

    def region(self, cells: CellReader, column: str) -> Region | None:
        """The region of a NUTS code; None for an empty cell."""
        return _find(cells, column, self._regions, "a NUTS region", key=cells.text(column).upper())

    def country(self, cells: CellReader, column: str) -> Country | None:
        """The country of a code of two letters; None for an empty cell."""
        return _find(cells, column, self._countries, "a country", key=cells.country(column))

    def organisation(self, cells: CellReader, column: str) -> Organisation | None:
        """An organisation by its id in this source, its slug or its name; None for an empty cell."""
        text = cells.text(column)
        key = text if text in self._organisations else text.casefold()
        return _find(cells, column, self._organisations, "an organisation", key=key)

    def organisations(self, cells: CellReader, column: str) -> frozenset[int]:
        """The keys of the organisations that a cell names, as `organisation` finds them."""
        known = {
            name: self._organisations.get(name) or self._organisations.get(name.casefold())
            for name in cells.items(column)
        }
        return self._many(cells, column, {name: one for name, one in known.items() if one}, "an organisation")

    def project(self, cells: CellReader, column: str) -> Project | None:
        """A project by its id in this source or its slug; None for an empty cell."""
        return _find(cells, column, self._projects, "a project", key=cells.text(column))

    def role(self, cells: CellReader, column: str) -> JobRole | None:
        """A job role by its slug; None for an empty cell."""
        return _find(cells, column, self._roles, "a job role", key=cells.text(column))

    def course(self, cells: CellReader, column: str) -> Course | None:
        """A published course by its id in this source or its slug; None for an empty cell."""
        return _find(cells, column, self._courses, "a course", key=cells.text(column))

    def event(self, cells: CellReader, column: str) -> Event | None:
        """An event by its id in this source or its slug; None for an empty cell."""
        return _find(cells, column, self._events, "an event", key=cells.text(column))

    def practice(self, cells: CellReader, column: str) -> Practice | None:
        """A practice by its id in this source or its slug; None for an empty cell."""
        return _find(cells, column, self._practices, "a practice", key=cells.text(column))

    def network(self, cells: CellReader, column: str) -> RegionNetwork | None:
        """A network of regions by its slug; None for an empty cell."""
        return _find(cells, column, self._networks, "a network of regions", key=cells.text(column))

    def profile(self, cells: CellReader, column: str) -> RegionProfile | None:
        """The profile of the region with a NUTS code; None for an empty cell."""
        return _find(cells, column, self._profiles, "a region with a profile", key=cells.text(column).upper())

    def skills(self, cells: CellReader, column: str) -> frozenset[int]:
        """The keys of the skills that a cell names by their slugs."""
        return self._many(cells, column, self._skills, "a skill")

    def topics(self, cells: CellReader, column: str) -> frozenset[int]:
        """The keys of the fields that a cell names by their slugs."""
        return self._many(cells, column, self._topics, "a field")

    def _many(self, cells: CellReader, column: str, known: Mapping[str, Any], what: str) -> frozenset[int]:
        found = set()
        for name in cells.items(column):
            if name in known:
                found.add(known[name].pk)
            else:
                cells.report(column, f"'{name[:60]}' is not {what} that is known here.")
        return frozenset(found)


def _find(cells: CellReader, column: str, known: Mapping[str, _Found], what: str, *, key: str) -> _Found | None:
    text = cells.text(column)
    if not text or not key:
        return None
    found = known.get(key)
    if found is None:
        cells.report(column, f"'{text[:60]}' is not {what} that is known here.")
    return found
