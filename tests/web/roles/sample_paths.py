"""Training paths built without a database, planned by the real engine, for the tests of what is printed from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course, Run
from synchromesh.catalogue.queries.offers import price_in_euro_cents
from synchromesh.engine.planning.path import find_path
from synchromesh.engine.planning.problem import Close, Offer, PathRequest, Teaching
from synchromesh.framework.models import JobRole, Requirement, Skill
from synchromesh.pathways.queries.gaps import Gap, GapRow
from synchromesh.pathways.queries.paths import ClosedSkill, PathStep, TrainingPath, Wishes
from synchromesh.places.models import Country

AUSTRIA = Country(pk=1, code="AT", names={"en": "Austria"})
GREECE = Country(pk=2, code="GR", names={"en": "Greece", "el": "Ελλάδα"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSkill:
    """One skill of the role: title, level had (None: not answered) and needed."""

    title: str
    have: int | None
    need: int
    origin: str = "real"
    is_proof: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCourse:
    """One course: titles, what it teaches (skill position, entry, level), and any other column in `columns`."""

    titles: Mapping[str, str]
    teaches: Sequence[tuple[int, int | None, int]]
    provider: str = "North Works"
    columns: Mapping[str, Any]
    run: Run | None = None


def english(title: str, *teaches: tuple[int, int | None, int], run: Run | None = None, **columns: Any) -> SampleCourse:
    """A course with an English title that costs EUR 240 and takes 8 hours unless `columns` say otherwise."""
    stated = {"price_cents": 24_000, "currency": "EUR", "minutes": 480, "languages": ["en"]} | columns
    return SampleCourse(titles={"en": title}, teaches=teaches, columns=stated, run=run)


def in_language(language: str, title: str, *teaches: tuple[int, int | None, int], **columns: Any) -> SampleCourse:
    """The same with a title only in `language`."""
    return replace(english(title, *teaches, **columns), titles={language: title})


def a_run(first: date | None, last: date | None = None, **columns: Any) -> Run:
    """A run in Graz unless `columns` say otherwise."""
    return Run(**({"starts_on": first, "ends_on": last, "place": "Graz", "country": AUSTRIA} | columns))


def a_path(
    skills: Sequence[SampleSkill],
    courses: Sequence[SampleCourse],
    *,
    role: str = "EV battery technician",
    role_origin: str = "real",
    wishes: Wishes | None = None,
) -> TrainingPath:
    """Plan the path over these courses, exactly as the site does."""
    wishes = wishes or Wishes()
    rows = [_row(number, skill) for number, skill in enumerate(skills)]
    gap = Gap(role=JobRole(pk=1, slug="role", titles={"en": role}, origin=role_origin), rows=tuple(rows))
    by_slug = {f"course-{number}": sample for number, sample in enumerate(courses)}
    stored = {slug: _course(number, slug, sample) for number, (slug, sample) in enumerate(by_slug.items())}
    request = PathRequest(
        needs=gap.needs(),
        offers=tuple(_offer(stored[slug], sample) for slug, sample in by_slug.items()),
        hour_value_cents=wishes.hour_value_cents,
        required=frozenset(wishes.use),
    )
    plan = find_path(request)
    skills_by_slug = {row.skill.slug: row.skill for row in rows}
    steps = [
        PathStep(
            number=number,
            course=stored[step.slug],
            closes=tuple(_closed(close, skills_by_slug, by_slug[step.slug]) for close in step.closes),
            next_run=by_slug[step.slug].run,
            chosen_by_person=step.slug in wishes.use,
        )
        for number, step in enumerate(plan.steps, start=1)
    ]
    return TrainingPath(
        gap=gap,
        wishes=wishes,
        plan=plan,
        request=request,
        steps=tuple(steps),
        unreachable=tuple((skills_by_slug[missing.skill], missing.level) for missing in plan.unreachable),
        courses=stored,
    )


def _closed(close: Close, skills: Mapping[str, Skill], sample: SampleCourse) -> ClosedSkill:
    entries = {f"skill-{skill}": entry for skill, entry, _ in sample.teaches}
    return ClosedSkill(
        skill=skills[close.skill],
        from_level=close.from_level,
        to_level=close.to_level,
        assumed_entry=entries[close.skill] is None,
    )


def _row(number: int, sample: SampleSkill) -> GapRow:
    skill = Skill(pk=number + 1, slug=f"skill-{number}", titles={"en": sample.title}, origin=sample.origin)
    return GapRow(
        requirement=Requirement(skill=skill, level=sample.need),
        have=sample.have or 0,
        answered=sample.have is not None,
        is_proof=sample.is_proof,
    )


def _course(number: int, slug: str, sample: SampleCourse) -> Course:
    provider = Organisation(pk=number + 1, slug=f"provider-{number}", name=sample.provider) if sample.provider else None
    return Course(pk=number + 1, slug=slug, titles=dict(sample.titles), provider=provider, **sample.columns)


def _offer(course: Course, sample: SampleCourse) -> Offer:
    return Offer(
        slug=course.slug,
        price_cents=price_in_euro_cents(course),
        minutes=course.minutes,
        teaches=tuple(
            Teaching(skill=f"skill-{skill}", entry=entry, level=level) for skill, entry, level in sample.teaches
        ),
    )


def a_usual_path() -> TrainingPath:
    """Twelve skills and six courses, titles in five languages, one skill that nobody teaches."""
    skills = [
        SampleSkill(title="Isolate a high-voltage battery", have=2, need=2, is_proof=True),
        SampleSkill(title="Read a battery management log", have=1, need=2),
        SampleSkill(title="Measure insulation resistance", have=0, need=2),
        SampleSkill(title="Spot thermal runaway and act on it", have=2, need=3),
        SampleSkill(title="Replace a battery module", have=3, need=2),
        SampleSkill(title="Pack and ship damaged cells under transport law", have=1, need=1),
        SampleSkill(title="Explain a fault to a customer", have=None, need=2),
        SampleSkill(title="Grade cells for a second life", have=None, need=1),
        SampleSkill(title="Test a traction inverter", have=0, need=1),
        SampleSkill(title="Update vehicle software safely", have=1, need=2),
        SampleSkill(title="Keep records for the battery passport", have=0, need=1),
        SampleSkill(title="Sort waste by the rules of the works", have=2, need=1),
    ]
    graz = a_run(date(2027, 5, 12), date(2027, 5, 14), deadline_on=date(2027, 4, 30))
    athens = a_run(date(2027, 6, 1), place="Αθήνα", country=GREECE)
    courses = [
        english(
            "Thermal events in traction batteries", (3, 2, 3), price_cents=0, minutes=360, languages=["en", "de", "cs"]
        ),
        in_language("cs", "Měření izolačního odporu: příručka pro začátečníky", (2, 0, 2), run=graz, languages=["cs"]),
        in_language(
            "el", "Διαχείριση μπαταριών και διάγνωση βλαβών", (1, 1, 2), (8, 0, 1), run=athens, languages=["el"]
        ),
        in_language(
            "bg", "Втори живот на батериите и паспорт на батерията", (7, None, 1), (10, 0, 1), languages=["bg"]
        ),
        english(
            "Software updates in the workshop", (9, None, 2), price_cents=None, currency="", minutes=None, languages=[]
        ),
        in_language(
            "de", "Kundengespräch für Technikerinnen und Techniker", (6, 0, 1), price_cents=12_050, languages=["de"]
        ),
    ]
    return a_path(skills, courses)
