"""A passport as its page shows it to one visitor: words, values, pictures, and what others see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from synchromesh.engine.passport_models.model import Field, Tier
from synchromesh.passports.queries.views import CategoryView, PassportView
from synchromesh.web.passports.chain_words import EVENTS, ROLES, STATES
from synchromesh.web.passports.passport_words import CATEGORIES, KINDS, TIERS, table_text
from synchromesh.web.passports.shown_findings import ShownFinding, show_findings
from synchromesh.web.passports.shown_pictures import Picture, show_pictures
from synchromesh.web.passports.shown_values import ShownField, hide_field, show_field

VISITORS: dict[str, Any] = {
    "owner": _("whoever works on it: everything"),
    Tier.PUBLIC.value: _("anybody"),
    Tier.INTEREST.value: _("a person with a legitimate interest"),
    Tier.AUTHORITY.value: _("an authority"),
}
FACTS = (
    "manufacturer_name",
    "battery_chemistry",
    "rated_energy",
    "rated_capacity",
    "battery_mass",
    "footprint_class",
    "state_of_certified_energy",
    "full_cycles",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCategory:
    """A category: fields with values, titles of those not given, and those that are not for this visitor."""

    key: str
    title: str
    given: tuple[ShownField, ...]
    missing: tuple[str, ...]
    hidden: tuple[ShownField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvent:
    """Something that happened, in words."""

    name: str
    day: Any
    role: str
    changed: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPassport:
    """All that the template needs; nothing in it goes beyond what the view allows."""

    view: PassportView
    kind: str
    state: str
    visitor: str
    facts: tuple[ShownField, ...]
    categories: tuple[ShownCategory, ...]
    hidden_count: int
    hidden_words: str
    pictures: tuple[Picture, ...]
    findings: tuple[ShownFinding, ...]
    events: tuple[ShownEvent, ...]


def show_passport(view: PassportView) -> ShownPassport:
    """The passport in words, as far as the view goes."""
    hidden = sum(len(category.hidden) for category in view.categories)
    return ShownPassport(
        view=view,
        kind=str(KINDS[view.kind.value]),
        state=str(STATES[view.state.value]),
        visitor=str(VISITORS[view.sight.word]),
        facts=_facts(view),
        categories=tuple(show_category(category, view) for category in view.categories),
        hidden_count=hidden,
        hidden_words=ngettext(
            "%(count)s field is for others and not shown.", "%(count)s fields are for others and not shown.", hidden
        )
        % {"count": hidden},
        pictures=show_pictures(view.content),
        findings=show_findings(view.findings) if view.rights.may_edit and view.seen_as is None else (),
        events=show_events(view),
    )


def _facts(view: PassportView) -> tuple[ShownField, ...]:
    """The few values by which one knows a battery, as far as the visitor may see them."""
    given = {one.field.key: one for category in view.categories for one in category.fields if one.stated is not None}
    return tuple(show_field(given[key].field, view.kind, given[key].stated) for key in FACTS if key in given)


def show_category(category: CategoryView, view: PassportView) -> ShownCategory:
    """One category in words."""
    given = [one for one in category.fields if one.stated is not None]
    return ShownCategory(
        key=category.key,
        title=str(CATEGORIES[category.key]),
        given=tuple(show_field(one.field, view.kind, one.stated) for one in given),
        missing=tuple(table_text(one.field.title) for one in category.fields if one.stated is None),
        hidden=tuple(hide_field(field, view.kind) for field in category.hidden),
    )


def show_events(view: PassportView) -> tuple[ShownEvent, ...]:
    """The life of the battery, oldest first."""
    return tuple(
        ShownEvent(
            name=str(EVENTS[event.kind.value]),
            day=event.on,
            role=str(ROLES[event.role.value]),
            changed=tuple(table_text(field.title) for field in event.changed),
            note=event.note,
        )
        for event in view.events
    )


def field_title(field: Field | None, key: str) -> str:
    """What a field is called; one outside of the list by its key."""
    return table_text(field.title) if field is not None else gettext("Other field: %(key)s") % {"key": key[:60]}


def other_views(view: PassportView) -> tuple[tuple[str, str], ...]:
    """As whom the visitor may look at the passport: pairs of what stands in `?as=` and words."""
    may = [tier for tier in Tier if view.sight.sees_all or view.seen_as is not None or tier in view.sight.tiers]
    return tuple((tier.value, str(TIERS[tier.value])) for tier in may)
