"""Hand in a file as an answer, and take it back. What a file must be like is said in `answer_types`."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_operator, require
from synchromesh.assessment.models import AnswerFile, Attempt, Response
from synchromesh.assessment.operations.answer_types import check_answer_file
from synchromesh.assessment.operations.open_attempts import (
    find_response,
    lock_own_attempt,
    require_changeable,
    require_open,
    write_answer,
)
from synchromesh.assessment.queries.answer_files import answer_folder, answer_place
from synchromesh.assessment.queries.question_values import asked_value
from synchromesh.assessment.queries.uids import read_uid
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.vocabulary.questions import FileAnswer
from synchromesh.plumbing import audit

MOST_FILES = 5
"""Of one answer."""
_MEGABYTE = 1024 * 1024
_LEFT_OVER_AFTER = timedelta(days=1)  # a younger file may be of a transaction that is under way


def add_answer_file(
    *, by: User, attempt_uid: str | UUID, position: int, name: str, content: bytes, now: datetime | None = None
) -> AnswerFile:
    """Keep a file as (a part of) the answer; the bytes are on disk before this returns.

    Raises NotFound, InvalidInput for a file that is not taken, and Conflict after the end, where the answer stands, or
    where there are enough files already.
    """
    moment, uid = now or timezone.now(), uuid4()
    try:
        with transaction.atomic():
            attempt = lock_own_attempt(by, attempt_uid)
            require_open(attempt, now=moment)
            response = find_response(attempt, position)
            require_changeable(response)
            kept, media_type = _checked(response, name, content)
            if response.files.count() >= MOST_FILES:
                raise Conflict(f"There are {MOST_FILES} files already. Take one back first.")
            _write_bytes(uid, content)
            file = AnswerFile.objects.create(
                uid=uid,
                response=response,
                name=kept,
                media_type=media_type,
                bytes=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
            )
            _write_list(by, attempt, response, now=moment)
            audit.record(by=by, action="add_answer_file", kind="attempt", uid=attempt.uid, file=str(uid))
    except BaseException:
        answer_place(uid).unlink(missing_ok=True)
        raise
    return file


def remove_answer_file(*, by: User, file_uid: str | UUID, now: datetime | None = None) -> None:
    """Take a file back. Raises NotFound, and Conflict after the end or where the answer stands."""
    moment, wanted = now or timezone.now(), read_uid(file_uid, missing="There is no such file.")
    with transaction.atomic():
        file = AnswerFile.objects.select_related("response__attempt").filter(uid=wanted).order_by("pk").first()
        if file is None or not isinstance(by, User) or file.response.attempt.person_id != by.pk:
            raise NotFound("There is no such file.")
        attempt = lock_own_attempt(by, file.response.attempt.uid)
        require_open(attempt, now=moment)
        response = find_response(attempt, file.response.position)
        require_changeable(response)
        file.delete()
        _write_list(by, attempt, response, now=moment)
        audit.record(by=by, action="remove_answer_file", kind="attempt", uid=attempt.uid, file=str(wanted))
        transaction.on_commit(partial(answer_place(file.uid).unlink, missing_ok=True))


def remove_leftover_files(*, by: audit.Actor, now: datetime | None = None) -> int:
    """Delete bytes on disk to which no record belongs any more, such as those of a deleted account; returns how many.

    Raises NotAllowed for anybody but the operator.
    """
    require(is_operator(by), "Only the operator tidies up.")
    before = ((now or timezone.now()) - _LEFT_OVER_AFTER).timestamp()
    folder = answer_folder()
    places = [place for place in folder.iterdir() if place.stat().st_mtime < before] if folder.is_dir() else []
    kept = {str(uid) for uid in AnswerFile.objects.values_list("uid", flat=True)} if places else set()
    leftover = [place for place in places if place.name not in kept]
    for place in leftover:
        place.unlink(missing_ok=True)
    if leftover:
        audit.record(by=by, action="remove_leftover_files", kind="answers", uid="", count=len(leftover))
    return len(leftover)


def _checked(response: Response, name: str, content: bytes) -> tuple[str, str]:
    body = asked_value(response.question).body
    if not isinstance(body, FileAnswer):
        raise InvalidInput("This question is not answered with a file.", field="file")
    return check_answer_file(name, content, endings=body.endings, most_bytes=body.most_megabytes * _MEGABYTE)


def _write_bytes(uid: UUID, content: bytes) -> None:
    """Write a file that nobody but this account of the system reads, and wait until the disk has it."""
    answer_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(answer_place(uid), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as place:
        place.write(content)
        place.flush()
        os.fsync(place.fileno())


def _write_list(by: audit.Actor, attempt: Attempt, response: Response, *, now: datetime) -> None:
    """The answer is the list of the files that are there."""
    uids = [str(uid) for uid in response.files.order_by("pk").values_list("uid", flat=True)]
    write_answer(
        by=by,
        attempt=attempt,
        response=response,
        answer=uids or None,
        save_number=response.save_number + 1,
        now=now,
    )
