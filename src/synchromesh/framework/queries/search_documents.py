"""Job roles and skills as the search sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db.models import Exists, OuterRef, Prefetch

from synchromesh.framework.models import Anchor, JobRole, Requirement, VersionStatus
from synchromesh.framework.queries.concepts import skills_in_force
from synchromesh.search.contract import Document

_AT_ONCE = 2000
"""Records read at a time; each such block takes one query for itself and one for each thing that belongs to it."""


def list_role_documents(uids: Collection[str] | None = None) -> Iterator[Document]:
    """Job roles in force, all or those with `uids`: not retired and described by the published version. By slug."""
    requirements = Requirement.objects.filter(role=OuterRef("pk"), version__status=VersionStatus.PUBLISHED)
    found = JobRole.objects.filter(Exists(requirements), retired_at=None).prefetch_related("topics").order_by("slug")
    if uids is not None:
        found = found.filter(uid__in=uids)
    for role in found.iterator(chunk_size=_AT_ONCE):
        yield Document(
            kind="role",
            uid=str(role.uid),
            slug=role.slug,
            titles=role.titles,
            labels={"": (role.slug.replace("-", " "),)},
            texts=_joined([*role.summaries.items(), *_each(role.tasks)]),
            languages=tuple(code for code, title in role.titles.items() if title),
            filters={
                "field": tuple(topic.slug for topic in role.topics.all()),
                "job": (role.slug,),
                "origin": (role.origin,),
            },
        )


def list_skill_documents(uids: Collection[str] | None = None) -> Iterator[Document]:
    """Skills in force, all or those with `uids`: required or described by the published version. By slug."""
    anchors = Anchor.objects.filter(version__status=VersionStatus.PUBLISHED).order_by("level")
    found = skills_in_force().prefetch_related("topics", Prefetch("anchors", queryset=anchors)).order_by("slug")
    if uids is not None:
        found = found.filter(uid__in=uids)
    for skill in found.iterator(chunk_size=_AT_ONCE):
        anchored = [item for anchor in skill.anchors.all() for item in anchor.texts.items()]
        yield Document(
            kind="skill",
            uid=str(skill.uid),
            slug=skill.slug,
            titles=skill.titles,
            labels={"": (skill.slug.replace("-", " "),)},
            texts=_joined([*skill.descriptions.items(), *anchored]),
            languages=tuple(code for code, title in skill.titles.items() if title),
            filters={
                "field": tuple(topic.slug for topic in skill.topics.all()),
                "origin": (skill.origin,),
                "skill": (skill.slug,),
            },
        )


def _each(lists: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Every text of lists by language, with its language."""
    return ((language, text) for language, texts in sorted(lists.items()) for text in texts)


def _joined(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """One text for each language, each of its texts on a line of its own."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for language, text in texts:
        if text:
            found[language].append(text)
    return {language: "\n".join(lines) for language, lines in found.items()}
