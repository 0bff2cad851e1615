"""The tables name fields, columns, conversions and words that exist."""

from __future__ import annotations

import pytest

from synchromesh.engine.passport_models.model import ValueType, fields
from synchromesh.engine.passport_models.translation.conversions import CONVERSIONS, words
from synchromesh.engine.passport_models.translation.table import LINE, LIST, RECORDS, Row, table

NAMES = ("aas", "battery_pass", "catena_x", "untp")


def _rows(name: str) -> list[Row]:
    rules = table(name)
    single = [row for rows in rules.values.values() for row in rows]
    columns = [row for rows in rules.columns.values() for row in rows]
    return [*single, *columns, *rules.records, *rules.left_out]


@pytest.mark.parametrize("name", NAMES)
def test_every_line_leads_to_a_field_a_column_or_a_reason(name: str) -> None:
    known = fields()
    for row in _rows(name):
        assert row.path.startswith("/"), row
        if not row.field:
            assert row.reason.endswith("."), row
            continue
        assert not row.reason, row
        columns = {column.name for column in known[row.field].columns}
        assert (row.column in columns) if row.column else (bool(columns) == (row.how == RECORDS)), row


@pytest.mark.parametrize("name", NAMES)
def test_every_conversion_and_list_of_words_exists(name: str) -> None:
    lists = {kind for kind, _ in words()}
    for row in _rows(name):
        assert row.how in {*CONVERSIONS, LINE, LIST, RECORDS}, row
        if row.how == "word" or (row.how == LIST and row.word):
            assert row.word in lists, row


@pytest.mark.parametrize("name", NAMES)
def test_no_path_states_a_field_twice(name: str) -> None:
    stated = [(row.path, row.field, row.column) for row in _rows(name) if row.field]
    assert len(stated) == len(set(stated))


def test_every_word_is_one_that_its_field_allows() -> None:
    known = fields()
    columns = {column.name: column for field in known.values() for column in field.columns}
    allowed = {
        "category": known["battery_category"].allowed,
        "status": known["battery_status"].allowed,
        "chemistry": known["battery_chemistry"].allowed,
        "critical": known["critical_raw_materials"].allowed,
        "stage": columns["stage"].allowed,
        "label": columns["subject"].allowed,
        "hazard": columns["hazard_class"].allowed,
        "material": columns["material"].allowed,
        "document": next(c for c in known["dismantling_documents"].columns if c.name == "kind").allowed,
        "component": next(c for c in known["materials"].columns if c.name == "component").allowed,
        "level": next(c for c in known["internal_resistance"].columns if c.name == "component").allowed,
    }
    assert {kind for kind, _ in words()} == set(allowed)
    for (kind, _), ours in words().items():
        assert ours in allowed[kind], (kind, ours)


def test_lists_of_words_have_their_type() -> None:
    for name in NAMES:
        for row in _rows(name):
            if row.how == LIST:
                assert fields()[row.field].type is ValueType.TEXTS
