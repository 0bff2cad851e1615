"""Change what a passport states: category by category, or back to an earlier version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.passport_models.model import categories, fields
from synchromesh.engine.passport_models.passport import Finding
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.engine.vocabulary.storable_text import is_storable
from synchromesh.passports.models import Passport
from synchromesh.passports.operations.search_upkeep import tell_search
from synchromesh.passports.operations.typed_values import StatedInput, stated_value
from synchromesh.passports.operations.versions import add_version, lock_passport
from synchromesh.passports.permissions import may_edit
from synchromesh.passports.queries.contents import content_at, newest_content
from synchromesh.passports.queries.life_cycle import CLOSED
from synchromesh.passports.queries.sight import get_seen
from synchromesh.passports.queries.views import NOT_YOURS, list_findings
from synchromesh.plumbing import audit

_OVER = "The life of this battery is over: its passport can only be read."
_SOMEBODY_ELSE = (
    "Somebody else has changed {title} in the meantime. What you entered is still here and was not saved: look at "
    "their version, then save yours again or leave theirs."
)
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedCategory:
    """The version after a save, the same where nothing changed, and what the rules say of the category."""

    number: int
    changed: bool
    findings: tuple[Finding, ...]


def save_category(
    *,
    by: audit.Actor,
    uid: UUID,
    category: str,
    values: Mapping[str, StatedInput],
    expected: int,
    note: str = "",
) -> SavedCategory:
    """State the named fields of a category anew; an empty value takes a field away, others stay as they are.

    What cannot be used is kept as typed and comes back as a finding, so that nothing is lost. `expected` is the version
    that the form was filled in from. Raises NotFound, NotAllowed, InvalidInput for fields of another category, and
    Conflict where somebody else changed one of these fields since, or the life of the battery is over.
    """
    _refuse_foreign_fields(category, values)
    with transaction.atomic():
        passport = open_for_editing(by, uid)
        before = newest_content(passport)
        _refuse_overwriting(passport, before, values, expected)
        after = _with_values(before, values)
        version = add_version(by=by, passport=passport, before=before, after=after, note=note)
        if version is not None:
            audit.record(by=by, action="save_category", kind="passport", uid=passport.uid, category=category)
    _, sight = get_seen(uid, visible_to=by)
    own = tuple(
        found
        for found in list_findings(sight.redact(newest_content(passport)), sight)
        if found.field in fields() and fields()[found.field].category == category
    )
    return SavedCategory(number=passport.number, changed=version is not None, findings=own)


def restore_version(*, by: audit.Actor, uid: UUID, number: int, expected: int) -> int:
    """State again what an earlier version stated, as a new version; its number.

    Raises NotFound, NotAllowed, and Conflict where the passport was changed since `expected` or its life is over.
    """
    with transaction.atomic():
        passport = open_for_editing(by, uid)
        if passport.number != expected:
            raise Conflict("The passport has changed in the meantime. Look at its newest version first.")
        earlier = content_at(passport, number)
        before = newest_content(passport)
        version = add_version(by=by, passport=passport, before=before, after=earlier, note=f"Back to version {number}")
        if version is not None:
            audit.record(by=by, action="restore_version", kind="passport", uid=passport.uid, number=number)
    return passport.number


def rename_passport(*, by: audit.Actor, uid: UUID, title: str) -> Passport:
    """Give it another title. Raises NotFound, NotAllowed, InvalidInput."""
    with transaction.atomic():
        passport = open_for_editing(by, uid)
        passport.title = checked_title(title)
        passport.save(update_fields=["title"])
        tell_search(passport)
        audit.record(by=by, action="rename_passport", kind="passport", uid=passport.uid)
    return passport


def open_for_editing(by: audit.Actor, uid: UUID) -> Passport:
    """Lock the passport for who may edit it. Raises NotFound, NotAllowed, and Conflict where its life is over."""
    seen, _ = get_seen(uid, visible_to=by)
    passport = lock_passport(seen)
    require(may_edit(by, passport), NOT_YOURS)
    if passport.state in CLOSED:
        raise Conflict(_OVER)
    return passport


def checked_title(title: str) -> str:
    """A title as it is stored. Raises InvalidInput."""
    text = " ".join(title.split())
    if not text or not is_storable(text):
        raise InvalidInput("Give the passport a title, such as the name of the battery.", field="title")
    if len(text) > LONGEST_TITLE:
        raise InvalidInput(f"A title has at most {LONGEST_TITLE} characters.", field="title")
    return text


def _refuse_foreign_fields(category: str, values: Mapping[str, StatedInput]) -> None:
    if category not in categories():
        raise NotFound("A passport has no category of this name.")
    known = fields()
    for key in values:
        if key not in known or known[key].category != category:
            raise InvalidInput(f"'{key[:60]}' is no field of this category.", field="values")


def _refuse_overwriting(passport: Passport, now: Content, values: Mapping[str, StatedInput], expected: int) -> None:
    """Two people may work in different categories at once; of the same field only one save counts."""
    if expected == passport.number:
        return
    then = content_at(passport, expected)
    for key in values:
        if then.values.get(key) != now.values.get(key):
            raise Conflict(_SOMEBODY_ELSE.format(title=fields()[key].title), field=key)


def _with_values(content: Content, values: Mapping[str, StatedInput]) -> Content:
    stated = dict(content.values)
    for key, given in values.items():
        held = stated.get(key)
        value = stated_value(fields()[key], given, history=held.history if held is not None else ())
        if value is None:
            stated.pop(key, None)
        else:
            stated[key] = value
    return replace(content, values=stated)
