"""The rules on what a file can carry."""

from __future__ import annotations

import json

from tests.engine.passport_models.passport_samples import TODAY, used

from synchromesh.engine.passport_models.readers import read_passport
from synchromesh.engine.passport_models.verdict import judge
from synchromesh.engine.passport_models.writing import as_document
from synchromesh.engine.passport_models.writing_aas import as_aas

ASPECT = {
    "batteryChemistry": {"shortName": "NMC", "clearName": "x"},
    "batteryMaterials": [{"batteryMaterialName": "Lithium", "batteryMaterialIdentifier": "7439-93-2 "}],
}


def test_one_aspect_is_not_blamed_for_the_fields_of_others() -> None:
    verdict = judge(read_passport(ASPECT), today=TODAY)
    assert {found.field for found in verdict.findings if found.rule == "missing"} == {
        "hazardous_substances",
        "critical_raw_materials",
    }
    assert "rated_capacity" in verdict.without_place
    assert "hazardous_substances" not in verdict.without_place


def test_the_blank_after_a_cas_number_is_found_by_our_own_rules_too() -> None:
    assert "cas_blank" in {found.rule for found in judge(read_passport(ASPECT), today=TODAY).findings}


def test_our_own_forms_are_judged_whole() -> None:
    passport = used().without("rated_capacity")
    for document in (as_document(passport), json.loads(json.dumps(as_aas(passport)))):
        verdict = judge(read_passport(document), today=TODAY)
        assert [(found.field, found.rule) for found in verdict.findings] == [("rated_capacity", "missing")]
        assert verdict.without_place == ()
