"""The stamp of an index stays while it is only searched and changes with every change, seen by any process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from tests.search.sample_documents import document

from synchromesh.search.backends import memory, open_index, tantivy
from synchromesh.search.contract import Wanted
from synchromesh.search.index_stamps import index_stamp


@pytest.fixture(params=["memory", "tantivy"])
def backend(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty folder, and one of the backends that keep their own state."""
    monkeypatch.setattr(settings, "SEARCH_DIR", tmp_path)
    monkeypatch.setattr(settings, "SEARCH_BACKEND", request.param)
    return str(request.param)


def test_each_change_gives_a_new_stamp_and_a_search_gives_none(backend: str) -> None:
    index = open_index()
    stamps = []
    changes: list[Callable[[], None]] = [
        lambda: index.replace_all([document("one")]),
        lambda: index.put([document("two")]),
        lambda: index.remove(kind="role", uids=["uid-of-two"]),
        lambda: index.replace_all([document("one")]),
    ]
    for change in changes:
        change()
        stamps.append(index_stamp())
        index.search(Wanted())
        assert index_stamp() == stamps[-1]
    assert None not in stamps
    assert len(set(stamps)) == 4


def test_an_index_that_was_forgotten_is_another_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "SEARCH_BACKEND", "memory")
    before = index_stamp()
    memory.forget()
    assert index_stamp() != before


def test_another_process_sees_the_change(tmp_path: Path) -> None:
    writing, looking = tantivy.TantivyIndex(tmp_path), tantivy.TantivyIndex(tmp_path)
    assert looking.stamp() is None
    writing.replace_all([document("one")])
    first = looking.stamp()
    writing.put([document("two")])
    second = looking.stamp()
    writing.replace_all([document("one")])
    assert len({None, first, second, looking.stamp()}) == 4
