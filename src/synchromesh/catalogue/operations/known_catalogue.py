"""The stored records that a feed refers to: what every entry may name, read once, and its courses, chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from django.conf import settings
from django.db.models import prefetch_related_objects

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.course_mapping import list_rejected_skills
from synchromesh.engine.feeds.records import CourseRecord
from synchromesh.framework.models import Skill, Topic
from synchromesh.framework.queries.completion import find_alike_skill
from synchromesh.framework.queries.succession import find_former_slugs
from synchromesh.places.models import Country, Region

_MOST_ALIKE = 200  # unknown names of a file for which a likely one is looked up
_LONGEST_ALIKE = 120  # characters of such a name that are compared, as many as a slug may have
_ALIKE = 0.8  # how much of two slugs is the same, 0 to 1


class KnownCatalogue:
    """The stored records that a feed of one source may refer to; `load` reads the courses of some of its entries."""

    def __init__(self, *, source: str) -> None:
        self.source = source
        self.courses: dict[str, Course] = {}
        # A feed may go on naming a skill as it was called before a change of name or a merge.
        self.skills = find_former_slugs() | {skill.slug: skill for skill in Skill.objects.filter(retired_at=None)}
        # Our own linked data name a skill by its address.
        self.skills |= {f"{settings.SITE_ADDRESS}/id/skill/{skill.uid}": skill for skill in self.skills.values()}
        self._alike: dict[str, str] = {}
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}
        self.countries = {country.code: country for country in Country.objects.all()}
        self.regions = {region.code: region for region in Region.objects.all()}
        organisations = list(Organisation.objects.all())
        self.providers = {provider.name.casefold(): provider for provider in organisations}
        self.rejected = list_rejected_skills(import_source=source)
        # One that an earlier file of this source brought is found again after somebody has renamed it.
        self._brought = {row.external_id: row for row in organisations if row.import_source == source}

    def load(self, records: Iterable[CourseRecord]) -> None:
        """Read the stored courses of these entries with all that belongs to them, and forget those before."""
        wanted = [record.external_id for record in records]
        stored = Course.objects.filter(import_source=self.source, external_id__in=wanted).select_related("provider")
        self.courses = {}
        self.add(list(stored))

    def add(self, courses: Sequence[Course]) -> None:
        """Take courses in, reading what belongs to them."""
        prefetch_related_objects(courses, "topics", "runs", "skill_links__skill", "field_locks")
        self.courses |= {course.external_id: course for course in courses}

    def alike(self, name: str) -> str:
        """A question that names the skill whose slug or name is most like an unknown one; empty where none is."""
        if name not in self._alike:
            if len(self._alike) == _MOST_ALIKE:
                return ""
            slug = self._alike_slug(name)
            self._alike[name] = f" Did you mean '{slug}'?" if slug else ""
        return self._alike[name]

    def _alike_slug(self, name: str) -> str:
        for slug in get_close_matches(name[:_LONGEST_ALIKE], self.skills, n=1, cutoff=_ALIKE):
            return self.skills[slug].slug
        found = find_alike_skill(name)
        return found.slug if found else ""

    def provider(self, name: str) -> Organisation | None:
        """The organisation of that name, or the one that this source brought under it."""
        return self.providers.get(name.casefold()) or self._brought.get(provider_id(name))


def provider_id(name: str) -> str:
    """By what an organisation that a feed brought is found again."""
    return f"provider {name}"[:200]
