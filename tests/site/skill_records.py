"""A skill that is referred to in every way there is, and its possible successors."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.community.sharing_records import a_lesson, a_practice
from tests.credentials.records import an_achievement
from tests.records import a_course, a_provider, a_role, a_skill, a_topic, the_version

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Question, QuestionBank
from synchromesh.catalogue.models import Brief, BriefClaim, MappingVerdict
from synchromesh.framework.models import Address, EscoLink, EscoRejection, Skill, UnitEntry
from synchromesh.pathways.models import Plan, PlanStep, Rating
from synchromesh.plumbing.models import AuditEvent

ESCO = "http://data.europa.eu/esco/skill/1"


def a_skill_in_use(person: User) -> Skill:
    """The skill `old`: needed by `technician` at 2, taught by `weld-course` from 0 to 2, rated, judged, asked
    about, wished for, claimed, linked and proved by an achievement.

    The skill `older` was merged into it before. `new`, `first` and `second` refer to nothing and nothing to them.
    """
    old = a_skill("old", a_topic())
    for slug in ("new", "first", "second"):
        a_skill(slug)
    role = a_role("technician", {"old": 2})
    columns: dict[str, Any] = {"version": the_version(), "role": role, "skill": old, "depth": "unit", "position": 1}
    UnitEntry.objects.create(code="TECH.U1", titles={"en": "Welding"}, **columns)
    course = a_course("weld-course", {"old": (0, 2)})
    EscoLink.objects.create(skill=old, uri=ESCO, match="exact", confirmed_by="operator", confirmed_at=timezone.now())
    EscoRejection.objects.create(skill=old, uri=f"{ESCO}-not", rejected_by="operator", rejected_at=timezone.now())
    MappingVerdict.objects.create(
        course=course, skill=old, decision="confirmed", level=2, decided_by="operator", decided_at=timezone.now()
    )
    Rating.objects.create(person=person, skill=old, kind="self", level=1, rater=person.public_id)
    plan = Plan.objects.create(person=person, role=role, version=the_version())
    closes = [{"skill": str(old.uid), "from": 1, "to": 2}]
    PlanStep.objects.create(plan=plan, course=course, position=1, closes=closes)
    brief = Brief.objects.create(wish=f"gap|{old.uid}|2||", origin="gap", skill=old, level=2, times=7)
    Brief.objects.filter(pk=brief.pk).update(last_on="2026-01-02", first_on="2026-01-01")
    BriefClaim.objects.create(provider=a_provider(), skill=old, level=2, claimed_by="operator")
    bank = QuestionBank.objects.create(course=course)
    Question.objects.create(bank=bank, key="which-gas", kind="single", document={}, skill=old, made_by="operator")
    an_achievement(skills=[(old, 2)])
    a_practice(person, skills=[old])
    a_lesson(person, skills=[old])
    AuditEvent.objects.all().delete()  # of making the achievement
    Rating.objects.update(rated_at="2026-01-03T10:00:00Z")
    older = a_skill("older-retired", retired_at=timezone.now())
    older.successors.add(old)
    Address.objects.create(kind="skill", slug="older", uid=old.uid)
    return old


MERGE = {"merge": {"from": ["old"], "into": "new"}}
SPLIT = {"split": {"from": "old", "into": ["first", "second"]}}
