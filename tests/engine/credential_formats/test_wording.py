"""Words on a printed credential: English where the caller brings none, numbers without needless digits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from synchromesh.engine.credential_formats.wording import ENGLISH, LABELS, Wording, english_hours, plain_number


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (90, "1.5 hours"), (100, "1.67 hours"), (1500, "25 hours")],
)
def test_a_workload_is_written_in_hours_from_one_hour_on(minutes: int, text: str) -> None:
    assert english_hours(minutes) == text


@pytest.mark.parametrize(("number", "text"), [("1", "1"), ("10", "10"), ("100.00", "100"), ("1.50", "1.5"), ("0", "0")])
def test_a_number_keeps_no_needless_digits(number: str, text: str) -> None:
    assert plain_number(Decimal(number)) == text


def test_a_label_that_the_caller_lacks_is_english() -> None:
    german = Wording(language="de", labels={"awarded_to": "Verliehen an"})
    assert german.say("awarded_to") == "Verliehen an"
    assert german.say("awarded_by") == LABELS["awarded_by"]


def test_braces_in_a_value_are_never_taken_for_a_place() -> None:
    assert ENGLISH.say("eqf_as_stated", level="{source}", source="a law") == "{source}, as stated by a law"
    assert ENGLISH.say("page", page="{page}", pages="{pages}") == "Page {page} of {pages}"


def test_days_levels_countries_and_kinds_have_english_names() -> None:
    assert ENGLISH.day(date(2026, 5, 4)) == "4 May 2026"
    assert ENGLISH.level(3) == "3 of 3: Expert"
    assert ENGLISH.country("BG") == "Bulgaria"
    assert ENGLISH.kind("MicroCredential") == "Micro-credential"
    assert ENGLISH.kind("Diploma") == "Credential"
