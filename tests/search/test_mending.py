"""The index is told about records that are gone, and a page is never lost over it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError

from synchromesh.plumbing import jobs
from synchromesh.search.mending import ask_to_look_again

pytestmark = pytest.mark.django_db


def test_the_same_record_is_asked_about_once_a_minute(asked_jobs: list[str]) -> None:
    ask_to_look_again("course", ["a", "b"])
    ask_to_look_again("course", ["b", "a"])
    assert asked_jobs == ["search.tasks.update_index"]
    ask_to_look_again("role", ["a"])
    ask_to_look_again("role", [])
    assert asked_jobs == ["search.tasks.update_index"] * 2


def test_a_busy_database_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str, **arguments: Any) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(jobs, "enqueue", fail)
    ask_to_look_again("course", ["a"])
