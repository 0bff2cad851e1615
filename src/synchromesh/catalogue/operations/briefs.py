"""Write wanted training, and forget it when it is old. A wish is counted, never tied to a person."""

from __future__ import annotations

import re

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.catalogue.models import Brief
from synchromesh.engine.vocabulary.periods import months_later
from synchromesh.framework.models import Skill
from synchromesh.places.models import Region
from synchromesh.plumbing import audit

KEPT_MONTHS = 24
"""A count is removed when nobody has added to it for so long."""
# No training is called so; somebody may have searched for a person by an address or by a long number.
_ABOUT_A_PERSON = re.compile(r"@|\d{7,}")


def record_brief(
    *,
    by: audit.Actor,
    origin: str,
    skill: Skill | None = None,
    level: int | None = None,
    words: str = "",
    language: str = "",
    region: Region | None = None,
) -> None:
    """Count one wish. Anyone may wish; `words` are cut to 120 characters and folded to lower case.

    `language` (a code) and `region` say where the wish is known to be from; empty is not known. One row counts the
    wishes of one month, so that a period can be counted and old wishes forgotten. Words that look like an e-mail
    address or a long number are not written down. Not in the audit trail: a wish has no author, and `by` only says
    which kind of actor counted it.
    """
    del by
    cleaned = " ".join(words.replace("\0", " ").lower().split())[:120]
    if _ABOUT_A_PERSON.search(cleaned):
        return
    today = timezone.localdate()
    place = region.code if region else ""
    parts = (origin, str(skill.uid) if skill else "", str(level or ""), cleaned, language, place, f"{today:%Y-%m}")
    wish = "|".join(parts)
    again = Brief.objects.filter(wish=wish)
    if again.update(times=F("times") + 1, last_on=today):
        return
    try:
        with transaction.atomic():
            Brief.objects.create(
                wish=wish, origin=origin, skill=skill, level=level, words=cleaned, language=language, region=region
            )
    except IntegrityError:  # somebody else counted the same wish first
        again.update(times=F("times") + 1, last_on=today)


def remove_old_briefs(*, by: audit.Actor) -> int:
    """Forget counts to which nobody has added for 24 months; returns how many. A repeated run removes nothing.

    Raises NotAllowed for all but alliance staff and the operator.
    """
    require(is_alliance_staff(by), "Only alliance staff can remove what people wished for.")
    limit = months_later(timezone.localdate(), -KEPT_MONTHS)
    with transaction.atomic():
        removed, _ = Brief.objects.filter(last_on__lt=limit).delete()
        if removed:
            audit.record(by=by, action="remove_old_briefs", kind="brief", uid="", removed=removed)
    return removed
