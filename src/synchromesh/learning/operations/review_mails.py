"""Mails about drafts of courses, each in the language of whoever gets it. All of them leave after the commit."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext, override

from synchromesh.accounts.models import User
from synchromesh.learning.models import ContentVersion
from synchromesh.plumbing import mail
from synchromesh.plumbing.translated_text import in_language


def send_review_mail(*, person: User, version: ContentVersion) -> None:
    """Tell a reviewer that a draft waits for them. People without an e-mail see it on their pages."""
    if not person.email:
        return
    course = version.course
    with override(person.language):
        title = " ".join(in_language(course.titles, person.language).text.split()) or course.slug
        subject = gettext("A draft waits for your review: %(course)s") % {"course": title}
        text = gettext(
            "Version %(number)s of this course is ready to be looked at:\n\n%(course)s\n\n"
            "Read it and say what is wrong: %(page)s\n\nYou get this mail because you review the course.\n"
        ) % {
            "number": version.number,
            "course": title,
            "page": f"{settings.SITE_ADDRESS}/{person.language}/teach/courses/{course.slug}/versions/",
        }
    mail.send(to=person.email, subject=subject, text=text)
