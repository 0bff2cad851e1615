"""Template tags of the holder's pages: the state of a credential in one word."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy

from synchromesh.credentials.models import Credential, CredentialShare, CredentialState, HeldCredential
from synchromesh.credentials.queries.kept_checks import kept_check
from synchromesh.web.credentials.shown_verdict import show_verdict
from synchromesh.web.me.credentials.forms import FIELD_NAMES

register = template.Library()

_VALID = ("good", pgettext_lazy("verdict", "Valid"))
_EXPIRED = ("warn", pgettext_lazy("verdict", "Expired"))
_STATES = {
    CredentialState.SUSPENDED: ("warn", pgettext_lazy("verdict", "Suspended")),
    CredentialState.WITHDRAWN: ("warn", pgettext_lazy("verdict", "Withdrawn")),
}


@register.inclusion_tag("wallet/_state.html")
def credential_state(credential: Credential | HeldCredential) -> dict[str, Any]:
    """What the issuer says of it today; of one from elsewhere, what the last check said."""
    if isinstance(credential, HeldCredential):
        verdict = show_verdict(kept_check(credential))
        return {"tone": "good" if verdict.tone == "good" else "warn", "word": verdict.title}
    tone, word = _STATES.get(CredentialState(credential.state), _VALID)
    until = credential.valid_until
    if until is not None and until < timezone.now() and credential.state != CredentialState.WITHDRAWN:
        tone, word = _EXPIRED
    return {"tone": tone, "word": word}


@register.filter
def field_names(fields: list[str]) -> str:
    """What a link shows, in one line."""
    named = [str(name) for field, name in FIELD_NAMES.items() if field in fields]
    return ", ".join(named) or gettext("title, issuer and verdict only")


@register.filter
def last_day(share: CredentialShare) -> str:
    """The last day on which a link works, where the reader is."""
    return str(date_format(timezone.localtime(share.ends_at - timedelta(seconds=1)), "DATE_FORMAT"))


@register.filter
def is_live(share: CredentialShare) -> bool:
    """Whether a link works now."""
    return share.ended_at is None and share.ends_at > timezone.now()
