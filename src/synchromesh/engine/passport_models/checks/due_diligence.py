"""Is the report on responsible sourcing of a year that can be, and is its audit somebody else's?"""

from __future__ import annotations

from synchromesh.engine.passport_models.examination import Examination

OLDEST_REPORT = 3  # years


def examine(examination: Examination) -> None:
    """Report a year that has not ended, an old report, and an assurance that is the report itself."""
    year = examination.number("due_diligence_year")
    if year is not None and year >= examination.today.year + 1:
        examination.report("due_diligence_year", "year_in_future", value=int(year))
    elif year is not None and year < examination.today.year - OLDEST_REPORT:
        examination.report("due_diligence_year", "report_outdated", value=int(year))
    report, assurance = examination.text("due_diligence_report"), examination.text("third_party_assurance")
    if report and report == assurance:
        examination.report("third_party_assurance", "assurance_is_report")
