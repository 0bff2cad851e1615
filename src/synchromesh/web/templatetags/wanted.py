"""Names around wanted training, in the reader's language."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.utils.translation import pgettext_lazy

from synchromesh.catalogue.models import BriefClaim
from synchromesh.catalogue.queries.briefs import WantedTraining

register = template.Library()

ORIGINS = {
    "search": pgettext_lazy("where a wish comes from", "searches without a result"),
    "gap": pgettext_lazy("where a wish comes from", "skills that no course teaches"),
    "plan": pgettext_lazy("where a wish comes from", "saved plans"),
    "insight": pgettext_lazy("where a wish comes from", "skills intelligence"),
    "region": pgettext_lazy("where a wish comes from", "regional desks"),
}


@register.filter
def origin_name(origin: str) -> str:
    """Where a wish comes from."""
    return str(ORIGINS.get(origin, origin))


@register.filter
def wanted_address(row: WantedTraining) -> str:
    """The query of an address that names this row."""
    return urlencode(row.parts)


@register.filter
def claim_state(claim: BriefClaim) -> str:
    """What became of a claim: "answered" once its course is published, "draft", or "none" where its draft is gone."""
    if claim.course is None:
        return "none"
    return "draft" if claim.course.published_at is None else "answered"
