"""Send periodic duties to the worker when they are due. Any number of schedulers may run beside each other."""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from django.db import DatabaseError, close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from synchromesh.plumbing import jobs
from synchromesh.plumbing.duties import Duty, list_duties
from synchromesh.plumbing.models import DutyTurn

PAUSE_SECONDS = 20.0  # between two looks at what is due
_log = logging.getLogger(__name__)


def enqueue_due(*, now: datetime) -> list[str]:
    """Send each duty that is due to the worker, and say which. Of several schedulers exactly one sends a turn.

    A duty that is new here is due at once. A turn further off than two intervals was written by a clock that went
    wrong, so it is due too.
    """
    return [duty.task for duty in list_duties() if _take_turn(duty, now)]


def _take_turn(duty: Duty, now: datetime) -> bool:
    task = jobs.resolve(duty.task)
    following = now + duty.every
    with transaction.atomic():
        _, is_new = DutyTurn.objects.get_or_create(name=duty.task, defaults={"next_at": following})
        due = Q(next_at__lte=now) | Q(next_at__gt=now + 2 * duty.every)
        # One statement: a scheduler that comes second finds the turn taken.
        taken = is_new or DutyTurn.objects.filter(due, name=duty.task).update(next_at=following) == 1
        if taken:
            transaction.on_commit(task.enqueue)
    return taken


def run_until(stop: threading.Event, *, pause_seconds: float = PAUSE_SECONDS) -> None:
    """Look again and again, until `stop` is set. A database that does not answer is tried again."""
    while not stop.is_set():
        close_old_connections()
        try:
            for task in enqueue_due(now=timezone.now()):
                _log.info("Duty sent: %s", task)
        except DatabaseError:
            _log.exception("The duties could not be looked up. They are tried again.")
        stop.wait(pause_seconds)
