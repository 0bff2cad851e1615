"""Each backend in turn, in a folder of its own, and a small catalogue to search in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from synchromesh.search import backends, registry
from synchromesh.search.backends import Index, open_index
from synchromesh.search.contract import Document

_names = sorted(file.stem for file in Path(backends.__path__[0]).glob("[a-z]*.py"))
BACKENDS = [pytest.param(name, marks=pytest.mark.django_db if name == "postgres" else ()) for name in _names]


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> str:
    """The name of the backend in use, with an empty folder or, in the database, empty tables of its own."""
    if request.param == "postgres" and connection.vendor != "postgresql":
        pytest.skip("this backend needs PostgreSQL; `make check` runs the tests on it too")
    if request.param == "postgres":
        with connection.cursor() as cursor:  # threads of another test may have committed
            cursor.execute("DELETE FROM search_state")
    settings.SEARCH_BACKEND = request.param
    settings.SEARCH_DIR = tmp_path / "search"
    return str(request.param)


@pytest.fixture
def tantivy_backend(settings: Settings, tmp_path: Path) -> Path:
    """The embedded backend, with an empty folder of its own, which is returned."""
    settings.SEARCH_BACKEND = "tantivy"
    settings.SEARCH_DIR = tmp_path / "search"
    return tmp_path / "search"


@pytest.fixture
def index(backend: str) -> Index:
    """The index of the backend in use, never built."""
    return open_index()


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have the apps list the given documents and nothing else; the index is built from them when it is next built."""
    by_kind: dict[str, list[Document]] = {}

    def list_these(*documents: Document) -> None:
        by_kind.clear()
        for found in documents:
            by_kind.setdefault(found.kind, []).append(found)

    monkeypatch.setattr(registry, "kinds", lambda: tuple(sorted(by_kind)))
    monkeypatch.setattr(registry, "list_documents", lambda kind, uids=None: iter(by_kind[kind]))
    return list_these
