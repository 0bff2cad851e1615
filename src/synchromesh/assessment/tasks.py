"""Background work of assessment."""

from __future__ import annotations

from django_tasks import task

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.operations import answer_files


@task()
def remove_leftover_files() -> None:
    """Delete files of answers to which no record belongs any more. A repeated run finds none."""
    answer_files.remove_leftover_files(by=OPERATOR)
