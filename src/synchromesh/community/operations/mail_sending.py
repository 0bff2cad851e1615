"""Mails that can be switched off: the only way by which the community writes to anybody without being asked just now.

Each names its kind, respects switches and addresses that get no mail, and carries a link that ends mails of its kind by
one click in the mail program (RFC 8058) or on a page, without signing in.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext, override

from synchromesh.accounts.models import User
from synchromesh.community.models.mail_preferences import MailKind
from synchromesh.community.queries.mail_keys import make_address_key, make_person_key
from synchromesh.community.queries.mail_preferences import takes_mail, wants_mail
from synchromesh.plumbing import mail


def send_to_person(*, person: User, kind: MailKind, subject: str, text: str, language: str = "") -> bool:
    """Write to a person if they want mails of this kind; False where they do not, or have no address that takes any.

    `subject` and `text` are in `language` (default: the person's); the line about ending such mails is added. Leaves
    after the current transaction.
    """
    if not wants_mail(person, kind):
        return False
    _send(str(person.email), subject, text, make_person_key(person, kind), language or person.language)
    return True


def send_to_address(*, address: str, kind: MailKind, subject: str, text: str, language: str) -> bool:
    """The same for somebody without an account. Where the address belongs to an account, that person's word counts."""
    person = User.objects.filter(email__iexact=address.strip(), is_active=True).first()
    if person is not None:
        return send_to_person(person=person, kind=kind, subject=subject, text=text, language=language)
    if not takes_mail(address, kind):
        return False
    _send(address.strip(), subject, text, make_address_key(address, kind), language)
    return True


def _send(address: str, subject: str, text: str, key: str, language: str) -> None:
    page = f"{settings.SITE_ADDRESS}/{language}/me/mail/unsubscribe/?key={key}"
    with override(language):
        end = gettext("No more mails of this kind, without signing in: %(page)s\nQuestions: %(contact)s") % {
            "page": page,
            "contact": settings.CONTACT_EMAIL,
        }
    mail.send(
        to=address,
        subject=" ".join(subject.split()),
        text=f"{text.rstrip()}\n\n-- \n{end}\n",
        headers={
            "List-Unsubscribe": f"<{page}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",  # no answer from somebody's holiday (RFC 3834)
        },
    )
