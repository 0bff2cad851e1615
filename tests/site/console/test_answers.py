"""Each answer has the keys that the glossary promises, and no others than the ones named here."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.records import a_course, a_provider, a_role, a_run, course_row, csv_file
from tests.site.console.conftest import Command

from synchromesh.accounts.models import User
from synchromesh.engine.exchange.frameworks import read_framework
from synchromesh.framework.models import Skill
from synchromesh.site.console.pathing import path_answer
from synchromesh.site.starter_community import PARTS

pytestmark = pytest.mark.django_db

PATH = {
    "role", "gap", "courses", "minutes", "price_cents", "at_least", "objective", "bound", "proved", "unreachable",
}  # fmt: skip
COURSE = {"uid", "title", "provider", "minutes", "price_cents", "currency", "closes"}
# Beyond the promise: what is needed to act on an answer, and the mark of content that is not real.
MORE_OF_PATH = {"currency"}
MORE_OF_COURSE = {"slug", "origin"}


@pytest.fixture
def _content() -> None:
    provider = a_provider()
    a_run(a_course("weld-1", {"weld": (0, 1)}, provider=provider, minutes=720, price_cents=0), None)
    a_course("weld-2", {"weld": (None, 2)}, origin="example", price_cents=None, currency="")
    a_role("technician", {"weld": 2, "drive": 1})


@pytest.mark.usefixtures("_content")
def test_path_has_the_promised_keys_and_values(command: Command) -> None:
    answer = command("path", "--role", "technician", "--have", "weld=0", "--json").answer
    assert set(answer) == PATH | MORE_OF_PATH
    role = answer["role"]
    assert (set(role), role["slug"], role["title"]) == ({"uid", "slug", "title"}, "technician", "Technician")
    assert answer["gap"] == [{"skill": "drive", "have": 0, "need": 1}, {"skill": "weld", "have": 0, "need": 2}]
    first, second = answer["courses"]
    assert set(first) == set(second) == COURSE | MORE_OF_COURSE
    assert (first["provider"], first["minutes"], first["price_cents"], first["currency"]) == (
        "South School",
        720,
        0,
        "EUR",
    )
    assert first["closes"] == [{"skill": "weld", "from": 0, "to": 1}]
    assert (second["provider"], second["price_cents"], second["currency"], second["origin"]) == (
        None,
        None,
        None,
        "example",
    )
    assert (answer["minutes"], answer["price_cents"], answer["at_least"]) == (780, 0, True)
    assert (answer["objective"], answer["bound"], answer["proved"]) == (260.0, 260.0, True)
    assert answer["unreachable"] == [{"skill": "drive", "level": 1}]


@pytest.mark.usefixtures("_content")
@pytest.mark.parametrize("level", ["2", "Practitioner", "practitioner"])
def test_levels_are_read_as_number_or_name(command: Command, level: str) -> None:
    answer = command("path", "--role", "technician", "--have", f"weld={level}", "--have", "drive=1").answer
    assert (answer["gap"], answer["courses"], answer["objective"]) == ([], [], 0.0)


@pytest.mark.usefixtures("_content")
def test_roles_and_skills_are_taken_by_uid_too(command: Command) -> None:
    by_slug = command("path", "--role", "technician", "--have", "weld=1").answer
    skill = str(Skill.objects.get(slug="weld").uid)
    assert command("path", "--role", by_slug["role"]["uid"], "--have", f"{skill}=1").answer == by_slug


def test_framework_export_as_json_has_the_promised_keys(command: Command) -> None:
    a_role("technician", {"weld": 2})
    answer = command("framework", "export", "--format", "json").answer
    assert set(answer) == {"version", "levels", "families", "skills", "roles"}
    assert set(answer["skills"][0]) == {
        "uid", "slug", "kind", "labels", "anchors", "esco", "descriptions", "fields", "origin",
    }  # fmt: skip
    assert set(answer["roles"][0]) == {
        "uid", "slug", "family", "requirements", "units", "labels", "summaries", "fields", "eqf", "esco", "origin",
    }  # fmt: skip


def test_framework_export_as_csv_is_a_zip_that_reads_back(command: Command) -> None:
    a_role("technician", {"weld": 2})
    exported = command("framework", "export", "--format", "csv").output
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        document = read_framework({name: archive.read(name) for name in archive.namelist()})
    assert document.problems == ()
    assert [(row.role, row.skill, row.level) for row in document.requirements] == [("technician", "weld", 2)]


@pytest.mark.usefixtures("_content")
def test_catalogue_export_has_providers_courses_and_runs(command: Command) -> None:
    answer = command("catalogue", "export", "--format", "json").answer
    assert set(answer) == {"providers", "courses", "runs"}
    assert [len(answer[part]) for part in ("providers", "courses", "runs")] == [1, 2, 1]
    text = command("catalogue", "export", "--format", "csv").text
    assert text.splitlines()[0].startswith("id,title,")


def test_feed_preview_has_format_counts_and_problems(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "courses.csv"
    file.write_bytes(csv_file(course_row("c1"), course_row("c2", minutes="long")))
    answer = command("feed", "preview", str(file), "--json").answer
    assert set(answer) == {"format", "counts", "problems", "batch", "rows"}
    assert answer["format"] == "csv_template"
    assert answer["counts"] == {"new": 1, "changed": 0, "same": 0, "error": 1}
    (problem,) = answer["problems"]
    assert set(problem) == {"position", "field", "message"}
    assert (problem["position"], problem["field"]) == ("row 3", "minutes")


@pytest.mark.usefixtures("starter_content")
def test_search_has_total_exact_hits_and_filters(command: Command) -> None:
    answer = command("search", "battery technician", "--json").answer
    assert set(answer) == {"total", "exact", "hits", "filters"}
    assert answer["exact"] is True
    assert answer["total"] >= len(answer["hits"]) > 0
    assert set(answer["hits"][0]) == {"kind", "uid", "title", "language", "slug"}
    assert (answer["hits"][0]["kind"], answer["hits"][0]["title"]) == ("role", "Battery technician")
    assert "language" in answer["filters"]
    assert command("search", "batery technican").answer["exact"] is False
    assert {hit["kind"] for hit in command("search", "battery", "--kind", "skill").answer["hits"]} == {"skill"}
    assert len(command("search", "battery", "--limit", "1").answer["hits"]) == 1


def test_search_takes_filters_and_an_order(command: Command) -> None:
    a_course("weld-1")
    a_course("weld-2")
    origin = command("search", "weld", "--kind", "course").answer["filters"]["origin"]
    ((value, number),) = origin.items()
    assert number == 2
    assert command("search", "weld", "--filter", f"origin={value}", "--order", "minutes:desc").answer["total"] == 2
    assert command("search", "weld", "--filter", "origin=no such", "--order", "minutes").answer["total"] == 0


def test_search_rebuild_counts_what_it_indexed(command: Command) -> None:
    a_course("weld-1")
    assert command("search", "rebuild").answer["indexed"]["course"] == 1


def test_demo_accounts_are_printed_once(command: Command) -> None:
    accounts = command("demo", "accounts").answer["accounts"]
    assert [set(account) for account in accounts] == [{"email", "what", "password"}] * 3
    assert command("demo", "accounts").answer == {"accounts": []}
    renewed = command("demo", "accounts", "--renew").answer["accounts"]
    assert len(renewed) == 3
    assert {a["password"] for a in accounts}.isdisjoint(a["password"] for a in renewed)
    assert User.objects.get(email="worker@example.org").check_password(renewed[0]["password"])


@pytest.mark.usefixtures("starter_content")
def test_content_is_loaded_and_removed(command: Command) -> None:
    loaded = command("starter", "load").answer["loaded"]
    assert [set(part) for part in loaded] == [{"part", "counts", "problems"}] * (7 + len(PARTS))
    command("demo", "accounts")
    removed = command("demo", "remove").answer["removed"]
    assert removed == {"courses": 60, "organisations": 8, "plan_steps": 0, "accounts": 3, "passports": 4}
    assert not User.objects.exists()


def test_doctor_says_what_is_configured(command: Command) -> None:
    answer = command("doctor").answer
    assert answer["environment"] == "test"
    assert (answer["framework_version"], answer["unreadable_keys"]) == (None, 0)


def test_the_path_answer_is_made_in_one_place() -> None:
    assert path_answer.__module__ == "synchromesh.site.console.pathing"
