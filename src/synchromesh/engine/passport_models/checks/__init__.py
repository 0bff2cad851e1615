"""The checks of a practice passport: one module for each category of the field list, after types and completeness.

Each module has `examine(examination)`. They run in this order, so that rules about one value come before rules that
compare several.
"""

from __future__ import annotations

from datetime import date

from synchromesh.engine.passport_models.checks import (
    carbon_footprint,
    circularity,
    completeness,
    conformity,
    days,
    due_diligence,
    health,
    identification,
    layout,
    materials,
    performance,
    use,
    values,
)
from synchromesh.engine.passport_models.examination import Examination
from synchromesh.engine.passport_models.model import fields
from synchromesh.engine.passport_models.passport import Finding, Passport

__all__ = ["check_passport"]

_CHECKS = (
    values,
    completeness,
    days,
    identification,
    conformity,
    layout,
    performance,
    carbon_footprint,
    due_diligence,
    materials,
    circularity,
    use,
    health,
)


def check_passport(passport: Passport, *, today: date) -> tuple[Finding, ...]:
    """Everything that the rules find in a passport, in the order of the field list.

    `today` is the day on which it is looked at. Any content may be passed: what cannot be used becomes a finding.
    """
    examination = Examination(passport, today=today)
    for check in _CHECKS:
        check.examine(examination)
    if len(examination.found) < 2:
        return tuple(examination.found)
    places = {key: place for place, key in enumerate(fields())}
    return tuple(sorted(examination.found, key=lambda found: (places.get(found.field, len(places)), found.row)))
