"""Instants in credentials: one way to write them, several ways to read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.credential_formats.instants import instant_text, read_instant


@given(moment=st.datetimes(timezones=st.just(UTC)))
def test_an_instant_reads_back_to_the_second(moment: datetime) -> None:
    assert read_instant(instant_text(moment)) == moment.replace(microsecond=0)


def test_an_instant_of_another_zone_is_written_in_universal_time() -> None:
    assert instant_text(datetime(2026, 5, 4, 1, 30, tzinfo=timezone(timedelta(hours=2)))) == "2026-05-03T23:30:00Z"


def test_an_instant_without_a_zone_is_not_written() -> None:
    with pytest.raises(ValueError, match="time zone"):
        instant_text(datetime(2026, 5, 4, 10, 31))  # noqa: DTZ001


def test_nine_decimals_and_an_offset_are_read() -> None:
    assert read_instant("2026-05-04T12:31:00.123456789+02:00") == datetime(2026, 5, 4, 10, 31, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["2026-02-30T00:00:00Z", "2026-05-04", "2026-05-04T10:31:00", "0001-01-01T00:00:00+23:59", "", None, 5]
)
def test_what_is_no_instant_is_not_read(text: object) -> None:
    assert read_instant(text) is None
