"""Names of the fixed choices of the issuer's desk, in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import pgettext_lazy

from synchromesh.credentials.models import BatchState

register = template.Library()

LIST_STATES = {
    BatchState.PREVIEW: pgettext_lazy("state of a list", "Preview: nothing is awarded yet"),
    BatchState.WAITING: pgettext_lazy("state of a list", "Waits for another person"),
    BatchState.RUNNING: pgettext_lazy("state of a list", "Being awarded"),
    BatchState.DONE: pgettext_lazy("state of a list", "Done"),
    BatchState.CANCELLED: pgettext_lazy("state of a list", "Dropped"),
}


@register.filter
def issue_list_state_name(state: str) -> str:
    """How far a list of people is."""
    return str(LIST_STATES[BatchState(state)])
