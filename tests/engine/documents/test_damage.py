"""Damaged files of every format: reading refuses or reads around the damage, it never fails otherwise."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.documents.samples import every_sample, zipped
from tests.engine.documents.test_reading import assert_consistent

from synchromesh.engine.documents import read_document
from synchromesh.engine.errors import InvalidInput

SAMPLES = every_sample()
CHANGES = st.lists(
    st.tuples(
        st.floats(min_value=0, max_value=1, exclude_max=True),
        st.sampled_from(("cut", "cut off", "double", "number")),
        st.integers(min_value=1, max_value=40),
    )
    | st.tuples(st.floats(min_value=0, max_value=1, exclude_max=True), st.just("byte"), st.integers(0, 255)),
    min_size=1,
    max_size=6,
)


def damaged(data: bytes, changes: list[tuple[float, str, int]]) -> bytes:
    """Return the bytes with each change made at its place, a share of the length."""
    result = bytearray(data)
    for share, change, amount in changes:
        place = int(share * len(result))
        match change:
            case "cut":
                del result[place : place + amount]
            case "cut off" if amount > 30:
                del result[place:]
            case "double":
                result[place:place] = result[place : place + amount]
            case "number":
                result[place : place + 1] = str(10 ** (amount // 4)).encode()
            case "byte":
                result[place : place + 1] = bytes((amount,))
        if not result:
            return b"x"
    return bytes(result)


def reads_or_refuses(data: bytes) -> bool:
    """Whether the file was read; fails on anything that is neither reading nor InvalidInput."""
    try:
        document = read_document("file", data)
    except InvalidInput:
        return False
    assert_consistent(document)
    return True


@pytest.mark.parametrize("kind", SAMPLES)
@settings(max_examples=60)
@given(changes=CHANGES)
def test_a_damaged_file_is_refused_or_read_around(kind: str, changes: list[tuple[float, str, int]]) -> None:
    reads_or_refuses(damaged(SAMPLES[kind], changes))


@pytest.mark.parametrize("kind", ["DOCX", "ODT"])
@settings(max_examples=60)
@given(changes=CHANGES, chosen=st.integers(min_value=0, max_value=30))
def test_damage_inside_an_office_file_with_good_check_sums_is_refused_or_read_around(
    kind: str, changes: list[tuple[float, str, int]], chosen: int
) -> None:
    with zipfile.ZipFile(io.BytesIO(SAMPLES[kind])) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    victims = [name for name in parts if name.endswith((".xml", ".rels"))]
    victim = victims[chosen % len(victims)]
    content = parts[victim]
    assert isinstance(content, bytes)
    reads_or_refuses(zipped({**parts, victim: damaged(content, changes)}))


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_cut_off_anywhere_is_refused_or_read_in_part(kind: str) -> None:
    sample = SAMPLES[kind]
    for length in range(1, len(sample), max(len(sample) // 60, 1)):
        reads_or_refuses(sample[:length])


def test_damage_does_not_always_prevent_reading() -> None:
    # Else the tests above would say nothing about documents that are read in spite of it.
    assert reads_or_refuses(SAMPLES["PDF"].replace(b"startxref\n", b"startxref\n9"))
    assert reads_or_refuses(SAMPLES["UTF-8"][:-3] + b"\xff\xfe.")


def test_an_archive_with_a_nameless_file_is_refused() -> None:
    data = SAMPLES["ODT"].replace(b"content.xml", bytes(11))
    with pytest.raises(InvalidInput):
        read_document("cv.odt", data)
