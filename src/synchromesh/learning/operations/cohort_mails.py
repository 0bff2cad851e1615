"""Mails about cohorts, each in the language of whoever gets it. All of them leave after the commit."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course, Run
from synchromesh.learning.models import CohortMessage
from synchromesh.plumbing import mail
from synchromesh.plumbing.translated_text import in_language


def send_invitation_mail(*, to: str, name: str, language: str, run: Run, key: str, expires_at: datetime) -> None:
    """Send the address that lets one account into a cohort. `name` may be empty."""
    with override(language):
        title = _title(run.course, language)
        subject = gettext("Your invitation: %(course)s") % {"course": title}
        text = _greeting(name) + gettext(
            "You are invited to learn in this course together with others:\n\n%(course)s\n%(dates)s\n"
            "To take your place, open this address and sign in or make an account:\n\n%(page)s\n\n"
            "The address works once and until %(until)s. If you do not want to take part, you need not do anything.\n"
        ) % {
            "course": title,
            "dates": _dates(run),
            "page": f"{_page(run.course, language)}join/{key}/",
            "until": date_format(localtime(expires_at), "DATE_FORMAT"),
        }
    _send(to, subject, text)


def send_enrolled_mail(*, person: User, run: Run, has_seat: bool) -> None:
    """Tell somebody that they were put on the list of a cohort, and how they get out of it."""
    with override(person.language):
        title = _title(run.course, person.language)
        subject = gettext("You are enrolled: %(course)s") % {"course": title}
        state = (
            gettext("You have a place.") if has_seat else gettext("All places are taken. You are on the waiting list.")
        )
        text = _greeting(person.name) + gettext(
            "You were enrolled in this course together with others:\n\n%(course)s\n%(dates)s%(state)s\n\n"
            "Start here: %(page)s\nOn the same page you can leave the course.\n"
        ) % {
            "course": title,
            "dates": _dates(run),
            "state": state,
            "page": f"{_page(run.course, person.language)}learn/",
        }
    _send(person.email, subject, text)


def send_seat_mail(*, person: User, run: Run) -> None:
    """Tell somebody who waited that there is a place for them now."""
    with override(person.language):
        title = _title(run.course, person.language)
        subject = gettext("There is a place for you: %(course)s") % {"course": title}
        text = _greeting(person.name) + gettext(
            "You were on the waiting list of this course. Now you have a place:\n\n%(course)s\n%(dates)s\n"
            "Start here: %(page)s\nIf you cannot take part any more, leave the course on the same page, so that"
            " somebody else gets the place.\n"
        ) % {"course": title, "dates": _dates(run), "page": f"{_page(run.course, person.language)}learn/"}
    _send(person.email, subject, text)


def send_message_mail(*, person: User, message: CohortMessage, course: Course) -> None:
    """Send what a tutor wrote. The tutor's words stay as they are; only the frame is in the reader's language."""
    with override(person.language):
        title = _title(course, person.language)
        text = gettext(
            "A message to the learners of %(course)s:\n\n%(text)s\n\n"
            "You get this mail because you learn in the course: %(page)s\n"
        ) % {"course": title, "text": message.text, "page": f"{_page(course, person.language)}learn/"}
    _send(person.email, f"{title}: {message.subject}", text)


def _greeting(name: str) -> str:
    return gettext("Hello %(name)s,") % {"name": name} + "\n\n" if name else ""


def _dates(run: Run) -> str:
    """One line with the days of the run, or nothing."""
    if run.starts_on is None:
        return ""
    if run.ends_on is None:
        return gettext("Starts on %(day)s") % {"day": _day(run.starts_on)} + "\n"
    return gettext("From %(first)s to %(last)s") % {"first": _day(run.starts_on), "last": _day(run.ends_on)} + "\n"


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _title(course: Course, language: str) -> str:
    return " ".join(in_language(course.titles, language).text.split()) or course.slug


def _page(course: Course, language: str) -> str:
    return f"{settings.SITE_ADDRESS}/{language}/courses/{course.slug}/"


def _send(address: str | None, subject: str, text: str) -> None:
    if address:
        mail.send(to=address, subject=" ".join(subject.split()), text=text)
