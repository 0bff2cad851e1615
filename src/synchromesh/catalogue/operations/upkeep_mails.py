"""Mails to the people of a provider about its courses, each in the language of the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.provider_people import list_editors
from synchromesh.catalogue.queries.refresh_keys import make_refresh_key
from synchromesh.plumbing import mail
from synchromesh.plumbing.translated_text import in_language

MOST_IN_ONE_MAIL = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenLink:
    """A course whose address does not work any more, and why."""

    course: Course
    reason: str
    status: int | None


def send_broken_links(links: Sequence[BrokenLink]) -> None:
    """Tell the editors of a provider which of its addresses are broken: one mail for all courses, all of one provider.

    Call inside a transaction. Nobody is told of courses without a provider; they stand at the desk.
    """
    provider = links[0].course.provider if links else None
    if provider is None:
        return
    for person in list_editors(provider):
        with override(person.language):
            subject, text = _broken_words(provider, links, person.language)
        _send(person, subject, text)


def _broken_words(provider: Organisation, links: Sequence[BrokenLink], language: str) -> tuple[str, str]:
    subject = ngettext(
        "%(name)s: the address of %(count)s course does not work",
        "%(name)s: the addresses of %(count)s courses do not work",
        len(links),
    ) % {"name": provider.name, "count": len(links)}
    rows = [
        f"- {_title(link.course, language)}\n  {link.course.url}\n  {_why(link)}\n  {_page(link.course, language)}"
        for link in links[:MOST_IN_ONE_MAIL]
    ]
    text = gettext(
        "We have looked at these addresses several times over some days. They do not work:\n\n%(list)s\n\n"
        "Readers are told so on the page of the course. Please give us the right address, or tell us that the course"
        " is no longer offered. As soon as an address works again, the note goes away by itself.\n\n"
        "All your courses: %(desk)s\nQuestions: %(contact)s\n"
    ) % {"list": _listed(rows, len(links)), "desk": _desk(language), "contact": settings.CONTACT_EMAIL}
    return subject, text


def _why(link: BrokenLink) -> str:
    reason = gettext(link.reason) if link.reason else ""
    return f"{reason} ({link.status})" if link.status else reason


def send_refresh_request(
    provider: Organisation, people: Sequence[User], courses: Sequence[Course], *, total: int
) -> None:
    """Ask people of a provider whether these courses are still right. Call inside a transaction.

    `total` counts all courses that should be asked about, of which these are the first.
    """
    for person in people:
        with override(person.language):
            subject, text = _refresh_words(provider, courses, total, person)
        _send(person, subject, text)


def _refresh_words(provider: Organisation, courses: Sequence[Course], total: int, person: User) -> tuple[str, str]:
    subject = gettext("%(name)s: is this still right?") % {"name": provider.name}
    rows = [f"- {_title(course, person.language)}\n  {_refresh_page(course, person)}" for course in courses]
    text = gettext(
        "Nobody has confirmed these courses for almost a year. Please open each address, look at what we show, and"
        " press the button if it is still right. You need not sign in. The addresses work for 60 days and are meant"
        " for you: please do not pass them on.\n\n%(list)s\n\n"
        "If something has changed, write to us: %(contact)s\n"
        "With an account you can confirm many courses at once: %(desk)s\n"
    ) % {"list": _listed(rows, total), "desk": _desk(person.language), "contact": settings.CONTACT_EMAIL}
    return subject, text


def _listed(rows: Sequence[str], total: int) -> str:
    """The rows with an empty line between them, and how many more there are."""
    more = total - len(rows)
    words = ngettext("And %(count)s more.", "And %(count)s more.", more) % {"count": more} if more > 0 else ""
    return "\n\n".join([*rows, *filter(None, [words])])


def _title(course: Course, language: str) -> str:
    return " ".join(in_language(course.titles, language).text.split()) or course.slug


def _page(course: Course, language: str) -> str:
    return f"{settings.SITE_ADDRESS}/{language}/courses/{course.slug}/"


def _refresh_page(course: Course, person: User) -> str:
    return f"{_page(course, person.language)}still-right/?key={make_refresh_key(course, person)}"


def _desk(language: str) -> str:
    return f"{settings.SITE_ADDRESS}/{language}/desk/upkeep/"


def _send(person: User, subject: str, text: str) -> None:
    if person.email:
        mail.send(to=person.email, subject=" ".join(subject.split()), text=text)
