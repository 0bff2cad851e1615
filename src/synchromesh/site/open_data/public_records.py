"""A course as the world outside sees it: what it teaches named by addresses that stay."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.conf import settings

from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.exports import course_record
from synchromesh.engine.feeds.records import CourseRecord


def stable_address(kind: str, uid: UUID | str) -> str:
    """The address of a record that never changes; `kind` is "course", "skill", "role" or "organisation"."""
    return f"{settings.SITE_ADDRESS}/id/{kind}/{uid}"


def public_record(course: Course) -> CourseRecord:
    """The record of a course under its address, which is its id too: ids of several sources may be the same.

    Only what somebody has confirmed is taught: the formats cannot say that a link is no more than a suggestion.
    """
    uids = {link.skill.slug: link.skill.uid for link in course.skill_links.all() if link.confirmed_at}
    record = course_record(course)
    address = stable_address("course", course.uid)
    return replace(
        record,
        position=address,
        external_id=address,
        skills=tuple(
            replace(link, skill=stable_address("skill", uids[link.skill]))
            for link in record.skills
            if link.skill in uids
        ),
    )
