"""Several people at one passport at the same moment. Real threads, real connections."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from tests.assessment.simultaneity import shared_database, together
from tests.passports.records import a_passport, record, typed

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict
from synchromesh.engine.passport_models.model import BatteryKind, fields
from synchromesh.passports.models import ChainRole, ClassroomSeat, EventKind, PassportVersion
from synchromesh.passports.operations.classrooms import join_classroom, start_classroom
from synchromesh.passports.operations.editing import SavedCategory, save_category

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_four_who_save_the_same_field_one_is_saved_and_the_others_are_told(tmp_path: Path, person: User) -> None:
    passport = a_passport(person)
    save = partial(save_category, by=person, uid=passport.uid, category="identification", expected=1)
    with shared_database(tmp_path):
        found = together([partial(save, values=typed(model_name=f"Name {number}")) for number in range(4)])
    assert sum(isinstance(one, SavedCategory) for one in found) == 1, found
    assert sum(isinstance(one, Conflict) for one in found) == 3, found
    assert PassportVersion.objects.filter(passport=passport).count() == 2


def test_four_who_save_different_fields_all_are_saved(tmp_path: Path, person: User) -> None:
    passport = a_passport(person)
    changes = {"model_name": "A", "battery_mass": "77", "chemistry_name": "B", "footprint_study": "https://c.example"}
    saves = [
        partial(
            save_category,
            by=person,
            uid=passport.uid,
            category=fields()[key].category,
            expected=1,
            values=typed(**{key: value}),
        )
        for key, value in changes.items()
    ]
    with shared_database(tmp_path):
        found = together(saves)
    assert all(isinstance(one, SavedCategory) for one in found), found
    stated = PassportVersion.objects.filter(passport=passport).order_by("-number")[0].data["values"]
    assert {key: str(stated[key]["value"]) for key in changes} == changes


def test_a_battery_is_placed_on_the_market_once(tmp_path: Path, person: User) -> None:
    passport = a_passport(person)
    record(person, passport, EventKind.MADE, ChainRole.MAKER)
    place = partial(record, person, passport, EventKind.PLACED, ChainRole.CARMAKER)
    with shared_database(tmp_path):
        found = together([place] * 3)
    assert sum(isinstance(one, Conflict) for one in found) == 2, found
    assert [event.kind for event in passport.events.all()] == ["made", "placed"]


def test_learners_who_come_in_at_once_get_different_roles(tmp_path: Path, person: User) -> None:
    classroom = start_classroom(by=person, title="At once", kind=BatteryKind.LMT, teams=1)
    learners = [User.objects.create_user(name=f"Learner {number}") for number in range(5)]
    with shared_database(tmp_path):
        together([partial(join_classroom, by=learner, code=classroom.code) for learner in learners])
    assert sorted(ClassroomSeat.objects.values_list("role", flat=True)) == sorted(ChainRole.values)
