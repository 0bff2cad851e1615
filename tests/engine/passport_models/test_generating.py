"""Generated passports are clean, planted faults are found, and no mutation breaks the checks."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from tests.engine.passport_models.passport_samples import TODAY, clean, findings, used

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.faults import FAULTS, plant_fault, plant_faults
from synchromesh.engine.passport_models.generating import generate_passport
from synchromesh.engine.passport_models.model import BatteryKind, fields
from synchromesh.engine.passport_models.passport import Severity
from synchromesh.engine.passport_models.writing import as_document, read_document

KINDS = list(BatteryKind)
JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    10**400,
    1e308,
    float("nan"),
    "",
    " ",
    "x" * 3000,
    "\ud800",
    "2027-02-30",
    "{title}",
    [],
    [[]],
    [{}],
    [None, 1],
    {},
    {"value": []},
    {"value": 1, "at": 7, "unit": []},
    {"value": 5, "history": [{"value": "x"}, 3], "at": "9999-99-99"},
)


@pytest.mark.parametrize("kind", KINDS)
def test_clean_passports_of_any_seed_have_no_findings(kind: BatteryKind) -> None:
    assert [(seed, found.message) for seed in range(120) for found in findings(clean(seed, kind))] == []


def test_the_same_seed_gives_the_same_passport_and_another_one_another() -> None:
    assert generate_passport(5, BatteryKind.EV, today=TODAY) == generate_passport(5, BatteryKind.EV, today=TODAY)
    assert generate_passport(5, BatteryKind.EV, today=TODAY) != generate_passport(6, BatteryKind.EV, today=TODAY)


def test_a_planted_fault_is_named_at_its_field() -> None:
    missed: Counter[str] = Counter()
    for seed in range(600):
        passport, planted = plant_fault(clean(seed, KINDS[seed % 3]), seed)
        named = {found.field for found in findings(passport) if found.severity is not Severity.HINT}
        if planted.field not in named:
            missed[planted.fault] += 1
    assert missed.total() <= 12, missed


def test_there_are_more_than_forty_kinds_of_faults() -> None:
    assert len(FAULTS) >= 40


def test_a_planted_fault_changes_one_field_only() -> None:
    for seed in range(60):
        before = clean(seed, KINDS[seed % 3])
        after, planted = plant_fault(before, seed)
        keys = before.values.keys() | after.values.keys()
        assert {key for key in keys if before.values.get(key) != after.values.get(key)} == {planted.field}


def test_ten_faults_lie_at_ten_fields_and_all_are_found() -> None:
    passport, planted = plant_faults(used(), 7, count=10)
    assert len({fault.field for fault in planted}) == 10
    assert {fault.field for fault in planted} <= {found.field for found in findings(passport)}


def test_a_fault_that_does_not_exist_or_does_not_fit_is_refused() -> None:
    with pytest.raises(InvalidInput, match="There is no fault"):
        plant_fault(used(), 1, fault="rust")
    with pytest.raises(InvalidInput, match="can be planted"):
        plant_fault(used(), 1, fault="repurposed_without_origin")


def _mutated(document: Any, chance: random.Random) -> Any:
    """The document with something replaced by junk, anywhere."""
    if isinstance(document, dict) and document and chance.random() < 0.9:
        key = chance.choice(sorted(document))
        if chance.random() < 0.1:
            return {name: value for name, value in document.items() if name != key}
        return {**document, key: _mutated(document[key], chance)}
    if isinstance(document, list) and document and chance.random() < 0.9:
        at = chance.randrange(len(document))
        return [*document[:at], _mutated(document[at], chance), *document[at + 1 :]]
    return chance.choice(JUNK)


def test_mutations_never_break_the_checks() -> None:
    documents = [as_document(used(kind, "LFP")) for kind in KINDS]
    known = fields()
    for seed in range(400):
        chance = random.Random(seed)
        document = documents[seed % 3]
        for _ in range(chance.randint(1, 4)):
            document = {**document, "values": _mutated(document["values"], chance)}
        try:
            passport = read_document(document)
        except InvalidInput:
            continue
        for found in findings(passport):
            assert found.field in known or found.rule == "unknown_field"
            found.message.encode()
