"""A passport as one visitor sees it: plain values, cut to what that visitor may see, safe for any template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from synchromesh.engine.errors import NotFound
from synchromesh.engine.passport_models.checks import check_passport
from synchromesh.engine.passport_models.gs1 import digital_link
from synchromesh.engine.passport_models.model import BatteryKind, Duty, Field, Tier, categories, fields
from synchromesh.engine.passport_models.passport import FieldValue, Finding, is_valid
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.passports.models import ChainRole, EventKind, LifeCycleEvent, Passport, PassportState
from synchromesh.passports.permissions import (
    is_person,
    may_edit,
    may_remove,
    may_share,
    owns,
    roles_of,
    seat_in_team,
    with_editor,
)
from synchromesh.passports.queries.contents import newest_content
from synchromesh.passports.queries.life_cycle import CLOSED, list_next_events
from synchromesh.passports.queries.sight import STATUS_FIELD, Sight, find_sight, get_seen
from synchromesh.plumbing.audit import Actor

_KNOWN_TO_ALL = frozenset({EventKind.MADE, EventKind.PLACED, EventKind.CEASED})
MOST_USES = 20
NOT_YOURS = "Only who works on this passport edits it."


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportLink:
    """Another passport, by the address and the title."""

    uid: UUID
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field that the visitor may see; `stated` is None where the passport does not give it."""

    field: Field
    stated: FieldValue | None
    duty: Duty
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryView:
    """A category: the fields that the visitor may see, and the names of those that they may not."""

    key: str
    fields: tuple[FieldView, ...]
    hidden: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """Something that happened; `changed` holds the fields that it changed, `note` is for who writes the passport."""

    kind: EventKind
    on: date
    role: ChainRole
    changed: tuple[Field, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What the visitor may do now; `events` says in which of one's roles."""

    may_edit: bool
    may_share: bool
    may_sign: bool
    may_copy: bool
    may_remove: bool
    roles: tuple[ChainRole, ...]
    events: tuple[tuple[EventKind, ChainRole], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportView:
    """Everything that one visitor may know of a passport.

    `findings` were made from visible values alone, so that no message can quote another one. `number` is the version,
    0 for who does not write the passport; `changed_at` is None then. `other` are fields outside of the list.
    `uses_left_out` counts the readings of use that are too old to be among the events.
    """

    uid: UUID
    title: str
    kind: BatteryKind
    state: PassportState
    origin: str
    organisation_name: str
    number: int
    published_at: datetime | None
    changed_at: datetime | None
    gtin: str
    serial: str
    address: str
    sight: Sight
    seen_as: Tier | None
    content: Content
    categories: tuple[CategoryView, ...]
    other: tuple[tuple[str, FieldValue], ...]
    findings: tuple[Finding, ...]
    valid: bool
    events: tuple[EventView, ...]
    uses_left_out: int
    predecessor: PassportLink | None
    successors: tuple[PassportLink, ...]
    rights: Rights
    classroom: UUID | None


def get_passport(uid: UUID, *, visible_to: Actor, secret: str = "", seen_as: Tier | None = None) -> PassportView:
    """A passport as somebody sees it. Raises NotFound, also where they may not know of it.

    `seen_as` shows what another tier sees of it.
    """
    passport, sight = get_seen(uid, visible_to=visible_to, secret=secret, seen_as=seen_as)
    content = sight.redact(newest_content(passport))
    findings = list_findings(content, sight)
    events = _seen_events(passport, sight)
    kin = _seen_kin(passport, sight, visible_to)
    # Of many readings of use the newest ones; the history of a field holds them all.
    left_out = {event.pk for event in [one for one in events if one.kind == EventKind.USED][:-MOST_USES]}
    return PassportView(
        uid=passport.uid,
        title=passport.title,
        kind=BatteryKind(passport.kind),
        state=sight.state_of(passport),
        origin=passport.origin,
        organisation_name=passport.organisation.name if passport.organisation is not None else "",
        number=passport.number if sight.sees_all else 0,
        published_at=passport.published_at,
        changed_at=passport.changed_at if sight.sees_all else None,
        gtin=passport.gtin,
        serial=passport.serial,
        address=address_of(passport),
        sight=sight,
        seen_as=seen_as,
        content=content,
        categories=tuple(_category(key, content, sight, findings) for key in categories()),
        other=tuple((key, stated) for key, stated in content.values.items() if key not in fields()),
        findings=findings,
        valid=is_valid(findings),
        events=tuple(_event(event, sight) for event in events if event.pk not in left_out),
        uses_left_out=len(left_out),
        predecessor=next((_link(one) for one in kin if one.pk == passport.predecessor_id), None),
        successors=tuple(_link(one) for one in kin if one.pk != passport.predecessor_id),
        rights=_rights(passport, visible_to),
        classroom=_classroom(passport, sight, visible_to),
    )


def get_category(uid: UUID, category: str, *, visible_to: Actor) -> tuple[PassportView, CategoryView]:
    """A category for who edits it. Raises NotFound for one that is none, and where somebody may not edit."""
    view = get_passport(uid, visible_to=visible_to)
    found = next((one for one in view.categories if one.key == category), None)
    if found is None or not view.rights.may_edit:
        raise NotFound(NOT_YOURS if found is not None else "A passport has no category of this name.")
    return view, found


def list_findings(content: Content, sight: Sight) -> tuple[Finding, ...]:
    """What the rules say of content that was redacted already.

    A rule that compares two fields quotes both, so the rules never see what the visitor may not see. That such a field
    is missing is then no finding.
    """
    found = check_passport(content, today=timezone.localdate())
    return tuple(finding for finding in found if sight.may_see(finding.field))


def address_of(passport: Passport) -> str:
    """The GS1 Digital Link address of the passport on this site; empty without product and serial number."""
    if not passport.gtin or not passport.serial:
        return ""
    return digital_link(settings.SITE_ADDRESS, gtin=passport.gtin, serial=passport.serial)


def _category(key: str, content: Content, sight: Sight, findings: tuple[Finding, ...]) -> CategoryView:
    own = [field for field in fields().values() if field.category == key]
    return CategoryView(
        key=key,
        fields=tuple(
            FieldView(
                field=field,
                stated=content.values.get(field.key),
                duty=field.duties[content.kind],
                findings=tuple(found for found in findings if found.field == field.key),
            )
            for field in own
            if sight.may_see(field.key)
        ),
        hidden=tuple(field for field in own if not sight.may_see(field.key)),
    )


def _seen_events(passport: Passport, sight: Sight) -> list[LifeCycleEvent]:
    """What happened, oldest first; who may not see the status learns only what everybody knows."""
    found = LifeCycleEvent.objects.filter(passport=passport).order_by("recorded_at", "id")
    return [event for event in found if event.kind in _KNOWN_TO_ALL or sight.may_see(STATUS_FIELD)]


def _event(event: LifeCycleEvent, sight: Sight) -> EventView:
    known = fields()
    return EventView(
        kind=EventKind(event.kind),
        on=event.happened_on,
        role=ChainRole(event.role),
        changed=tuple(known[key] for key in event.changed if key in known and sight.may_see(key)),
        note=event.note if sight.sees_all else "",
    )


def _classroom(passport: Passport, sight: Sight, visible_to: Actor) -> UUID | None:
    """The class of the passport, for those who are in it."""
    if passport.team is None or not (sight.sees_all or seat_in_team(visible_to, passport) is not None):
        return None
    return passport.team.classroom.uid


def _seen_kin(passport: Passport, sight: Sight, visible_to: Actor) -> list[Passport]:
    """What the battery was before, and what it became, as far as the visitor may know of it.

    One on the market names its predecessor for everybody.
    """
    found = with_editor(Passport.objects.select_related("organisation", "team"), visible_to).filter(
        Q(pk=passport.predecessor_id) | Q(predecessor=passport)
    )
    return [
        one
        for one in found.order_by("made_at", "id")
        if one.published_at is not None
        or (
            (one.pk == passport.predecessor_id or sight.may_see(STATUS_FIELD))
            and find_sight(one, visible_to=visible_to) is not None
        )
    ]


def _link(passport: Passport) -> PassportLink:
    return PassportLink(uid=passport.uid, title=passport.title)


def _rights(passport: Passport, by: Actor) -> Rights:
    is_open, roles = passport.state not in CLOSED, roles_of(by, passport)
    return Rights(
        may_edit=is_open and may_edit(by, passport),
        may_share=may_share(by, passport),
        may_sign=owns(by, passport),
        may_copy=is_person(by),
        may_remove=may_remove(by, passport),
        roles=roles,
        events=list_next_events(passport, roles),
    )
