"""Judgements of people about suggestions, as data to train matching with. Nobody is named in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import MappingVerdict
from synchromesh.catalogue.permissions import may_read_verdicts
from synchromesh.plumbing.audit import Actor

_AT_ONCE = 2000


def list_judged_pairs(*, visible_to: Actor) -> Iterator[dict[str, Any]]:
    """One object for each judgement, oldest first: words, sentence, language, skill, decision, level, day.

    The texts are those that were judged, whatever the course says by now; without marked words the title of the course
    stands for its text. `skill` is None where the words name no skill. What was said about a skill that was split since
    is left out. Raises NotAllowed.
    """
    require(may_read_verdicts(visible_to), "Only alliance staff can take out the judgements about courses.")
    verdicts = MappingVerdict.objects.filter(inherited=False).select_related("course", "skill")
    return map(_pair, verdicts.order_by("decided_at", "pk").iterator(chunk_size=_AT_ONCE))


def _pair(verdict: MappingVerdict) -> dict[str, Any]:
    skill = verdict.skill
    title_language = "en" if "en" in verdict.course.titles else next(iter(verdict.course.titles), "")
    return {
        "course": str(verdict.course.uid),
        "text": verdict.sentence or verdict.quote or str(verdict.course),
        "words": verdict.quote,
        "language": verdict.language or title_language,
        "skill": str(skill.uid) if skill is not None else None,
        "label": str(skill) if skill is not None else None,
        "decision": verdict.decision,
        "level": verdict.level,
        "probability": float(verdict.probability) if verdict.probability is not None else None,
        "mode": verdict.mode or None,
        "decided_on": verdict.decided_at.date().isoformat(),
    }
