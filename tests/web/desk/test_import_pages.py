"""Imports at the desk: staff only, a preview before anything is written, commit, undo, and files that are refused."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings
from tests.engine.credential_formats.trusted_list_samples import KEEPER, Entry, authority, written_list
from tests.records import (
    a_course,
    a_skill,
    bomb,
    commit_feed,
    course_row,
    csv_file,
    preview_feed,
    preview_framework,
    stored,
)

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, CourseSkill, FeedSource
from synchromesh.catalogue.operations.course_editing import edit_course
from synchromesh.catalogue.operations.importing import CourseImporter
from synchromesh.framework.models import FrameworkVersion
from synchromesh.plumbing import import_files, import_plans, imports
from synchromesh.plumbing.models import ImportBatch

pytestmark = pytest.mark.django_db
LIST = "/en/desk/imports/"
FEED = csv_file(course_row("c1", skills="weld 1"), course_row("c2", minutes="long"))


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    """The browser of somebody of the alliance's staff."""
    client.force_login(staff)
    return client


def _send(desk: Client, content: bytes | None = FEED, *, name: str = "courses.csv", **fields: str) -> Any:
    posted: dict[str, Any] = {"kind": "feed", "source": "north"} | fields
    if content is not None:
        posted["file"] = SimpleUploadedFile(name, content)
    return desk.post(LIST, posted)


def _text(page: Any) -> str:
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


def test_a_file_is_previewed_committed_and_undone(desk: Client, staff: User) -> None:
    a_skill("weld")
    before = stored()
    sent = _send(desk)
    batch = ImportBatch.objects.get()
    address = f"{LIST}{batch.uid}/"
    assert (sent.status_code, sent["Location"]) == (302, address)
    assert stored()["catalogue.Course"] == []
    preview = _text(desk.get(address))
    for words in ("courses.csv", "Course c1", "new", "row 3", "minutes", "Commit this import"):
        assert words in preview
    assert (batch.actor, batch.source, batch.counts["error"]) == (staff.public_id, "north", 1)

    committed = _text(desk.post(f"{address}commit/", follow=True))
    assert "The import is committed." in committed
    assert "Undo this import" in committed
    assert [course.external_id for course in Course.objects.all()] == ["c1"]
    assert CourseSkill.objects.get().confirmed_at is None

    undone = _text(desk.post(f"{address}undo/", follow=True))
    assert "Everything is as it was before." in undone
    after = stored()
    for name in before:
        if name != "accounts.User":
            assert after[name] == before[name], name


def test_whoever_says_so_confirms_the_links(desk: Client, staff: User) -> None:
    a_skill("weld")
    _send(desk, confirm_links="1")
    desk.post(f"{LIST}{ImportBatch.objects.get().uid}/commit/")
    assert CourseSkill.objects.get().confirmed_by == staff.public_id


def test_a_framework_file_becomes_a_version(desk: Client) -> None:
    table = csv_file({"id": "weld", "kind": "skill", "title_en": "Weld"})
    _send(desk, table, name="skills.csv", kind="framework")
    desk.post(f"{LIST}{ImportBatch.objects.get().uid}/commit/")
    assert FrameworkVersion.objects.get().number == 1


def test_a_changed_file_shows_each_column_before_and_after(desk: Client) -> None:
    commit_feed(csv_file(course_row("c1", minutes=60)))
    _send(desk, csv_file(course_row("c1", minutes=90)))
    text = _text(desk.get(f"{LIST}{ImportBatch.objects.latest('pk').uid}/"))
    assert "<strong>minutes</strong>: <del>60</del> → <ins>90</ins>" in text


def test_what_a_person_holds_on_to_is_shown_as_kept(desk: Client, staff: User) -> None:
    commit_feed(csv_file(course_row("c1", text_language="en", minutes=60)))
    edit_course(by=staff, course=Course.objects.get(), changes={"minutes": 90})
    _send(desk, csv_file(course_row("c1", text_language="en", minutes=120)))
    text = _text(desk.get(f"{LIST}{ImportBatch.objects.latest('pk').uid}/"))
    assert "<strong>minutes</strong>: stays 90; the feed says 120" in text
    assert "kept as it is" in text


def test_a_course_that_is_not_in_the_file_is_shown_as_missing_unless_the_file_is_partial(desk: Client) -> None:
    commit_feed(csv_file(course_row("c1"), course_row("c2")))
    _send(desk, csv_file(course_row("c1")))
    text = _text(desk.get(f"{LIST}{ImportBatch.objects.latest('pk').uid}/"))
    assert "missing in the file" in text
    assert "Course c2" in text
    assert "only some of its courses" not in text
    _send(desk, csv_file(course_row("c1")), partial="1")
    text = _text(desk.get(f"{LIST}{ImportBatch.objects.latest('pk').uid}/"))
    assert "Source: north · only some of its courses" in text
    assert "Course c2" not in text


def test_what_was_shown_stays_to_be_seen_after_the_commit(desk: Client) -> None:
    batch = commit_feed(FEED)
    text = _text(desk.get(f"{LIST}{batch.uid}/"))
    assert "What has changed" in text
    assert "Course c1" in text


def test_a_long_list_says_how_much_more_there_is(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_plans, "MOST_ROWS", 2)
    monkeypatch.setattr(import_plans, "MOST_PROBLEMS", 1)
    bad = [course_row(f"b{number}", minutes="long") for number in range(3)]
    batch, _ = preview_feed(csv_file(*bad, *[course_row(f"c{number}") for number in range(5)]))
    text = _text(desk.get(f"{LIST}{batch.uid}/"))
    assert "3 more rows" in text
    assert '<span class="count">3</span>' in text
    assert "It holds the first 1." in text


def test_a_file_of_a_known_source_is_read_as_the_source_says(desk: Client) -> None:
    FeedSource.objects.create(key="north", name="North", columns={"Kurs": "title"}, created_by="operator")
    _send(desk, "id;Kurs\nc1;Schweißen\n".encode())
    assert ImportBatch.objects.get().options["columns"] == {"Kurs": "title"}
    assert ImportBatch.objects.get().counts["new"] == 1


def test_a_trust_list_goes_into_the_registry_and_out_again(desk: Client) -> None:
    table = b"name,identifiers,known_since\nInstitute A,did:web:a.example,2025-01-01\nB,nobody,2025-01-01\n"
    shown = _send(desk, table, kind="trust-list", source="alliance list", name="issuers.csv")
    page = desk.get(shown.headers["Location"])
    assert "Institute A" in _text(page)
    assert "is no identifier of an issuer" in _text(page)
    desk.post(f"{shown.headers['Location']}commit/")
    assert "Institute A" in _text(desk.get("/en/issuers/"))
    desk.post(f"{shown.headers['Location']}undo/")
    assert "Institute A" not in _text(desk.get("/en/issuers/"))


def test_a_trusted_list_in_xml_is_shown_with_its_number_and_what_was_not_checked(desk: Client) -> None:
    data = written_list([Entry(certificates=[authority().text])], renewed_by="2026-01-01T00:00:00Z")
    shown = _send(desk, data, kind="trust-list", source="list of XX", name="list.xml")
    preview = _text(desk.get(shown.headers["Location"]))
    assert f"{KEEPER}, 12" in preview
    assert "not checked here" in preview
    desk.post(f"{shown.headers['Location']}commit/")
    page = _text(desk.get("/en/issuers/"))
    assert "trust service on a trusted list, number 12" in page
    assert "too old" in page


def test_committing_twice_or_undoing_too_early_is_a_conflict(desk: Client) -> None:
    batch, _ = preview_feed(FEED)
    assert desk.post(f"{LIST}{batch.uid}/undo/").status_code == 409
    assert desk.post(f"{LIST}{batch.uid}/commit/").status_code == 302
    again = desk.post(f"{LIST}{batch.uid}/commit/")
    assert again.status_code == 409
    assert "committed or undone already" in _text(again)


def test_undo_over_later_work_is_a_conflict_in_words(desk: Client) -> None:
    batch = commit_feed(FEED)
    Course.objects.update(minutes=5)
    page = desk.post(f"{LIST}{batch.uid}/undo/")
    assert page.status_code == 409
    assert "Course c1 was changed after this import" in _text(page)


def test_problems_come_as_a_sheet_that_runs_nothing(desk: Client) -> None:
    batch, _ = preview_feed(csv_file(course_row("c1", minutes="=1+1")))
    page = desk.get(f"{LIST}{batch.uid}/problems/")
    assert page["Content-Type"].startswith("text/csv")
    assert page["Content-Disposition"] == 'attachment; filename="problems.csv"'
    heading, row = page.content.decode().splitlines()
    assert heading.endswith(",id,title,minutes")
    assert row.endswith(",minutes,c1,Course c1,'=1+1")
    imports.commit(CourseImporter(), by=OPERATOR, batch=batch)
    import_files.remove_file(batch.uid)
    lines = desk.get(f"{LIST}{batch.uid}/problems/").content.decode().splitlines()
    assert lines[0] == "position,field,message"
    assert lines[1].startswith("row 2,minutes,")


def test_the_mended_sheet_of_problems_brings_the_rows_that_were_left_out(desk: Client) -> None:
    _send(desk, csv_file(course_row("c1"), course_row("c2", minutes="long")))
    address = f"{LIST}{ImportBatch.objects.get().uid}/"
    sheet = desk.get(f"{address}problems/").content
    desk.post(f"{address}commit/")
    _send(desk, sheet.replace(b"long", b"90"), partial="1")
    desk.post(f"{LIST}{ImportBatch.objects.latest('pk').uid}/commit/")
    assert set(Course.objects.values_list("external_id", "minutes", "missing_since")) == {
        ("c1", None, None),
        ("c2", 90, None),
    }


def test_the_problems_of_a_framework_file_are_a_plain_list(desk: Client) -> None:
    batch, _ = preview_framework(csv_file({"id": "weld", "kind": "thing", "title_en": "Weld"}), name="skills.csv")
    assert desk.get(f"{LIST}{batch.uid}/problems/").content.startswith(b"position,field,message")


def test_earlier_imports_are_listed(desk: Client) -> None:
    commit_feed(FEED)
    text = _text(desk.get(LIST))
    assert "courses.csv" in text
    assert "committed" in text
    assert "at most 20 MB" in text


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "empty.csv", "empty"),
        (b"%PDF-1.7", "courses.pdf", "These are read"),
        (b"%PDF-1.7", "courses.csv", "."),
        (b"\x89PNG\r\n\x1a\n\x00\x01", "courses.csv", "."),
        (b"id,colour\n1,x\n", "courses.csv", "lacks the column 'title'"),
        ("title\nGröße\n".encode("utf-16")[:-1], "courses.csv", "."),
        (bomb(), "courses.zip", "."),
        (bomb(), "courses.xlsx", "."),
    ],
)
def test_a_broken_file_is_refused_in_words_and_leaves_nothing(
    desk: Client, content: bytes, name: str, words: str
) -> None:
    page = _send(desk, content, name=name)
    assert page.status_code == 422
    assert words in _text(page)
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("content", "fields", "words"),
    [
        (None, {}, "Choose a file first."),
        (FEED, {"kind": "people"}, "Choose what the file holds"),
        (FEED, {"kind": ""}, "Choose what the file holds"),
        (FEED, {"source": "nul\0byte"}, "Name the source"),
    ],
)
def test_a_form_without_the_needed_parts_is_refused(
    desk: Client, content: bytes | None, fields: dict[str, str], words: str
) -> None:
    page = _send(desk, content, **fields)
    assert page.status_code == 422
    assert words in _text(page)
    assert not ImportBatch.objects.exists()


def test_a_file_over_the_limit_is_refused_with_the_limit(desk: Client, settings: Settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    for size in (1024 * 1024 + 1, 3 * 1024 * 1024):
        page = _send(desk, b"x" * size)
        assert page.status_code == 422
        assert "The file is larger than 1 MB" in _text(page)
    assert not ImportBatch.objects.exists()
    assert _send(desk).status_code == 302


def test_only_staff_see_and_use_the_desk(client: Client, person: User, manager: User) -> None:
    a_course("kept")
    batch, _ = preview_feed(FEED)
    committed = commit_feed(csv_file(course_row("c9")))
    reads = (LIST, "/en/desk/", f"{LIST}{batch.uid}/", f"{LIST}{batch.uid}/problems/")
    writes = (f"{LIST}{batch.uid}/commit/", f"{LIST}{committed.uid}/undo/")
    for who, status in ((None, 302), (person, 403), (manager, 403)):
        if who is not None:
            client.force_login(who)
        for address in reads:
            assert client.get(address).status_code == status, address
        for address in writes:
            assert client.post(address).status_code == status, address
        assert _send(client).status_code == status
    assert ImportBatch.objects.count() == 2
    assert set(Course.objects.values_list("slug", flat=True)) == {"kept", "course-c9"}


def test_writing_needs_a_form_and_an_import_that_exists(desk: Client) -> None:
    batch, _ = preview_feed(FEED)
    assert desk.get(f"{LIST}{batch.uid}/commit/").status_code == 405
    assert desk.get(f"{LIST}{batch.uid}/undo/").status_code == 405
    unknown = "00000000-0000-4000-8000-000000000000"
    assert desk.get(f"{LIST}{unknown}/").status_code == 404
    assert desk.post(f"{LIST}{unknown}/commit/").status_code == 404
    assert not Course.objects.exists()
