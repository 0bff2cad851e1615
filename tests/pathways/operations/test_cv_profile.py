"""Confirmed skills of a CV become own ratings; the log says what was suggested and decided, and no word of the CV."""

from __future__ import annotations

import dataclasses
import json

import pytest
from django.utils import timezone
from tests.records import TODAY, a_skill, stored

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.engine.errors import InvalidInput, NotAllowed
from synchromesh.framework.models import Skill
from synchromesh.pathways.models import Rating, RatingKind
from synchromesh.pathways.operations.cv_profile import (
    MOST_ENTRIES,
    CvEntry,
    delete_cv_ratings,
    record_cv_choices,
    record_cv_skills,
)
from synchromesh.pathways.queries.cv_ratings import CV_EVIDENCE, count_cv_ratings
from synchromesh.pathways.queries.levels import list_held_levels
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
SENTENCE = "Welded body parts for Secret Works."


@pytest.fixture
def weld() -> Skill:
    return a_skill("weld")


def entry(skill: Skill, **columns: object) -> CvEntry:
    """A suggestion that was kept as it was."""
    uid = str(skill.uid)
    stated = {"suggested": uid, "probability": 0.8, "certain": True, "suggested_level": 1, "kept": uid, "level": 1}
    return CvEntry(**(stated | columns))  # type: ignore[arg-type]


def record(person: User, *entries: CvEntry) -> int:
    return record_cv_skills(by=person, entries=entries, mode="fast", language="de")


def test_a_kept_skill_becomes_an_own_rating_that_says_where_it_came_from(person: User, weld: Skill) -> None:
    assert record(person, entry(weld, level=2)) == 1
    rating = Rating.objects.get()
    assert (rating.person, rating.skill, rating.level) == (person, weld, 2)
    assert (rating.kind, rating.rater, rating.evidence) == ("self", person.public_id, CV_EVIDENCE)
    assert not list_held_levels(person, visible_to=person, today=TODAY)[weld.pk].is_proof


def test_the_sentence_is_kept_only_when_the_person_keeps_it_and_is_cut_to_the_column(person: User, weld: Skill) -> None:
    record(person, entry(weld, sentence=SENTENCE), entry(a_skill("long"), sentence="word " * 200))
    evidence = dict(Rating.objects.values_list("skill__slug", "evidence"))
    assert evidence["weld"] == f"{CV_EVIDENCE}: {SENTENCE}"
    assert len(evidence["long"]) == Rating._meta.get_field("evidence").max_length
    assert evidence["long"].endswith("…")


def test_a_removed_skill_is_not_written_and_another_meaning_is(person: User, weld: Skill) -> None:
    other = a_skill("solder")
    record(person, entry(weld, kept=str(other.uid)), entry(a_skill("drive"), kept=""))
    assert list(Rating.objects.values_list("skill__slug", flat=True)) == ["solder"]


def test_an_unchanged_answer_is_not_repeated_and_a_skill_kept_twice_counts_once(person: User, weld: Skill) -> None:
    assert record(person, entry(weld, level=2), entry(a_skill("solder"), kept=str(weld.uid), level=3)) == 1
    assert record(person, entry(weld, level=2)) == 0
    assert record(person, entry(weld, level=1)) == 1
    assert list(Rating.objects.order_by("pk").values_list("level", flat=True)) == [2, 1]


def test_a_skill_that_was_retired_meanwhile_is_left_out(person: User) -> None:
    assert record(person, entry(a_skill("old", retired_at=timezone.now()))) == 0


def test_the_log_says_what_was_suggested_and_decided_without_a_word_of_the_cv(person: User, weld: Skill) -> None:
    solder, drive = a_skill("solder"), a_skill("drive")
    record(
        person,
        entry(weld, sentence=SENTENCE),
        entry(drive, kept=str(solder.uid), level=3, certain=False, probability=0.31415),
        entry(solder, kept=""),
    )
    event = AuditEvent.objects.get()
    assert (event.actor, event.target_uid, event.action) == (person.public_id, str(person.uid), "record_cv_skills")
    assert (event.details["mode"], event.details["language"], event.details["written"]) == ("fast", "de", 2)
    assert event.details["suggestions"] == [
        {"skill": str(weld.uid), "probability": 0.8, "certain": True, "level": 1, "decision": "kept"},
        {
            "skill": str(drive.uid),
            "probability": 0.314,
            "certain": False,
            "level": 1,
            "decision": "changed",
            "kept_skill": str(solder.uid),
            "kept_level": 3,
        },
        {"skill": str(solder.uid), "probability": 0.8, "certain": True, "level": 1, "decision": "removed"},
    ]
    assert "Secret" not in json.dumps(event.details)


def test_what_a_visitor_decides_is_logged_without_the_visitor_and_nothing_else_is_stored(weld: Skill) -> None:
    before = stored()
    record_cv_choices(by=VISITOR, entries=[entry(weld, sentence=SENTENCE)], mode="fast", language="en")
    event = AuditEvent.objects.get()
    assert (event.actor, event.target_kind, event.target_uid) == ("visitor", "cv", "visitor")
    assert "Secret" not in json.dumps(event.details)
    assert stored() == before


@pytest.mark.parametrize("actor", [VISITOR, OPERATOR])
def test_only_a_person_has_a_profile(actor: object, weld: Skill) -> None:
    with pytest.raises(NotAllowed):
        record_cv_skills(by=actor, entries=[entry(weld)], mode="fast", language="en")  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        delete_cv_ratings(by=actor)  # type: ignore[arg-type]
    assert not Rating.objects.exists()


def test_a_closed_account_keeps_nothing(person: User, weld: Skill) -> None:
    person.is_active = False
    with pytest.raises(NotAllowed):
        record(person, entry(weld))


@pytest.mark.parametrize("change", [{"level": 4}, {"level": -1}, {"kept": "weld"}, {"suggested": "1 OR 1"}])
def test_what_no_page_offers_is_refused_whole(person: User, weld: Skill, change: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        record(person, entry(a_skill("drive")), dataclasses.replace(entry(weld), **change))  # type: ignore[arg-type]
    assert not Rating.objects.exists()
    assert not AuditEvent.objects.exists()


def test_more_than_a_page_shows_is_refused(person: User, weld: Skill) -> None:
    with pytest.raises(InvalidInput):
        record(person, *[entry(weld)] * (MOST_ENTRIES + 1))


def test_the_person_can_take_all_of_it_back_and_earlier_answers_count_again(person: User, weld: Skill) -> None:
    Rating.objects.create(person=person, skill=weld, kind=RatingKind.SELF, level=1, rater=person.public_id)
    other = User.objects.create_user(email="other@example.org")
    record(other, entry(weld, level=3))
    record(person, entry(weld, level=3), entry(a_skill("drive"), sentence=SENTENCE))
    assert count_cv_ratings(person, visible_to=person) == 2
    assert delete_cv_ratings(by=person) == sorted(str(skill.uid) for skill in Skill.objects.all())
    assert count_cv_ratings(person, visible_to=person) == 0
    assert list_held_levels(person, visible_to=person, today=TODAY)[weld.pk].level == 1
    assert count_cv_ratings(other, visible_to=other) == 1
    assert AuditEvent.objects.get(action="delete_cv_ratings").details == {"deleted": 2}
    assert delete_cv_ratings(by=person) == []


def test_nobody_else_sees_how_many_there_are(person: User, staff: User) -> None:
    with pytest.raises(NotAllowed):
        count_cv_ratings(person, visible_to=staff)
