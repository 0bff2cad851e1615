"""Mails to holders, each in the language of the credential. All of them leave after the commit."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext, override

from synchromesh.credentials.models import Credential, CredentialState, StatusChange
from synchromesh.credentials.operations.claiming import make_claim_link
from synchromesh.credentials.queries.records import page_address
from synchromesh.plumbing import audit, mail
from synchromesh.plumbing.translated_text import in_language


def send_award_mail(*, by: audit.Actor, credential_uid: str) -> None:
    """Tell a holder what was issued and how to take it: in the account, or by a link without one."""
    credential = _get(credential_uid)
    if not credential.holder_email:
        return
    language = credential.language
    with override(language):
        title = in_language(credential.version.titles, language).text
        facts = {
            "name": credential.holder_name,
            "title": title,
            "issuer": credential.version.issuer_name,
            "page": page_address(credential.code),
            "where": _where(by, credential, language),
        }
        subject = gettext("Your credential: %(title)s") % facts
        text = (
            gettext(
                "Hello %(name)s,\n\n%(issuer)s has awarded you:\n\n%(title)s\n\n%(where)s\n\n"
                "Anybody who has this address can check it, without an account:\n%(page)s\n\n"
                "The address is not public: it is shown to nobody unless you pass it on.\n"
            )
            % facts
        )
    mail.send(to=credential.holder_email, subject=subject, text=text)


def _where(by: audit.Actor, credential: Credential, language: str) -> str:
    if credential.holder_id is not None:
        page = f"{settings.SITE_ADDRESS}/{language}/me/credentials/"
        return gettext("It lies among your credentials: %(page)s") % {"page": page}
    secret = make_claim_link(by=by, credential=credential)
    page = f"{settings.SITE_ADDRESS}/{language}/claim/{secret}/"
    return gettext("See and download it here, with or without an account (the link works for 90 days):\n%(page)s") % {
        "page": page
    }


def send_status_mail(*, change_uid: str) -> None:
    """Tell a holder that a credential was withdrawn, suspended or made valid again, and why."""
    change = StatusChange.objects.select_related("credential__version").get(uid=change_uid)
    credential = change.credential
    if not credential.holder_email:
        return
    with override(credential.language):
        facts = {
            "name": credential.holder_name,
            "title": in_language(credential.version.titles, credential.language).text,
            "issuer": credential.version.issuer_name,
            "page": page_address(credential.code),
            "note": change.note,
        }
        subject, said = _status_words(CredentialState(change.state))
        text = (gettext("Hello %(name)s,") + "\n\n" + said + "\n\n%(note)s\n\n%(page)s\n") % facts
    mail.send(to=credential.holder_email, subject=subject % facts, text=text)


def _status_words(state: CredentialState) -> tuple[str, str]:
    if state == CredentialState.WITHDRAWN:
        return (
            gettext("Withdrawn: %(title)s"),
            gettext(
                '%(issuer)s has withdrawn your credential "%(title)s". If you think that this is wrong, answer them.'
            ),
        )
    if state == CredentialState.SUSPENDED:
        return (
            gettext("Suspended: %(title)s"),
            gettext('%(issuer)s has suspended your credential "%(title)s" for a time.'),
        )
    return gettext("Valid again: %(title)s"), gettext('Your credential "%(title)s" of %(issuer)s is valid again.')


def _get(uid: str) -> Credential:
    return Credential.objects.select_related("version__achievement__issuer__organisation").get(uid=uid)
