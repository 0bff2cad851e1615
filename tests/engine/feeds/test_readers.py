"""What every reader of course feeds must keep, whichever are there."""

from __future__ import annotations

from types import ModuleType

import pytest

from synchromesh.engine.feeds import readers
from synchromesh.engine.plugins import discover

READERS = discover(readers)


@pytest.mark.parametrize("module", READERS.values(), ids=READERS)
def test_a_reader_has_a_title_and_the_functions_of_the_contract(module: ModuleType) -> None:
    assert isinstance(module.TITLE, str)
    assert module.TITLE
    assert callable(module.accepts)
    assert callable(module.read)


@pytest.mark.parametrize("module", READERS.values(), ids=READERS)
@pytest.mark.parametrize(
    "data", [b"", b"\0\xff" * 50, b"{", b"<", b"[", b"PK\x03\x04", b'"', b"\xff\xfe\x00", b"x y z"]
)
def test_a_reader_leaves_noise_alone_without_failing(module: ModuleType, data: bytes) -> None:
    assert module.accepts(data, "file") is False


@pytest.mark.parametrize("name", [name for name, module in READERS.items() if hasattr(module, "write")])
def test_what_a_reader_writes_is_accepted_by_it_alone(name: str) -> None:
    data = READERS[name].write([])
    assert [other for other, module in READERS.items() if module.accepts(data, "feed")] == [name]
    assert READERS[name].read(data, name="feed").format == name
