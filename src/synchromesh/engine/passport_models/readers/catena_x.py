"""The Catena-X battery pass (3.0.0 to 6.1.0) and the generic digital product passport (2.0.0 to 7.0.0).

Source: https://github.com/eclipse-tractusx/sldt-semantic-models (CC BY 4.0). Powers are watts there, kilowatts here;
concentrations may be parts per million.
"""

from __future__ import annotations

from collections.abc import Mapping

from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import Passport
from synchromesh.engine.passport_models.readers import ReadPassport, kind_of
from synchromesh.engine.passport_models.translation.carrying import carry
from synchromesh.engine.passport_models.translation.table import table

NAME = "io.catenax.battery.battery_pass"
TITLE = "Catena-X battery pass 3.0.0 to 6.1.0 and generic digital product passport 2.0.0 to 7.0.0 (JSON)"
_GENERIC = "io.catenax.generic.digital_product_passport"
_VERSION_3 = frozenset({"electrochemicalProperties", "batteryIdentification", "cellChemistry", "stateOfBattery"})
_LATER = frozenset({"metadata", "identification", "operation", "characteristics", "sources", "generalInformation"})
_ONLY_GENERIC = frozenset({"typology", "additionalData", "compliances", "composition"})


def accepts(data: object) -> bool:
    """Whether the parts of a document are those of one of the two models."""
    if not isinstance(data, Mapping):
        return False
    stated = data.get("specVersion")
    if isinstance(stated, str) and "io.catenax" in stated:
        return True
    return len(_VERSION_3 & data.keys()) >= 2 or ("metadata" in data and len(_LATER & data.keys()) >= 4)


def _model(data: Mapping[str, object]) -> str:
    metadata = data.get("metadata")
    inner = metadata.get("specVersion") if isinstance(metadata, Mapping) else None
    for stated in (data.get("specVersion"), inner):
        if isinstance(stated, str) and "io.catenax" in stated:
            return stated.removeprefix("urn:").removeprefix("samm:")[:100]
    if _VERSION_3 & data.keys():
        return f"{NAME}:3"
    return _GENERIC if "performance" not in data or _ONLY_GENERIC & data.keys() else NAME


def read(data: object, *, kind: BatteryKind | None) -> ReadPassport:
    """Read the parts that a battery passport has."""
    rules = table("catena_x")
    document = data if isinstance(data, Mapping) else {}
    carried = carry(document, rules)
    category = carried.values.get("battery_category")
    known, problems = kind_of(category.value if category else None, known=kind, place="identification/category")
    return ReadPassport(
        model=_model(document),
        passport=Passport(kind=known, values=carried.values),
        losses=carried.lost,
        problems=problems,
        covers=rules.fields_below(document.keys()),
    )
