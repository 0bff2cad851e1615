"""Files handed in as answers: where they lie, and who may have them.

They lie in DATA_DIR/answers under their uid, never under a name that somebody else chose. Whoever serves one sends it
to be saved (Content-Disposition: attachment), never to be shown: it comes from a stranger.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from synchromesh.assessment.models import AnswerFile
from synchromesh.assessment.queries.attempts import may_see_attempt
from synchromesh.assessment.queries.uids import read_uid
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor


def get_answer_file(uid: str | UUID, *, visible_to: Actor) -> AnswerFile:
    """One file with its response and attempt: one's own, or of a bank that one marks.

    Raises NotFound, also for everybody else's.
    """
    wanted = read_uid(uid, missing="There is no such file.")
    related = "response__attempt__instrument__bank__course__provider"
    found = AnswerFile.objects.select_related(related).filter(uid=wanted).order_by("pk").first()
    if found is None or not may_see_attempt(visible_to, found.response.attempt):
        raise NotFound("There is no such file.")
    return found


def open_answer_file(file: AnswerFile) -> BinaryIO:
    """The bytes of a file, to read. Raises NotFound where they are gone."""
    try:
        return answer_place(file.uid).open("rb")
    except FileNotFoundError:
        raise NotFound("This file is gone.") from None


def answer_folder() -> Path:
    """Where all files lie that were handed in."""
    return Path(settings.DATA_DIR) / "answers"


def answer_place(uid: UUID) -> Path:
    """Where one of them lies."""
    return answer_folder() / str(uid)
