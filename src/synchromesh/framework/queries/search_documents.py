"""Job roles and skills as the search sees them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

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
        tasks = [task for _, tasks in sorted(role.tasks.items()) for task in tasks]
        yield Document(
            kind="role",
            uid=str(role.uid),
            slug=role.slug,
            titles=role.titles,
            labels=(role.slug.replace("-", " "),),
            body="\n".join([*role.summaries.values(), *tasks]),
            languages=tuple(code for code, title in role.titles.items() if title),
            filters={"field": tuple(topic.slug for topic in role.topics.all()), "origin": (role.origin,)},
        )


def list_skill_documents(uids: Collection[str] | None = None) -> Iterator[Document]:
    """Skills in force, all or those with `uids`: required or described by the published version. By slug."""
    anchors = Anchor.objects.filter(version__status=VersionStatus.PUBLISHED).order_by("level")
    found = skills_in_force().prefetch_related("topics", Prefetch("anchors", queryset=anchors)).order_by("slug")
    if uids is not None:
        found = found.filter(uid__in=uids)
    for skill in found.iterator(chunk_size=_AT_ONCE):
        texts = [text for anchor in skill.anchors.all() for text in anchor.texts.values()]
        yield Document(
            kind="skill",
            uid=str(skill.uid),
            slug=skill.slug,
            titles=skill.titles,
            labels=(skill.slug.replace("-", " "),),
            body="\n".join([*skill.descriptions.values(), *texts]),
            languages=tuple(code for code, title in skill.titles.items() if title),
            filters={"field": tuple(topic.slug for topic in skill.topics.all()), "origin": (skill.origin,)},
        )
