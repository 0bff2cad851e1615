"""Issue one achievement to a list of people: preview, release, issue in parts, go on after a crash.

The list is its own preview: its rows lie in the database, since a list may have hundreds of thousands of them and is
issued row by row. Nothing can be taken back by an undo once it is signed: a credential is withdrawn instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import Achievement, BatchState, IssueBatch, IssueRow
from synchromesh.credentials.operations.issuing import NewCredential, issue_many, published_version
from synchromesh.credentials.permissions import may_issue, may_release
from synchromesh.credentials.queries.issue_lists import read_issue_list
from synchromesh.credentials.queries.stacks import list_holders_of_all_parts
from synchromesh.engine.errors import Conflict
from synchromesh.plumbing import audit, jobs
from synchromesh.plumbing.bulk_writing import insert_records

ROWS_AT_ONCE = 1000
PART_LOST = "A part of this achievement is not valid any more."
ONLY_EDITORS = "Only editors and managers of the issuer make lists."
ONLY_MANAGERS = "A manager of the issuer releases a list; where two persons are needed, not the one who made it."


def preview_batch(
    *,
    by: audit.Actor,
    achievement: Achievement,
    file: BinaryIO,
    name: str,
    valid_from: datetime | None = None,
    sends_mail: bool = True,
) -> IssueBatch:
    """Read a list and keep it as a preview: who would get a credential, and which rows cannot. Issues nothing.

    Raises NotAllowed, Conflict where the achievement is not awarded, InvalidInput for no such table.
    """
    require(may_issue(by, achievement), ONLY_EDITORS)
    version = published_version(achievement)
    with transaction.atomic():
        batch = IssueBatch.objects.create(
            version=version,
            name=name[:200],
            valid_from=(valid_from or timezone.now()).replace(microsecond=0),
            sends_mail=sends_mail,
            made_by=by.public_id,
        )
        for part in _parts(read_issue_list(file, name=name)):
            for row in part:
                row.batch = batch
            insert_records(part)
            batch.rows_in_all += len(part)
            batch.rows_refused += sum(1 for row in part if row.problem)
        batch.save(update_fields=["rows_in_all", "rows_refused"])
        audit.record(by=by, action="preview_batch", kind="issue batch", uid=batch.uid, rows=batch.rows_in_all)
    return batch


def _parts(rows: Iterable[IssueRow]) -> Iterator[list[IssueRow]]:
    source = iter(rows)
    while part := list(islice(source, ROWS_AT_ONCE)):
        yield part


def submit_batch(*, by: audit.Actor, batch: IssueBatch) -> IssueBatch:
    """Say that a preview is right: it is issued, or waits for a second person where the achievement needs two.

    Raises NotAllowed, Conflict where it is no preview or has no good row.
    """
    achievement = batch.version.achievement
    require(may_issue(by, achievement), ONLY_EDITORS)
    with transaction.atomic():
        locked = _locked(batch.uid)
        if locked.state != BatchState.PREVIEW:
            raise Conflict("This list was submitted already.")
        if locked.rows_in_all == locked.rows_refused:
            raise Conflict("No row of this list can be issued. Mend the file and send it again.")
        locked.state = BatchState.WAITING
        locked.save(update_fields=["state"])
        audit.record(by=by, action="submit_batch", kind="issue batch", uid=locked.uid)
        if not achievement.needs_two_persons and may_release(by, locked):
            return release_batch(by=by, batch=locked)
    return locked


def release_batch(*, by: audit.Actor, batch: IssueBatch) -> IssueBatch:
    """Release a list for issuing. Raises NotAllowed, Conflict where it does not wait for that."""
    require(may_release(by, batch), ONLY_MANAGERS)
    with transaction.atomic():
        locked = _locked(batch.uid)
        if locked.state != BatchState.WAITING:
            raise Conflict("This list does not wait for a release.")
        locked.state, locked.released_by, locked.released_at = BatchState.RUNNING, by.public_id, timezone.now()
        locked.save(update_fields=["state", "released_by", "released_at"])
        audit.record(by=by, action="release_batch", kind="issue batch", uid=locked.uid)
        jobs.enqueue("credentials.tasks.resume_batch", batch_uid=str(locked.uid))
    return locked


def cancel_batch(*, by: audit.Actor, batch: IssueBatch) -> IssueBatch:
    """Drop a preview or a list that waits, with its rows. Raises NotAllowed, Conflict once it is being issued."""
    require(may_issue(by, batch.version.achievement), ONLY_EDITORS)
    with transaction.atomic():
        locked = _locked(batch.uid)
        if locked.state not in (BatchState.PREVIEW, BatchState.WAITING):
            raise Conflict("It is issued already, or being issued. Withdraw credentials instead.")
        locked.state = BatchState.CANCELLED
        locked.save(update_fields=["state"])
        locked.rows.all().delete()
        audit.record(by=by, action="cancel_batch", kind="issue batch", uid=locked.uid)
    return locked


def resume_batch(*, by: audit.Actor, batch_uid: UUID | str, most_parts: int | None = None) -> IssueBatch:
    """Issue what is left of a released list, a thousand rows at a time, each part in a transaction of its own.

    A process that dies in between leaves whole parts: the next call goes on behind them. Two at once share the work,
    since a part is locked. Does nothing for a list that is not released.
    """
    parts = 0
    while most_parts is None or parts < most_parts:
        if not _issue_part(by, UUID(str(batch_uid))):
            break
        parts += 1
    return IssueBatch.objects.select_related("version__achievement__issuer__organisation").get(uid=batch_uid)


def _issue_part(by: audit.Actor, uid: UUID) -> bool:
    """Issue the next rows; False when none is left."""
    with transaction.atomic():
        batch = _locked(uid)
        if batch.state != BatchState.RUNNING:
            return False
        open_rows = batch.rows.filter(issued=False, problem="").select_related("holder")
        rows = list(open_rows.order_by("position")[:ROWS_AT_ONCE])
        if not rows:
            batch.state, batch.finished_at = BatchState.DONE, timezone.now()
            batch.save(update_fields=["state", "finished_at"])
            audit.record(by=by, action="finish_batch", kind="issue batch", uid=uid, issued=batch.rows_issued)
            return False
        last = rows[-1].position
        rows = _still_ready(batch, rows)
        issue_many(
            by=by,
            version=batch.version,
            people=[_new_credential(batch, row) for row in rows],
            batch=batch,
            valid_from=batch.valid_from,
            sends_mail=batch.sends_mail,
        )
        done = IssueRow.objects.filter(batch=batch, issued=False, problem="", position__lte=last)
        done.update(issued=True)
        IssueBatch.objects.filter(pk=batch.pk).update(rows_issued=F("rows_issued") + len(rows))
    return True


def _still_ready(batch: IssueBatch, rows: list[IssueRow]) -> list[IssueRow]:
    """Refuse those who stand here for all parts of the achievement and have lost one since the list was made."""
    holders = {row.holder_id for row in rows if row.holder_id is not None}
    if not holders:
        return rows
    ready = set(
        list_holders_of_all_parts(batch.version.achievement).filter(pk__in=holders).values_list("pk", flat=True)
    )
    lost = [row for row in rows if row.holder_id is not None and row.holder_id not in ready]
    IssueRow.objects.filter(pk__in=[row.pk for row in lost]).update(problem=PART_LOST)
    IssueBatch.objects.filter(pk=batch.pk).update(rows_refused=F("rows_refused") + len(lost))
    return [row for row in rows if row not in lost]


def _new_credential(batch: IssueBatch, row: IssueRow) -> NewCredential:
    occasion = f"batch:{batch.uid}:{row.position}"
    if row.holder is not None:
        occasion = parts_occasion(batch.version.achievement, row.holder)
    return NewCredential(
        name=row.name,
        occasion=occasion,
        email=row.email,
        person=row.holder,
        language=row.language or "en",
        percent=row.percent,
    )


def parts_occasion(achievement: Achievement, person: User) -> str:
    """What a whole is issued for to who holds its parts: used once, whoever awards it."""
    return f"parts:{achievement.uid}:{person.uid}"


def _locked(uid: UUID) -> IssueBatch:
    found = IssueBatch.objects.select_for_update(of=("self",)).select_related(
        "version__achievement__issuer__organisation"
    )
    return found.get(uid=uid)
