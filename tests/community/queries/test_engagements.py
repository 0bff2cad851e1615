"""Lists of engagements and the record of a year: unknown is unknown."""

from __future__ import annotations

from datetime import date

import pytest
from tests.community.engagement_records import an_engagement
from tests.records import a_topic

from synchromesh.community.queries.engagements import (
    get_year_record,
    list_engagement_years,
    list_engagements,
    read_engagement_filter,
)

pytestmark = pytest.mark.django_db


def _found(**values: str) -> list[str]:
    wanted = read_engagement_filter({name: [value] for name, value in values.items()})
    return [one.event_title for one in list_engagements(wanted)]


def test_each_filter_leaves_what_fits() -> None:
    topic = a_topic()
    an_engagement("A forum", kind="panel", host="North Works").topics.add(topic)
    an_engagement("B fair", date(2023, 2, 1), kind="stand", subject="Batteries")
    assert _found() == ["A forum", "B fair"]
    assert _found(kind="stand") == ["B fair"]
    assert _found(year="2024") == ["A forum"]
    assert _found(field=topic.slug) == ["A forum"]
    assert _found(q="north FORUM") == ["A forum"]
    assert _found(q="batteries") == ["B fair"]
    assert _found(year="x", kind="") == ["A forum", "B fair"]
    assert _found(year="99999999999") == ["A forum", "B fair"]


def test_a_year_is_counted_by_kind_and_month_and_a_month_that_nobody_knows_stands_last() -> None:
    an_engagement("Known", date(2024, 5, 14))
    an_engagement("Month", date(2024, 2, 1), precision="month", ends_on=date(2024, 2, 29), kind="panel")
    an_engagement("Year", date(2024, 1, 1), precision="year", ends_on=date(2024, 12, 31))
    an_engagement("Other year", date(2023, 5, 14))
    record = get_year_record(2024)
    assert record.kinds == ("speech", "panel")
    assert [(row.month, dict(row.counts)) for row in record.rows] == [
        (2, {"panel": 1}),
        (5, {"speech": 1}),
        (0, {"speech": 1}),
    ]
    assert dict(record.totals) == {"speech": 2, "panel": 1}
    assert record.total == 3


def test_an_unknown_reach_is_no_zero() -> None:
    an_engagement("Unknown")
    assert (get_year_record(2024).reached, get_year_record(2024).reach_unknown) == (None, 1)
    an_engagement("Known", reach=80, reach_source="The host's list")
    an_engagement("Nobody came", reach=0, reach_source="Counted")
    assert (get_year_record(2024).reached, get_year_record(2024).reach_unknown) == (80, 1)


def test_years_are_those_in_which_something_was_recorded() -> None:
    for year in (2022, 2024, 2024):
        an_engagement(on=date(year, 3, 1))
    assert list_engagement_years() == [2024, 2022]
    assert get_year_record(2021).total == 0
