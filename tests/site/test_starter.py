"""The content that ships: it loads without a problem, hangs together, and example content goes without a trace."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings
from tests.records import a_course, stored

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, CourseSkill, Run
from synchromesh.catalogue.operations.importing import CourseImporter
from synchromesh.catalogue.queries.availability import can_be_taken
from synchromesh.engine.errors import Conflict, NotAllowed, NotFound
from synchromesh.framework.models import Anchor, FrameworkVersion, JobRole, Requirement, Skill, Topic
from synchromesh.framework.operations.importing import FrameworkImporter, pack
from synchromesh.learning.operations.outline_editing import change_unit
from synchromesh.learning.operations.versions import create_draft, publish_version
from synchromesh.learning.queries.course_exports import list_learning_courses
from synchromesh.plumbing import imports
from synchromesh.plumbing.models import AuditEvent, ImportBatch
from synchromesh.site import starter

pytestmark = pytest.mark.django_db
WRITTEN_ON = date(2026, 11, 22)
LEVELS = (1, 2, 3)


def _importers() -> list[tuple[imports.Importer, str, bytes, str]]:
    folder = Path(settings.STARTER_DIR)
    tables = {
        name: (folder / "framework" / name).read_bytes() for name in ("skills.csv", "roles.csv", "requirements.csv")
    }
    return [
        (FrameworkImporter(), "framework.zip", pack(tables), "starter"),
        (CourseImporter(), "courses.csv", (folder / "catalogue" / "courses.csv").read_bytes(), "starter"),
        (CourseImporter(), "courses.csv", (folder / "example" / "courses.csv").read_bytes(), "example"),
    ]


@pytest.mark.usefixtures("starter_content")
def test_the_shipped_files_have_no_problem_and_are_all_in() -> None:
    for importer, name, content, source in _importers():
        plan = importer.plan(BytesIO(content), name=name, source=source, options={"confirm_links": True})
        assert plan.problems == ()
        assert (plan.counts["new"], plan.counts["changed"], plan.counts["error"]) == (0, 0, 0)
        assert plan.counts["same"] > 30


@pytest.mark.usefixtures("starter_content")
def test_loading_again_changes_nothing_and_leaves_no_trace() -> None:
    before = stored()
    for part in (*starter.load_starter(by=OPERATOR), *starter.load_examples(by=OPERATOR)):
        assert not part.counts.get("new"), part
        assert not part.counts.get("changed"), part
    assert stored() == before
    assert not ImportBatch.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.usefixtures("starter_content")
def test_the_shipped_content_is_as_large_as_its_description_says() -> None:
    assert Topic.objects.count() == 4
    assert Skill.objects.count() == 354
    assert JobRole.objects.count() == 57
    assert Requirement.objects.count() == 739
    assert Anchor.objects.count() == 354 * 3
    assert FrameworkVersion.objects.get().number == 1
    assert Course.objects.filter(origin="example").count() >= 60
    assert set(Course.objects.values_list("origin", flat=True)) == {"real", "starter", "example"}
    assert set(Skill.objects.values_list("origin", flat=True)) == {"starter"}


@pytest.mark.usefixtures("starter_content")
def test_every_level_of_every_required_skill_has_words_to_see_it_by() -> None:
    worded = {(anchor.skill_id, anchor.level) for anchor in Anchor.objects.all() if anchor.texts.get("en")}
    for requirement in Requirement.objects.select_related("skill"):
        for level in LEVELS:
            assert (requirement.skill_id, level) in worded, f"{requirement.skill.slug} level {level}"


@pytest.mark.usefixtures("starter_content")
def test_the_courses_for_a_skill_form_a_chain_from_0_also_without_the_real_ones() -> None:
    for origins in (("example", "real"), ("example",)):
        crossed = _crossed(origins)
        assert len(crossed) == 65
        for skill, levels in crossed.items():
            assert levels == set(range(1, max(levels) + 1)), f"{skill} with {origins}: {sorted(levels)}"


@pytest.mark.usefixtures("starter_content")
def test_no_real_course_that_is_over_is_the_only_way_to_a_level() -> None:
    crossed = _crossed(("example", "real"))
    for link in CourseSkill.objects.filter(course__origin="real").select_related("skill", "course"):
        if not can_be_taken(link.course, today=WRITTEN_ON):
            assert set(range(1, link.level + 1)) <= crossed[link.skill.slug], link.course.slug


def _crossed(origins: tuple[str, ...]) -> dict[str, set[int]]:
    """Which levels the courses that can still be taken lead to, by skill."""
    crossed: dict[str, set[int]] = defaultdict(set)
    links = CourseSkill.objects.exclude(confirmed_at=None).filter(course__origin__in=origins)
    for link in links.select_related("skill", "course").prefetch_related("course__runs"):
        if can_be_taken(link.course, today=WRITTEN_ON):
            entry = link.level - 1 if link.entry_level is None else link.entry_level
            crossed[link.skill.slug] |= set(range(entry + 1, link.level + 1))
    return crossed


@pytest.mark.usefixtures("starter_content")
def test_every_real_record_says_where_it_comes_from() -> None:
    for model in (Course, Organisation):
        for record in model.objects.filter(origin="real"):
            assert record.source, record
            assert record.source_url.startswith("http") or "address not known" in record.source, record
            assert record.source_on, record


@pytest.mark.usefixtures("starter_content")
def test_every_provider_of_a_course_is_marked_as_one() -> None:
    unmarked = Organisation.objects.exclude(courses=None).exclude(kinds__kind="provider")
    assert list(unmarked) == []


@pytest.mark.usefixtures("starter_content")
def test_example_links_lead_nowhere_real() -> None:
    for course in Course.objects.filter(origin="example"):
        assert course.url.startswith("https://example.org/"), course


@pytest.mark.usefixtures("starter_content")
def test_example_content_goes_in_one_command_and_comes_back_in_one() -> None:
    before = stored()
    removed = starter.remove_examples(by=OPERATOR)
    assert removed == {"courses": 60, "organisations": 8, "plan_steps": 0, "accounts": 0, "passports": 4}
    for model in (Course, Organisation):
        assert not model.objects.filter(origin="example").exists()
        assert model.objects.filter(origin="real").count() > 30
    assert Run.objects.exclude(course__origin="real").count() == 0
    after = stored()
    assert {name for name in after if after[name] != before[name]} == {
        "accounts.Organisation",
        "accounts.OrganisationKindOf",
        "catalogue.Course",
        "catalogue.CourseSkill",
        "catalogue.Course_topics",
        "catalogue.Run",
        "passports.LifeCycleEvent",
        "passports.Passport",
        "passports.PassportVersion",
    }
    assert [part.counts["new"] for part in starter.load_examples(by=OPERATOR)] == [8, 60, 3]
    assert {name: len(rows) for name, rows in stored().items()} == {name: len(rows) for name, rows in before.items()}


@pytest.mark.usefixtures("starter_content")
def test_an_example_provider_of_a_real_course_is_not_torn_away() -> None:
    provider = Organisation.objects.filter(origin="example").first()
    a_course("real-course", provider=provider)
    before = stored()
    with pytest.raises(Conflict, match="example provider"):
        starter.remove_examples(by=OPERATOR)
    assert stored() == before


def test_only_alliance_staff_load_and_remove_content(person: User) -> None:
    before = stored()
    for load in (starter.load_starter, starter.load_examples, starter.load_learning_courses, starter.remove_examples):
        with pytest.raises(NotAllowed):
            load(by=person)
    assert stored() == before


def test_a_missing_folder_says_which_setting_to_mend(settings: Settings, tmp_path: Path) -> None:
    settings.STARTER_DIR = tmp_path
    with pytest.raises(NotFound, match="SYNCHROMESH_STARTER_DIR"):
        starter.load_starter(by=OPERATOR)


@pytest.mark.usefixtures("starter_content")
def test_a_change_in_the_shipped_files_arrives_with_the_next_load(settings: Settings, tmp_path: Path) -> None:
    _copy(Path(settings.STARTER_DIR), tmp_path)
    settings.STARTER_DIR = tmp_path
    table = tmp_path / "framework" / "requirements.csv"
    text = table.read_text(encoding="utf-8")
    changed = text.replace("battery-technician,isolate-hv,2,", "battery-technician,isolate-hv,3,")
    assert changed != text
    table.write_text(changed, encoding="utf-8")
    part: Any = next(part for part in starter.load_starter(by=OPERATOR) if part.part == "framework")
    assert part.counts == {"new": 0, "changed": 1, "same": 1441, "error": 0}
    need = Requirement.objects.get(version__number=2, role__slug="battery-technician", skill__slug="isolate-hv")
    assert need.level == 3


def _copy(source: Path, target: Path) -> None:
    for file in source.rglob("*.csv"):
        copy = target / file.relative_to(source)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(file.read_bytes())


@pytest.mark.usefixtures("starter_content")
def test_the_shipped_course_is_starter_content_that_everybody_sees() -> None:
    (course,) = list_learning_courses()
    assert course["slug"] == "high-voltage-safety-awareness"
    assert course["skills"]
    shipped = Course.objects.get(slug=course["slug"])
    assert (shipped.origin, shipped.provider) == ("starter", None)
    assert shipped.published_at is not None


@pytest.mark.usefixtures("starter_content")
def test_a_shipped_course_that_people_went_on_with_is_kept(staff: User) -> None:
    course = Course.objects.get(slug="high-voltage-safety-awareness")
    draft = create_draft(by=staff, course=course)
    change_unit(by=staff, unit=draft.units.all()[0], minutes=9)
    assert starter.load_starter(by=OPERATOR)[-2].counts == {"new": 0, "changed": 0, "same": 0, "kept": 1, "error": 0}
    publish_version(by=staff, version=draft)
    assert starter.load_starter(by=OPERATOR)[-2].counts["kept"] == 1
    assert list(course.content_versions.values_list("number", flat=True)) == [2, 1]
