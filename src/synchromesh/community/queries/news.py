"""News that somebody may read: the filter as it stands in an address, the list for pages and feeds, and one article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from synchromesh.accounts.models import MembershipRole, Organisation, User
from synchromesh.accounts.permissions import is_alliance_staff
from synchromesh.community.models import MemberProfile, NewsArticle, NewsReaders
from synchromesh.community.permissions import is_member, may_see_article, members_today
from synchromesh.community.queries.known_years import list_known_years
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor

LONGEST_VALUE = 160
_EDITING = (MembershipRole.EDITOR, MembershipRole.MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsFilter:
    """What a reader asked for; what is empty asks for nothing. `region` takes in the regions below it."""

    field: str = ""
    region: str = ""
    language: str = ""
    organisation: str = ""
    year: str = ""


_NAMES = tuple(one.name for one in fields(NewsFilter))


def read_news_filter(values: Mapping[str, Sequence[str]]) -> NewsFilter:
    """Read the parameters of an address. It is never wrong: what nobody knows finds nothing or is passed over."""
    found = {name: _last(values, name) for name in _NAMES}
    year = found["year"]
    return NewsFilter(**found | {"year": year if len(year) == 4 and year.isascii() and year.isdigit() else ""})


def news_query(wanted: NewsFilter) -> str:
    """The query string that `read_news_filter` reads this filter from, always in the same order."""
    return urlencode([(name, getattr(wanted, name)) for name in _NAMES if getattr(wanted, name)])


def list_news(wanted: NewsFilter, *, visible_to: Actor) -> QuerySet[NewsArticle]:
    """What is published and `visible_to` may read, newest first."""
    found = visible_news(visible_to).filter(_asked(wanted)).select_related("organisation")
    return found.order_by("-published_at", "-pk")


def visible_news(visible_to: Actor) -> QuerySet[NewsArticle]:
    """All published articles that somebody may read; no drafts."""
    published = NewsArticle.objects.exclude(published_at=None)
    return published if is_member(visible_to) else published.filter(visibility=NewsReaders.PUBLIC)


def list_news_years(visible_to: Actor) -> list[int]:
    """The years with news that somebody may read, newest first."""
    return list_known_years(visible_news(visible_to), "published_at")


def list_drafts(by: Actor) -> QuerySet[NewsArticle]:
    """The drafts that somebody may edit, newest first."""
    drafts = NewsArticle.objects.filter(published_at=None).select_related("organisation").order_by("-pk")
    return drafts if is_alliance_staff(by) else drafts.filter(organisation__in=list_writing_organisations(by))


def list_writing_organisations(by: Actor) -> list[Organisation]:
    """The members in whose name somebody writes, by name; for alliance staff those that they belong to."""
    if not isinstance(by, User) or not by.is_active:
        return []
    members = MemberProfile.objects.filter(members_today()).values("organisation")
    own = by.memberships.filter(role__in=_EDITING).values("organisation")
    return list(Organisation.objects.filter(pk__in=own).filter(pk__in=members).order_by("name", "pk"))


def get_article(slug: str, *, visible_to: Actor) -> NewsArticle:
    """One article. Raises NotFound, also where the reader may not know of it."""
    found = NewsArticle.objects.filter(slug=slug).select_related("organisation").first()
    if found is None or not may_see_article(visible_to, found):
        raise NotFound("There is no article with this address.")
    return found


def _asked(wanted: NewsFilter) -> Q:
    asked = Q()
    if wanted.field:
        asked &= Q(topics__slug=wanted.field)
    if wanted.region:
        through = NewsArticle.regions.through.objects.filter(region__code__startswith=wanted.region.upper())
        asked &= Q(pk__in=through.values("newsarticle"))
    if wanted.language:
        asked &= Q(titles__has_key=wanted.language)
    if wanted.organisation:
        asked &= Q(organisation__slug=wanted.organisation)
    if wanted.year:
        asked &= Q(published_at__year=int(wanted.year))
    return asked


def _last(values: Mapping[str, Sequence[str]], name: str) -> str:
    found = values.get(name) or ("",)
    return " ".join(found[-1].replace("\0", " ").split())[:LONGEST_VALUE]
