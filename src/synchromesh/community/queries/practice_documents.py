"""Published practices as the search sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from synchromesh.community.models import Practice, PracticeState
from synchromesh.community.queries.practice_columns import TEXTS
from synchromesh.search.contract import Document


def list_practice_documents(uids: Collection[str] | None = None) -> Iterator[Document]:
    """All published practices or those with `uids`, by slug."""
    found = Practice.objects.filter(state=PracticeState.PUBLISHED).select_related("organisation", "country", "region")
    if uids is not None:
        found = found.filter(uid__in=uids)
    for practice in found.prefetch_related("topics", "skill_links__skill").order_by("slug").iterator(chunk_size=1000):
        yield _document(practice)


def _document(practice: Practice) -> Document:
    texts, labels = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for name, column in TEXTS.items():
        if name != "title":
            for language, text in getattr(practice, column).items():
                texts[language].append(text)
    for topic in practice.topics.all():
        for language, title in topic.titles.items():
            texts[language].append(title)
    skills = [link.skill for link in practice.skill_links.all()]
    for skill in skills:
        for language, title in skill.titles.items():
            labels[language].append(title)
    named = [practice.by_whom, str(practice.organisation or ""), practice.region.name if practice.region else ""]
    labels[""] += [name for name in named if name]
    return Document(
        kind="practice",
        uid=str(practice.uid),
        slug=practice.slug,
        titles=practice.titles,
        labels={language: tuple(found) for language, found in sorted(labels.items())},
        texts={language: "\n".join(found) for language, found in sorted(texts.items())},
        languages=tuple(sorted(practice.titles)),
        filters={
            "theme": (practice.theme,),
            "field": tuple(sorted(topic.slug for topic in practice.topics.all())),
            "skill": tuple(sorted(skill.slug for skill in skills)),
            "country": (practice.country.code,) if practice.country else (),
            "region": (practice.region.code,) if practice.region else (),
            "origin": (practice.origin,),
        },
    )
