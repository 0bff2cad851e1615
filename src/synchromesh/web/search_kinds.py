"""The kinds of record that people search for: one entry here is all that the search page needs of a kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course
from synchromesh.community.models import Event, Practice, PracticeState, Project, RegionProfile
from synchromesh.community.queries.alliance_documents import public_events, public_groups, public_news
from synchromesh.framework.models import JobRole, Skill
from synchromesh.passports.queries.search_documents import searched_passports
from synchromesh.search.contract import Hit
from synchromesh.search.mending import ask_to_look_again


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchKind:
    """A kind by its name in the index. `title` stands over several of them, `single` beside one.

    `with_page` gives the records that have a page. Its pages are named by the plural of its name ("courses:detail"),
    or by `page`. A kind with `parts` is several kinds of the index in one group.
    """

    name: str
    title: Any
    single: Any
    with_page: Callable[[], QuerySet[Any]]
    page: str = ""
    parts: tuple[SearchKind, ...] = ()

    @property
    def in_index(self) -> tuple[str, ...]:
        """The names of its kinds in the index."""
        return tuple(part.name for part in self.parts) or (self.name,)


_ALLIANCE = (
    SearchKind(
        name="event",
        title=gettext_lazy("Events"),
        single=pgettext_lazy("kind of suggestion", "Event"),
        with_page=public_events,
    ),
    SearchKind(
        name="group",
        title=gettext_lazy("Groups"),
        single=pgettext_lazy("kind of suggestion", "Group"),
        with_page=public_groups,
    ),
    SearchKind(
        name="project",
        title=gettext_lazy("Projects"),
        single=pgettext_lazy("kind of suggestion", "Project"),
        with_page=Project.objects.all,
    ),
    SearchKind(
        name="region",
        title=gettext_lazy("Regions"),
        single=pgettext_lazy("kind of suggestion", "Region"),
        with_page=RegionProfile.objects.all,
    ),
    SearchKind(
        name="news",
        title=gettext_lazy("News"),
        single=pgettext_lazy("kind of suggestion", "News"),
        with_page=public_news,
        page="news:detail",
    ),
)


# In the order of the groups: what a person wants to become comes first.
SEARCH_KINDS: dict[str, SearchKind] = {
    kind.name: kind
    for kind in (
        SearchKind(
            name="role",
            title=gettext_lazy("Job roles"),
            single=pgettext_lazy("kind of suggestion", "Job role"),
            with_page=lambda: JobRole.objects.filter(retired_at=None),
        ),
        SearchKind(
            name="skill",
            title=gettext_lazy("Skills"),
            single=pgettext_lazy("kind of suggestion", "Skill"),
            with_page=Skill.objects.all,
        ),
        SearchKind(
            name="course",
            title=gettext_lazy("Courses"),
            single=pgettext_lazy("kind of suggestion", "Course"),
            with_page=lambda: Course.objects.exclude(published_at=None),
        ),
        SearchKind(
            name="organisation",
            title=gettext_lazy("Organisations"),
            single=pgettext_lazy("kind of suggestion", "Organisation"),
            with_page=Organisation.objects.all,
        ),
        SearchKind(
            name="practice",
            title=gettext_lazy("Practices"),
            single=pgettext_lazy("kind of suggestion", "Practice"),
            with_page=lambda: Practice.objects.filter(state=PracticeState.PUBLISHED),
        ),
        SearchKind(
            name="passport",
            title=gettext_lazy("Practice passports of batteries"),
            single=pgettext_lazy("kind of suggestion", "Practice passport"),
            with_page=searched_passports,
            page="passports:glance",
        ),
        SearchKind(
            name="alliance",
            title=gettext_lazy("Work of the alliance"),
            single=pgettext_lazy("kind of suggestion", "Work of the alliance"),
            with_page=Event.objects.none,
            parts=_ALLIANCE,
        ),
    )
}
INDEX_KINDS: dict[str, SearchKind] = {
    part.name: part for kind in SEARCH_KINDS.values() for part in (kind.parts or (kind,))
}
"""Every kind of the index that has pages, by its name there."""


def address_of(kind: str, slug: str) -> str:
    """The page of a record of the index."""
    return reverse(INDEX_KINDS[kind].page or f"{kind}s:detail", args=[slug])


def leave_out_gone(hits: Sequence[Hit]) -> list[Hit]:
    """The hits that lead to a page, in their order. One query; the index is told about the others."""
    uids: dict[str, list[str]] = {}
    for hit in hits:
        uids.setdefault(hit.kind, []).append(hit.uid)
    parts = [
        INDEX_KINDS[kind].with_page().filter(uid__in=found).order_by().values_list(Value(kind), "uid")
        for kind, found in uids.items()
    ]
    there = {(kind, str(uid)) for kind, uid in parts[0].union(*parts[1:], all=True)} if parts else set()
    for kind, found in uids.items():
        ask_to_look_again(kind, [uid for uid in found if (kind, uid) not in there])
    return [hit for hit in hits if (hit.kind, hit.uid) in there]
