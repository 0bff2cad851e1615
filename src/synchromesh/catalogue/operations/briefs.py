"""Write wanted training. A wish is counted, never tied to a person."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from synchromesh.catalogue.models import Brief
from synchromesh.framework.models import Skill
from synchromesh.plumbing import audit


def record_brief(
    *,
    by: audit.Actor,
    origin: str,
    skill: Skill | None = None,
    level: int | None = None,
    words: str = "",
    language: str = "",
) -> None:
    """Count one wish. Anyone may wish; `words` are cut to 120 characters and folded to lower case.

    Not in the audit trail: a wish has no author, and `by` only says which kind of actor counted it.
    """
    del by
    cleaned = " ".join(words.replace("\0", " ").lower().split())[:120]
    wish = "|".join((origin, str(skill.uid) if skill else "", str(level or ""), cleaned, language))
    again = Brief.objects.filter(wish=wish)
    if again.update(times=F("times") + 1, last_on=timezone.now().date()):
        return
    try:
        with transaction.atomic():
            Brief.objects.create(wish=wish, origin=origin, skill=skill, level=level, words=cleaned, language=language)
    except IntegrityError:  # somebody else counted the same wish first
        again.update(times=F("times") + 1, last_on=timezone.now().date())
