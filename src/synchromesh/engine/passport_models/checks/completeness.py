"""Is everything there that this kind of battery must give?"""

from __future__ import annotations

from functools import cache

from synchromesh.engine.passport_models.examination import Examination
from synchromesh.engine.passport_models.model import BatteryKind, Duty, fields

# An empty list of these says "none", which is an answer.
MAY_BE_EMPTY = frozenset({"negative_events", "repairs", "critical_raw_materials", "hazardous_substances"})
_WITHOUT_RECYCLED_MATERIALS = "recycled_content"


@cache
def _due(kind: BatteryKind) -> tuple[tuple[str, Duty], ...]:
    return tuple(
        (field.key, field.duties[kind]) for field in fields().values() if field.duties[kind] is not Duty.OPTIONAL
    )


def examine(examination: Examination) -> None:
    """Report fields that are missing, and those that this kind of battery need not state."""
    values, used_since = examination.passport.values, examination.day("service_date")
    for key, duty in _due(examination.kind):
        stated = values.get(key)
        plain = stated is not None and type(stated.value) is float
        given = plain or (stated is not None and not _is_empty(key, stated.value, examination))
        if given and duty is Duty.NOT_APPLICABLE:
            examination.report(key, "not_applicable")
        elif not given and duty is Duty.MANDATORY:
            examination.report(key, "missing")
        elif not given and duty is Duty.IN_USE and used_since is not None:
            examination.report(key, "missing_in_use", day=used_since.isoformat())


def _is_empty(key: str, value: object, examination: Examination) -> bool:
    if isinstance(value, list | tuple) and not value:
        chemistry = examination.chemistry
        holds_none = chemistry is not None and not chemistry.recycled
        return not (key in MAY_BE_EMPTY or (key == _WITHOUT_RECYCLED_MATERIALS and holds_none))
    return value is None or (isinstance(value, str) and not value.strip())
