"""Do the days of a battery's life follow each other?"""

from __future__ import annotations

from datetime import date

from synchromesh.engine.passport_models.examination import Examination

FIRST_YEAR = 2005  # lithium traction batteries in series are younger
_PAST = ("manufacturing_date", "market_date", "service_date", "declaration_date")


def examine(examination: Examination) -> None:
    """Report days after today, days before such batteries were made, and days in the wrong order."""
    for key in _PAST:
        day = examination.day(key)
        if day is not None and day > examination.today:
            examination.report(key, "in_future", value=day.isoformat(), today=examination.today.isoformat())
        elif day is not None and day.year < FIRST_YEAR:
            examination.report(key, "too_early", value=day.isoformat())
    _not_before(examination, "market_date", "manufacturing_date")
    _not_before(examination, "service_date", "market_date")
    _not_before(examination, "service_date", "manufacturing_date")
    declared, sold = examination.day("declaration_date"), examination.day("market_date")
    if declared is not None and sold is not None and declared > sold:
        examination.report("declaration_date", "declaration_late", value=declared.isoformat(), day=sold.isoformat())
    made = examination.day("manufacturing_date")
    if made is not None:
        _events_after(examination, made)
        _values_after(examination, made)


def _not_before(examination: Examination, later: str, earlier: str) -> None:
    second, first = examination.day(later), examination.day(earlier)
    if second is not None and first is not None and second < first:
        other = earlier.replace("_", " ")
        examination.report(later, "dates_order", value=second.isoformat(), other=other, day=first.isoformat())


def _events_after(examination: Examination, made: date) -> None:
    for key in ("negative_events", "repairs"):
        for place, row in enumerate(examination.rows(key), start=1):
            day: date | None = row.get("day")
            if day is not None and day > examination.today:
                today = examination.today.isoformat()
                examination.report(key, "in_future", place, value=day.isoformat(), today=today)
            elif day is not None and day < made:
                examination.report(key, "day_before_made", place, value=day.isoformat(), made=made.isoformat())


def _values_after(examination: Examination, made: date) -> None:
    """A value of use cannot be older than the battery; ISO days compare like texts."""
    born = made.isoformat()
    for key, stated in examination.passport.values.items():
        if not stated.at and not stated.history:
            continue
        days = [reading.at for reading in stated.history] if stated.history else []
        earliest = min([*days, stated.at] if stated.at else days, default="")
        if earliest and earliest[:10] < born and key not in examination.doubted:
            examination.report(key, "day_before_made", value=earliest, made=born)
