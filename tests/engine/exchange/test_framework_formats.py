"""What every framework format must keep, whichever are there."""

from __future__ import annotations

from types import ModuleType

import pytest

from synchromesh.engine.exchange import frameworks
from synchromesh.engine.plugins import discover

FORMATS = discover(frameworks)


@pytest.mark.parametrize("module", FORMATS.values(), ids=FORMATS)
def test_a_format_has_a_title_and_the_functions_of_the_contract(module: ModuleType) -> None:
    assert isinstance(module.TITLE, str)
    assert module.TITLE
    assert callable(module.accepts)
    assert callable(module.read)


@pytest.mark.parametrize("module", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("data", [b"", b"\0\xff" * 50, b"{", b"<", b"PK\x03\x04", b'"', b"\xff\xfe\x00", b"a,b\n1,2\n"])
def test_a_format_leaves_noise_alone_without_failing(module: ModuleType, data: bytes) -> None:
    assert module.accepts({"file": data}) is False
    assert module.accepts({}) is False


def test_no_two_formats_accept_what_one_of_them_writes() -> None:
    for name, module in FORMATS.items():
        if hasattr(module, "write"):
            files = module.write(frameworks.FrameworkDocument())
            assert [other for other, candidate in FORMATS.items() if candidate.accepts(files)] == [name]
