"""The Battery Pass data model, versions 1.0.0 and 1.2.0: single aspects, or several together.

Source: https://github.com/batterypass/BatteryPassDataModel (Battery Pass consortium, CC BY 4.0 by its README, a draft
for demonstration). Several aspects may stand in one file as a list, under their names, or with their properties side by
side.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import FieldValue, Passport
from synchromesh.engine.passport_models.readers import ReadPassport, kind_of
from synchromesh.engine.passport_models.translation.carrying import carry
from synchromesh.engine.passport_models.translation.conversions import plain_word, words
from synchromesh.engine.passport_models.translation.table import table

NAME = "BatteryPassDataModel"
TITLE = "Battery Pass data model 1.0.0 and 1.2.0 (JSON of one aspect or several)"
_ASPECTS = {
    "GeneralProductInformation": {
        "productIdentifier",
        "batteryPassportIdentifier",
        "productPassportIdentifier",
        "batteryCategory",
        "manufacturerInformation",
        "manufacturerIdentification",
        "operatorInformation",
        "economicOperator",
        "manufacturingPlace",
        "manufacturingDate",
        "puttingIntoService",
        "batteryStatus",
        "batteryMass",
        "batteryWeight",
        "warrentyPeriod",
    },
    "CarbonFootprint": {
        "batteryCarbonFootprint",
        "carbonFootprintPerLifecycleStage",
        "carbonFootprintPerformanceClass",
        "carbonFootprintStudy",
        "absoluteCarbonFootprint",
    },
    "Circularity": {
        "dismantlingAndRemovalInformation",
        "sparePartSources",
        "sourceForSpareParts",
        "recycledContent",
        "renewableContent",
        "safetyMeasures",
        "safetyRequirements",
        "endOfLifeInformation",
    },
    "Labels": {
        "declarationOfConformity",
        "euDeclarationOfConformityId",
        "resultOfTestReport",
        "labels",
        "separateCollection",
        "materialSymbols",
    },
    "MaterialComposition": {
        "batteryChemistry",
        "productChemistry",
        "batteryMaterials",
        "hazardousSubstances",
        "criticalRawMaterials",
    },
    "Performance": {
        "batteryTechicalProperties",
        "batteryCondition",
        "technicalSpecification",
        "powerCapability",
        "internalResistance",
        "roundtripEfficiency",
        "temperatureConditions",
        "batteryLifetime",
        "dynamicAttribute",
    },
    "SupplyChainDueDiligence": {
        "supplyChainDueDiligenceReport",
        "thirdPartyAussurances",
        "supplyChainIndicies",
    },
}
_BY_NAME = {name.casefold(): name for name in _ASPECTS} | {
    "carbonfootprintforbatteries": "CarbonFootprint",
    "labeling": "Labels",
    "performanceanddurability": "Performance",
}
_BY_PROPERTY = {key: name for name, keys in _ASPECTS.items() for key in keys}


def accepts(data: object) -> bool:
    """Whether a property of an aspect stands where the model has it."""
    return bool(parts(data))


def parts(data: object) -> dict[str, dict[str, Any]]:
    """The aspects in a document by their names."""
    if isinstance(data, list):
        found: dict[str, dict[str, Any]] = {}
        for entry in data[: 2 * len(_ASPECTS)]:
            for name, part in (parts(entry) if isinstance(entry, Mapping) else {}).items():
                found.setdefault(name, {}).update(part)
        return found
    if not isinstance(data, Mapping):
        return {}
    named = {_aspect_name(key): value for key, value in data.items() if isinstance(key, str)}
    inner = {name: dict(value) for name, value in named.items() if name and _is_aspect(name, value)}
    if inner:
        return inner
    side_by_side: dict[str, dict[str, Any]] = {}
    for key, value in data.items():
        if key in _BY_PROPERTY:
            side_by_side.setdefault(_BY_PROPERTY[key], {})[key] = value
    return side_by_side if len(data) <= 2 * sum(map(len, side_by_side.values())) else {}


def _is_aspect(name: str, value: object) -> bool:
    """Whether a value holds properties of the aspect; other models have parts of the same names."""
    return isinstance(value, Mapping) and bool(_ASPECTS[name] & value.keys())


def _aspect_name(key: str) -> str:
    """The aspect that a key names: its name, or its urn."""
    return _BY_NAME.get(key.rpartition("#")[2].rpartition(".")[2].casefold(), "")


def read(data: object, *, kind: BatteryKind | None) -> ReadPassport:
    """Read every aspect that is there."""
    found = parts(data)
    rules = table("battery_pass")
    carried = carry(_whole(data, found), rules)
    values = {**_critical_materials(carried.values), **carried.values}
    category = values.get("battery_category")
    known, problems = kind_of(category.value if category else None, known=kind, place="batteryCategory")
    return ReadPassport(
        model=f"{NAME}: {', '.join(found)}",
        passport=Passport(kind=known, values=values),
        losses=carried.lost,
        problems=problems,
        covers=rules.fields_below({key for name in found for key in _ASPECTS[name]}),
    )


def _critical_materials(values: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """The list of critical raw materials from the marks at the materials; version 1.2.0 has no list of its own.

    Nothing where a marked material has a name that our list does not know.
    """
    stated = values.get("materials")
    rows = stated.value if stated is not None and isinstance(stated.value, list) else []
    if not any("critical" in row for row in rows):
        return {}
    marked = [str(row.get("name", "")) for row in rows if row.get("critical") is True]
    known = [words().get(("critical", plain_word(name))) for name in marked]
    return {} if None in known else {"critical_raw_materials": FieldValue(value=sorted({str(one) for one in known}))}


def _whole(data: object, found: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """All aspects side by side, with what else stands at the root, so that it is named as lost."""
    properties = {key: value for part in found.values() for key, value in part.items()}
    rest = data if isinstance(data, Mapping) else {}
    return {key: value for key, value in rest.items() if key not in properties and not _aspect_name(key)} | properties
