"""The product passport of the UN Transparency Protocol as a file. The values are invented."""

from __future__ import annotations

from typing import Any

import pytest

from synchromesh.engine.passport_models.readers import read_passport
from synchromesh.engine.passport_models.readers.untp import accepts

PRODUCT: dict[str, Any] = {
    "id": "https://id.example.org/01/04012345678901/21/7",
    "name": "Pack 75",
    "serialNumber": "7",
    "producedByParty": {"id": "https://example.org", "name": "Invented Cells"},
    "productionDate": "2026-02-01",
    "countryOfProduction": "AU",
    "dimensions": {"weight": {"value": 410, "unit": "KGM"}},
}
PASS: dict[str, Any] = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://test.uncefact.org/vocabulary/untp/dpp/0.6.0/"],
    "type": ["DigitalProductPassport", "VerifiableCredential"],
    "id": "https://example.org/credentials/1",
    "issuer": {"id": "did:web:example.org", "name": "Invented Operator"},
    "validFrom": "2026-03-01T00:00:00Z",
    "credentialSubject": {
        "id": "example:1",
        "product": PRODUCT,
        "materialsProvenance": [{"name": "Lithium", "mass": {"value": 5000, "unit": "GRM"}, "originCountry": "AU"}],
        "emissionsScorecard": {"carbonFootprint": 1.8, "declaredUnit": "KGM"},
    },
}


@pytest.mark.parametrize("subject", [PASS["credentialSubject"], PRODUCT], ids=["product inside", "product itself"])
def test_what_is_said_of_the_product_comes_over(subject: dict[str, Any]) -> None:
    found = read_passport({**PASS, "credentialSubject": subject})
    assert found.model == "UNTP DigitalProductPassport 0.6.0"
    values = {key: stated.value for key, stated in found.passport.values.items()}
    assert values["passport_identifier"] == "https://id.example.org/01/04012345678901/21/7"
    assert values["manufacturer_name"] == "Invented Cells"
    assert values["operator_name"] == "Invented Operator"
    assert values["battery_mass"] == 410
    assert values["manufacturing_country"] == "AU"


def test_materials_keep_name_and_mass() -> None:
    assert read_passport(PASS).passport.value_of("materials") == [{"name": "Lithium", "mass": 5.0}]


def test_a_footprint_of_another_unit_is_not_taken_for_ours() -> None:
    found = read_passport(PASS)
    assert found.passport.value_of("carbon_footprint") is None
    lost = {loss.path: loss.reason for loss in found.losses}
    assert "declared unit" in lost["/emissionsScorecard/carbonFootprint"]
    assert "credential" in lost["/credential/validFrom"]


def test_version_0_7_is_read() -> None:
    subject = {
        "name": "Pack 75",
        "modelNumber": "P75",
        "itemNumber": "8",
        "countryOfProduction": {"countryCode": "SE", "countryName": "Sweden"},
        "relatedParty": [
            {"role": "retailer", "party": {"name": "Shop"}},
            {"role": "manufacturer", "party": {"name": "Invented Cells"}},
        ],
        "materialProvenance": [{"name": "Nickel", "mass": {"value": 2, "unit": "KGM"}}],
    }
    context = ["https://www.w3.org/ns/credentials/v2", "https://vocabulary.uncefact.org/untp/0.7.0/context/"]
    found = read_passport({**PASS, "@context": context, "credentialSubject": subject})
    assert found.model == "UNTP DigitalProductPassport 0.7.0"
    values = {key: stated.value for key, stated in found.passport.values.items()}
    assert values["manufacturer_name"] == "Invented Cells"
    assert (values["serial_number"], values["product_identifier"], values["manufacturing_country"]) == (
        "8",
        "P75",
        "SE",
    )
    assert values["materials"] == [{"name": "Nickel", "mass": 2.0}]
    assert "no other parties" in {loss.path: loss.reason for loss in found.losses}["/relatedParty[0]/role"]


@pytest.mark.parametrize(
    "data", [None, [], {}, {"type": ["DigitalProductPassport"]}, {"type": "Other", "credentialSubject": {}}]
)
def test_other_content_is_left_alone(data: object) -> None:
    assert not accepts(data)
