"""Periodic duties: each is a task without arguments, and exactly one scheduler sends each turn."""

from __future__ import annotations

import inspect
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from pytest_django import DjangoCaptureOnCommitCallbacks

from synchromesh.plumbing import duties, jobs, scheduling
from synchromesh.plumbing.duties import Duty, list_duties
from synchromesh.plumbing.models import DutyTurn
from synchromesh.plumbing.scheduling import enqueue_due, run_until

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NAME = "plumbing.tasks.forget_old_jobs"


@pytest.fixture
def one_duty(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """One duty, every hour."""
    monkeypatch.setattr(duties, "_duties", {NAME: Duty(task=NAME, every=HOUR)})


@pytest.mark.parametrize("duty", list_duties(), ids=lambda duty: duty.task)
def test_every_duty_is_a_task_that_needs_no_arguments(duty: Duty) -> None:
    task = jobs.resolve(duty.task)
    assert not inspect.signature(task.func).parameters
    assert duty.every >= timedelta(minutes=1)


def test_the_duties_of_the_product_are_registered() -> None:
    assert NAME in {duty.task for duty in list_duties()}


@pytest.mark.usefixtures("one_duty")
def test_a_duty_is_sent_when_it_is_due_and_not_again_before_its_time() -> None:
    assert enqueue_due(now=NOON) == [NAME]
    assert enqueue_due(now=NOON + timedelta(minutes=59)) == []
    assert enqueue_due(now=NOON + HOUR) == [NAME]


@pytest.mark.usefixtures("one_duty")
def test_turns_that_were_missed_come_once() -> None:
    enqueue_due(now=NOON)
    assert enqueue_due(now=NOON + 10 * HOUR) == [NAME]
    assert enqueue_due(now=NOON + 10 * HOUR) == []
    assert DutyTurn.objects.get().next_at == NOON + 11 * HOUR


@pytest.mark.usefixtures("one_duty")
def test_a_clock_that_was_wrong_does_not_stop_a_duty_for_years() -> None:
    enqueue_due(now=NOON + timedelta(days=3650))
    assert enqueue_due(now=NOON) == [NAME]
    assert enqueue_due(now=NOON - timedelta(minutes=2)) == []


@pytest.mark.usefixtures("one_duty")
def test_a_duty_runs(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    ran: list[datetime] = []
    monkeypatch.setattr(jobs, "forget_finished", lambda *, before: ran.append(before))
    with django_capture_on_commit_callbacks(execute=True):
        enqueue_due(now=NOON)
    assert len(ran) == 1


def test_a_database_that_does_not_answer_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, looks = threading.Event(), []

    def look(*, now: datetime) -> list[str]:
        looks.append(now)
        if len(looks) == 2:
            stop.set()
        raise DatabaseError

    monkeypatch.setattr(scheduling, "enqueue_due", look)
    monkeypatch.setattr(scheduling, "close_old_connections", lambda: None)
    run_until(stop, pause_seconds=0)
    assert len(looks) == 2


@pytest.mark.usefixtures("one_duty")
@pytest.mark.parametrize("is_new", [True, False])
def test_of_two_schedulers_that_meet_exactly_one_sends_the_turn(is_new: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one takes its turn while this one has looked already and not yet written."""
    if not is_new:
        enqueue_due(now=NOON - HOUR)
    of_the_other: list[str] = []
    look = DutyTurn.objects.get_or_create

    def look_slowly(**columns: Any) -> Any:
        monkeypatch.setattr(DutyTurn.objects, "get_or_create", look)
        of_the_other.extend(enqueue_due(now=NOON))
        return look(**columns)

    monkeypatch.setattr(DutyTurn.objects, "get_or_create", look_slowly)
    assert enqueue_due(now=NOON) == []
    assert of_the_other == [NAME]
