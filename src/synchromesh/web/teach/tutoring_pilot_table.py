"""The report of a pilot as a table to take away: one row for each number, with its interval where it has one."""

from __future__ import annotations

from collections.abc import Iterable

from synchromesh.learning.queries.pilot_report import Mean, PilotReport, Share
from synchromesh.plumbing.translated_text import in_language

COLUMNS = ("part", "about", "measure", "people", "value", "low_95", "high_95", "unit")
Row = tuple[str, str, str, int | None, float | str | None, float | None, float | None, str]


def pilot_rows(report: PilotReport, *, language: str) -> Iterable[Row]:
    """Rows below `COLUMNS`. What is about fewer than five people is not in the report and so not here."""
    yield "pilot", "", "enrolled", None, report.enrolled, None, None, "people"
    yield "pilot", "", "share their answers", None, report.sharing, None, None, "people"
    yield "pilot", "", "took both tests", None, report.pairs, None, None, "people"
    yield from _share("pilot", "", report.completed)
    for name, mean in (("before", report.before), ("after", report.after), ("gain", report.gain)):
        yield from _mean("pilot", "", name, mean)
    for group in report.languages:
        yield from _share("language", group.language, group.completed)
        yield from _mean("language", group.language, "gain", group.gain)
    yield from _units(report, language)
    yield from _questions(report, language)


def _share(part: str, about: str, share: Share | None) -> Iterable[Row]:
    if share is not None:
        low, high = _rounded(share.low), _rounded(share.high)
        yield part, about, "completed", share.of, _rounded(share.percent), low, high, "percent"


def _mean(part: str, about: str, measure: str, mean: Mean | None) -> Iterable[Row]:
    if mean is not None:
        unit = "percentage points" if measure == "gain" else "percent"
        yield part, about, measure, mean.n, _rounded(mean.mean), _rounded(mean.low), _rounded(mean.high), unit


def _units(report: PilotReport, language: str) -> Iterable[Row]:
    for unit in report.units:
        title = in_language(unit.titles, language).text or unit.key
        numbers = (
            ("opened", unit.seen, "people"),
            ("said that they are stuck", unit.stuck_reports, "reports"),
            ("time taken, median", unit.median_seconds, "seconds"),
            ("stopped here", unit.stopped_here, "people"),
        )
        for measure, value, counted in numbers:
            if value is not None:
                yield "unit", title, measure, unit.seen, value, None, None, counted


def _questions(report: PilotReport, language: str) -> Iterable[Row]:
    for question in report.questions:
        prompt = in_language(dict(question.prompts), language).text or question.key
        for choice in question.choices:
            answer = in_language(dict(choice.texts), language).text or choice.key
            yield "questionnaire", prompt, answer, question.n, _rounded(choice.percent), None, None, "percent"
        for words in question.words:
            yield "questionnaire", prompt, "in words", question.n, words, None, None, ""


def _rounded(value: float) -> float:
    return round(value, 1)
