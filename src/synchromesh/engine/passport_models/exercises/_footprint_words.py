"""Words and tables about the carbon footprint that several kinds of exercises share."""

from __future__ import annotations

from collections.abc import Mapping

from synchromesh.engine.passport_models.checks.carbon_footprint import LAST_CLASS, PRACTICE_BOUNDS
from synchromesh.engine.passport_models.exercises._shapes import Sentence, Shown, Table, gettext_noop

STAGE_TITLES: Mapping[str, Sentence] = {
    "raw_materials": Sentence(gettext_noop("Raw materials")),
    "production": Sentence(gettext_noop("Production")),
    "distribution": Sentence(gettext_noop("Transport to the customer")),
    "end_of_life": Sentence(gettext_noop("End of life and recycling")),
}


def class_bounds() -> Table:
    """The bounds of the classes for practice."""
    rows: list[tuple[Shown, ...]] = [
        (name, Sentence(gettext_noop("up to {most} kg CO2e/kWh"), {"most": bound})) for name, bound in PRACTICE_BOUNDS
    ]
    rows.append((LAST_CLASS, Sentence(gettext_noop("more than that"))))
    return Table(
        caption=Sentence(gettext_noop("Footprint classes for practice; a later act sets the real ones")),
        heads=(Sentence(gettext_noop("Class")), Sentence(gettext_noop("Footprint"))),
        rows=tuple(rows),
    )
