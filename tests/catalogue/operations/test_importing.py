"""The course import: counts, differences, runs, links and their confirmation, providers, and the way back."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from tests.records import (
    a_role,
    a_skill,
    a_topic,
    commit_feed,
    course_row,
    csv_file,
    preview_feed,
    stored,
    undo_feed,
)

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, CourseSkill, Run
from synchromesh.catalogue.operations.importing import CourseImporter
from synchromesh.catalogue.queries.exports import catalogue_csv
from synchromesh.engine.errors import Conflict
from synchromesh.framework.models import Skill
from synchromesh.places.models import Country, Region
from synchromesh.plumbing import imports
from synchromesh.plumbing.imports import ImportPlan

pytestmark = pytest.mark.django_db

FULL: dict[str, object] = {
    "id": "c1",
    "title": "Hochvolt freischalten",
    "text_language": "de",
    "provider": "South School",
    "provider_country": "AT",
    "record_type": "seminar",
    "topics": "battery",
    "summary": "Zwei Tage.",
    "description": "Mehr Text.",
    "outcomes": "Freischalten; Prüfen",
    "languages": "de; en",
    "subtitles": "cs",
    "mode": "on-site",
    "minutes": 960,
    "workload_text": "2 days",
    "price": "240.50",
    "currency": "EUR",
    "price_text": "plus VAT",
    "certificate": "certificate",
    "eqf_min": 4,
    "eqf_max": 5,
    "eqf_text": "EQF 4-5",
    "ects": "2.25",
    "url": "https://example.org/c1",
    "skills": 'isolate-hv 0>2 "freizuschalten"; weld-parts 1',
    "run_id": "r1",
    "run_starts_on": "2027-05-04",
    "run_ends_on": "2027-05-05",
    "run_country": "AT",
    "run_nuts": "AT22",
    "run_place": "Graz",
    "run_language": "de",
    "run_mode": "on-site",
    "run_deadline_on": "2027-04-01",
    "run_seats": 0,
    "source": "south.example",
    "source_url": "https://example.org/",
    "source_on": "2026-11-22",
}


@pytest.fixture(autouse=True)
def _known_words() -> None:
    a_topic("battery")
    a_topic("hydrogen", position=1)
    a_skill("isolate-hv")
    a_skill("weld-parts")
    austria = Country.objects.create(code="AT", names={"en": "Austria"})
    Region.objects.create(code="AT22", level=2, name="Steiermark", country=austria)


def _changes(plan: ImportPlan) -> dict[str, tuple[str, str]]:
    return {change.field: (change.before, change.after) for row in plan.rows for change in row.changes}


def _changed(**cells: object) -> bytes:
    return csv_file(FULL | cells)


def test_every_column_of_the_template_arrives() -> None:
    batch = commit_feed(csv_file(FULL))
    assert batch.problems == []
    course = Course.objects.get()
    assert course.titles == {"de": "Hochvolt freischalten"}
    assert course.outcomes == {"de": ["Freischalten", "Prüfen"]}
    assert (course.price_cents, course.currency, course.minutes, str(course.ects)) == (24050, "EUR", 960, "2.25")
    assert (course.languages, course.subtitles, course.mode) == (["de", "en"], ["cs"], "on-site")
    assert [topic.slug for topic in course.topics.all()] == ["battery"]
    assert (course.slug, course.import_source, course.external_id) == ("hochvolt-freischalten", "north", "c1")
    assert course.published_at is not None
    assert course.last_confirmed_on == date(2026, 11, 22)
    run = Run.objects.select_related("country", "region").get()
    assert (run.external_id, run.starts_on, run.place, run.seats) == ("r1", date(2027, 5, 4), "Graz", 0)
    assert run.country is not None
    assert run.region is not None
    assert (run.country.code, run.region.code) == ("AT", "AT22")
    links = {link.skill.slug: (link.entry_level, link.level, link.quote, link.method) for link in _links()}
    assert links == {"isolate-hv": (0, 2, "freizuschalten", "import"), "weld-parts": (None, 1, "", "import")}


def _links() -> list[CourseSkill]:
    return list(CourseSkill.objects.select_related("skill").order_by("skill__slug"))


def test_counts_say_what_is_new_changed_the_same_and_left_out() -> None:
    commit_feed(csv_file(course_row("c1"), course_row("c2", minutes=60)))
    file = csv_file(course_row("c1"), course_row("c2", minutes=90), course_row("c3"), course_row("c4", minutes="long"))
    batch, plan = preview_feed(file)
    assert plan.counts == {"new": 1, "changed": 1, "same": 1, "error": 1}
    assert batch.counts == plan.counts
    assert [(row.label, row.effect) for row in plan.rows] == [
        ("Course c1", "same"),
        ("Course c2", "changed"),
        ("Course c3", "new"),
    ]
    (problem,) = plan.problems
    assert (problem.position, problem.field) == ("row 5", "minutes")
    commit_feed(file)
    assert set(Course.objects.values_list("external_id", flat=True)) == {"c1", "c2", "c3"}


def test_the_same_feed_again_is_all_the_same_and_writes_nothing() -> None:
    commit_feed(csv_file(FULL))
    before = stored()
    batch = commit_feed(csv_file(FULL))
    assert batch.counts == {"new": 0, "changed": 0, "same": 1, "error": 0}
    assert stored() == before


@pytest.mark.parametrize(
    ("cells", "field", "before", "after"),
    [
        ({"minutes": 480}, "minutes", "960", "480"),
        ({"title": "Freischalten"}, "titles", "de: Hochvolt freischalten", "de: Freischalten"),
        ({"price": "free"}, "price_cents", "24050", "0"),
        ({"provider": "East School"}, "provider", "South School", "East School"),
        ({"provider": ""}, "provider", "South School", "empty"),
        ({"topics": "hydrogen"}, "topics", "battery", "hydrogen"),
        ({"languages": "de"}, "languages", "de; en", "de"),
        ({"skills": "isolate-hv 2; weld-parts 1"}, "skills", "isolate-hv 0>2 freizuschalten", "isolate-hv 2"),
        ({"ects": "2.5"}, "ects", "2.25", "2.5"),
    ],
)
def test_a_preview_shows_each_column_that_changes(
    cells: dict[str, object], field: str, before: str, after: str
) -> None:
    commit_feed(csv_file(FULL))
    _, plan = preview_feed(_changed(**cells))
    assert _changes(plan) == {field: (before, after)}
    commit_feed(_changed(**cells))
    assert _changes(preview_feed(_changed(**cells))[1]) == {}


def test_runs_are_added_changed_and_removed_with_the_feed() -> None:
    commit_feed(csv_file(FULL, {"id": "c1", "run_id": "r2", "run_starts_on": "2027-09-01"}))
    kept = Run.objects.get(external_id="r2")
    file = csv_file(
        FULL | {"run_id": "r2", "run_starts_on": "2027-09-02", "run_ends_on": "", "run_deadline_on": ""},
        {"id": "c1", "run_id": "r3", "run_dates_text": "autumn 2027"},
    )
    _, plan = preview_feed(file)
    assert set(_changes(plan)) == {"runs"}
    before, after = _changes(plan)["runs"]
    assert "r1: " in before
    assert "2027-09-02" in after
    commit_feed(file)
    assert set(Run.objects.values_list("external_id", "starts_on", "dates_text")) == {
        ("r2", date(2027, 9, 2), ""),
        ("r3", None, "autumn 2027"),
    }
    assert Run.objects.get(external_id="r2").uid == kept.uid


def test_undo_takes_back_courses_runs_links_and_the_provider_that_came_along() -> None:
    before = stored()
    batch = commit_feed(csv_file(FULL, course_row("c2", provider="South School")))
    provider = Organisation.objects.get()
    assert (provider.name, provider.slug, [kind.kind for kind in provider.kinds.all()]) == (
        "South School",
        "south-school",
        ["provider"],
    )
    assert provider.country is not None
    assert provider.country.code == "AT"
    undo_feed(batch)
    assert stored() == before


def test_undo_of_a_changing_feed_restores_every_column_run_and_link() -> None:
    commit_feed(csv_file(FULL, {"id": "c1", "run_id": "r2", "run_starts_on": "2027-09-01"}), confirm_links=True)
    before = stored()
    batch = commit_feed(_changed(title="New", skills="weld-parts 2", topics="hydrogen", run_seats=9, ects=""))
    assert stored() != before
    undo_feed(batch)
    assert stored() == before


def test_undo_is_refused_once_somebody_belongs_to_the_provider(person: User) -> None:
    batch = commit_feed(csv_file(FULL))
    Membership.objects.create(person=person, organisation=Organisation.objects.get())
    before = stored()
    with pytest.raises(Conflict, match="in use by now"):
        undo_feed(batch)
    assert stored() == before


def test_a_provider_that_is_known_is_taken_whatever_its_case() -> None:
    known = Organisation.objects.create(slug="s", name="SOUTH school")
    commit_feed(csv_file(FULL))
    assert Course.objects.get().provider == known
    assert Organisation.objects.count() == 1
    assert preview_feed(csv_file(FULL))[1].counts["same"] == 1


def test_a_provider_that_was_renamed_here_is_found_again() -> None:
    commit_feed(csv_file(FULL))
    Organisation.objects.update(name="South School of Graz")
    assert preview_feed(csv_file(FULL))[1].counts["same"] == 1
    commit_feed(csv_file(FULL, course_row("c2", provider="South School")))
    assert Organisation.objects.count() == 1


def test_links_are_suggestions_until_somebody_has_checked_them() -> None:
    commit_feed(csv_file(FULL))
    assert [link.confirmed_at for link in _links()] == [None, None]
    _, plan = preview_feed(csv_file(FULL), confirm_links=True)
    assert _changes(plan) == {"skills confirmed": ("empty", "isolate-hv 0>2 freizuschalten; weld-parts 1")}
    commit_feed(csv_file(FULL), confirm_links=True)
    assert all(link.confirmed_at and link.confirmed_by == "operator" for link in _links())
    assert preview_feed(csv_file(FULL), confirm_links=True)[1].counts["same"] == 1


def test_a_confirmed_link_stays_confirmed_while_the_feed_says_the_same() -> None:
    commit_feed(csv_file(FULL), confirm_links=True)
    before = {link.pk: link.confirmed_at for link in _links()}
    commit_feed(_changed(minutes=30, source_on="2026-12-01"))
    assert {link.pk: link.confirmed_at for link in _links()} == before


def test_a_link_that_changes_loses_its_confirmation() -> None:
    commit_feed(csv_file(FULL), confirm_links=True)
    commit_feed(_changed(skills='isolate-hv 1>2 "freizuschalten"; weld-parts 1'))
    isolate, weld = _links()
    assert (isolate.confirmed_at, isolate.confirmed_by) == (None, "")
    assert weld.confirmed_at is not None


def test_a_feed_never_changes_or_removes_links_that_people_made() -> None:
    commit_feed(csv_file(FULL | {"skills": ""}))
    by_hand = CourseSkill.objects.create(
        course=Course.objects.get(), skill=a_skill("drive"), level=2, confirmed_at=timezone.now(), confirmed_by="p"
    )
    assert preview_feed(csv_file(FULL | {"skills": ""}))[1].counts["same"] == 1
    commit_feed(csv_file(FULL | {"skills": "drive 1"}), confirm_links=True)
    by_hand.refresh_from_db()
    assert (by_hand.level, by_hand.method) == (2, "hand")


def test_a_suggested_link_gives_way_to_what_the_source_states_and_comes_back_with_undo() -> None:
    commit_feed(csv_file(FULL | {"skills": ""}))
    guess = {"course": Course.objects.get(), "skill": a_skill("drive"), "level": 2, "method": "suggested"}
    CourseSkill.objects.create(**guess)
    before = stored()
    batch = commit_feed(csv_file(FULL | {"skills": "drive 1"}))
    assert [(link.level, link.method) for link in _links()] == [(1, "import")]
    undo_feed(batch)
    assert stored() == before


def test_names_that_nobody_here_has_are_reported_and_the_course_loads_without_them() -> None:
    unknown = {"skills": "no-such-skill 2", "topics": "magic", "run_nuts": "AT99", "run_country": "JP"}
    batch = commit_feed(csv_file(course_row("c1", provider="Far", provider_country="KR", run_id="r", **unknown)))
    assert {(problem["position"], problem["field"]) for problem in batch.problems} == {
        ("row 2", field) for field in ("skills", "topics", "run_nuts", "run_country", "provider_country")
    }
    assert batch.counts == {"new": 1, "changed": 0, "same": 0, "error": 0}
    assert Course.objects.get().skill_links.count() == 0
    assert Run.objects.get().country is None


@pytest.mark.parametrize("unknown", ["isolate-hw", "isolating-hv", "high-voltage-isolate", "isolate-a-high-voltag"])
def test_a_skill_that_is_nearly_called_so_is_proposed(unknown: str) -> None:
    Skill.objects.filter(slug="isolate-hv").update(titles={"en": "Isolate a high-voltage system"})
    a_role("technician", {"isolate-hv": 2})
    problems = preview_feed(csv_file(course_row(skills=f"{unknown} 2")))[1].problems
    assert [problem.message for problem in problems] == [
        f"There is no skill '{unknown}'. The link is left out. Did you mean 'isolate-hv'?"
    ]
    (problem,) = preview_feed(csv_file(course_row(skills="paint-fences 2")))[1].problems
    assert problem.message == "There is no skill 'paint-fences'. The link is left out."


def test_an_unknown_column_is_reported_and_leaves_no_row_out() -> None:
    batch, plan = preview_feed(csv_file(course_row(colour="red")))
    assert [(problem.position, problem.field) for problem in plan.problems] == [("file", "colour")]
    assert batch.counts == {"new": 1, "changed": 0, "same": 0, "error": 0}


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"price": "30000000"}, "price_cents"),
        ({"record_type": "x" * 81}, "record_type"),
        ({"provider": "x" * 201}, "name"),
        ({"ects": "1.125"}, "ects"),
        ({"run_place": "x" * 201}, "place"),
        ({"source": "x" * 201}, "source"),
    ],
)
def test_a_row_that_the_database_cannot_hold_stays_out(cells: dict[str, Any], field: str) -> None:
    batch = commit_feed(csv_file(course_row("c1", **cells), course_row("c2")))
    assert (batch.problems[0]["position"], batch.problems[0]["field"]) == ("row 2", field)
    assert {problem["position"] for problem in batch.problems} == {"row 2"}
    assert batch.counts == {"new": 1, "changed": 0, "same": 0, "error": 1}
    assert [course.external_id for course in Course.objects.all()] == ["c2"]


def test_two_courses_of_one_title_get_two_addresses() -> None:
    commit_feed(csv_file({"id": "a", "title": "Weld"}, {"id": "b", "title": "Weld"}, {"id": "c", "title": "Сварка"}))
    assert set(Course.objects.values_list("slug", flat=True)) == {"weld", "weld-2", "c"}


def test_the_same_id_of_another_source_is_another_course() -> None:
    commit_feed(csv_file(course_row("c1")))
    batch, plan = imports.preview(
        CourseImporter(), by=OPERATOR, file=BytesIO(csv_file(course_row("c1"))), name="c.csv", source="west"
    )
    assert plan.counts["new"] == 1
    imports.commit(CourseImporter(), by=OPERATOR, batch=batch)
    assert Course.objects.count() == 2


def test_an_exported_catalogue_imported_again_is_all_the_same() -> None:
    commit_feed(csv_file(FULL, {"id": "c1", "run_id": "r2", "run_dates_text": "any"}, course_row("c2", price="free")))
    third = course_row("c3", title='=SUM("x"); a', summary="line\nbreak", text_language="cs")
    commit_feed(csv_file(third), complete=False)
    before = stored()
    batch, plan = preview_feed(catalogue_csv())
    assert plan.counts == {"new": 0, "changed": 0, "same": 3, "error": 0}
    imports.commit(CourseImporter(), by=OPERATOR, batch=batch)
    assert stored() == before


def test_texts_in_several_languages_arrive_and_an_unknown_one_is_found() -> None:
    german = "Die Teilnehmenden lernen, wie man Batterien sicher öffnet und wieder verschließt."
    commit_feed(csv_file(course_row("c1", title="Batterien", description=german)))
    assert Course.objects.get().titles == {"de": "Batterien"}


def test_a_source_that_looked_again_confirms_its_course() -> None:
    commit_feed(csv_file(FULL))
    commit_feed(_changed(source_on="2026-12-01"))
    course = Course.objects.get()
    assert (course.last_confirmed_on, course.confirmed_by) == (date(2026, 12, 1), "north")
    commit_feed(_changed(source_on="2026-11-01"))
    assert Course.objects.get().last_confirmed_on == date(2026, 12, 1)
