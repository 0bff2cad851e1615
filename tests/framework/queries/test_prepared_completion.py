"""Keeping completion ready: stored arrays, changes, and what happens beside the answers."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone
from tests.esco_records import WELDING, an_esco
from tests.records import a_skill_in_force

from synchromesh.engine.matching.completion import LabelCompletion
from synchromesh.framework.models import EscoLabel, EscoVersion
from synchromesh.framework.queries import prepared_completion
from synchromesh.framework.queries.prepared_completion import find_completion, forget, prepare_completion

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Every ESCO counts as large; what would be prepared in a thread is written down instead."""
    started: list[tuple[str, Any]] = []
    monkeypatch.setattr(prepared_completion, "_AT_ONCE", 0)
    monkeypatch.setattr(prepared_completion, "_prepare_aside", lambda what, key: started.append((what, key)))
    return started


def _labels(completion: LabelCompletion | None, typed: str) -> list[str]:
    assert completion is not None
    return [row.label for row in completion.complete_labels(typed)]


def _folders(tmp_path: Path) -> list[str]:
    return sorted(folder.name for folder in (tmp_path / "matching").iterdir())


def test_a_process_keeps_what_it_has_prepared() -> None:
    a_skill_in_force("welding")
    first = find_completion("framework", "skill")
    a_skill_in_force("gluing")
    assert find_completion("framework", "skill") is first
    forget()
    assert _labels(find_completion("framework", "skill"), "glu") == ["Gluing"]


def test_a_large_vocabulary_does_not_keep_a_reader_waiting(large: list[tuple[str, Any]]) -> None:
    an_esco()
    assert find_completion("esco", "skill") is None
    assert large == [("labels", ("esco", "skill"))]
    prepare_completion("esco", "skill")
    assert _labels(find_completion("esco", "skill"), "weld") == ["weld metal"]


def test_stored_arrays_are_read_by_the_next_process(large: list[tuple[str, Any]], tmp_path: Path) -> None:
    an_esco()
    prepare_completion("esco", "skill")
    EscoLabel.objects.filter(concept__uri=WELDING).delete()
    forget()
    assert _labels(find_completion("esco", "skill"), "weld") == ["weld metal"]
    assert large == []
    (folder,) = _folders(tmp_path)
    (tmp_path / "matching" / folder / "rank.npy").write_bytes(b"damaged")
    forget()
    assert find_completion("esco", "skill") is None


def test_after_an_import_the_former_labels_answer_until_the_new_ones_are_ready(
    large: list[tuple[str, Any]], tmp_path: Path
) -> None:
    an_esco()
    prepare_completion("esco", "skill")
    prepare_completion("esco", "occupation")
    before = _folders(tmp_path)
    EscoLabel.objects.filter(concept__uri=WELDING, kind="alternative").update(text="liquefy", folded="liquefy")
    EscoVersion.objects.update(imported_at=timezone.now())
    assert _labels(find_completion("esco", "skill"), "liq") == []
    assert large == [("labels", ("esco", "skill"))]
    prepare_completion("esco", "skill")
    assert _labels(find_completion("esco", "skill"), "liq") == ["liquefy"]
    after = _folders(tmp_path)
    assert len(after) == len(before) == 2
    assert len(set(after) & set(before)) == 1


def test_a_second_process_that_is_slower_keeps_the_arrays_of_the_first(tmp_path: Path) -> None:
    an_esco()
    prepare_completion("esco", "skill")
    before = _folders(tmp_path)
    assert _labels(prepare_completion("esco", "skill"), "weld") == ["weld metal"]
    assert _folders(tmp_path) == before


def test_a_failure_beside_the_answers_is_logged_and_may_be_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[threading.Thread] = []

    def fail(*key: str) -> None:
        tried.append(threading.current_thread())
        raise OSError("the disk is full")

    monkeypatch.setattr(prepared_completion, "prepare_completion", fail)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    for _ in range(2):
        prepared_completion._prepare_aside("labels", ("esco", "skill"))
        for thread in threading.enumerate():
            if thread.name.startswith("prepare labels"):
                thread.join()
    assert len(tried) == 2
    assert tried[0] is not threading.current_thread()
    assert "preparing the labels of esco skill failed" in caplog.text


def test_meaning_is_asked_of_a_matcher_of_the_present_state() -> None:
    a_skill_in_force("battery-management", titles={"en": "Battery management systems"})
    completion = find_completion("framework", "skill")
    assert completion is not None
    assert [row.hit.value for row in completion.complete_meaning("systems of battery management")] == ["meaning"]


def test_the_matcher_of_a_large_vocabulary_is_prepared_beside_the_answers(large: list[tuple[str, Any]]) -> None:
    an_esco()
    completion = prepare_completion("esco", "skill")
    assert completion.complete_meaning("metal that is welded") == []
    assert large == [("meaning", ("esco", "skill"))]
