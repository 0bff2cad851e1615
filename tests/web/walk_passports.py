"""What a walk over all addresses finds in the passport lab: a passport of `person` on the market, and a class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.passports.records import on_the_market

from synchromesh.accounts.models import User
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.passports.operations.classrooms import start_classroom
from synchromesh.passports.operations.data_requests import ask_for_data
from synchromesh.passports.operations.editing import save_category
from synchromesh.passports.operations.typed_values import StatedInput

JSON: dict[str, Any] = {"/api/v1/passports/check": {"passport": {}}}
_PASSPORT = "/<language>/passports/<uid>/"
FORMS = {
    "/<language>/passports/check/": {
        "text": '{"model": "synchromesh-practice-passport/1", "kind": "ev", "values": {}}'
    },
    "/<language>/passports/classes/<uid>/": {"do": "close"},
    "/<language>/passports/classes/<uid>/ask/<number>/": {"keys": "cell_count", "reason": "A fire"},
    "/<language>/passports/classes/<uid>/requests/<request_uid>/": {"keys": "cell_count"},
    "/<language>/passports/start/": {"do": "blank", "kind": "ev"},
    f"{_PASSPORT}edit/": {"title": "Another title"},
    f"{_PASSPORT}edit/<category>/": {"sent.model_name": "1", "value.model_name": "Other"},
    f"{_PASSPORT}share/": {"tier": "interest"},
    f"{_PASSPORT}versions/back/": {"number": "1", "expected": "2"},
}


def make_passports(people: Mapping[str, User | None]) -> dict[str, dict[str, str]]:
    """The values for addresses, by how these begin."""
    owner = people["person"]
    if owner is None:
        raise ValueError("The walk needs a person who owns a passport.")
    passport = on_the_market(owner)
    changed = {"model_name": StatedInput(value="Walk EV 40")}
    save_category(by=owner, uid=passport.uid, category="identification", values=changed, expected=passport.number)
    passport.refresh_from_db()
    newest = passport.number
    classroom = start_classroom(by=owner, title="Walk", kind=BatteryKind.LMT, teams=1)
    asked = ask_for_data(by=owner, team=classroom.teams.get().uid, keys=["cell_count"], reason="A fire")
    return {
        "/<language>/passports/": {
            "uid": str(passport.uid),
            "category": "identification",
            "first": str(newest - 1),
            "second": str(newest),
            "name": "json",
        },
        "/<language>/passports/classes/": {"uid": str(classroom.uid), "number": "1", "request_uid": str(asked.uid)},
        "/01/": {"gtin": passport.gtin, "serial": passport.serial},
        "/passports/fields/": {"key": "battery_mass"},
        "/api/v1/passports/": {"uid": str(passport.uid)},
    }
