"""Edit the draft of the framework by hand: start it, change what belongs to a version, discard it.

Every edit is a step of its own with a line in the list of imports, so that `framework undo` and the desk take the last
one back as they do with an import. A draft that changes is no longer what somebody asked to publish, so that request
lapses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.vocabulary.languages import ISO_639_1
from synchromesh.framework.models import Anchor, FrameworkVersion, JobRole, Requirement, Skill, VersionStatus
from synchromesh.framework.operations.importing import FrameworkImporter
from synchromesh.framework.operations.matching_records import KnownFramework
from synchromesh.framework.operations.version_writing import FrameworkWriter, lock_draft, save_draft
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.framework.queries.concepts import find_draft
from synchromesh.framework.queries.versions import Need
from synchromesh.plumbing import audit, imports
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.plumbing.sources import stated_by_hand

SOURCE = "by hand in the draft"
LEVELS = (1, 2, 3)
LONGEST_ANCHOR = 2000  # characters
LONGEST_NOTE = 300  # characters, as many as the column holds
LONGEST_SOURCE = 200  # characters, as many as the column holds
_STAFF_ONLY = "Only alliance staff can change the framework."
_Write = Callable[[FrameworkVersion, ChangeLog], bool]


def start_draft(*, by: audit.Actor) -> FrameworkVersion:
    """Make a draft that says what the published version says.

    Raises Conflict when there is a draft already, or nothing published to start from.
    """
    require(may_edit_framework(by), _STAFF_ONLY)
    try:
        return _copy_published(by)
    except IntegrityError:  # somebody else was faster by the blink of an eye: there is one draft at most
        raise Conflict("Somebody has just started a draft. Load the page again.") from None


def _copy_published(by: audit.Actor) -> FrameworkVersion:
    with transaction.atomic():
        draft = find_draft()
        if draft is not None:
            raise Conflict(f"Version {draft.number} is a draft already. There is only one at a time.")
        current = FrameworkVersion.objects.select_for_update().filter(status=VersionStatus.PUBLISHED).first()
        if current is None:
            raise Conflict("Nothing is published yet. Import a framework first.")
        name = f"draft started from version {current.number}"
        batch = imports.begin_step(by=by, kind=FrameworkImporter.kind, name=name, source=SOURCE)
        log, known = ChangeLog(batch), KnownFramework(source="", version=current)
        writer = FrameworkWriter(log=log, known=known, source="", origin="")
        save_draft(log, draft=None, current=current, writer=writer, note="")
        log.save()
        draft = lock_draft()
        audit.record(
            by=by, action="start_draft", kind="framework", uid=draft.uid, number=draft.number, of=current.number
        )
    return draft


def discard_draft(*, by: audit.Actor) -> FrameworkVersion:
    """Put the draft away with everything in it. Nobody sees it any more; undo makes it the draft again.

    Its number is not given again. The version that it was started from may be undone from now on; then the draft cannot
    come back. Raises NotFound without a draft.
    """
    require(may_edit_framework(by), _STAFF_ONLY)
    with transaction.atomic():
        draft = lock_draft()
        name = f"draft {draft.number} discarded"
        log = ChangeLog(imports.begin_step(by=by, kind=FrameworkImporter.kind, name=name, source=SOURCE))
        log.change(draft, status=VersionStatus.DISCARDED, requested_by="", requested_at=None, based_on=None)
        log.save()
        audit.record(by=by, action="discard_draft", kind="framework", uid=draft.uid, number=draft.number)
    return draft


def change_note(*, by: audit.Actor, note: str) -> FrameworkVersion:
    """Say in one line what is new in the version; everybody reads it when the version is published.

    Raises NotFound without a draft and InvalidInput for a note of more than 300 characters.
    """
    words = _line(note, LONGEST_NOTE, field="note")
    return _edit(
        by=by, action="change_note", name="note", write=lambda draft, log: log.change(draft, note=words), details={}
    )


def change_anchors(
    *,
    by: audit.Actor,
    skill: Skill,
    language: str,
    texts: Mapping[int, str],
    seen: Mapping[int, str] | None = None,
) -> FrameworkVersion:
    """Set what levels (1 to 3) of a skill look like in one language; an empty text takes the words of a level away.

    Levels that `texts` does not name stay. `seen` is what the editor saw before: where the draft says something else
    by now, somebody was faster, and nothing is written (Conflict). Raises NotFound without a draft, InvalidInput for an
    unknown language or level and for a text that is too long.
    """
    wanted = {_level(level): _line(text, LONGEST_ANCHOR, field=f"level_{level}") for level, text in texts.items()}
    if language not in ISO_639_1:
        raise InvalidInput(f"'{language}' is no language code of two letters, such as de.", field="language")

    def write(draft: FrameworkVersion, log: ChangeLog) -> bool:
        _refuse_retired(skill)
        stored = {row.level: row for row in Anchor.objects.filter(version=draft, skill=skill)}
        for level, before in (seen or {}).items():
            if _words(before) != _words(_text(stored.get(level), language)):
                raise Conflict("Somebody has changed these texts since you opened the page. Look at them again.")
        written = [_write_anchor(log, draft, skill, level, language, text, stored) for level, text in wanted.items()]
        return any(written)

    details = {"skill": skill.slug, "language": language}
    return _edit(
        by=by, action="change_anchors", name=f"levels of {skill.slug} ({language})", write=write, details=details
    )


def _write_anchor(
    log: ChangeLog,
    draft: FrameworkVersion,
    skill: Skill,
    level: int,
    language: str,
    text: str,
    stored: Mapping[int, Anchor],
) -> bool:
    """Write one text, and say whether anything differed."""
    row = stored.get(level)
    if _words(_text(row, language)) == text:
        return False
    if row is None:
        log.create(Anchor(version=draft, skill=skill, level=level, texts={language: text}))
        return True
    texts = {code: words for code, words in {**row.texts, language: text}.items() if words}
    if texts:
        return log.change(row, texts=texts)
    log.delete(row)
    return True


def add_requirement(*, by: audit.Actor, role: JobRole, skill: Skill, need: Need, source: str = "") -> FrameworkVersion:
    """Let a role need one more skill. `source` says who states it, such as a group of experts.

    Raises NotFound without a draft, Conflict when the role needs the skill already, InvalidInput for a bad level (1 to
    3) or weight (1 to 5).
    """
    columns = _need_columns(need) | _stated_by(by, source)

    def write(draft: FrameworkVersion, log: ChangeLog) -> bool:
        _refuse_retired(skill, role)
        if Requirement.objects.filter(version=draft, role=role, skill=skill).exists():
            raise Conflict(f"The role '{role.slug}' needs '{skill.slug}' already. Change that requirement.")
        log.create(Requirement(version=draft, role=role, skill=skill, **columns))
        return True

    return _edit_requirement("add_requirement", by=by, role=role, skill=skill, write=write)


def change_requirement(
    *, by: audit.Actor, role: JobRole, skill: Skill, need: Need, source: str = "", seen: Need | None = None
) -> FrameworkVersion:
    """Say another level, need or weight.

    Who states it stays only where nothing but the weight differs: the former source never said the new level. `seen` is
    what the editor saw before; where the draft says something else by now, nothing is written (Conflict). Raises
    NotFound without a draft, Conflict when the role does not need the skill, InvalidInput for a bad level or weight.
    """
    columns, stated = _need_columns(need), _stated_by(by, source)

    def write(draft: FrameworkVersion, log: ChangeLog) -> bool:
        row = _requirement(draft, role, skill)
        now = Need(level=row.level, essential=row.essential, weight=row.weight)
        if seen is not None and seen != now:
            raise Conflict("Somebody has changed this requirement since you opened the page. Look at it again.")
        another = (row.level, row.essential) != (need.level, need.essential) or bool(stated["source"])
        return log.change(row, **columns, **(stated if another else {}))

    return _edit_requirement("change_requirement", by=by, role=role, skill=skill, write=write)


def remove_requirement(*, by: audit.Actor, role: JobRole, skill: Skill) -> FrameworkVersion:
    """Let a role no longer need a skill. Raises NotFound without a draft, Conflict when it does not need it."""

    def write(draft: FrameworkVersion, log: ChangeLog) -> bool:
        log.delete(_requirement(draft, role, skill))
        return True

    return _edit_requirement("remove_requirement", by=by, role=role, skill=skill, write=write)


def _edit_requirement(action: str, *, by: audit.Actor, role: JobRole, skill: Skill, write: _Write) -> FrameworkVersion:
    name = f"{action.partition('_')[0]} {role.slug} needs {skill.slug}"
    return _edit(by=by, action=action, name=name, write=write, details={"role": role.slug, "skill": skill.slug})


def _edit(*, by: audit.Actor, action: str, name: str, write: _Write, details: Mapping[str, Any]) -> FrameworkVersion:
    """Take one step in the draft. A step that changes nothing leaves no trace, and the request to publish stands."""
    require(may_edit_framework(by), _STAFF_ONLY)
    with transaction.atomic():
        draft = lock_draft()
        step = imports.begin_step(
            by=by, kind=FrameworkImporter.kind, name=f"draft {draft.number}: {name}", source=SOURCE
        )
        log = ChangeLog(step)
        if not write(draft, log):
            step.delete()
            return draft
        # Comes last: undo meets it first and refuses where something later stands on it.
        log.change(draft, revision=draft.revision + 1, requested_by="", requested_at=None)
        log.save()
        audit.record(by=by, action=action, kind="framework", uid=draft.uid, number=draft.number, **details)
    return draft


def _requirement(draft: FrameworkVersion, role: JobRole, skill: Skill) -> Requirement:
    row: Requirement | None = Requirement.objects.filter(version=draft, role=role, skill=skill).first()
    if row is None:
        raise Conflict(f"In the draft the role '{role.slug}' does not need '{skill.slug}'.")
    return row


def _need_columns(need: Need) -> dict[str, Any]:
    if not 1 <= need.weight <= 5:
        raise InvalidInput("A weight is a number from 1 to 5.", field="weight")
    return {"level": _level(need.level), "essential": need.essential, "weight": need.weight}


def _stated_by(by: audit.Actor, source: str) -> dict[str, Any]:
    """The columns of a link that a person has stated just now."""
    return stated_by_hand(by.public_id) | {"source": _line(source, LONGEST_SOURCE, field="source")}


def _level(level: int) -> int:
    if level not in LEVELS:
        raise InvalidInput("A level is 1, 2 or 3.", field="level")
    return level


def _refuse_retired(*records: Skill | JobRole) -> None:
    for record in records:
        if record.retired_at is not None:
            raise Conflict(f"'{record.slug}' is retired. A new version does not speak of it.")


def _text(row: Anchor | None, language: str) -> str:
    return str(row.texts.get(language, "")) if row is not None else ""


def _words(text: str) -> str:
    """One line whatever the line breaks of a browser or a file."""
    return " ".join(text.split())


def _line(text: str, longest: int, *, field: str) -> str:
    words = _words(text)
    if len(words) > longest or "\0" in words:
        raise InvalidInput(f"Use at most {longest} characters.", field=field)
    return words
