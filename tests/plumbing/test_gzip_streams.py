"""Undoing gzip from file to file, with a limit."""

from __future__ import annotations

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.errors import ExternalFailure
from synchromesh.plumbing.gzip_streams import STEP_BYTES, is_gzip, unpack_file, unpacked


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(1, 50))
def test_what_was_packed_comes_out_however_it_is_cut_up(members: list[bytes], size: int) -> None:
    packed = b"".join(gzip.compress(member) for member in members)
    chunks = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert b"".join(unpacked(chunks)) == b"".join(members)


def test_no_step_is_larger_than_64_kilobytes() -> None:
    assert max(len(part) for part in unpacked([gzip.compress(bytes(3_000_000))])) <= STEP_BYTES


def test_a_file_is_recognised_and_unpacked_to_another() -> None:
    file, target = io.BytesIO(gzip.compress(b"<urlset/>")), io.BytesIO()
    assert is_gzip(file)
    assert unpack_file(file, target, limit_bytes=9) == 9
    assert target.getvalue() == b"<urlset/>"
    assert not is_gzip(target)
    assert not is_gzip(io.BytesIO())


def test_a_bomb_is_cut_off_at_the_limit() -> None:
    target = io.BytesIO()
    with pytest.raises(ExternalFailure, match=r"larger than 0\.0954 MB"):
        unpack_file(io.BytesIO(gzip.compress(bytes(50_000_000))), target, limit_bytes=100_000)
    assert len(target.getvalue()) <= 100_000


def test_a_file_that_breaks_off_is_a_failure() -> None:
    with pytest.raises(ExternalFailure, match="middle of a gzip"):
        unpack_file(io.BytesIO(gzip.compress(b"whole" * 1000)[:-9]), io.BytesIO(), limit_bytes=10_000)
