"""What every framework format must keep, whichever are there."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from tests.engine.exchange.framework_documents import SMALL, documents, without_positions

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange import frameworks
from synchromesh.engine.exchange.frameworks import FrameworkDocument, read_framework
from synchromesh.engine.plugins import discover

# 500 frameworks take a minute; the checks of every change take fewer (CONTRIBUTING.md).
EXAMPLES = 500 if os.environ.get("SYNCHROMESH_EXAMPLES") == "all" else 60

FORMATS = discover(frameworks)
WRITTEN = {name: module for name, module in FORMATS.items() if hasattr(module, "write")}
MUTATIONS = 5_000

every_format = pytest.mark.parametrize("module", FORMATS.values(), ids=FORMATS)
every_written_format = pytest.mark.parametrize("module", WRITTEN.values(), ids=WRITTEN)


@every_format
def test_a_format_has_a_title_and_the_functions_of_the_contract(module: ModuleType) -> None:
    assert isinstance(module.TITLE, str)
    assert module.TITLE
    assert callable(module.accepts)
    assert callable(module.read)


@every_format
@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0\xff" * 50, b"{", b"<", b"[", b"PK\x03\x04", b'"', b"\xff\xfe\x00", b"a,b\n1,2\n", b"{}", b"[]",
        b"@prefix a: <http://a.org/> .", b"<?xml version='1.0'?><a/>",
    ],
)  # fmt: skip
def test_a_format_leaves_noise_alone_without_failing(module: ModuleType, data: bytes) -> None:
    assert module.accepts({"file": data}) is False
    assert module.accepts({}) is False


@pytest.mark.parametrize("document", [FrameworkDocument(), SMALL], ids=["empty", "small"])
def test_no_two_formats_accept_what_one_of_them_writes(document: FrameworkDocument) -> None:
    for name, module in WRITTEN.items():
        files = module.write(document)
        assert [other for other, candidate in FORMATS.items() if candidate.accepts(files)] == [name]


@every_written_format
@pytest.mark.parametrize("document", [FrameworkDocument(), SMALL], ids=["empty", "small"])
def test_what_is_written_is_read_whole_and_without_problems(module: ModuleType, document: FrameworkDocument) -> None:
    assert without_positions(read_framework(module.write(document))) == document


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_writing_and_reading_lose_nothing_in_any_format(document: FrameworkDocument) -> None:
    for name, module in WRITTEN.items():
        assert without_positions(read_framework(module.write(document))) == document, name


@every_written_format
def test_the_same_framework_gives_the_same_bytes(module: ModuleType) -> None:
    assert module.write(SMALL) == module.write(SMALL)


@every_written_format
def test_every_record_has_a_position_that_names_the_file(module: ModuleType) -> None:
    files = module.write(SMALL)
    document = read_framework(files)
    positions = [
        record.position
        for kind in ("skills", "roles", "requirements", "families", "units")
        for record in getattr(document, kind)
    ]
    assert len(set(positions)) == len(positions) == 9
    assert all(position.startswith(tuple(files)) for position in positions)


@every_written_format
def test_an_element_without_its_unit_and_what_hangs_below_it_are_reported(module: ModuleType) -> None:
    criterion, _, element = SMALL.units
    document = read_framework(module.write(FrameworkDocument(units=(criterion, element))))
    assert document.units == ()
    assert [problem.field for problem in document.problems] == ["code", "code"]
    assert "BATTECH.U1'" in document.problems[0].message
    assert "BATTECH.U1.E2'" in document.problems[1].message


@every_written_format
@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_file_cut_short_is_refused_with_the_place_or_read_up_to_it(module: ModuleType, cut: float) -> None:
    files = {name: data[: int(len(data) * cut)] for name, data in module.write(SMALL).items()}
    document, refusal = read_or_refused(read_framework, files)
    if document is not None:
        assert without_positions(document) != SMALL
    else:
        assert re.search(r"line \d+|directory|row|column", refusal), refusal
        assert next(iter(files)).partition(".")[0] in refusal or len(files) > 1


@every_written_format
def test_damaged_files_are_refused_or_read_around(module: ModuleType) -> None:
    chance = random.Random(len(module.TITLE))
    files = module.write(SMALL)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(MUTATIONS // len(WRITTEN) + 1):
        name = chance.choice(sorted(files))
        damaged = files | {name: chance.choice(DAMAGES)(files[name], chance)}
        # The reader itself: what no format accepts any more would never reach it.
        document, refusal = read_or_refused(module.read, damaged)
        outcomes["refused" if document is None else "read"] += 1
        problems = document.problems if document else ()
        assert all(problem.position and problem.message for problem in problems)
        # Half a pair of surrogates could not be shown to anybody.
        "".join((refusal, *(p.position + p.field + p.message for p in problems))).encode()
    # A packed file hardly survives a change, a table nearly always does.
    assert outcomes["read"] > 0, outcomes
    assert outcomes["refused"] > 0, outcomes


def read_or_refused(
    read: Callable[[dict[str, bytes]], FrameworkDocument], files: dict[str, bytes]
) -> tuple[FrameworkDocument | None, str]:
    """Return the document, or None and the message of the refusal."""
    try:
        return read(files), ""
    except InvalidInput as refusal:
        return None, refusal.message


def _other_bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _other_letters(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        changed[chance.randrange(len(changed))] = chance.choice(b'{}[]",:;.<>()@ax01\\ \n-')
    return bytes(changed)


def _swapped_pieces(data: bytes, chance: random.Random) -> bytes:
    first, second, third = sorted(chance.randrange(len(data)) for _ in range(3))
    return data[:first] + data[second:third] + data[first:second] + data[third:]


def _lost_piece(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 40) :]


def _other_value(data: bytes, chance: random.Random) -> bytes:
    """Put another value in the place of a text or number; in packed files this damages as any other change does."""
    places = [match.span() for match in re.finditer(rb'"[^"\\\n]*"|\b\d+\b', data)]
    if not places:
        return _other_bytes(data, chance)
    start, end = chance.choice(places)
    words = [
        b'""',
        b'"\\ud800"',
        b'"\\u0000"',
        b"null",
        b"[]",
        b"{}",
        b"-1",
        b"1e999",
        b"true",
        b'"x"',
        b"[[{}]]",
        b"7",
    ]
    return data[:start] + chance.choice(words) + data[end:]


DAMAGES: list[Callable[[bytes, random.Random], bytes]] = [
    _other_bytes, _other_letters, _swapped_pieces, _lost_piece, _other_value,
]  # fmt: skip
