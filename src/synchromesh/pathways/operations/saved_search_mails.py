"""The mail about saved searches: what is new in each of them, and how to end it.

One click in the mail program ends all mails about the person's searches (RFC 8058); each search has a link of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.pathways.models import SavedSearch
from synchromesh.pathways.queries.saved_search_keys import make_person_key, make_search_key
from synchromesh.pathways.queries.saved_searches import News
from synchromesh.plumbing import mail
from synchromesh.plumbing.sources import Origin
from synchromesh.plumbing.translated_text import in_language

MOST_COURSES = 20


def send_news(person: User, news: Sequence[News]) -> None:
    """Send a person one mail about what is new in these searches. Call inside a transaction.

    Each part is in the language of its search, the rest in that of all of them, or of the person where they differ.
    """
    languages = {found.saved.language for found in news}
    language = languages.pop() if len(languages) == 1 else person.language
    parts = [_part(found) for found in news]
    with override(language):
        subject, text = _subject(news), _letter(parts, language)
    mail.send(
        to=str(person.email),
        subject=" ".join(subject.split()),
        text=text,
        headers={
            "List-Unsubscribe": f"<{_unsubscribe_page(make_person_key(person), language)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",  # no answer from somebody's holiday (RFC 3834)
        },
    )


def _subject(news: Sequence[News]) -> str:
    total = sum(found.total for found in news)
    if len(news) == 1:
        words = ngettext("%(count)s new course: %(search)s", "%(count)s new courses: %(search)s", total)
        return words % {"count": total, "search": news[0].saved.title}
    words = ngettext(
        "%(count)s new course in searches that you follow", "%(count)s new courses in searches that you follow", total
    )
    return words % {"count": total}


def _letter(parts: Sequence[str], language: str) -> str:
    return gettext(
        "These courses are new since we last looked.\n\n%(parts)s\n\n"
        "Your searches, and how often you get a mail: %(page)s\n"
        "Questions: %(contact)s\n"
    ) % {
        "parts": "\n\n".join(parts),
        "page": f"{_site(language)}/me/searches/",
        "contact": settings.CONTACT_EMAIL,
    }


def _part(found: News) -> str:
    """What is new in one search, in its language."""
    saved, language = found.saved, found.saved.language
    with override(language):
        rows = [_row(course, language) for course in found.courses]
        more = found.total - len(found.courses)
        if more > 0:
            rows.append(ngettext("And %(count)s more.", "And %(count)s more.", more) % {"count": more})
        return gettext("%(title)s\n\n%(courses)s\n\nAll its courses: %(list)s\nNo more mails about it: %(end)s") % {
            "title": f"== {saved.title} ==",
            "courses": "\n\n".join(rows),
            "list": _list_page(saved),
            "end": _unsubscribe_page(make_search_key(saved), language),
        }


def _row(course: Course, language: str) -> str:
    title = " ".join(in_language(course.titles, language).text.split()) or course.slug
    if course.origin == Origin.EXAMPLE:
        title = gettext("%(title)s (example)") % {"title": title}
    provider = f", {' '.join(course.provider.name.split())}" if course.provider else ""
    return f"- {title}{provider}\n  {_site(language)}/courses/{course.slug}/"


def _list_page(saved: SavedSearch) -> str:
    return f"{_site(saved.language)}/courses/" + (f"?{saved.query}" if saved.query else "")


def _unsubscribe_page(key: str, language: str) -> str:
    return f"{_site(language)}/me/searches/unsubscribe/?key={key}"


def _site(language: str) -> str:
    return f"{settings.SITE_ADDRESS}/{language}"
