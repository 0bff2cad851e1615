"""Begin a passport: blank, invented from a seed, from a file, or as a copy of one that somebody sees."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import is_operator, require
from synchromesh.engine.errors import Conflict
from synchromesh.engine.passport_models.generating import generate_passport
from synchromesh.engine.passport_models.gs1 import digital_link, gtin_check_digit, is_gtin
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.passports.models import ClassroomTeam, Passport
from synchromesh.passports.operations.editing import checked_title
from synchromesh.passports.operations.versions import add_version
from synchromesh.passports.permissions import is_person, may_keep_for
from synchromesh.passports.queries.contents import newest_content
from synchromesh.passports.queries.importing import preview_import
from synchromesh.passports.queries.sight import get_seen
from synchromesh.plumbing import audit
from synchromesh.plumbing.sources import Origin

MOST_OF_ONE = 500
"""Passports of one person, or of one organisation."""
_LARGEST_SEED = 2**31
_INVENTED_BASE = "https://id.example.org"
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def start_passport(
    *, by: audit.Actor, kind: BatteryKind, title: str = "", organisation: Organisation | None = None
) -> Passport:
    """A blank passport with identifiers for practice. Raises NotAllowed, InvalidInput, Conflict at the limit."""
    content = with_new_identity(Content(kind=kind).with_value("battery_category", FieldValue(value=kind.value)))
    with transaction.atomic():
        passport = _begin(by, content, title or "Practice passport", organisation)
        audit.record(by=by, action="start_passport", kind="passport", uid=passport.uid)
    return passport


def start_generated(
    *,
    by: audit.Actor,
    kind: BatteryKind,
    seed: int,
    title: str = "",
    organisation: Organisation | None = None,
    origin: str = Origin.REAL,
) -> Passport:
    """An invented passport that obeys every rule; the same seed gives the same battery on the same day.

    Raises NotAllowed, InvalidInput, Conflict at the limit. Only the operator marks one as an example.
    """
    require(origin == Origin.REAL or is_operator(by), "Only the operator makes examples.")
    invented = generate_passport(seed % _LARGEST_SEED, kind, today=timezone.localdate())
    content = with_site_address(invented)
    with transaction.atomic():
        passport = _begin(by, content, title or _named(content), organisation, origin=origin)
        audit.record(by=by, action="start_generated", kind="passport", uid=passport.uid, seed=seed)
    return passport


def copy_passport(
    *, by: audit.Actor, uid: UUID, secret: str = "", title: str = "", organisation: Organisation | None = None
) -> Passport:
    """A passport of one's own, or of an organisation, with what one sees of another, under identifiers of its own.

    Raises NotFound, NotAllowed, InvalidInput, Conflict at the limit.
    """
    seen, sight = get_seen(uid, visible_to=by, secret=secret)
    content = with_new_identity(sight.redact(newest_content(seen)))
    with transaction.atomic():
        passport = _begin(by, content, title or f"Copy of {seen.title}"[:120], organisation)
        audit.record(by=by, action="copy_passport", kind="passport", uid=passport.uid, copied=str(seen.uid))
    return passport


def import_passport(
    *,
    by: audit.Actor,
    data: bytes,
    kind: BatteryKind | None = None,
    title: str = "",
    organisation: Organisation | None = None,
) -> Passport:
    """A passport from a file of any data model that is read. What was lost is said by the preview.

    Raises NotAllowed, InvalidInput for a file that is no use, Conflict at the limit.
    """
    preview = preview_import(data, kind=kind)
    with transaction.atomic():
        passport = _begin(by, preview.content, title or _named(preview.content), organisation)
        audit.record(by=by, action="import_passport", kind="passport", uid=passport.uid, model=preview.model)
    return passport


def begin_passport(
    *,
    by: audit.Actor,
    content: Content,
    title: str,
    owner: User | None,
    organisation: Organisation | None = None,
    team: ClassroomTeam | None = None,
    predecessor: Passport | None = None,
    origin: str = Origin.REAL,
) -> Passport:
    """Write the first version of a passport that belongs to somebody; the caller checked everything."""
    now = timezone.now()
    passport = Passport.objects.create(
        owner=owner,
        organisation=organisation,
        team=team,
        predecessor=predecessor,
        title=checked_title(title),
        kind=content.kind.value,
        origin=origin,
        made_at=now,
        changed_at=now,
    )
    add_version(by=by, passport=passport, before=None, after=content)
    return passport


def with_new_identity(content: Content) -> Content:
    """The content under a serial number that nobody has, and a product number where it has none that can be used.

    Numbers that begin with 02 are kept free by GS1 for use inside a company, so that ours are never taken for real.
    """
    product = content.value_of("product_identifier")
    if not isinstance(product, str) or not is_gtin(product.strip()):
        digits = "02" + "".join(str(secrets.randbelow(10)) for _ in range(11))
        content = content.with_value("product_identifier", FieldValue(value=digits + gtin_check_digit(digits)))
    serial = "P" + "".join(secrets.choice(_SIGNS) for _ in range(9))
    return with_site_address(content.with_value("serial_number", FieldValue(value=serial)))


def with_site_address(content: Content) -> Content:
    """The content with the address of the passport on this site as its identifier.

    The address of a laptop means nothing to anybody else, so an invented one takes its place there; the two numbers in
    it, which name the battery, are the same.
    """
    product, serial = content.value_of("product_identifier"), content.value_of("serial_number")
    base = settings.SITE_ADDRESS if settings.SITE_ADDRESS.startswith("https://") else _INVENTED_BASE
    address = digital_link(base, gtin=str(product).strip(), serial=str(serial).strip())
    return content.with_value("passport_identifier", FieldValue(value=address))


def _begin(
    by: audit.Actor, content: Content, title: str, organisation: Organisation | None, *, origin: str = Origin.REAL
) -> Passport:
    owner = by if isinstance(by, User) and organisation is None else None
    if organisation is not None:
        require(may_keep_for(by, organisation.pk), "Only editors and managers keep passports for an organisation.")
        kept = Passport.objects.filter(organisation=organisation)
    else:
        require(is_person(by) or is_operator(by), "Sign in to keep a passport.")
        kept = Passport.objects.filter(owner=owner)
    if (owner is not None or organisation is not None) and kept.count() >= MOST_OF_ONE:
        raise Conflict(f"There are {MOST_OF_ONE} passports already. Remove some first.")
    return begin_passport(by=by, content=content, title=title, owner=owner, organisation=organisation, origin=origin)


def _named(content: Content) -> str:
    """A title from the name of the model, where it has one that can be shown."""
    name = content.value_of("model_name")
    words = " ".join(name.split())[:100] if isinstance(name, str) else ""
    return words if words.isprintable() and words else "Practice passport"
