"""A provider says that it will offer what is wanted: a claim with a draft, once while it is open."""

from __future__ import annotations

from typing import Any

import pytest
from tests.records import TODAY, a_provider, a_skill, a_topic

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Brief, BriefClaim, Course
from synchromesh.catalogue.operations.brief_claims import claim_brief, withdraw_brief_claim
from synchromesh.catalogue.operations.course_editing import publish_course
from synchromesh.catalogue.queries.brief_claims import get_claim, list_open_claims, list_own_claims
from synchromesh.catalogue.queries.briefs import WantedTraining, list_wanted_training
from synchromesh.engine.errors import Conflict, NotAllowed, NotFound
from synchromesh.plumbing.models import AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asked_jobs")]


@pytest.fixture
def wanted(db: None) -> WantedTraining:
    """Six wishes for a skill at level 2, in German."""
    weld = a_skill("weld-tabs", a_topic(), titles={"en": "Weld tabs", "de": "Laschen schweißen"})
    return row_of(skill=weld, level=2, language="de")


def row_of(**columns: Any) -> WantedTraining:
    Brief.objects.create(wish=str(columns), origin="gap", times=60, **columns)
    Brief.objects.update(last_on=TODAY)
    return list_wanted_training(visible_to=OPERATOR, today=TODAY, everything=True)[0]


def test_a_claim_makes_a_draft_with_what_is_known(
    editor: User, organisation: Organisation, wanted: WantedTraining
) -> None:
    claim = claim_brief(by=editor, provider=organisation, wanted=wanted, texts_in="en")
    course = Course.objects.get()
    assert (claim.course, claim.skill, claim.level, claim.language) == (course, wanted.skill, 2, "de")
    assert (course.provider, course.published_at, course.languages) == (organisation, None, ["de"])
    assert course.titles == {"de": "Laschen schweißen"}
    assert [topic.slug for topic in course.topics.all()] == ["battery"]
    link = course.skill_links.get()
    assert (link.skill, link.level, link.method, link.confirmed_at) == (wanted.skill, 2, "suggested", None)
    assert AuditEvent.objects.filter(action="claim_brief", actor=editor.public_id).count() == 1


def test_words_become_the_title_in_the_readers_language(editor: User, organisation: Organisation) -> None:
    claim_brief(by=editor, provider=organisation, wanted=row_of(words="laser cutting"), texts_in="de")
    course = Course.objects.get()
    assert (course.titles, course.languages, course.skill_links.count()) == ({"de": "Laser cutting"}, [], 0)


def test_the_same_provider_claims_the_same_once_while_it_is_open(
    editor: User, organisation: Organisation, wanted: WantedTraining
) -> None:
    claim = claim_brief(by=editor, provider=organisation, wanted=wanted, texts_in="en")
    with pytest.raises(Conflict):
        claim_brief(by=editor, provider=organisation, wanted=wanted, texts_in="en")
    assert Course.objects.count() == 1
    claim_brief(by=OPERATOR, provider=a_provider("other"), wanted=wanted, texts_in="en")
    withdraw_brief_claim(by=editor, claim=claim)
    claim_brief(by=editor, provider=organisation, wanted=wanted, texts_in="en")
    assert BriefClaim.objects.filter(provider=organisation, given_up_at=None).count() == 1


def test_a_claim_whose_course_is_published_is_answered(
    editor: User, organisation: Organisation, wanted: WantedTraining
) -> None:
    claim = claim_brief(by=editor, provider=organisation, wanted=wanted, texts_in="en")
    assert list_open_claims(organisation) == [claim]
    publish_course(by=editor, course=Course.objects.get())
    assert list_open_claims(organisation) == []
    assert list_own_claims(editor) == [claim]
    with pytest.raises(Conflict):
        withdraw_brief_claim(by=editor, claim=claim)


def test_what_was_given_up_keeps_its_line_and_its_draft(
    editor: User, organisation: Organisation, wanted: WantedTraining
) -> None:
    claim = claim_brief(by=editor, provider=organisation, wanted=wanted, texts_in="en")
    withdraw_brief_claim(by=editor, claim=claim)
    given_up_at = BriefClaim.objects.get().given_up_at
    withdraw_brief_claim(by=editor, claim=claim)
    assert BriefClaim.objects.get().given_up_at == given_up_at is not None
    assert Course.objects.exists()
    assert list_own_claims(editor) == []
    assert AuditEvent.objects.filter(action="withdraw_brief_claim").count() == 1


def test_only_those_who_edit_its_courses_claim_and_give_up_for_a_provider(
    member: User, person: User, editor: User, organisation: Organisation, wanted: WantedTraining
) -> None:
    claim = claim_brief(by=editor, provider=organisation, wanted=wanted, texts_in="en")
    for stranger in (member, person):
        with pytest.raises(NotAllowed):
            claim_brief(by=stranger, provider=organisation, wanted=wanted, texts_in="en")
        with pytest.raises(NotAllowed):
            withdraw_brief_claim(by=stranger, claim=claim)
        with pytest.raises(NotAllowed):
            get_claim(claim.uid, visible_to=stranger)
        assert list_own_claims(stranger) == []
    assert get_claim(claim.uid, visible_to=editor) == claim
    with pytest.raises(NotFound):
        get_claim(wanted.skill.uid if wanted.skill else "", visible_to=editor)
