"""Single values of other data models as ours."""

from __future__ import annotations

from typing import Any

import pytest

from synchromesh.engine.passport_models.translation.conversions import CONVERSIONS


def converted(how: str, value: Any, word: str = "", beside: Any = None) -> Any:
    return CONVERSIONS[how](value, word, lambda key: beside)


@pytest.mark.parametrize(
    ("how", "value", "word", "beside", "expected"),
    [
        ("country", "Germany", "", None, "DE"),
        ("country", "FRA", "", None, "FR"),
        ("country", "CZ-ST", "", None, "CZ"),
        ("country", "Atlantis", "", None, "Atlantis"),
        ("day", "2026-03-01T10:00:00Z", "", None, "2026-03-01"),
        ("day", "March", "", None, "March"),
        ("mass", 2500, "unit", "unit:gram", 2.5),
        ("mass", 3, "unit", "KGM", 3.0),
        ("mass", 3, "unit", None, 3),
        ("share", 20, "unit", "unit:partPerMillion", 0.002),
        ("months", 8, "unit", "unit:year", 96),
        ("months", "P96M", "", None, 96),
        ("months", "P1Y6M", "", None, 18),
        ("months", "--06", "", None, "--06"),
        ("months", "P", "", None, "P"),
        ("number", "12", "", None, 12),
        ("number", "1.50", "", None, 1.5),
        ("number", "1e999", "", None, "1e999"),
        ("number", "1,5", "", None, "1,5"),
        ("times", 40000, "0.001", None, 40),
        ("times", True, "0.001", None, True),
        ("times", 10**400, "0.001", None, 10**400),
        ("word", "SkinCorrosionOrIrritation", "hazard", None, "skin_corrosion"),
        ("word", "re-used", "status", None, "reused"),
        ("word", "new", "status", None, "new"),
        ("constant", "x", "manual", None, "manual"),
        ("fixed", "x", "80", None, 80.0),
        ("", [1], "", None, [1]),
    ],
)
def test_a_value_is_converted_or_left_as_it_is(how: str, value: Any, word: str, beside: Any, expected: Any) -> None:
    assert converted(how, value, word, beside) == expected
