"""Write, publish, correct and withdraw news."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import require
from synchromesh.community.models import NewsArticle, NewsCorrection, NewsReaders
from synchromesh.community.operations.search_upkeep import tell_search
from synchromesh.community.permissions import may_edit_article, may_publish_news, may_write_news
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.engine.vocabulary.slugs import slugify
from synchromesh.framework.models import Topic
from synchromesh.places.models import Region
from synchromesh.plumbing import audit
from synchromesh.plumbing.free_slugs import FreeSlugs

ONLY_WRITERS = "Editors of a member write in its name, alliance staff in any. What is published only staff change."
ONLY_STAFF = "Only alliance staff publish and withdraw news."
_LONGEST = {"titles": 200, "summaries": 500, "bodies": 50_000}
_TEXTS = ("titles", "summaries", "bodies")
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleContent:
    """What an article says; see `NewsArticle`. Texts are by language; an empty one is no translation."""

    titles: Texts
    summaries: Texts = field(default_factory=dict)
    bodies: Texts = field(default_factory=dict)
    organisation: Organisation | None = None
    topics: Collection[Topic] = ()
    regions: Collection[Region] = ()
    visibility: NewsReaders = NewsReaders.PUBLIC
    source: str = ""
    source_url: str = ""


def write_article(*, by: audit.Actor, content: ArticleContent) -> NewsArticle:
    """Write a draft. Its address is made of the English title, else of the first. Raises NotAllowed, InvalidInput."""
    require(may_write_news(by, content.organisation), ONLY_WRITERS)
    columns = _columns(content)
    titles = columns["titles"]
    stem = slugify(titles.get("en") or next(iter(titles.values())))[:100].strip("-") or "news"
    with transaction.atomic():
        made = NewsArticle.objects.create(
            slug=FreeSlugs(NewsArticle).take([stem])[0], made_by=by.public_id, edited_at=timezone.now(), **columns
        )
        _set_places(made, content)
        audit.record(by=by, action="write_article", kind="news", uid=made.uid, slug=made.slug)
    return made


def edit_article(
    *, by: audit.Actor, article: NewsArticle, content: ArticleContent, correction: Texts | None = None
) -> None:
    """Write an article anew. Once it is published, words that change need a note of what was wrong, shown with it.

    A further language needs none. Raises NotAllowed, InvalidInput.
    """
    require(may_edit_article(by, article), ONLY_WRITERS)
    require(may_write_news(by, content.organisation), ONLY_WRITERS)
    columns = _columns(content)
    notes = _clean(correction or {}, "correction", longest=500)
    if article.published_at is not None and _words_changed(article, columns) and not notes:
        raise InvalidInput("It is published: say what was wrong before. The note is shown with it.", field="correction")
    now = timezone.now()
    with transaction.atomic():
        changed = sorted(name for name, value in columns.items() if getattr(article, name) != value)
        if changed:  # else feeds would tell of a change that there is not
            columns["edited_at"] = now
        for name, value in columns.items():
            setattr(article, name, value)
        article.save(update_fields=list(columns))
        _set_places(article, content)
        if notes and article.published_at is not None:
            NewsCorrection.objects.create(article=article, notes=notes, written_by=by.public_id, corrected_at=now)
        audit.record(by=by, action="edit_article", kind="news", uid=article.uid, fields=changed)
        tell_search("news", article)


def publish_article(*, by: audit.Actor, article: NewsArticle, now: datetime | None = None) -> None:
    """Publish a draft. Raises NotAllowed, Conflict, and InvalidInput where a language has a title and no text."""
    require(may_publish_news(by), ONLY_STAFF)
    with transaction.atomic():
        locked = NewsArticle.objects.select_for_update().get(pk=article.pk)
        if locked.published_at is not None:
            raise Conflict("It is published already.")
        if not locked.bodies or set(locked.bodies) != set(locked.titles):
            raise InvalidInput("Each language needs a title and a text before it is published.", field="bodies")
        article.published_at, article.published_by = now or timezone.now(), by.public_id
        article.save(update_fields=["published_at", "published_by"])
        audit.record(by=by, action="publish_article", kind="news", uid=article.uid)
        tell_search("news", article)


def withdraw_article(*, by: audit.Actor, article: NewsArticle) -> None:
    """Make a published article a draft again, which nobody else sees. Raises NotAllowed, Conflict."""
    require(may_publish_news(by), ONLY_STAFF)
    with transaction.atomic():
        if article.published_at is None:
            raise Conflict("It is not published.")
        article.published_at, article.published_by = None, ""
        article.save(update_fields=["published_at", "published_by"])
        audit.record(by=by, action="withdraw_article", kind="news", uid=article.uid)
        tell_search("news", article)


def delete_article(*, by: audit.Actor, article: NewsArticle) -> None:
    """Throw a draft away. Raises NotAllowed, Conflict for what is published."""
    require(may_edit_article(by, article), ONLY_WRITERS)
    if article.published_at is not None:
        raise Conflict("Withdraw it first.")
    with transaction.atomic():
        uid, slug = article.uid, article.slug
        article.delete()
        audit.record(by=by, action="delete_article", kind="news", uid=uid, slug=slug)


def _columns(content: ArticleContent) -> dict[str, Any]:
    texts = {name: _clean(getattr(content, name), name, longest=_LONGEST[name]) for name in _TEXTS}
    if not texts["titles"]:
        raise InvalidInput("Give the article a title.", field="titles")
    if lost := (set(texts["summaries"]) | set(texts["bodies"])) - set(texts["titles"]):
        raise InvalidInput(f"There is a text and no title in {', '.join(sorted(lost))}.", field="titles")
    url = content.source_url.strip()
    if url and not url.startswith(("https://", "http://")):
        raise InvalidInput("Enter a whole address that begins with https://.", field="source_url")
    if len(url) > 1000 or len(content.source) > 200:
        raise InvalidInput("This is too long.", field="source_url" if len(url) > 1000 else "source")
    return {
        **texts,
        "organisation": content.organisation,
        "visibility": content.visibility.value,
        "source": " ".join(content.source.split()),
        "source_url": url,
    }


def _clean(texts: Texts, name: str, *, longest: int) -> dict[str, str]:
    found = {}
    for language, text in sorted(texts.items()):
        tidy = text.replace("\0", " ").replace("\r\n", "\n").strip()
        if language not in OWN_NAMES:
            raise InvalidInput("This is no language of the Union.", field=name)
        if len(tidy) > longest:
            raise InvalidInput(f"A text has more than {longest} characters.", field=name)
        if tidy:
            found[language] = tidy if name == "bodies" else " ".join(tidy.split())
    return found


def _words_changed(article: NewsArticle, columns: Mapping[str, Any]) -> bool:
    """Whether words that were published are other words now."""
    return any(
        text != columns[name].get(language) for name in _TEXTS for language, text in getattr(article, name).items()
    )


def _set_places(article: NewsArticle, content: ArticleContent) -> None:
    article.topics.set(content.topics)
    article.regions.set(content.regions)
