"""Thousands of damaged files: reading refuses or reads, it never fails otherwise."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile

import pytest

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.archives import open_archive
from synchromesh.engine.tables.reading import Limits, read_table
from synchromesh.engine.tables.writing import write_csv, write_xlsx

ROWS = [["1", 'Größe; "x"', "Ασφάλεια"], ["2", "two\nlines", "=1"], ["3", "a,b|c\td", "-5"]]
COLUMNS = ["id", "Title", "note"]
CSV = write_csv(COLUMNS, ROWS)
SAMPLES = {
    "UTF-8": (CSV, 3_000),
    "UTF-16": (CSV.decode().encode("utf-16"), 500),
    "Windows-1252": (CSV.decode().encode("cp1252", "replace"), 500),
    "XLSX": (write_xlsx(COLUMNS, ROWS, title="T"), 1_000),
}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with up to five of them changed, cut out, doubled or cut off."""
    result = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(len(result))
        match chance.randrange(6):
            case 0:
                del result[place : place + chance.randint(1, 8)]
            case 1:
                result[place:place] = result[place : place + chance.randint(1, 30)]
            case 2 if chance.random() < 0.2:
                del result[max(place, 1) :]
            case _:
                result[place] = chance.randrange(256)
        if not result:
            return b""
    return bytes(result)


@pytest.mark.parametrize("kind", SAMPLES)
def test_damage_is_refused_or_read_around(kind: str) -> None:
    sample, times = SAMPLES[kind]
    chance = random.Random(20260301)
    read = 0
    for _ in range(times):
        data = damaged(sample, chance)
        with contextlib.suppress(InvalidInput):
            table = read_table(data, name="x", limits=Limits(cell_characters=1_000))
            assert all(set(row.cells) == set(table.columns) for row in table.rows)
            assert all(problem.message and problem.position for problem in table.problems)
            read += 1
    assert read > times // 100  # some damage leaves a readable table, else this test would test nothing


def test_damage_inside_the_parts_of_a_workbook_is_refused_or_read_around() -> None:
    # The check sums hold here, so the damage reaches the reader of the sheet.
    chance = random.Random(20260302)
    with zipfile.ZipFile(io.BytesIO(SAMPLES["XLSX"][0])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    read = 0
    for _ in range(600):
        victim = chance.choice(sorted(parts))
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, damaged(part, chance) if name == victim else part)
        with contextlib.suppress(InvalidInput):
            read_table(target.getvalue(), name="x")
            read += 1
    assert read > 50


def test_damaged_archives_are_refused_or_opened() -> None:
    chance = random.Random(7)
    sample = SAMPLES["XLSX"][0]
    for _ in range(1_000):
        with contextlib.suppress(InvalidInput):
            open_archive(damaged(sample, chance))
