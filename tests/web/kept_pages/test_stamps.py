"""The stamp of the site changes with each of its parts and is none where one of them cannot be told."""

from __future__ import annotations

import pytest
import time_machine
from django.db import transaction

from synchromesh.framework.queries import prepared_completion, prepared_meanings
from synchromesh.web.kept_pages import stamps
from synchromesh.web.kept_pages.stamps import site_stamp


@pytest.fixture(autouse=True)
def known_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database and an index that do not change."""
    monkeypatch.setattr(stamps, "commit_stamp", lambda: 1)
    monkeypatch.setattr(stamps, "index_stamp", lambda: 1)


@pytest.mark.parametrize("part", ["commit_stamp", "index_stamp"])
def test_a_commit_and_a_change_of_the_index_change_it(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with time_machine.travel("2026-11-23T12:00Z", tick=False):
        before = site_stamp()
        assert site_stamp() == before
        monkeypatch.setattr(stamps, part, lambda: 2)
        assert site_stamp() not in {before, None}
        monkeypatch.setattr(stamps, part, lambda: None)
        assert site_stamp() is None


def test_it_changes_at_midnight() -> None:
    with time_machine.travel("2026-11-23T23:59:59Z", tick=False):
        before = site_stamp()
    with time_machine.travel("2026-11-24T00:00:00Z", tick=False):
        assert site_stamp() != before


def test_it_changes_when_more_was_prepared_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    with time_machine.travel("2026-11-23T12:00Z", tick=False):
        seen = [site_stamp()]
        monkeypatch.setattr(prepared_meanings, "_with_vectors", ["a state"])
        seen.append(site_stamp())
        monkeypatch.setattr(prepared_completion, "_prepared_aside", ["labels"])
        seen.append(site_stamp())
    assert len(set(seen)) == 3


@pytest.mark.django_db
def test_inside_a_transaction_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with transaction.atomic():
        assert site_stamp() is None
