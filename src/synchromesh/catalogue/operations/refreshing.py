"""Keep courses fresh: ask providers once a year whether everything is still right, and write down their answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.operations.course_steps import check_permission
from synchromesh.catalogue.operations.upkeep_mails import MOST_IN_ONE_MAIL, send_refresh_request
from synchromesh.catalogue.queries.freshness import list_courses_to_ask_about
from synchromesh.catalogue.queries.provider_people import list_editors
from synchromesh.plumbing import audit, jobs


def ask_for_refresh(*, by: audit.Actor, today: date | None = None) -> int:
    """Send each provider one mail about courses that nobody has confirmed for long; returns how many courses it names.

    A mail names up to 50 courses; the rest wait for the next one, 30 days later. A provider without anybody to ask
    stands at the desk. Alliance staff and the operator may. Safe to repeat. Raises NotAllowed.
    """
    require(is_alliance_staff(by), "Only alliance staff can ask providers about their courses.")
    day = today or timezone.localdate()
    asked = 0
    for provider, courses in groupby(list_courses_to_ask_about(today=day), key=lambda course: course.provider):
        if provider is not None:
            asked += _ask(by, provider, list(courses), day)
    return asked


def _ask(by: audit.Actor, provider: Organisation, courses: Sequence[Course], day: date) -> int:
    """Ask one provider; 0 where there is nobody to ask, or another run was quicker."""
    people = list_editors(provider)
    if not people:
        return 0
    named = courses[:MOST_IN_ONE_MAIL]
    with transaction.atomic():
        mine = Course.objects.filter(pk__in=[course.pk for course in named]).exclude(refresh_asked_on=day)
        if not mine.update(refresh_asked_on=day):
            return 0
        send_refresh_request(provider, people, named, total=len(courses))
        audit.record(
            by=by,
            action="ask_for_refresh",
            kind="organisation",
            uid=provider.uid,
            courses=[str(course.uid) for course in named],
        )
    return len(named)


def confirm_course(*, by: audit.Actor, course: Course, through: str = "") -> None:
    """Say that everything about a course is still right today. Its editors may, and alliance staff.

    `through` says for the audit trail how the answer came, such as "mail". The same again changes nothing. Raises
    NotAllowed.
    """
    confirm_courses(by=by, courses=[course], through=through)


def confirm_courses(*, by: audit.Actor, courses: Sequence[Course], through: str = "") -> int:
    """Say that everything about several courses is still right today; all or none. Returns how many it is news for."""
    for course in courses:
        check_permission(by, course)
    today = timezone.localdate()
    news = [course for course in courses if (course.last_confirmed_on, course.confirmed_by) != (today, by.public_id)]
    with transaction.atomic():
        Course.objects.filter(pk__in=[course.pk for course in news]).update(
            last_confirmed_on=today, confirmed_by=by.public_id
        )
        for course in news:
            details = {"through": through} if through else {}
            audit.record(by=by, action="confirm_course", kind="course", uid=course.uid, **details)
        if news:
            jobs.enqueue("search.tasks.update_index", kind="course", uids=[str(course.uid) for course in news])
    return len(news)
