"""Say that a provider prepares a course for what people look for, and give that up again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import BriefClaim, Course, CourseSkill
from synchromesh.catalogue.operations.course_editing import create_course
from synchromesh.catalogue.permissions import may_edit_courses_of
from synchromesh.catalogue.queries.briefs import WantedTraining, still_open
from synchromesh.engine.errors import Conflict
from synchromesh.plumbing import audit
from synchromesh.plumbing.sources import LinkMethod
from synchromesh.plumbing.translated_text import FALLBACK_LANGUAGE, in_language

_ONLY_EDITORS = "Only editors and managers of a training provider can say what it will offer."


def claim_brief(*, by: audit.Actor, provider: Organisation, wanted: WantedTraining, texts_in: str) -> BriefClaim:
    """Note that the provider will offer what is wanted, and make a draft of the course.

    The draft has the name of the skill (or the words) as its title, in the language that is wanted, else in `texts_in`;
    that language, the fields of the skill, and the skill as a suggestion that counts for nothing until somebody
    confirms it. Raises NotAllowed, and Conflict where the provider has said so already and its course is not published.
    """
    require(may_edit_courses_of(by, provider), _ONLY_EDITORS)
    what = {
        "skill": wanted.skill,
        "level": wanted.level,
        "words": wanted.words,
        "language": wanted.language,
        "region": wanted.region,
    }
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=provider.pk)  # two clicks at once are one claim
        if BriefClaim.objects.filter(still_open(), provider=provider, **what).exists():
            raise Conflict(f"{provider.name} prepares a course for this already. Its draft is at the provider's desk.")
        course = _draft(by=by, provider=provider, wanted=wanted, texts_in=texts_in)
        claim = BriefClaim.objects.create(provider=provider, course=course, claimed_by=by.public_id, **what)
        audit.record(by=by, action="claim_brief", kind="brief_claim", uid=claim.uid, provider=provider.slug)
    return claim


def withdraw_brief_claim(*, by: audit.Actor, claim: BriefClaim) -> None:
    """Give up what the provider said it would offer; its draft stays. The same again changes nothing.

    Raises NotAllowed, and Conflict where the course is published: then the claim is kept.
    """
    require(may_edit_courses_of(by, claim.provider), _ONLY_EDITORS)
    with transaction.atomic():
        locked = BriefClaim.objects.select_for_update().get(pk=claim.pk)
        if locked.given_up_at is not None:
            return
        if locked.course is not None and locked.course.published_at is not None:
            raise Conflict("The course is published, so that there is nothing to give up. Withdraw the course instead.")
        locked.given_up_at = timezone.now()
        locked.save(update_fields=["given_up_at"])
        audit.record(by=by, action="withdraw_brief_claim", kind="brief_claim", uid=locked.uid)


def _draft(*, by: audit.Actor, provider: Organisation, wanted: WantedTraining, texts_in: str) -> Course:
    skill = wanted.skill
    values: dict[str, object] = {"languages": [wanted.language] if wanted.language else []}
    if skill is None:
        language = wanted.language or texts_in or FALLBACK_LANGUAGE
        values["titles"] = {language: wanted.words[:1].upper() + wanted.words[1:]}
        return create_course(by=by, provider=provider, values=values)
    title = in_language(skill.titles, wanted.language or texts_in)
    values |= {"titles": {title.language: title.text}, "topics": [topic.slug for topic in skill.topics.all()]}
    course = create_course(by=by, provider=provider, values=values)
    CourseSkill.objects.create(course=course, skill=skill, level=wanted.level or 1, method=LinkMethod.SUGGESTED)
    return course
