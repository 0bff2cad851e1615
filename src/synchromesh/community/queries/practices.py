"""Read practices: the list by words, meaning and filters; one; what waits for review; those that are like another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import Practice, PracticeReuse, PracticeState, PracticeVersion
from synchromesh.community.permissions import may_review_practices, may_see_practice
from synchromesh.community.queries.known_regions import first_of_each, within
from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import Skill
from synchromesh.places.models import Region
from synchromesh.plumbing.audit import Actor
from synchromesh.search.meaning import meanings_of
from synchromesh.search.queries import search

GROUPS = ("theme", "field", "country", "region")
_MOST_HITS = 500
_LIKE_LOOKED_AT = 200
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFilter:
    """What is asked of the list; empty means everything."""

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LikePractice:
    """A practice that is like another: the skills and fields they share, and whether theme or region are the same."""

    practice: Practice
    skills: tuple[Skill, ...]
    same_theme: bool
    same_region: bool


def read_practice_filter(values: Mapping[str, Sequence[str]]) -> PracticeFilter:
    """The filter as it stands in an address."""
    chosen = {
        group: tuple(dict.fromkeys(value[:80] for value in values.get(group, ()) if value.strip()))[:20]
        for group in GROUPS
    }
    words = " ".join((list(values.get("q", ())) or [""])[-1].replace("\0", "").split())[:_LONGEST]
    return PracticeFilter(words=words, chosen={group: found for group, found in chosen.items() if found})


def list_practices(wanted: PracticeFilter, *, language: str = "en") -> QuerySet[Practice]:
    """Published practices that fit; with words the best first, also those that only mean the same, else newest first.

    A country or region takes in what lies below it. Raises ExternalFailure when the index cannot be used.
    """
    found = published_practices().filter(_chosen(wanted))
    if not wanted.words:
        return found.order_by("-published_at", "slug")
    meant = meanings_of(wanted.words, language=language)
    answer = search(wanted.words, language=language, kinds=("practice",), limit=_MOST_HITS, meant=meant, counted=())
    return _ranked(found, [hit.uid for hit in answer.hits])


def _ranked(found: QuerySet[Practice], uids: Sequence[str]) -> QuerySet[Practice]:
    if not uids:
        return found.none()
    rank = Case(*(When(uid=uid, then=Value(place)) for place, uid in enumerate(uids)), output_field=IntegerField())
    return found.filter(uid__in=uids).annotate(rank=rank).order_by("rank", "slug")


def _chosen(wanted: PracticeFilter) -> Q:
    chosen = Q()
    if themes := wanted.chosen.get("theme"):
        chosen &= Q(theme__in=themes)
    if topics := wanted.chosen.get("field"):
        chosen &= Q(pk__in=Practice.topics.through.objects.filter(topic__slug__in=topics).values("practice_id"))
    if countries := wanted.chosen.get("country"):
        chosen &= Q(country__code__in=countries)
    if regions := wanted.chosen.get("region"):
        within = Q()
        for code in regions:
            within |= Q(region__code__startswith=code.upper())
        chosen &= within
    return chosen


def published_practices() -> QuerySet[Practice]:
    """Published practices with who, where and how often they were done by others, in no order."""
    return _with_places(Practice.objects.filter(state=PracticeState.PUBLISHED))


def _with_places(rows: QuerySet[Practice]) -> QuerySet[Practice]:
    return rows.select_related("organisation", "country", "region").annotate(reuse_count=Count("reuses"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeValue:
    """A value of a filter, its names by language (none for a theme), and how many published practices have it."""

    value: str
    names: Mapping[str, str]
    count: int


def count_practice_values() -> dict[str, list[PracticeValue]]:
    """The values of each group that published practices have, most frequent first: for the filters of the list."""
    rows = Practice.objects.filter(state=PracticeState.PUBLISHED).order_by()
    countries = rows.exclude(country=None).values_list("country__code", "country__names")
    fields = rows.exclude(topics=None).values_list("topics__slug", "topics__titles")
    themes = rows.values_list("theme")
    return {
        "theme": _values((theme, {}, count) for theme, count in themes.annotate(times=Count("pk"))),
        "field": _values(fields.annotate(times=Count("pk", distinct=True))),
        "country": _values(countries.annotate(times=Count("pk"))),
    }


def _values(rows: Iterable[tuple[str, Any, int]]) -> list[PracticeValue]:
    found = [PracticeValue(value=value, names=names, count=count) for value, names, count in rows]
    return sorted(found, key=lambda one: (-one.count, one.value))


def get_practice(slug: str, *, visible_to: Actor) -> Practice:
    """One practice with what its page shows. Raises NotFound, also for one that the reader may not know of."""
    rows = Practice.objects.select_related("organisation", "country", "region", "submitted_by")
    found = rows.prefetch_related("topics", "skill_links__skill").filter(slug=slug).first()
    if found is None or not may_see_practice(visible_to, found):
        raise NotFound("There is no such practice. It may have been withdrawn.", field="practice")
    return found


def list_reuses(practice: Practice) -> list[PracticeReuse]:
    """Who did this too, newest first."""
    rows = practice.reuses.select_related("organisation__country").order_by("-recorded_at", "-pk")
    return list(rows)


def get_reuse(practice: Practice, uid: UUID) -> PracticeReuse:
    """One of them. Raises NotFound."""
    found = practice.reuses.select_related("organisation", "practice").filter(uid=uid).first()
    if found is None:
        raise NotFound("Nobody says so any more.")
    return found


def list_versions(practice: Practice) -> list[PracticeVersion]:
    """The published versions, newest first."""
    return list(practice.versions.order_by("-number"))


def list_own_practices(person: User) -> list[Practice]:
    """What a person has sent in, or is writing, newest first."""
    return list(Practice.objects.filter(submitted_by=person).order_by("-created_at", "-pk"))


def list_waiting_practices(*, visible_to: Actor) -> list[Practice]:
    """What waits for a review, longest first. Raises NotAllowed for all but alliance staff."""
    require(may_review_practices(visible_to), "Only alliance staff review practices.")
    rows = Practice.objects.filter(state=PracticeState.SUBMITTED).select_related("organisation", "submitted_by")
    return list(rows.order_by("submitted_at", "pk"))


def list_practices_in_regions(regions: Sequence[Region], *, limit: int) -> list[list[Practice]]:
    """For each region its published practices and those of the regions below it, newest first; one question."""
    rows = Practice.objects.filter(state=PracticeState.PUBLISHED).order_by("-published_at", "slug")
    found = list(_with_places(first_of_each(rows, regions, limit=limit)))
    return [within(region, found)[:limit] for region in regions]


def list_like_practices(practice: Practice, *, limit: int = 4) -> list[LikePractice]:
    """Other published practices by what they share: three points for a skill, two for the theme, one for the region
    or a field. Ties by slug; those without a shared skill or theme are left out.
    """
    own = {link.skill_id: link.skill for link in practice.skill_links.all()}
    topics = {topic.pk for topic in practice.topics.all()}
    near = Q(theme=practice.theme) | Q(skill_links__skill__in=own)
    rows = published_practices().exclude(pk=practice.pk).filter(near).distinct().order_by("-published_at", "slug")
    points: Counter[int] = Counter()
    found: dict[int, LikePractice] = {}
    for other in rows.prefetch_related("topics", "skill_links")[:_LIKE_LOOKED_AT]:
        shared = tuple(own[link.skill_id] for link in other.skill_links.all() if link.skill_id in own)
        one = LikePractice(
            practice=other,
            skills=shared,
            same_theme=other.theme == practice.theme,
            same_region=practice.region_id is not None and other.region_id == practice.region_id,
        )
        fields = len(topics & {topic.pk for topic in other.topics.all()})
        points[other.pk] = 3 * len(shared) + 2 * one.same_theme + one.same_region + fields
        found[other.pk] = one
    best = sorted(found, key=lambda key: (-points[key], found[key].practice.slug))
    return [found[key] for key in best[:limit]]
