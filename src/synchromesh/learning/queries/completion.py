"""What completes a course, as facts that a page puts into words beforehand, and how far one learner is with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from synchromesh.assessment.models import Attempt
from synchromesh.assessment.queries.attempts import counting_attempts
from synchromesh.learning.models import ContentVersion, EarnedAchievement, Enrolment, Unit
from synchromesh.learning.queries.outline import Outline, OutlineUnit, course_outline
from synchromesh.learning.queries.published_units import version_units
from synchromesh.learning.queries.steps import counted_units, is_session, needed_sessions
from synchromesh.learning.unit_kinds import DoneBy, unit_kinds


class Must(StrEnum):
    """What somebody must do in a unit: read it, go through it, hand it in, pass it, or be there."""

    READ = "read"
    REPORT = "report"
    HAND_IN = "hand-in"
    PASS = "pass"  # noqa: S105 (no password)
    ATTEND = "attend"


_MUST: Mapping[DoneBy, Must] = {
    DoneBy.READER: Must.READ,
    DoneBy.REPORT: Must.REPORT,
    DoneBy.INSTRUMENT: Must.HAND_IN,
    DoneBy.ATTENDANCE: Must.ATTEND,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUnit:
    """A unit that must be done, and how. `pass_percent` is the share of the points that passes, where one is needed."""

    key: str
    number: int
    titles: dict[str, str]
    kind: str
    must: Must
    pass_percent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionRule:
    """What completes a version: all of `units`, and `sessions_needed` of all its `sessions`.

    Where a share of the live sessions is asked for (`attendance_percent`), they are not among `units`.
    """

    units: tuple[RuleUnit, ...]
    attendance_percent: int | None
    sessions: int
    sessions_needed: int
    issues_credential: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUnitState:
    """One unit of the rule for one learner; `percent` is the result that counts so far, where there is one."""

    unit: RuleUnit
    is_done: bool
    waits_for_mark: bool
    percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionState:
    """How far a learner is with the rule. `percent` is 100 exactly when `is_complete`."""

    rule: CompletionRule
    units: tuple[RuleUnitState, ...]
    sessions_attended: int
    total: int
    done: int
    percent: int
    is_complete: bool
    completed_at: datetime | None
    achievement: EarnedAchievement | None


def completion_rule(version: ContentVersion) -> CompletionRule:
    """The rule of a version, for whoever thinks about beginning. One query, or none."""
    return _rule(course_outline(version), _pass_percents(version))


def outlined_rule(outline: Outline, tested: Sequence[Unit]) -> CompletionRule:
    """The rule of an outline that was read already; `tested` are the version's units with their instruments."""
    return _rule(outline, {unit.key: unit.instrument.pass_percent for unit in tested if unit.instrument})


def completion_state(enrolment: Enrolment) -> CompletionState:
    """The rule of the learner's version and what is done of it. Four queries, five for a new version.

    The caller has checked whose it is.
    """
    outline = course_outline(enrolment.version, enrolment=enrolment)
    instruments = {unit.key: unit for unit in _with_instruments(enrolment.version)}
    rule = _rule(outline, {key: unit.instrument.pass_percent for key, unit in instruments.items() if unit.instrument})
    counting = counting_attempts(occasions=[enrolment.uid])
    return CompletionState(
        rule=rule,
        units=tuple(
            RuleUnitState(
                unit=stated,
                is_done=outline.unit(stated.key).is_done,
                waits_for_mark=outline.unit(stated.key).waits_for_mark,
                percent=_percent_of(enrolment, instruments.get(stated.key), counting),
            )
            for stated in rule.units
        ),
        sessions_attended=sum(unit.is_done for unit in _sessions(outline.units)),
        total=outline.total,
        done=outline.done,
        percent=outline.percent,
        is_complete=outline.is_complete,
        completed_at=enrolment.completed_at,
        achievement=EarnedAchievement.objects.filter(enrolment=enrolment).first(),
    )


def attempt_percent(attempt: Attempt) -> Decimal | None:
    """Points as a share of the most, 0 to 100 with two decimals; None where nothing is counted, as in questionnaires.

    Rounded down, so that nobody reads the pass mark who has not reached it.
    """
    if attempt.points is None or not attempt.most_points:
        return None
    return Decimal(int(attempt.points * 10_000 / attempt.most_points)) / 100


def _rule(outline: Outline, pass_percents: Mapping[str, int | None]) -> CompletionRule:
    asked = outline.version.attendance_percent
    return CompletionRule(
        units=tuple(_rule_unit(unit, pass_percents) for unit in counted_units(outline.units, attendance_percent=asked)),
        attendance_percent=asked,
        sessions=len(_sessions(outline.units)),
        sessions_needed=needed_sessions(outline.units, attendance_percent=asked),
        issues_credential=outline.version.issues_credential,
    )


def _rule_unit(unit: OutlineUnit, pass_percents: Mapping[str, int | None]) -> RuleUnit:
    return RuleUnit(
        key=unit.key,
        number=unit.number,
        titles=unit.titles,
        kind=unit.kind,
        must=Must.PASS if unit.must_pass else _must(unit.kind),
        pass_percent=pass_percents.get(unit.key) if unit.must_pass else None,
    )


def _must(name: str) -> Must:
    """What the kind asks for; of a kind that this installation does not know (any more), to read it."""
    kind = unit_kinds().get(name)
    return _MUST[kind.DONE_BY] if kind is not None else Must.READ


def _sessions(units: Sequence[OutlineUnit]) -> list[OutlineUnit]:
    return [unit for unit in units if is_session(unit)]


def _with_instruments(version: ContentVersion) -> list[Unit]:
    return [unit for unit in version_units(version) if unit.instrument_id is not None]


def _pass_percents(version: ContentVersion) -> dict[str, int | None]:
    tested = [unit for unit in version_units(version) if unit.must_pass and unit.instrument is not None]
    return {unit.key: unit.instrument.pass_percent for unit in tested if unit.instrument is not None}


def _percent_of(
    enrolment: Enrolment, unit: Unit | None, counting: Mapping[tuple[UUID, int], Attempt]
) -> Decimal | None:
    if unit is None or unit.instrument_id is None:
        return None
    attempt = counting.get((enrolment.uid, unit.instrument_id))
    return attempt_percent(attempt) if attempt is not None else None
