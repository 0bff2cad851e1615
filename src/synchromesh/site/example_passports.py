"""Example passports that show a battery in use, one on the market, and one in its second life. Invented, and say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import OPERATOR, is_alliance_staff, is_operator, require
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.passports.models import ChainRole, EventKind, Passport
from synchromesh.passports.operations.events import record_event
from synchromesh.passports.operations.starting import start_generated
from synchromesh.passports.operations.typed_values import StatedInput
from synchromesh.passports.queries.views import get_passport
from synchromesh.plumbing import audit
from synchromesh.plumbing.sources import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class _Example:
    """An example: its title and seed, the state of charge that a workshop read, and the title of its second life."""

    title: str
    kind: BatteryKind
    seed: int
    charge: str = ""
    second_life: str = ""


_EXAMPLES = (
    _Example(title="Battery of a car", kind=BatteryKind.EV, seed=21, charge="64"),
    _Example(title="Battery of a cargo bike", kind=BatteryKind.LMT, seed=22),
    _Example(
        title="Battery of a delivery van",
        kind=BatteryKind.EV,
        seed=23,
        charge="41",
        second_life="Storage from the battery of a delivery van",
    ),
)


def load_example_passports(*, by: audit.Actor) -> dict[str, int]:
    """Make the example passports that are missing and place them on the market; counts. Raises NotAllowed.

    What is there stays as it is.
    """
    require(is_alliance_staff(by), "Only alliance staff can load content.")
    counts = {"new": 0, "same": 0}
    for example in _EXAMPLES:
        if Passport.objects.filter(origin=Origin.EXAMPLE, title=example.title).exists():
            counts["same"] += 1
            continue
        with transaction.atomic():
            _make(example)
        counts["new"] += 1
    return counts


def remove_example_passports(*, by: audit.Actor) -> int:
    """Remove all example passports; how many there were. Raises NotAllowed."""
    require(is_operator(by), "Only the operator removes the example content.")
    with transaction.atomic():
        found = Passport.objects.filter(origin=Origin.EXAMPLE)
        count = found.count()
        found.delete()
        audit.record(by=by, action="remove_example_passports", kind="site", uid="examples", passports=count)
    return count


def _make(example: _Example) -> None:
    """Examples belong to nobody, so that only the operator changes them."""
    passport = start_generated(
        by=OPERATOR, kind=example.kind, seed=example.seed, title=example.title, origin=Origin.EXAMPLE
    )
    _place(passport)
    today = timezone.localdate()
    if example.charge:
        values = {"state_of_charge": StatedInput(value=example.charge)}
        _record(passport, EventKind.USED, ChainRole.WORKSHOP, on=today, values=values)
    if example.second_life:
        _place(_record(passport, EventKind.REPURPOSED, ChainRole.WORKSHOP, on=today, title=example.second_life))


def _place(passport: Passport) -> None:
    """Made and placed on the market on the days that it states, else today."""
    content = get_passport(passport.uid, visible_to=OPERATOR).content
    placed = content.value_of("market_date")
    on = date.fromisoformat(placed) if isinstance(placed, str) else timezone.localdate()
    made = content.value_of("manufacturing_date")
    made_on = date.fromisoformat(made) if isinstance(made, str) else on
    _record(passport, EventKind.MADE, ChainRole.MAKER, on=min(made_on, on))
    _record(passport, EventKind.PLACED, ChainRole.CARMAKER, on=on)


def _record(
    passport: Passport,
    kind: EventKind,
    role: ChainRole,
    *,
    on: date,
    values: Mapping[str, StatedInput] | None = None,
    title: str = "",
) -> Passport:
    return record_event(by=OPERATOR, uid=passport.uid, kind=kind, role=role, on=on, values=values, title=title)
