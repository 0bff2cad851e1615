"""Names of states, events and roles in the life of a battery, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

from synchromesh.passports.models import ChainRole, EventKind, PassportState

STATES: dict[str, Any] = {
    PassportState.DRAFT.value: pgettext_lazy("state of a passport", "Draft"),
    PassportState.MADE.value: pgettext_lazy("state of a passport", "Battery made"),
    PassportState.PLACED.value: pgettext_lazy("state of a passport", "On the market"),
    PassportState.IN_USE.value: pgettext_lazy("state of a passport", "In use"),
    PassportState.REPURPOSED.value: pgettext_lazy("state of a passport", "Battery repurposed"),
    PassportState.RECYCLED.value: pgettext_lazy("state of a passport", "Battery recycled"),
    PassportState.CEASED.value: pgettext_lazy("state of a passport", "Ceased to exist"),
}
EVENTS: dict[str, Any] = {
    EventKind.MADE.value: pgettext_lazy("event of a battery", "Made"),
    EventKind.PLACED.value: pgettext_lazy("event of a battery", "Placed on the market"),
    EventKind.USED.value: pgettext_lazy("event of a battery", "Values of use recorded"),
    EventKind.REPURPOSED.value: pgettext_lazy("event of a battery", "Repurposed"),
    EventKind.RECYCLED.value: pgettext_lazy("event of a battery", "Recycled"),
    EventKind.CEASED.value: pgettext_lazy("event of a battery", "Passport ceased to exist"),
}
ROLES: dict[str, Any] = {
    ChainRole.MAKER.value: pgettext_lazy("role", "Cell maker"),
    ChainRole.CARMAKER.value: pgettext_lazy("role", "Carmaker"),
    ChainRole.WORKSHOP.value: pgettext_lazy("role", "Workshop"),
    ChainRole.RECYCLER.value: pgettext_lazy("role", "Recycler"),
    ChainRole.AUTHORITY.value: pgettext_lazy("role", "Authority"),
}
