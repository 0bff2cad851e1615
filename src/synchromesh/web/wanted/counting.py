"""Count what a reader looks for in vain, so that one reader who looks again and again is no crowd."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest
from django.utils.translation import get_language

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.accounts.queries.organisations import find_region_of
from synchromesh.catalogue.models import BriefOrigin
from synchromesh.catalogue.operations.briefs import record_brief
from synchromesh.engine.vocabulary.folding import fold
from synchromesh.framework.models import Skill
from synchromesh.places.models import Region
from synchromesh.plumbing.rate_limits import add_to_count, visitor_digest
from synchromesh.web.visitors import is_reader

_DAY_SECONDS = 24 * 3600


def count_search(request: HttpRequest, words: str, *, region: str = "") -> None:
    """Count a search that found nothing, once a day for each reader. Programs look for nothing.

    `region` is the NUTS code that the reader chose; else the region of the organisation of who is signed in.
    """
    if not is_reader(request) or not _is_new(request, f"search|{fold(words)}"):
        return
    record_brief(
        by=VISITOR,
        origin=BriefOrigin.SEARCH,
        words=words,
        language=get_language() or "en",
        region=_region(request, region),
    )


def count_missing_course(request: HttpRequest, skill: Skill, level: int | None, *, language: str = "") -> None:
    """Count a level of a skill that no course leads to, once a day for each reader.

    `language` is the one that the reader chose for courses; else that of the page.
    """
    if _is_new(request, f"gap|{skill.uid}|{level}"):
        record_brief(
            by=VISITOR,
            origin=BriefOrigin.GAP,
            skill=skill,
            level=level,
            language=language or get_language() or "en",
            region=_region(request),
        )


def _is_new(request: HttpRequest, what: str) -> bool:
    """Whether this reader has not wished for the same today: nothing but a hash is kept, in the cache, for a day."""
    person = request.user.public_id if isinstance(request.user, User) else request.headers.get("User-Agent", "")
    who = hashlib.sha256(f"{visitor_digest(request)}|{person}|{what}".encode(errors="replace")).hexdigest()
    return add_to_count(f"wish:{who}", seconds=_DAY_SECONDS) == 1


def _region(request: HttpRequest, chosen: str = "") -> Region | None:
    if chosen:
        return Region.objects.filter(code=chosen).first()
    return find_region_of(request.user) if isinstance(request.user, User) else None
