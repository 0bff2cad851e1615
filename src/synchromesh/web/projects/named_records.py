"""The role, course, practice or event that somebody names by the address of its page here."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext

from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.courses import get_course
from synchromesh.community.models import Event, Practice
from synchromesh.community.queries.event_lists import get_event
from synchromesh.community.queries.projects import get_published_practice
from synchromesh.framework.models import JobRole
from synchromesh.framework.queries.concepts import get_role
from synchromesh.plumbing.audit import Actor
from synchromesh.web.error_sentences import TranslatedInvalidInput


def find_record(address: str, *, visible_to: Actor) -> JobRole | Course | Practice | Event:
    """What the page of this address shows. Raises InvalidInput for another address, and NotFound."""
    try:
        match = resolve(urlsplit(address.strip()).path)
    except Resolver404:
        match = None
    slug = match.kwargs.get("slug", "") if match else ""
    if match is not None and match.view_name == "roles:detail":
        return get_role(slug)
    if match is not None and match.view_name == "courses:detail":
        return get_course(slug)
    if match is not None and match.view_name == "practices:detail":
        return get_published_practice(slug)
    if match is not None and match.view_name == "events:detail":
        return get_event(slug, visible_to=visible_to)
    raise TranslatedInvalidInput(
        gettext("Give the address of a job role, course, practice or event of this site."), field="address"
    )
