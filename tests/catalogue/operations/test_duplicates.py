"""Two courses that are one: found, merged field by field, and split again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.utils import timezone
from tests.records import a_course, a_skill, stored

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, CourseSkill, DuplicatePair, FieldLock, PairState, Run
from synchromesh.catalogue.operations import duplicates
from synchromesh.catalogue.operations.duplicates import (
    look_for_duplicates,
    mark_courses_different,
    merge_courses,
    open_pair_again,
    undo_merge,
)
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
TEXT = "You learn how lithium cells are made, tested and packed, and what to do when one of them fails."


@pytest.fixture(autouse=True)
def _vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Vectors that say nothing: these tests are about what follows, not about meaning."""
    monkeypatch.setattr(duplicates, "encode_titles", lambda titles: np.eye(len(titles), 8, dtype=np.float32))


def two_alike() -> tuple[Course, Course]:
    one = a_course("battery-cells", titles={"en": "Making battery cells"}, descriptions={"en": TEXT}, minutes=60)
    other = a_course(
        "battery-cells-2", titles={"en": "Making battery cells"}, descriptions={"en": TEXT}, url="https://example.org/c"
    )
    return one, other


def a_pair(**columns: Any) -> DuplicatePair:
    first, second = two_alike()
    given = {"first": first, "second": second, "score": Decimal("0.97"), "found_at": timezone.now()} | columns
    return DuplicatePair.objects.create(**given)


def test_alike_courses_are_found_once_and_others_are_not() -> None:
    one, other = two_alike()
    a_course("welding", titles={"en": "Welding of steel frames"}, descriptions={"en": "Join steel by heat."})
    assert look_for_duplicates(by=OPERATOR) == look_for_duplicates(by=OPERATOR) == 1
    pair = DuplicatePair.objects.get()
    assert (pair.first, pair.second, pair.state) == (one, other, PairState.OPEN)
    assert pair.reasons
    assert AuditEvent.objects.filter(action="look_for_duplicates").count() == 1


def test_what_was_decided_stays_and_what_is_no_longer_alike_goes() -> None:
    one, _ = two_alike()
    look_for_duplicates(by=OPERATOR)
    mark_courses_different(by=OPERATOR, pair=DuplicatePair.objects.get())
    assert look_for_duplicates(by=OPERATOR) == 0
    open_pair_again(by=OPERATOR, pair=DuplicatePair.objects.get())
    Course.objects.filter(pk=one.pk).update(titles={"en": "Cooking soup"}, descriptions={"en": "Cut onions."})
    assert look_for_duplicates(by=OPERATOR) == 0
    assert not DuplicatePair.objects.exists()


def test_a_merge_takes_the_chosen_fields_and_joins_the_skills() -> None:
    pair, weld, cut = a_pair(), a_skill("weld"), a_skill("cut")
    CourseSkill.objects.create(course=pair.first, skill=weld, level=2)
    CourseSkill.objects.create(course=pair.second, skill=weld, level=1, confirmed_at=timezone.now())
    CourseSkill.objects.create(course=pair.second, skill=cut, level=1)
    merge_courses(by=OPERATOR, pair=pair, winner=pair.first, taken={"url": "second", "minutes": "first"})
    stays, goes = Course.objects.get(pk=pair.first_id), Course.objects.get(pk=pair.second_id)
    assert (stays.url, stays.minutes) == ("https://example.org/c", 60)
    assert (goes.merged_into, goes.published_at) == (stays, None)
    links = {link.skill.slug: (link.level, link.confirmed_at is not None) for link in stays.skill_links.all()}
    assert links == {"weld": (1, True), "cut": (1, False)}


def test_dates_are_taken_over_whole() -> None:
    pair = a_pair()
    Run.objects.create(course=pair.first, external_id="old", dates_text="spring")
    Run.objects.create(course=pair.second, external_id="new", dates_text="autumn", place="Brno")
    merge_courses(by=OPERATOR, pair=pair, winner=pair.first, taken={"runs": "second"})
    assert [(run.external_id, run.place) for run in pair.first.runs.all()] == [("new", "Brno")]


def test_an_undone_merge_leaves_both_courses_as_they_were(staff: User) -> None:
    pair, skill = a_pair(), a_skill("weld")
    Course.objects.filter(pk=pair.first_id).update(import_source="north", external_id="1")
    CourseSkill.objects.create(course=pair.second, skill=skill, level=1)
    Run.objects.create(course=pair.second, external_id="new", dates_text="autumn")
    pair.refresh_from_db()
    before = stored()
    merge_courses(by=staff, pair=pair, winner=pair.first, taken={"url": "second", "runs": "second"})
    assert set(FieldLock.objects.values_list("field", flat=True)) == {"url", "runs"}
    undo_merge(by=staff, pair=pair)
    assert stored() == before
    assert DuplicatePair.objects.get().state == PairState.OPEN


def test_a_course_merged_earlier_leads_on_to_the_one_that_stays_in_the_end() -> None:
    pair = a_pair()
    earlier = a_course("earlier", published_at=None, merged_into=pair.second)
    merge_courses(by=OPERATOR, pair=pair, winner=pair.first)
    earlier.refresh_from_db()
    assert earlier.merged_into == pair.first


def test_a_pair_is_decided_once() -> None:
    pair = a_pair()
    merge_courses(by=OPERATOR, pair=pair, winner=pair.second)
    with pytest.raises(Conflict):
        mark_courses_different(by=OPERATOR, pair=pair)
    with pytest.raises(Conflict):
        merge_courses(by=OPERATOR, pair=pair, winner=pair.first)
    with pytest.raises(Conflict):
        open_pair_again(by=OPERATOR, pair=pair)


def test_only_the_two_courses_and_known_fields_can_be_chosen() -> None:
    pair, stranger = a_pair(), a_course("stranger")
    with pytest.raises(InvalidInput):
        merge_courses(by=OPERATOR, pair=pair, winner=stranger)
    with pytest.raises(InvalidInput):
        merge_courses(by=OPERATOR, pair=pair, winner=pair.first, taken={"slug": "second"})
    with pytest.raises(InvalidInput):
        merge_courses(by=OPERATOR, pair=pair, winner=pair.first, taken={"url": "third"})
    assert not Course.objects.exclude(merged_into=None).exists()


def test_editors_of_a_provider_decide_nothing(editor: User, organisation: Organisation) -> None:
    pair = a_pair()
    Course.objects.update(provider=organisation)
    with pytest.raises(NotAllowed):
        merge_courses(by=editor, pair=pair, winner=pair.first)
    with pytest.raises(NotAllowed):
        mark_courses_different(by=editor, pair=pair)
    with pytest.raises(NotAllowed):
        look_for_duplicates(by=editor)
