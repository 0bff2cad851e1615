"""What a pilot measured: numbers with 95 % intervals, about those alone who agreed to share their answers.

Fewer than five people are never broken down. Of each test the first finished attempt counts, since further ones would
measure the test and not the course.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from synchromesh.assessment.models import Attempt, Instrument
from synchromesh.engine.errors import NotFound
from synchromesh.engine.statistics.intervals import Interval, paired_difference_interval, share_interval
from synchromesh.learning.models import Enrolment, EnrolmentState, Pilot
from synchromesh.learning.permissions import may_see_learners
from synchromesh.learning.queries.pilot_answers import QuestionSpread, question_spreads
from synchromesh.learning.queries.pilot_units import UnitTrouble, unit_troubles, with_unit_records
from synchromesh.plumbing.audit import Actor

LEAST_SHOWN = 5
"""The smallest group that numbers are told about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`count` of `of` people, in percent, with Wilson's interval."""

    count: int
    of: int
    percent: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """The mean of `n` people with Student's interval: a result in percent, or a gain in percentage points."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageGroup:
    """Those who learn in one language; `gain` is None where fewer than five took both tests."""

    language: str
    people: int
    completed: Share | None
    gain: Mean | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotReport:
    """Everything about one pilot. `enrolled` counts all who began, `sharing` those whom the rest is about.

    `pairs` took both tests; `before`, `after` and `gain` are about them. `languages` is empty where one of the groups
    would have fewer than five people, since it could be told from the others and the whole.
    """

    pilot: Pilot
    enrolled: int
    sharing: int
    completed: Share | None
    pairs: int
    before: Mean | None
    after: Mean | None
    gain: Mean | None
    questions: tuple[QuestionSpread, ...]
    units: tuple[UnitTrouble, ...]
    languages: tuple[LanguageGroup, ...]

    @property
    def measured(self) -> int:
        """Learners that a decision rests on: those who took both tests, or all who share where there are no tests."""
        return self.pairs if self.pilot.before_test_id is not None else self.sharing

    @property
    def has_enough_learners(self) -> bool:
        """Whether there are as many as the plan asks for."""
        return self.measured >= self.pilot.least_learners

    @property
    def reaches_least_gain(self) -> bool | None:
        """Whether even the lower end of the interval reaches the gain that the plan asks for; None where unknown."""
        return None if self.gain is None else self.gain.low >= self.pilot.least_gain


def pilot_report(pilot: Pilot, *, visible_to: Actor, now: datetime) -> PilotReport:
    """What a pilot measured up to now, for tutors and authors of the course. Raises NotFound for others."""
    if not may_see_learners(visible_to, pilot.version.course):
        raise NotFound("There is no such pilot.")
    took_part = Enrolment.objects.filter(version=pilot.version_id).exclude(state=EnrolmentState.WAITING)
    first_rounds: dict[int, Enrolment] = {}
    for enrolment in with_unit_records(took_part).order_by("round", "pk"):
        first_rounds.setdefault(enrolment.person_id, enrolment)
    sharing = [row for row in first_rounds.values() if row.shares_pilot_answers]
    results = _test_results(pilot, sharing)
    pairs = list(results.values())
    is_shown = len(sharing) >= LEAST_SHOWN
    return PilotReport(
        pilot=pilot,
        enrolled=len(first_rounds),
        sharing=len(sharing),
        completed=_completed(sharing),
        pairs=len(pairs),
        before=_mean([(0.0, before) for before, _ in pairs]),
        after=_mean([(0.0, after) for _, after in pairs]),
        gain=_mean(pairs),
        questions=_questions(pilot, sharing) if is_shown else (),
        units=tuple(unit_troubles(pilot, sharing, least=LEAST_SHOWN, now=now)) if is_shown else (),
        languages=tuple(_languages(sharing, results)),
    )


def _completed(people: Sequence[Enrolment]) -> Share | None:
    """Who completed the course, of these people; None for fewer than five."""
    count = sum(row.state == EnrolmentState.COMPLETED for row in people)
    found = share_interval(count, len(people))
    if found is None or len(people) < LEAST_SHOWN:
        return None
    percent, low, high = (100 * value for value in (found.estimate, found.low, found.high))
    return Share(count=count, of=len(people), percent=percent, low=low, high=high)


def _mean(pairs: Sequence[tuple[float, float]]) -> Mean | None:
    """The mean difference within the pairs; None for fewer than five."""
    found: Interval | None = paired_difference_interval(pairs) if len(pairs) >= LEAST_SHOWN else None
    return None if found is None else Mean(mean=found.estimate, low=found.low, high=found.high, n=found.n)


def _test_results(pilot: Pilot, people: Sequence[Enrolment]) -> Mapping[UUID, tuple[float, float]]:
    """The results before and after, in percent, of those who took both tests; by the uid of their enrolment."""
    if pilot.before_test_id is None or pilot.after_test_id is None:
        return {}
    tests = (pilot.before_test_id, pilot.after_test_id)
    finished = Attempt.objects.filter(
        instrument__in=tests, occasion__in=[row.uid for row in people], marked_at__isnull=False, most_points__gt=0
    )
    first: dict[tuple[UUID, int], float] = {}
    columns = ("occasion", "instrument_id", "points", "most_points")
    for occasion, test, points, most in finished.order_by("number", "pk").values_list(*columns):
        first.setdefault((occasion, test), float(100 * (points or 0) / most))
    both = [row.uid for row in people if all((row.uid, test) in first for test in tests)]
    return {uid: (first[uid, tests[0]], first[uid, tests[1]]) for uid in both}


def _questions(pilot: Pilot, people: Sequence[Enrolment]) -> tuple[QuestionSpread, ...]:
    questionnaire: Instrument | None = pilot.questionnaire
    if questionnaire is None:
        return ()
    return tuple(question_spreads(questionnaire, [row.uid for row in people], least=LEAST_SHOWN))


def _languages(people: Sequence[Enrolment], results: Mapping[UUID, tuple[float, float]]) -> Iterable[LanguageGroup]:
    groups: dict[str, list[Enrolment]] = {}
    for row in people:
        groups.setdefault(row.language, []).append(row)
    if len(groups) < 2 or min(map(len, groups.values())) < LEAST_SHOWN:
        return
    pairs = {language: [results[row.uid] for row in rows if row.uid in results] for language, rows in groups.items()}
    # A gain that is told of one group only could be taken from the whole: all or none.
    tells_gain = min(map(len, pairs.values())) >= LEAST_SHOWN
    for language, rows in sorted(groups.items()):
        gain = _mean(pairs[language]) if tells_gain else None
        yield LanguageGroup(language=language, people=len(rows), completed=_completed(rows), gain=gain)
