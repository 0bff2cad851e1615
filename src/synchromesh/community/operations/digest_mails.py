"""The mails about digests, as plain text: no picture that reports the opening, no address that reports the click."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from synchromesh.community.models import DigestSubscription, MailKind
from synchromesh.community.operations.mail_sending import send_to_address, send_to_person
from synchromesh.community.queries.digests import Digest, DigestChoice, make_confirm_key
from synchromesh.community.queries.event_words import when_words, where_words
from synchromesh.plumbing import mail
from synchromesh.plumbing.sources import Origin
from synchromesh.plumbing.translated_text import in_language


def send_confirmation(subscription: DigestSubscription, choice: DigestChoice) -> None:
    """Ask the owner of an address whether it was them. Call inside a transaction."""
    key = make_confirm_key(subscription, choice)
    with override(choice.language):
        subject = gettext("Do you want this digest?")
        text = gettext(
            "Somebody, probably you, asked for a digest of %(alliance)s to this address.\n\n"
            "If you want it, open this page and press the button: %(page)s\n\n"
            "If it was not you, do nothing: no digest comes, and the address is forgotten after 7 days.\n"
        ) % {
            "alliance": settings.ALLIANCE_NAME,
            "page": f"{settings.SITE_ADDRESS}/{choice.language}/news/digest/confirm/?key={key}",
        }
    mail.send(to=subscription.address, subject=subject, text=text)


def send_digest(subscription: DigestSubscription, digest: Digest) -> bool:
    """Send what is new; False where the reader does not want mails of this kind any more. Call in a transaction."""
    language = subscription.language
    with override(language):
        subject = gettext("What is new at %(alliance)s") % {"alliance": settings.ALLIANCE_NAME}
        text = _letter(digest, language)
    if subscription.person is not None:
        return send_to_person(
            person=subscription.person, kind=MailKind.DIGEST, subject=subject, text=text, language=language
        )
    return send_to_address(
        address=subscription.address, kind=MailKind.DIGEST, subject=subject, text=text, language=language
    )


def _letter(digest: Digest, language: str) -> str:
    site = f"{settings.SITE_ADDRESS}/{language}"
    parts = [
        _part(
            gettext("News"),
            (
                (in_language(one.titles, language).text, _day(one.published_at), f"{site}/news/articles/{one.slug}/")
                for one in digest.news
            ),
        ),
        _part(
            gettext("Events"),
            (
                (
                    _marked(in_language(one.titles, language).text, one.origin),
                    ", ".join(filter(None, [when_words(one), where_words(one)])),
                    f"{site}/events/{one.slug}/",
                )
                for one in digest.events
            ),
        ),
        _part(
            gettext("Courses"),
            (
                (
                    _marked(in_language(one.titles, language).text, one.origin),
                    one.provider.name if one.provider else "",
                    f"{site}/courses/{one.slug}/",
                )
                for one in digest.courses
            ),
        ),
    ]
    return "\n\n".join(
        [
            *filter(None, parts),
            gettext("You asked for this digest. Change what it tells, or how often: %(page)s")
            % {"page": f"{site}/news/digest/"},
        ]
    )


def _part(title: str, rows: Iterable[tuple[str, str, str]]) -> str:
    lines = [
        f"- {' '.join(name.split())}{f' ({facts})' if facts else ''}\n  {address}" for name, facts, address in rows
    ]
    return "\n\n".join([f"== {title} ==", *lines]) if lines else ""


def _marked(title: str, origin: str) -> str:
    return gettext("%(title)s (example)") % {"title": title} if origin == Origin.EXAMPLE else title


def _day(at: object) -> str:
    return date_format(at, "DATE_FORMAT") if at else ""  # type: ignore[arg-type]
