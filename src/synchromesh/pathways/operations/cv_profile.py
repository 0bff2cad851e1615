"""Take over what a person confirmed of the skills that a program found in their CV, and log what it had suggested.

The log says for each suggested skill how sure the program was and what the person made of it, so that somebody can see
afterwards what was suggested and object to it. No word of the CV is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import InvalidInput, NotAllowed
from synchromesh.framework.models import Skill
from synchromesh.pathways.models import Rating, RatingKind
from synchromesh.pathways.permissions import may_change_profile
from synchromesh.pathways.queries.cv_ratings import CV_EVIDENCE, cv_ratings
from synchromesh.plumbing import audit

LOGGED_AS = "record_cv_skills"
MOST_ENTRIES = 100
_LONGEST_EVIDENCE = 300  # the width of the column


@dataclass(frozen=True, slots=True, kw_only=True)
class CvEntry:
    """One suggested skill and what the person decided.

    `suggested` is the uid of the skill, `probability` (0 to 1), `certain` and `suggested_level` are as they were shown.
    `kept` is the uid of the skill the person wants, which may be one of the alternatives, empty when removed; `level`
    (0 to 3) is theirs. `sentence` is there only when the person keeps it.
    """

    suggested: str
    probability: float
    certain: bool
    suggested_level: int
    kept: str = ""
    level: int = 0
    sentence: str = ""

    @property
    def decision(self) -> str:
        """What the person did with the suggestion: removed, changed or kept."""
        if not self.kept:
            return "removed"
        return "kept" if (self.kept, self.level) == (self.suggested, self.suggested_level) else "changed"


def record_cv_skills(*, by: audit.Actor, entries: Sequence[CvEntry], mode: str, language: str) -> int:
    """Keep the confirmed skills as self ratings of the person and log all suggestions; returns how many are new.

    An unchanged answer is not repeated, and a skill kept twice counts once, the first time. A skill that was retired
    meanwhile is left out. `mode` is the way of matching that ran, `language` that of the CV. Raises NotAllowed for
    anybody but a person, InvalidInput for a level beyond the scale or more entries than a page shows.
    """
    person = _person(by, "Sign in to keep your skills.")
    _check(entries)
    with transaction.atomic():
        new = _new_ratings(person, entries)
        Rating.objects.bulk_create(new)
        _log(by=by, kind="person", uid=person.uid, entries=entries, written=len(new), mode=mode, language=language)
    return len(new)


def record_cv_choices(*, by: audit.Actor, entries: Sequence[CvEntry], mode: str, language: str) -> None:
    """Log what a visitor without an account made of the suggestions: not who, and nothing that leads to them.

    The answers themselves stay in the visitor's browser. Raises InvalidInput as `record_cv_skills` does.
    """
    _check(entries)
    with transaction.atomic():
        _log(by=by, kind="cv", uid="visitor", entries=entries, written=0, mode=mode, language=language)


def delete_cv_ratings(*, by: audit.Actor) -> list[str]:
    """Delete all of the person's ratings that came from a CV; returns the uids of their skills. Raises NotAllowed.

    Where the person answered about a skill in another way too, that answer counts again.
    """
    person = _person(by, "Sign in to change your skills.")
    with transaction.atomic():
        ratings = cv_ratings(person)
        uids = sorted({str(uid) for uid in ratings.values_list("skill__uid", flat=True)})
        deleted, _ = ratings.delete()
        if deleted:
            audit.record(by=by, action="delete_cv_ratings", kind="person", uid=person.uid, deleted=deleted)
    return uids


def _person(by: audit.Actor, refusal: str) -> User:
    if not isinstance(by, User):
        raise NotAllowed(refusal)
    require(may_change_profile(by, by), refusal)
    return by


def _check(entries: Sequence[CvEntry]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise InvalidInput(f"At most {MOST_ENTRIES} skills of a CV can be kept at once.")
    if any(entry.level not in range(4) for entry in entries):
        raise InvalidInput("An answer must be one of the four choices. Go back and choose again.", field="level")
    if not all(_is_uid(uid) for entry in entries for uid in (entry.suggested, entry.kept or entry.suggested)):
        raise InvalidInput("A skill is named by its uid.", field="skill")


def _is_uid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _new_ratings(person: User, entries: Sequence[CvEntry]) -> list[Rating]:
    """A rating for each kept skill in force whose latest own answer is another one."""
    kept: dict[str, CvEntry] = {}
    for entry in entries:
        if entry.kept:
            kept.setdefault(entry.kept, entry)
    skills = Skill.objects.filter(uid__in=kept, retired_at=None).order_by("slug")
    own = Rating.objects.filter(person=person, kind=RatingKind.SELF, skill__in=skills).order_by("rated_at", "pk")
    latest = dict(own.values_list("skill", "level"))
    return [
        Rating(
            person=person,
            skill=skill,
            kind=RatingKind.SELF,
            level=kept[str(skill.uid)].level,
            rater=person.public_id,
            evidence=_evidence(kept[str(skill.uid)].sentence),
        )
        for skill in skills
        if latest.get(skill.pk) != kept[str(skill.uid)].level
    ]


def _evidence(sentence: str) -> str:
    """What the rating rests on; a long sentence is cut so that the column holds it."""
    words = " ".join(sentence.split())
    evidence = f"{CV_EVIDENCE}: {words}" if words else CV_EVIDENCE
    return evidence if len(evidence) <= _LONGEST_EVIDENCE else f"{evidence[: _LONGEST_EVIDENCE - 1]}…"


def _log(
    *, by: audit.Actor, kind: str, uid: object, entries: Sequence[CvEntry], written: int, mode: str, language: str
) -> None:
    suggestions: list[dict[str, Any]] = []
    for entry in entries:
        line: dict[str, Any] = {
            "skill": entry.suggested,
            "probability": round(entry.probability, 3),
            "certain": entry.certain,
            "level": entry.suggested_level,
            "decision": entry.decision,
        }
        if entry.decision == "changed":
            line |= {"kept_skill": entry.kept, "kept_level": entry.level}
        suggestions.append(line)
    audit.record(
        by=by,
        action=LOGGED_AS,
        kind=kind,
        uid=uid,
        written=written,
        mode=mode,
        language=language,
        suggestions=suggestions,
    )
