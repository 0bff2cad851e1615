"""Names of what a passport is made of, in the reader's language.

Titles, help and rules stand in the tables of `engine.passport_models` in English. Where there is no translation of such
a text, a page in another language marks it as English, so that a screen reader speaks it as that.
"""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from synchromesh.engine.passport_models.model import BatteryKind, Duty, Field, Scope, Tier, Update
from synchromesh.engine.passport_models.passport import Severity

CATEGORIES: dict[str, Any] = {
    "identification": _("Identification"),
    "conformity": _("Conformity and labels"),
    "carbon_footprint": _("Carbon footprint"),
    "due_diligence": _("Due diligence in the supply chain"),
    "materials": _("Materials"),
    "circularity": _("Circular economy"),
    "performance": _("Performance when new"),
    "use": _("The battery in use"),
}
KINDS: dict[str, Any] = {
    BatteryKind.EV.value: _("Electric vehicle"),
    BatteryKind.LMT.value: _("Light means of transport"),
    BatteryKind.INDUSTRIAL.value: _("Industry, above 2 kWh"),
}
TIERS: dict[str, Any] = {
    Tier.PUBLIC.value: _("Anybody"),
    Tier.INTEREST.value: _("Persons with a legitimate interest"),
    Tier.AUTHORITY.value: _("Authorities"),
}
SEVERITIES: dict[str, Any] = {
    Severity.ERROR.value: _("Error"),
    Severity.WARNING.value: _("Warning"),
    Severity.HINT.value: _("Hint"),
}
DUTIES: dict[str, Any] = {
    Duty.MANDATORY.value: _("Must be given"),
    Duty.IN_USE.value: _("Must be given once in use"),
    Duty.OPTIONAL.value: _("May be given"),
    Duty.NOT_APPLICABLE.value: _("Does not apply"),
}
SCOPES: dict[str, Any] = {Scope.MODEL.value: _("Same for the model"), Scope.BATTERY.value: _("Of this one battery")}
UPDATES: dict[str, Any] = {Update.STATIC.value: _("Stays as it is"), Update.DYNAMIC.value: _("Changes with use")}

CHOICES: dict[str, Any] = {
    "ev": KINDS["ev"],
    "lmt": KINDS["lmt"],
    "industrial": KINDS["industrial"],
    "original": pgettext_lazy("a battery", "As made"),
    "reused": pgettext_lazy("a battery", "Reused"),
    "repurposed": pgettext_lazy("a battery", "Repurposed"),
    "remanufactured": pgettext_lazy("a battery", "Remanufactured"),
    "waste": pgettext_lazy("a battery", "Waste"),
    "raw_materials": _("Raw materials"),
    "production": _("Production"),
    "distribution": _("Transport to the customer"),
    "end_of_life": _("End of life and recycling"),
    "cathode": _("Cathode"),
    "anode": _("Anode"),
    "electrolyte": _("Electrolyte"),
    "separator": _("Separator"),
    "current_collector": _("Current collector"),
    "casing": _("Casing"),
    "cooling": _("Cooling"),
    "electronics": _("Electronics"),
    "cell": pgettext_lazy("part of a battery", "Cell"),
    "module": pgettext_lazy("part of a battery", "Module"),
    "pack": pgettext_lazy("part of a battery", "Pack"),
    "separate_collection": _("Collect apart"),
    "cadmium": _("Cadmium"),
    "lead": pgettext_lazy("metal", "Lead"),
    "carbon_footprint": _("Carbon footprint"),
    "ce_marking": _("CE marking"),
    "capacity": _("Capacity"),
    "extinguishing_agent": _("Extinguishing agent"),
    "acute_toxicity": _("Acute toxicity"),
    "skin_corrosion": _("Skin corrosion"),
    "eye_damage": _("Eye damage"),
    "sensitisation": _("Sensitisation"),
    "germ_cell_mutagenicity": _("Changes of genes"),
    "carcinogenicity": _("May cause cancer"),
    "reproductive_toxicity": _("Harms fertility or the unborn child"),
    "organ_toxicity": _("Harms organs"),
    "aspiration_hazard": _("Dangerous when breathed in"),
    "aquatic_hazard": _("Harms life in water"),
    "flammable": _("Flammable"),
    "oxidising": _("Oxidising"),
    "cobalt": _("Cobalt"),
    "lithium": _("Lithium"),
    "nickel": _("Nickel"),
    "exploded_view": _("Exploded view"),
    "disassembly_sequence": _("Order of dismantling"),
    "fastenings": _("Fastenings"),
    "tools": _("Tools"),
    "warnings": _("Warnings"),
    "bill_of_material": _("Bill of material"),
    "manual": _("Manual"),
}


UNITS = {
    "month": _("months"),
    "cycle": _("cycles"),
    "year": _("years"),
    "%/month": _("percent per month"),
}
"""Units that are words; all others are signs that every language writes alike."""


def table_text(text: str) -> str:
    """A text of the tables in the reader's language, or marked as English where it is not translated."""
    language = (get_language() or "en").split("-")[0]
    if language == "en" or not text:
        return text
    translated = gettext(text)
    return translated if translated != text else format_html('<span lang="en">{}</span>', text)


def choice_name(code: object) -> str:
    """What a code of a fixed list means; codes such as NMC stand for themselves."""
    return str(CHOICES.get(str(code), code))


def who_sees(field: Field) -> str:
    """Who may see a field, in words."""
    if Tier.PUBLIC in field.seen_by:
        return str(TIERS[Tier.PUBLIC.value])
    return ", ".join(str(TIERS[tier.value]) for tier in Tier if tier in field.seen_by)


def hidden_words(field: Field) -> str:
    """What stands in the place of a field that a visitor may not see."""
    if field.seen_by == {Tier.AUTHORITY}:
        return gettext("For authorities")
    if Tier.AUTHORITY in field.seen_by:
        return gettext("For persons with a legitimate interest and authorities")
    return gettext("For persons with a legitimate interest")


def unit_words(unit: str) -> str:
    """A unit beside its value: in words where it is one."""
    return str(UNITS.get(unit, unit))
