"""A write that is not worth waiting for gives up soon, and the ones after it wait as before."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection

from synchromesh.plumbing.lock_waits import short_lock_wait


def _patience() -> int:
    return int(connection.connection.execute("PRAGMA busy_timeout").fetchone()[0])


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="other databases lock single rows")
def test_inside_a_lock_is_waited_for_only_shortly_and_afterwards_as_before() -> None:
    connection.ensure_connection()
    before = _patience()
    seen: list[int] = []

    def fail() -> None:
        seen.append(_patience())
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError), short_lock_wait(milliseconds=150):
        fail()
    assert seen == [150]
    assert _patience() == before
    assert before > 150
