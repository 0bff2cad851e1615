"""Edit the outline of a draft: its sections and units, their order, their settings and contents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from synchromesh.assessment.models import Instrument
from synchromesh.engine.errors import Conflict, InvalidInput, Problem
from synchromesh.engine.exchange.course_files import tidied
from synchromesh.engine.vocabulary.languages import ISO_639_1
from synchromesh.engine.vocabulary.slugs import is_slug
from synchromesh.learning.models import ContentVersion, Section, Unit
from synchromesh.learning.operations.drafts import LONGEST_KEY, edit_draft, free_key, moved, number_anew
from synchromesh.learning.queries.authoring import content_digest
from synchromesh.learning.queries.versions import problems_of_unit
from synchromesh.learning.unit_kinds import get_unit_kind
from synchromesh.plumbing import audit

MOST_BYTES = 1024 * 1024
"""Of the content of one unit, as JSON."""
_MOST_UNITS = 300
_MOST_MINUTES = 10_000
_MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedUnit:
    """A unit as it was stored, with what its author has to mend before the version can be published."""

    unit: Unit
    problems: tuple[Problem, ...]


def add_section(*, by: audit.Actor, version: ContentVersion, titles: Mapping[str, str], key: str = "") -> Section:
    """Add a section at the end. Without a key one is made from the title. Raises NotAllowed, Conflict, InvalidInput."""
    cleaned = _titles(titles)
    with edit_draft(by=by, version=version) as draft:
        sections = list(draft.sections.all())
        chosen = _key(key, cleaned, draft, {section.key for section in sections}, instead="section")
        section = Section.objects.create(version=draft, key=chosen, position=len(sections) + 1, titles=cleaned)
        _record(by, "add_section", draft, section=chosen)
    return section


def rename_section(*, by: audit.Actor, section: Section, titles: Mapping[str, str]) -> Section:
    """Give a section other titles; its key stays. Raises NotAllowed, Conflict, InvalidInput."""
    cleaned = _titles(titles)
    with edit_draft(by=by, version=section.version) as draft:
        section.titles = cleaned
        section.save(update_fields=["titles"])
        _record(by, "rename_section", draft, section=section.key)
    return section


def move_section(*, by: audit.Actor, section: Section, position: int) -> Section:
    """Put a section at a position (1 is the first; beyond the last is the last). Raises NotAllowed, Conflict."""
    with edit_draft(by=by, version=section.version) as draft:
        number_anew(moved(list(draft.sections.all()), section, position))
        _record(by, "move_section", draft, section=section.key, position=position)
    section.refresh_from_db()
    return section


def delete_section(*, by: audit.Actor, section: Section) -> None:
    """Delete an empty section. Raises NotAllowed, and Conflict where it has units."""
    with edit_draft(by=by, version=section.version) as draft:
        if section.units.exists():
            raise Conflict("This section has units. Move or delete them first.")
        Section.objects.filter(pk=section.pk).delete()
        number_anew(list(draft.sections.all()))
        _record(by, "delete_section", draft, section=section.key)


def add_unit(
    *,
    by: audit.Actor,
    section: Section,
    kind: str,
    titles: Mapping[str, str],
    key: str = "",
    minutes: int = 5,
    content: Mapping[str, Any] | None = None,
) -> Unit:
    """Add a unit at the end of a section; its content may follow. Raises NotAllowed, Conflict, NotFound for the kind,
    and InvalidInput with the field.
    """
    cleaned = _titles(titles)
    get_unit_kind(kind)
    settings = {"minutes": _minutes(minutes), "content": _content(content or {})}
    with edit_draft(by=by, version=section.version) as draft:
        keys = set(draft.units.values_list("key", flat=True))
        if len(keys) >= _MOST_UNITS:
            raise Conflict(f"A course has at most {_MOST_UNITS} units.")
        chosen = _key(key, cleaned, draft, keys, instead=kind)
        unit = Unit.objects.create(
            version=draft,
            section=section,
            key=chosen,
            kind=kind,
            titles=cleaned,
            position=section.units.count() + 1,
            **settings,
        )
        _record(by, "add_unit", draft, unit=chosen, unit_kind=kind)
    return unit


def change_unit(
    *,
    by: audit.Actor,
    unit: Unit,
    titles: Mapping[str, str] | None = None,
    minutes: int | None = None,
    is_required: bool | None = None,
    must_pass: bool | None = None,
    instrument: Instrument | None = None,
    without_instrument: bool = False,
) -> Unit:
    """Change the settings that are given. `without_instrument` takes the test out.

    Raises NotAllowed, Conflict, and InvalidInput with the field.
    """
    changes: dict[str, Any] = {}
    if titles is not None:
        changes["titles"] = _titles(titles)
    if minutes is not None:
        changes["minutes"] = _minutes(minutes)
    stated = {"is_required": is_required, "must_pass": must_pass, "instrument": instrument}
    changes |= {name: value for name, value in stated.items() if value is not None}
    if without_instrument:
        changes |= {"instrument": None, "must_pass": False}
    with edit_draft(by=by, version=unit.version) as draft:
        for name, value in changes.items():
            setattr(unit, name, value)
        _check_instrument(unit, draft)
        if changes:
            unit.save(update_fields=list(changes))
            _record(by, "change_unit", draft, unit=unit.key, fields=sorted(changes))
    return unit


def move_unit(*, by: audit.Actor, unit: Unit, position: int, section: Section | None = None) -> Unit:
    """Put a unit at a position (1 is the first) of its section or of another one of the draft.

    Raises NotAllowed, Conflict, and InvalidInput for a section of another version.
    """
    target = section or unit.section
    if target.version_id != unit.version_id:
        raise InvalidInput("This section is none of the draft's.", field="section")
    with edit_draft(by=by, version=unit.version) as draft:
        left = unit.section
        Unit.objects.filter(pk=unit.pk).update(section=target)
        unit.section = target
        number_anew(moved(list(target.units.order_by("position", "id")), unit, position))
        number_anew(list(left.units.order_by("position", "id")))
        _record(by, "move_unit", draft, unit=unit.key, section=target.key, position=position)
    unit.refresh_from_db()
    return unit


def move_unit_step(*, by: audit.Actor, unit: Unit, is_down: bool) -> Unit:
    """Move a unit by one step; beyond the edge of its section it goes into the next one. At the very edge it stays."""
    siblings = list(unit.section.units.order_by("position", "id").values_list("pk", flat=True))
    place = siblings.index(unit.pk) + (1 if is_down else -1)
    if 0 <= place < len(siblings):
        return move_unit(by=by, unit=unit, position=place + 1)
    sections = list(unit.version.sections.all())
    at = [section.pk for section in sections].index(unit.section_id) + (1 if is_down else -1)
    if not 0 <= at < len(sections):
        return unit
    return move_unit(by=by, unit=unit, section=sections[at], position=1 if is_down else _MOST_UNITS)


def delete_unit(*, by: audit.Actor, unit: Unit) -> None:
    """Delete a unit of a draft; its test stays among the tests of the course. Raises NotAllowed, Conflict."""
    with edit_draft(by=by, version=unit.version) as draft:
        Unit.objects.filter(pk=unit.pk).delete()
        number_anew(list(unit.section.units.order_by("position", "id")))
        _record(by, "delete_unit", draft, unit=unit.key)


def save_unit_content(*, by: audit.Actor, unit: Unit, content: Mapping[str, Any], seen: str = "") -> SavedUnit:
    """Store the content of a unit, unfinished too, and say what must be mended before publishing.

    `seen` is the digest (`queries.authoring.content_digest`) of what the author began with: Conflict where somebody
    else saved since. Raises NotAllowed, Conflict, and InvalidInput for what cannot be stored.
    """
    cleaned = _content(content)
    with edit_draft(by=by, version=unit.version) as draft:
        stored = Unit.objects.select_related("version__course", "section").get(pk=unit.pk)
        if seen and seen != content_digest(stored.content) and stored.content != cleaned:
            raise Conflict("Somebody else has saved this unit since you opened it. Load it again; your text is below.")
        if stored.content != cleaned:
            stored.content = cleaned
            stored.save(update_fields=["content"])
            _record(by, "save_unit_content", draft, unit=stored.key)
        problems = problems_of_unit(draft, stored.key)
    unit.content = cleaned
    return SavedUnit(unit=stored, problems=tuple(problems))


def _check_instrument(unit: Unit, draft: ContentVersion) -> None:
    if unit.must_pass and unit.instrument is None:
        raise InvalidInput("Only a unit with a test can be one that is to be passed.", field="must_pass")
    if unit.instrument is None:
        return
    if unit.instrument.bank.course_id != draft.course_id:
        raise InvalidInput("This test belongs to another course. Copy it first.", field="instrument")
    if unit.instrument.frozen_at is not None:
        raise InvalidInput("This test is published already. Take a copy of it.", field="instrument")


def _titles(titles: Mapping[str, str]) -> dict[str, str]:
    found = {language: text.strip() for language, text in titles.items() if text.strip()}
    if not found:
        raise InvalidInput("Give it a title.", field="titles")
    if any(len(text) > _MOST_CHARACTERS or not text.isprintable() for text in found.values()):
        raise InvalidInput(f"A title is one line of at most {_MOST_CHARACTERS} characters.", field="titles")
    if unknown := [language for language in found if language not in ISO_639_1]:
        raise InvalidInput(f"'{unknown[0][:20]}' is no language.", field="titles")
    return found


def _key(stated: str, titles: Mapping[str, str], draft: ContentVersion, taken: Iterable[str], *, instead: str) -> str:
    keys = set(taken)
    if not stated:
        title = titles.get(draft.source_language) or next(iter(titles.values()))
        return free_key(title, keys, instead=instead)
    if not is_slug(stated) or len(stated) > LONGEST_KEY:
        raise InvalidInput(f"A key has letters a to z, digits and hyphens, at most {LONGEST_KEY}.", field="key")
    if stated in keys:
        raise InvalidInput("Another part of this draft has this key. Choose another one.", field="key")
    return stated


def _minutes(minutes: int) -> int:
    if not 1 <= minutes <= _MOST_MINUTES:
        raise InvalidInput(f"Give a number from 1 to {_MOST_MINUTES:,}.", field="minutes")
    return minutes


def _content(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content as it is stored. Raises InvalidInput for what is no JSON or too much of it."""
    try:
        cleaned: dict[str, Any] = tidied(dict(content))
        size = len(json.dumps(cleaned, ensure_ascii=False, allow_nan=False).encode())
    except (TypeError, ValueError, RecursionError):
        raise InvalidInput(
            "This content cannot be stored: it holds something that is no text.", field="content"
        ) from None
    if size > MOST_BYTES:
        raise InvalidInput("This unit is too long. Make two of it.", field="content")
    if "\\u0000" in json.dumps(cleaned):
        raise InvalidInput("A character of this content cannot be stored. Remove it.", field="content")
    return cleaned


def _record(by: audit.Actor, action: str, draft: ContentVersion, **details: Any) -> None:
    audit.record(by=by, action=action, kind="content-version", uid=draft.uid, **details)
