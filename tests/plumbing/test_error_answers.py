"""What an expected error is as an HTTP status."""

from __future__ import annotations

import re

import pytest

from synchromesh.engine import errors
from synchromesh.plumbing.error_answers import STATUS_OF, new_reference, status_of


def test_every_kind_of_expected_error_has_a_status_of_its_own() -> None:
    kinds = {kind for kind in errors.SynchromeshError.__subclasses__() if kind.__module__ == errors.__name__}
    assert set(STATUS_OF) == kinds
    assert len(set(STATUS_OF.values())) == len(kinds)


@pytest.mark.parametrize(("kind", "status"), STATUS_OF.items(), ids=lambda value: getattr(value, "__name__", value))
def test_a_more_special_error_has_the_status_of_its_kind(kind: type[errors.SynchromeshError], status: int) -> None:
    special = type("Special", (kind,), {})
    assert status_of(special("x")) == status


def test_a_reference_can_be_read_out_and_is_new_each_time() -> None:
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", new_reference())
    assert new_reference() != new_reference()
