"""Mails to those who take part in an event, each in the reader's language. All of them leave after the commit.

Answers to what somebody has done, and what changes a promise, always go out; reminders and questions follow the
switches of the person. An address of a guest stands in no mail but their own.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from synchromesh.community.models import Event, EventGuest, Registration, RegistrationState
from synchromesh.community.models.mail_preferences import MailKind
from synchromesh.community.operations.mail_sending import send_to_address, send_to_person
from synchromesh.community.queries.event_guests import guest_key
from synchromesh.community.queries.event_words import when_words, where_words
from synchromesh.plumbing import mail
from synchromesh.plumbing.translated_text import in_language


def send_confirm_mail(*, guest: EventGuest) -> None:
    """Ask whoever gave an address whether it is theirs; nothing is registered before they say so."""
    with override(guest.language):
        facts = _facts(guest.event, guest.language) | {
            "name": guest.name,
            "page": _guest_page(guest),
            "day": date_format(guest.delete_on, "DATE_FORMAT"),
        }
        subject = gettext("Confirm your registration: %(event)s") % facts
        text = (
            gettext(
                "Hello %(name)s,\n\nsomebody registered you with this address:\n\n%(event)s\n%(when)s\n%(where)s\n\n"
                "Was it you? Open this page and press the button. Keep this mail: the page is also your ticket.\n\n"
                "%(page)s\n\nIf it was not you, do nothing: your data are deleted on %(day)s.\n"
            )
            % facts
        )
    mail.send(to=guest.email, subject=subject, text=text)


def send_place_mail(*, registration: Registration) -> None:
    """Tell somebody where they stand: a place, the waiting list, an answer to come, declined or withdrawn."""
    with override(language_of(registration)):
        facts = _facts_for(registration) | {"answer": registration.answer}
        subject, said = _state_words(RegistrationState(registration.state))
        parts = [gettext("Hello %(name)s,"), said, "%(event)s\n%(when)s\n%(where)s"]
        if registration.answer:
            parts.append("%(answer)s")
        parts.append(gettext("Your page: %(ticket)s"))
        text = "\n\n".join(parts) % facts + "\n"
        subject = subject % facts
    _send_now(registration, subject, text)


def send_reminder(*, registration: Registration) -> bool:
    """Remind somebody of an event that begins soon; says whether the mail was queued."""
    with override(language_of(registration)):
        event = registration.event
        facts = _facts_for(registration) | {"online": event.online_url}
        subject = gettext("Soon: %(event)s") % facts
        parts = [gettext("Hello %(name)s,"), gettext("we are looking forward to seeing you:")]
        parts.append("%(event)s\n%(when)s\n%(where)s")
        if event.online_url:
            parts.append(gettext("Take part online: %(online)s"))
        parts += [
            gettext("Can you not come? Withdraw, so that somebody else gets your place."),
            gettext("Your page: %(ticket)s"),
        ]
        text = "\n\n".join(parts) % facts + "\n"
    return _send_news(registration, MailKind.EVENT, subject, text)


def send_feedback_question(*, registration: Registration) -> bool:
    """Ask somebody who was there how useful it was; says whether the mail was queued."""
    with override(language_of(registration)):
        facts = _facts_for(registration)
        subject = gettext("How useful was it? %(event)s") % facts
        parts = [
            gettext("Hello %(name)s,"),
            gettext("you were there:"),
            "%(event)s\n%(when)s\n%(where)s",
            gettext("How useful was it? One question, and room for what you want to say. Organisers see no names."),
            gettext("Your page: %(ticket)s"),
        ]
        text = "\n\n".join(parts) % facts + "\n"
    return _send_news(registration, MailKind.FEEDBACK, subject, text)


def send_change_mail(*, registration: Registration) -> None:
    """Tell somebody that time or place of an event have changed, or that it is called off."""
    with override(language_of(registration)):
        event = registration.event
        facts = _facts_for(registration) | {"reason": event.cancel_reason}
        if event.cancelled_at is not None:
            subject = gettext("Called off: %(event)s") % facts
            said = gettext("this event does not take place:")
        else:
            subject = gettext("Changed: %(event)s") % facts
            said = gettext("time or place of this event have changed. This is how it stands now:")
        parts = [gettext("Hello %(name)s,"), said, "%(event)s\n%(when)s\n%(where)s"]
        parts += ["%(reason)s"] if event.cancel_reason else []
        text = "\n\n".join([*parts, gettext("Your page: %(ticket)s")]) % facts + "\n"
    _send_now(registration, subject, text)


def language_of(registration: Registration) -> str:
    """The language of whoever is registered."""
    if registration.guest is not None:
        return registration.guest.language
    return registration.person.language if registration.person is not None else "en"


def name_of(registration: Registration) -> str:
    """What to call whoever is registered; empty where they are forgotten."""
    if registration.guest is not None:
        return registration.guest.name
    return str(registration.person) if registration.person is not None else ""


def _facts(event: Event, language: str) -> dict[str, str]:
    return {
        "event": in_language(event.titles, language).text,
        "when": when_words(event),
        "where": where_words(event),
    }


def _facts_for(registration: Registration) -> dict[str, str]:
    facts = _facts(registration.event, language_of(registration))
    return facts | {"name": name_of(registration), "ticket": _ticket(registration)}


def _guest_page(guest: EventGuest) -> str:
    return f"{settings.SITE_ADDRESS}/{guest.language}/events/guest/{guest_key(guest)}/"


def _ticket(registration: Registration) -> str:
    """The page with somebody's own code, where they also withdraw."""
    if registration.guest is not None:
        return _guest_page(registration.guest)
    event = registration.event
    return f"{settings.SITE_ADDRESS}/{language_of(registration)}/events/{event.slug}/ticket/"


def _state_words(state: RegistrationState) -> tuple[str, str]:
    return {
        RegistrationState.APPROVED: (gettext("You have a place: %(event)s"), gettext("you have a place:")),
        RegistrationState.WAITING: (
            gettext("On the waiting list: %(event)s"),
            gettext("all places are taken. You are on the waiting list and get a mail when there is one for you:"),
        ),
        RegistrationState.ASKED: (
            gettext("You have asked for a place: %(event)s"),
            gettext("you have asked for a place. The organisers answer you by mail:"),
        ),
        RegistrationState.DECLINED: (
            gettext("No place for you: %(event)s"),
            gettext("the organisers cannot offer you a place:"),
        ),
        RegistrationState.WITHDRAWN: (gettext("Withdrawn: %(event)s"), gettext("your registration is withdrawn:")),
    }[state]


def _send_now(registration: Registration, subject: str, text: str) -> None:
    if registration.guest is not None:
        mail.send(to=registration.guest.email, subject=subject, text=text)
    elif registration.person is not None and registration.person.email:
        mail.send(to=registration.person.email, subject=subject, text=text)


def _send_news(registration: Registration, kind: MailKind, subject: str, text: str) -> bool:
    if registration.guest is not None:
        guest = registration.guest
        return send_to_address(address=guest.email, kind=kind, subject=subject, text=text, language=guest.language)
    if registration.person is None:
        return False
    return send_to_person(person=registration.person, kind=kind, subject=subject, text=text)
