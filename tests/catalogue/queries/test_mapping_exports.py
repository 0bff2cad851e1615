"""Judgements as data to train with."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tests.records import a_course, a_skill

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import MappingVerdict
from synchromesh.catalogue.queries.mapping_exports import list_judged_pairs
from synchromesh.engine.errors import NotAllowed

pytestmark = pytest.mark.django_db
WHEN = datetime(2027, 3, 1, 12, tzinfo=UTC)


def test_a_judgement_comes_with_its_text_and_without_whoever_gave_it(staff: User) -> None:
    course, skill = a_course("welding"), a_skill("weld")
    MappingVerdict.objects.create(
        course=course,
        skill=skill,
        decision="confirmed",
        level=3,
        quote="weld steel",
        sentence="You weld steel alone.",
        language="en",
        probability=Decimal("0.83"),
        mode="fast",
        decided_by=staff.public_id,
        decided_at=WHEN,
    )
    pair = next(list_judged_pairs(visible_to=staff))
    assert pair == {
        "course": str(course.uid),
        "text": "You weld steel alone.",
        "words": "weld steel",
        "language": "en",
        "skill": str(skill.uid),
        "label": "Weld",
        "decision": "confirmed",
        "level": 3,
        "probability": 0.83,
        "mode": "fast",
        "decided_on": "2027-03-01",
    }
    assert staff.public_id not in json.dumps(pair)


def test_what_was_not_marked_stands_under_the_title_and_inherited_judgements_stay_out() -> None:
    course = a_course("welding", titles={"de": "Schweißen"})
    known = {"course": course, "decided_by": "operator", "decided_at": WHEN}
    MappingVerdict.objects.create(skill=a_skill("weld"), decision="rejected", **known)
    MappingVerdict.objects.create(skill=a_skill("part"), decision="rejected", inherited=True, **known)
    MappingVerdict.objects.create(decision="not_a_skill", quote="a car", **known)
    first, second = list_judged_pairs(visible_to=OPERATOR)
    assert (first["text"], first["words"], first["language"], first["mode"]) == ("Schweißen", "", "de", None)
    assert (second["skill"], second["label"], second["text"]) == (None, None, "a car")


def test_only_the_alliance_takes_them_out(manager: User) -> None:
    with pytest.raises(NotAllowed):
        list_judged_pairs(visible_to=manager)
