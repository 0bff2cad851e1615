"""Background work by name: an operation never imports a task, so that the layers stay one-way.

A task is a function decorated with `django_tasks.task` in some app's `tasks` module; every task is idempotent.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult


def enqueue(name: str, **arguments: Any) -> None:
    """Send the task `name` ("catalogue.tasks.check_links") when the current transaction commits.

    Arguments must be JSON. A name that does not resolve fails here and now, not in the worker.
    """
    task = resolve(name)
    transaction.on_commit(lambda: task.enqueue(**arguments))


def resolve(name: str) -> Task[Any, Any]:
    """Return the task called `name`; raises ImportError or TypeError for a wrong name (a bug, not bad input)."""
    found = import_string(f"synchromesh.{name}")
    if not isinstance(found, Task):
        raise TypeError(f"{name} is not a task")
    return found


def forget_finished(*, before: datetime) -> int:
    """Take out the jobs that ended before a point in time, well or badly, and say how many."""
    return int(DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()[0])
