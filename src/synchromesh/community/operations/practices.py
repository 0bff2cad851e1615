"""Write a practice, send it in, review it, publish it, take it back; and "we did this too"."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import may_edit_for_organisation, require
from synchromesh.community.models import Practice, PracticeReuse, PracticeSkill, PracticeState, PracticeTheme
from synchromesh.community.operations.practice_versions import next_version
from synchromesh.community.permissions import may_edit_practice, may_review_practice, may_submit_practice
from synchromesh.community.queries.practice_columns import TEXTS
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.tables.cells import is_web_address
from synchromesh.engine.vocabulary.slugs import distinct_slug
from synchromesh.framework.models import Skill, Topic
from synchromesh.places.models import Country, Region
from synchromesh.plumbing import audit, jobs
from synchromesh.plumbing.free_slugs import FreeSlugs

NEEDED = ("title", "challenge", "action", "result")
"""What must be said before a practice is sent in."""
_EDITORS_ONLY = "Only who sent a practice, and editors of its organisation, can change it."
_LONGEST_TITLE = 150
_LONGEST_TEXT = 4000
_LONGEST_RESULT = 1000
_EDITABLE = {PracticeState.DRAFT, PracticeState.SUBMITTED, PracticeState.PUBLISHED, PracticeState.REJECTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeDetails:
    """What a person writes of a practice, in one language. An empty cost is unknown."""

    language: str
    texts: Mapping[str, str]
    theme: str
    organisation: Organisation | None = None
    by_whom: str = ""
    country: Country | None = None
    region: Region | None = None
    cost_cents: int | None = None
    cost_words: str = ""
    period: str = ""
    url: str = ""
    topics: Collection[Topic] = field(default_factory=tuple)
    skills: Collection[Skill] = field(default_factory=tuple)


def create_practice(*, by: audit.Actor, details: PracticeDetails) -> Practice:
    """Begin a draft. Raises NotAllowed, InvalidInput."""
    require(may_submit_practice(by, details.organisation), "Only editors of an organisation write in its name.")
    _check(details)
    with transaction.atomic():
        practice = Practice(
            slug=FreeSlugs(Practice).take([distinct_slug(details.texts["title"])[:110]])[0],
            submitted_by=by if isinstance(by, User) else None,
            source=details.by_whom or str(details.organisation or ""),
            source_on=timezone.localdate(),
        )
        _fill(practice, details)
        audit.record(by=by, action="create_practice", kind="practice", uid=practice.uid)
    return practice


def edit_practice(*, by: audit.Actor, practice: Practice, details: PracticeDetails) -> Practice:
    """Change a practice. One that is published or was refused is a draft again until it is sent in anew.

    What alliance staff change in a published one stays published, as a new version. Raises NotAllowed, InvalidInput,
    Conflict for one that was withdrawn.
    """
    require(may_edit_practice(by, practice), _EDITORS_ONLY)
    if details.organisation != practice.organisation:
        require(may_submit_practice(by, details.organisation), "Only editors of an organisation write in its name.")
    _check(details)
    with transaction.atomic():
        locked = _lock(practice)
        if locked.state not in _EDITABLE:
            raise Conflict("This practice was withdrawn. Write a new one.")
        stays = locked.state == PracticeState.PUBLISHED and may_review_practice(by, locked)
        if not stays:
            locked.state = PracticeState.DRAFT
        locked.edited_at = timezone.now()
        _fill(locked, details)
        if stays:
            next_version(locked, by=by).save(force_insert=True)
        audit.record(by=by, action="edit_practice", kind="practice", uid=locked.uid, state=locked.state)
        _ask_for_index(locked)
    return locked


def submit_practice(*, by: audit.Actor, practice: Practice) -> Practice:
    """Send a draft to the review. Raises NotAllowed, InvalidInput where something needed is missing, Conflict."""
    require(may_edit_practice(by, practice), _EDITORS_ONLY)
    with transaction.atomic():
        locked = _lock(practice)
        if locked.state != PracticeState.DRAFT:
            raise Conflict("Only a draft is sent in.")
        missing = [name for name in NEEDED if not any(getattr(locked, TEXTS[name]).values())]
        if missing:
            raise InvalidInput(f"Write this first: {', '.join(missing)}.", field=missing[0])
        locked.state, locked.submitted_at = PracticeState.SUBMITTED, timezone.now()
        locked.review_note = ""
        locked.save(update_fields=["state", "submitted_at", "review_note"])
        audit.record(by=by, action="submit_practice", kind="practice", uid=locked.uid)
    return locked


def publish_practice(*, by: audit.Actor, practice: Practice, note: str = "") -> Practice:
    """Take a practice that was sent in. Raises NotAllowed also for one's own, Conflict where it waits no more."""
    return _decide(practice, by=by, state=PracticeState.PUBLISHED, note=note, action="publish_practice")


def reject_practice(*, by: audit.Actor, practice: Practice, note: str) -> Practice:
    """Give a practice back with a reason. Raises NotAllowed, Conflict, and InvalidInput without a reason."""
    if not note.strip():
        raise InvalidInput("Say why, so that the author can mend it.", field="note")
    return _decide(practice, by=by, state=PracticeState.REJECTED, note=note, action="reject_practice")


def withdraw_practice(*, by: audit.Actor, practice: Practice) -> Practice:
    """Take a practice out of the list for good. Raises NotAllowed, Conflict."""
    require(may_edit_practice(by, practice), _EDITORS_ONLY)
    with transaction.atomic():
        locked = _lock(practice)
        if locked.state == PracticeState.WITHDRAWN:
            raise Conflict("It is withdrawn already.")
        locked.state, locked.edited_at = PracticeState.WITHDRAWN, timezone.now()
        locked.save(update_fields=["state", "edited_at"])
        audit.record(by=by, action="withdraw_practice", kind="practice", uid=locked.uid)
        _ask_for_index(locked)
    return locked


def record_practice_reuse(
    *,
    by: audit.Actor,
    practice: Practice,
    organisation: Organisation,
    result: str,
    language: str,
    since_year: int | None = None,
) -> PracticeReuse:
    """Say that an organisation did this too, and what came of it. Raises NotAllowed, InvalidInput, Conflict."""
    require(may_edit_for_organisation(by, organisation), "Only editors of an organisation speak for it.")
    words = result.strip()
    if not words or len(words) > _LONGEST_RESULT:
        raise InvalidInput(f"Say what came of it in 1 to {_LONGEST_RESULT} characters.", field="result")
    if practice.state != PracticeState.PUBLISHED:
        raise Conflict("This practice is not published.")
    if practice.organisation_id == organisation.pk:
        raise InvalidInput("It is your own practice.", field="organisation")
    try:
        with transaction.atomic():
            reuse = PracticeReuse.objects.create(
                practice=practice,
                organisation=organisation,
                result=words,
                language=language,
                since_year=since_year,
                recorded_by=by.public_id,
            )
            audit.record(by=by, action="record_practice_reuse", kind="practice", uid=practice.uid, reuse=str(reuse.uid))
    except IntegrityError:
        raise Conflict("Your organisation has said so already.") from None
    return reuse


def remove_practice_reuse(*, by: audit.Actor, reuse: PracticeReuse) -> None:
    """Take "we did this too" back. Raises NotAllowed."""
    require(may_edit_for_organisation(by, reuse.organisation), "Only editors of the organisation take this back.")
    with transaction.atomic():
        audit.record(
            by=by, action="remove_practice_reuse", kind="practice", uid=reuse.practice.uid, reuse=str(reuse.uid)
        )
        reuse.delete()


def _decide(practice: Practice, *, by: audit.Actor, state: PracticeState, note: str, action: str) -> Practice:
    require(may_review_practice(by, practice), "Alliance staff review practices, and nobody their own.")
    with transaction.atomic():
        locked = _lock(practice)
        if locked.state != PracticeState.SUBMITTED:
            raise Conflict("It does not wait for a review any more.")
        now = timezone.now()
        locked.state, locked.review_note = state, note.strip()[:1000]
        locked.reviewed_by, locked.reviewed_at = by.public_id, now
        if state == PracticeState.PUBLISHED:
            locked.published_at = now
            next_version(locked, by=by).save(force_insert=True)
        locked.save()
        audit.record(by=by, action=action, kind="practice", uid=locked.uid)
        _ask_for_index(locked)
    return locked


def _lock(practice: Practice) -> Practice:
    return Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)


def _ask_for_index(practice: Practice) -> None:
    jobs.enqueue("search.tasks.update_index", kind="practice", uids=[str(practice.uid)])


def _check(details: PracticeDetails) -> None:
    if not details.texts.get("title", "").strip():
        raise InvalidInput("Give the practice a title.", field="title")
    for name in TEXTS:
        most = _LONGEST_TITLE if name == "title" else _LONGEST_TEXT
        if len(details.texts.get(name, "")) > most:
            raise InvalidInput(f"It may have {most} characters at most.", field=name)
    if details.theme not in PracticeTheme.values:
        raise InvalidInput("Choose a theme.", field="theme")
    if details.cost_cents is not None and details.cost_cents < 0:
        raise InvalidInput("A cost is not below 0.", field="cost")
    if details.url and not is_web_address(details.url):
        raise InvalidInput("A web address starts with https://.", field="url")


def _fill(practice: Practice, details: PracticeDetails) -> None:
    """Write the details into the practice and store it; texts in other languages stay."""
    for name, column in TEXTS.items():
        texts: dict[str, Any] = dict(getattr(practice, column))
        words = details.texts.get(name, "").strip()
        texts.pop(details.language, None)
        if words:
            texts[details.language] = words
        setattr(practice, column, texts)
    for name in ("theme", "organisation", "by_whom", "region", "cost_cents", "cost_words", "period", "url"):
        setattr(practice, name, getattr(details, name))
    practice.country = details.country or (details.region.country if details.region else None)
    practice.save()
    practice.topics.set(details.topics)
    PracticeSkill.objects.filter(practice=practice).exclude(skill__in=details.skills).delete()
    kept = set(practice.skill_links.values_list("skill_id", flat=True))
    new = [PracticeSkill(practice=practice, skill=skill) for skill in details.skills if skill.pk not in kept]
    PracticeSkill.objects.bulk_create(new)
