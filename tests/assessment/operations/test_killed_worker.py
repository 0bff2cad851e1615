"""What was acknowledged is there, however the process ends that acknowledged it; a restart changes no time limit."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from tests.assessment.records import a_test, begin, minutes
from tests.assessment.simultaneity import address_of_database, shared_database
from tests.plumbing.fresh_database import start_python

from synchromesh.accounts.models import User
from synchromesh.assessment.operations.attempts import save_answer, submit_attempt
from synchromesh.engine.errors import Conflict

SAVES = 15
SAVE_ON_AND_ON = """
from itertools import count
from datetime import datetime
from synchromesh.accounts.models import User
from synchromesh.assessment.operations.attempts import save_answer
uid, now = sys.argv[1], datetime.fromisoformat(sys.argv[2])
person = User.objects.get(attempts__uid=uid)
for number in count(1):
    save_answer(by=person, attempt_uid=uid, position=1, raw=f"word {number}", save_number=number, now=now)
    print(number, flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_no_acknowledged_save_is_lost_with_a_killed_worker(person: User, tmp_path: Path) -> None:
    attempt = begin(person, a_test("short-text", minutes=10))
    now = attempt.started_at + minutes(1)
    with shared_database(tmp_path):
        environment = os.environ | {
            "SYNCHROMESH_DATABASE_URL": address_of_database(),
            "SYNCHROMESH_DATA_DIR": str(tmp_path / "data"),
            "PYTHONPATH": os.pathsep.join(str(Path(folder).resolve()) for folder in ("src", ".")),
        }
        worker = start_python(SAVE_ON_AND_ON, environment, str(attempt.uid), now.isoformat())
        assert worker.stdout is not None
        for _ in range(SAVES):
            assert worker.stdout.readline(), worker.communicate()
        worker.send_signal(signal.SIGKILL)
        rest = worker.stdout.read()
        worker.communicate(timeout=60)
    acknowledged = max([SAVES, *(int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n"))])
    response = attempt.responses.get()
    assert response.save_number in {acknowledged, acknowledged + 1}
    assert response.answer == f"word {response.save_number}"
    with pytest.raises(Conflict):
        save_answer(
            by=person,
            attempt_uid=attempt.uid,
            position=1,
            raw="late",
            save_number=response.save_number + 1,
            now=attempt.started_at + minutes(11),
        )
    ended = submit_attempt(by=person, attempt_uid=attempt.uid, now=attempt.started_at + minutes(11))
    assert (ended.submitted_at, ended.time_was_up) == (attempt.started_at + minutes(10), True)
