"""Where a stable address leads: the page of a record by its kind and uid, as a visitor may know of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import VISITOR
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.courses import find_winner
from synchromesh.community.models import Lesson, LessonState, Practice, PracticeState, Project, RegionProfile
from synchromesh.community.queries.event_lists import visible_events
from synchromesh.community.queries.groups import visible_groups
from synchromesh.community.queries.news import visible_news
from synchromesh.credentials.models import Achievement
from synchromesh.credentials.queries.issuers import get_issuer_by_uid
from synchromesh.credentials.queries.pages import get_by_uid
from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import JobRole, Skill, Topic

_NOTHING = "Nothing has this address. It may have been withdrawn."
# The page of each kind, and the records of it that everybody may know of.
_KINDS: dict[str, tuple[str, Callable[[], QuerySet[Any]]]] = {
    "role": ("roles:detail", lambda: JobRole.objects.filter(retired_at=None)),
    "skill": ("skills:detail", Skill.objects.all),
    "field": ("fields:detail", Topic.objects.all),
    "course": ("courses:detail", lambda: Course.objects.exclude(published_at=None)),
    "organisation": ("organisations:detail", Organisation.objects.all),
    "achievement": ("achievements:detail", Achievement.objects.all),
    "event": ("events:detail", lambda: visible_events(VISITOR)),
    "group": ("groups:detail", lambda: visible_groups(VISITOR)),
    "project": ("projects:detail", Project.objects.all),
    "news": ("news:detail", lambda: visible_news(VISITOR)),
    "practice": ("practices:detail", lambda: Practice.objects.filter(state=PracticeState.PUBLISHED)),
    "lesson": ("lessons:detail", lambda: Lesson.objects.filter(state=LessonState.PUBLISHED)),
}


def page_of_record(kind: str, uid: UUID) -> str:
    """The address of the page as the record is called today. Raises NotFound, also for what is not public."""
    if kind == "credential":  # its page has no name that could change, so it has no language either
        return reverse("credential", args=[get_by_uid(uid).code])
    if kind == "issuer":
        return reverse("organisations:detail", args=[get_issuer_by_uid(uid).organisation.slug])
    if kind == "region":  # called by its NUTS code
        return _page_of_region(uid)
    if kind not in _KINDS:
        raise NotFound(_NOTHING)
    page, records = _KINDS[kind]
    record = records().filter(uid=uid).first()
    if record is None and kind == "course":
        record = find_winner(uid=uid)
    if record is None:
        raise NotFound(_NOTHING)
    return reverse(page, args=[record.slug])


def _page_of_region(uid: UUID) -> str:
    profile = RegionProfile.objects.select_related("region").filter(uid=uid).first()
    if profile is None:
        raise NotFound(_NOTHING)
    return reverse("regions:detail", args=[profile.region.code])
