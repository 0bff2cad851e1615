"""Asset administration shells as JSON: the submodels of IDTA 02035 (battery passport) and 02099, and our own export.

Source of the submodels: https://github.com/admin-shell-io/submodel-templates (CC BY 4.0). Elements are read by the
names that the templates give them (`idShort`); texts in several languages are read in English where there is English.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.aas_elements import document_of, own_passport, submodels
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import Passport
from synchromesh.engine.passport_models.readers import ReadPassport, kind_of
from synchromesh.engine.passport_models.translation.carrying import carry
from synchromesh.engine.passport_models.translation.table import table

NAME = "AAS"
TITLE = "Asset administration shell with the submodels IDTA 02035 and 02099 (JSON)"
# What a submodel means, by a part of its semantic id, in the names that the table uses.
_MEANINGS = {
    "digitalbatterypassport/nameplate": "BatteryNameplate",
    "0173-1#01-ahf578": "HandoverDocumentation",
    "/carbonfootprint/carbonfootprint": "CarbonFootprint",
    "digitalbatterypassport/technicaldata": "TechnicalData",
    "#productcondition": "ProductCondition",
    "#materialcomposition": "MaterialComposition",
    "#circularity": "Circularity",
    "/dppmetadata/": "DppMetadata",
}
_NAMES = {name.casefold(): name for name in _MEANINGS.values()}


def accepts(data: object) -> bool:
    """Whether it is an environment, or a submodel alone."""
    return bool(submodels(data))


def _name(submodel: Mapping[str, Any]) -> str:
    """The name of a submodel as the table has it, by its semantic id, else by its own name."""
    reference = submodel.get("semanticId")
    keys = reference.get("keys") if isinstance(reference, Mapping) else None
    for key in keys if isinstance(keys, list) else []:
        meaning = str(key.get("value", "") if isinstance(key, Mapping) else "").casefold()
        for part, name in _MEANINGS.items():
            if part in meaning:
                return name
    stated = submodel.get("idShort")
    return _NAMES.get(stated.casefold(), stated) if isinstance(stated, str) else ""


def read(data: object, *, kind: BatteryKind | None) -> ReadPassport:
    """Read the submodels that have a meaning for a battery."""
    found = submodels(data)
    own = own_passport(found, kind=kind)
    if own is not None:
        return ReadPassport(model=f"{NAME}: practice passport", passport=own)
    known = {name: submodel for submodel in found for name in [_name(submodel)] if name in _MEANINGS.values()}
    if not known:
        words = ", ".join(_MEANINGS.values())
        raise InvalidInput(f"The file has no submodel of a battery passport. These are read: {words}.", field="file")
    rules = table("aas")
    others = {str(submodel.get("idShort")): document_of(submodel) for submodel in found if _name(submodel) not in known}
    carried = carry({**others, **{name: document_of(submodel) for name, submodel in known.items()}}, rules)
    category = carried.values.get("battery_category")
    battery, problems = kind_of(category.value if category else None, known=kind, place="TechnicalData")
    return ReadPassport(
        model=f"{NAME}: {', '.join(known)}",
        passport=Passport(kind=battery, values=carried.values),
        losses=carried.lost,
        problems=problems,
        covers=rules.fields_below(known.keys()),
    )
