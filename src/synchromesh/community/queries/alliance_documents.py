"""Events, groups, projects, regions and news as the search sees them: only what everybody may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from synchromesh.community.models import (
    Event,
    EventState,
    EventVisibility,
    Group,
    NewsArticle,
    NewsReaders,
    Project,
    Readers,
    RegionProfile,
)
from synchromesh.search.contract import Document

_AT_ONCE = 1000


def public_events() -> QuerySet[Event]:
    """Events that are announced to everybody; what is called off is found too, and says so."""
    return Event.objects.exclude(state=EventState.DRAFT).filter(visibility=EventVisibility.PUBLIC)


def public_groups() -> QuerySet[Group]:
    """Groups whose page everybody sees."""
    return Group.objects.filter(visibility=Readers.PUBLIC)


def public_news() -> QuerySet[NewsArticle]:
    """Published articles for everybody."""
    return NewsArticle.objects.filter(visibility=NewsReaders.PUBLIC).exclude(published_at=None)


def list_event_documents(uids: Collection[str] | None = None) -> Iterator[Document]:
    """Public events, all or those with `uids`, by slug."""
    found = _chosen(public_events().select_related("country", "region", "organiser"), uids)
    for event in found.prefetch_related("topics").order_by("slug").iterator(chunk_size=_AT_ONCE):
        yield _document(
            "event",
            event,
            slug=event.slug,
            titles=event.titles,
            labels=(event.place, event.organiser.name if event.organiser else ""),
            texts=(event.summaries, *(topic.titles for topic in event.topics.all())),
        )


def list_group_documents(uids: Collection[str] | None = None) -> Iterator[Document]:
    """Public groups, all or those with `uids`, by slug."""
    for group in _chosen(public_groups(), uids).order_by("slug").iterator(chunk_size=_AT_ONCE):
        yield _document("group", group, slug=group.slug, titles=group.names, texts=(group.mandates,))


def list_project_documents(uids: Collection[str] | None = None) -> Iterator[Document]:
    """Projects, all or those with `uids`, by slug. A name is in no language."""
    for project in _chosen(Project.objects.all(), uids).order_by("slug").iterator(chunk_size=_AT_ONCE):
        yield _document(
            "project",
            project,
            slug=project.slug,
            titles={"": project.name},
            labels=(project.full_name, project.programme),
            texts=(project.subjects,),
        )


def list_region_documents(uids: Collection[str] | None = None) -> Iterator[Document]:
    """Profiles of regions, all or those with `uids`, by code, which is the address of their page."""
    found = _chosen(RegionProfile.objects.select_related("region__country"), uids)
    for profile in found.order_by("region__code").iterator(chunk_size=_AT_ONCE):
        yield _document(
            "region",
            profile,
            slug=profile.region.code,
            titles={"": profile.name},
            labels=(profile.region.code, profile.region.name),
            texts=(profile.summaries, profile.region.country.names),
        )


def list_news_documents(uids: Collection[str] | None = None) -> Iterator[Document]:
    """Public articles, all or those with `uids`, by slug."""
    found = _chosen(public_news().select_related("organisation"), uids)
    for article in found.prefetch_related("topics", "regions").order_by("slug").iterator(chunk_size=_AT_ONCE):
        named = (region.name for region in article.regions.all())
        yield _document(
            "news",
            article,
            slug=article.slug,
            titles=article.titles,
            labels=(article.organisation.name if article.organisation else "", *named),
            texts=(article.summaries, article.bodies, *(topic.titles for topic in article.topics.all())),
        )


def _chosen(found: QuerySet[Any], uids: Collection[str] | None) -> QuerySet[Any]:
    return found if uids is None else found.filter(uid__in=uids)


def _document(
    kind: str,
    record: Any,
    *,
    slug: str,
    titles: Mapping[str, str],
    labels: Collection[str] = (),
    texts: Collection[Mapping[str, str]] = (),
) -> Document:
    """`labels` are names, which are in no language; `texts` are by language."""
    joined: dict[str, list[str]] = {}
    for by_language in texts:
        for language, text in by_language.items():
            joined.setdefault(language, []).append(text)
    named = tuple(name for name in labels if name)
    return Document(
        kind=kind,
        uid=str(record.uid),
        slug=slug,
        titles=titles or {"": slug},
        labels={"": named} if named else {},
        texts={language: "\n".join(found) for language, found in sorted(joined.items())},
        languages=tuple(sorted(code for code in titles if code)),
        filters={"origin": (record.origin,)},
    )
