"""From a CV to skills on the pages: nothing is stored before "Use these", and nothing is taken that was not offered."""

from __future__ import annotations

import html
import io
import re
import tempfile
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from docx import Document as WordFile
from tests.records import a_role, a_skill_in_force, stored

from synchromesh.accounts.models import User
from synchromesh.framework.models import Skill
from synchromesh.pathways.models import Rating
from synchromesh.pathways.queries import cv_reading
from synchromesh.plumbing.models import AuditEvent
from synchromesh.web.me import cv_views
from synchromesh.web.me.cv_form import LARGEST_FILE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_matching", "_framework")]
ADDRESS = "/en/me/cv/"
CV = """Pia Person, pia@example.org
Battery technician, 2019 - 2023
Isolated high-voltage batteries <b>before</b> each repair
Programmed welding robots in two plants
"""


@pytest.fixture
def _framework(db: None) -> None:
    a_role("battery-technician", {"isolate-high-voltage-batteries": 2, "program-welding-robots": 1})
    a_role("driver", {"drive-forklift": 1})


@pytest.fixture(params=["visitor", "person"])
def reader(request: pytest.FixtureRequest, client: Client, person: User) -> Client:
    """A visitor, and a signed-in person."""
    if request.param == "person":
        client.force_login(person)
    return client


def a_file(content: bytes = CV.encode(), name: str = "cv.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def fields(page: HttpResponse) -> dict[str, str]:
    """What a browser would send from the page of found skills, as it stands."""
    text = page.content.decode()
    sent = {"found": html.unescape(re.search(r'name="found" value="([^"]*)"', text)[1])}  # type: ignore[index]
    for name in re.findall(r'<input type="checkbox" name="(keep-\d+)" id="[^"]*" checked>', text):
        sent[name] = "on"
    for name, options in re.findall(r'<select name="(level-\d+)".*?>(.*?)</select>', text, re.DOTALL):
        sent[name] = re.search(r'value="(\d)" selected', options)[1]  # type: ignore[index]
    for name, value in re.findall(r'<input type="radio" name="((?:skill-\d+|role))" value="([^"]*)" checked>', text):
        sent[name] = value
    return sent


def number_of(page: HttpResponse, title: str) -> str:
    """The number of a found skill on the page."""
    found = re.search(rf'for="keep-(\d+)">Keep<span class="visually-hidden"> {title}<', page.content.decode())
    assert found is not None
    return found[1]


def read(client: Client, **given: object) -> HttpResponse:
    client.get(ADDRESS)  # the form comes with the cookie that suggestions to a visitor are bound to
    return client.post(ADDRESS, given or {"text": CV})  # type: ignore[return-value]


def test_the_form_says_what_happens_and_is_neither_stored_nor_indexed(reader: Client) -> None:
    page = reader.get(ADDRESS)
    text = page.content.decode()
    assert "thrown away at once" in text
    assert "Nothing is stored before you press" in text
    assert "blanked first where the program recognises them" in text
    assert 'content="noindex"' in text
    assert "no-store" in page["Cache-Control"]
    assert not Session.objects.filter(session_data__contains="self_check").exists()


def test_a_file_and_a_pasted_text_give_the_same_page_with_sentence_and_marked_words(reader: Client) -> None:
    for page in (read(reader), read(reader, file=a_file())):
        text = page.content.decode()
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        assert 'content="noindex"' in text
        assert "<mark>Isolated high-voltage batteries</mark>" in text
        assert "&lt;b&gt;before&lt;/b&gt;" in text
        assert "pia@example.org" not in text
        assert "deleted" in text
        assert 'value="battery-technician" checked' in text


def test_a_cell_of_a_table_is_named_in_the_language_of_the_page(client: Client) -> None:
    word, kept = WordFile(), io.BytesIO()
    word.add_table(rows=2, cols=2).cell(1, 0).text = "Programmed welding robots in two plants"
    word.save(kept)
    page = client.post("/de/me/cv/", {"file": a_file(kept.getvalue(), "cv.docx")})
    assert "<span>Tabelle 1, Zeile 2, Spalte 1</span>" in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "content"), [("rtf", rb"{\rtf1 Welding}"), ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")]
)
def test_a_kind_of_file_that_is_always_refused_is_not_offered(client: Client, kind: str, content: bytes) -> None:
    assert client.post(ADDRESS, {"file": a_file(content, f"cv.{kind}")}).status_code == 422
    text = client.get(ADDRESS).content.decode()
    offered = re.search(r'accept="([^"]*)"', text)
    assert offered is not None
    assert f".{kind}" not in offered[1].split(",")
    assert f"{kind.upper()}, " not in text


def test_certain_skills_are_on_and_uncertain_ones_off(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv_reading, "LEAST_PROBABILITY", 0.0)
    a_skill_in_force("program-the-moon")
    page = read(client)
    sent = fields(page)
    assert f"keep-{number_of(page, 'Program welding robots')}" in sent
    assert f"keep-{number_of(page, 'Program the moon')}" not in sent
    assert "so they are off" in page.content.decode()


@pytest.fixture
def temporary_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every temporary file that anything makes is noted."""
    made: list[str] = []
    real = tempfile._TemporaryFileWrapper

    class Noted(real):  # type: ignore[misc, valid-type]
        def __init__(self, file: object, name: str, *rest: object, **more: object) -> None:
            made.append(name)
            super().__init__(file, name, *rest, **more)

    monkeypatch.setattr(tempfile, "_TemporaryFileWrapper", Noted)
    return made


def files_in_data_folder() -> set[Path]:
    """All files but the database's own, the vectors of the framework's labels, and what other tests left."""
    files = {file for file in Path(settings.DATA_DIR).rglob("*") if file.is_file() and "sqlite" not in file.name}
    return {
        file
        for file in files
        if not {"imports", "matching", "community", "media"} & {part.name for part in file.parents}
    }


def test_reading_stores_no_row_no_session_and_no_file_even_of_a_large_cv(
    reader: Client, temporary_files: list[str]
) -> None:
    large = CV.encode() + b"\n" + b"Zzyzx qwrtp. " * 12_000
    docx = io.BytesIO()
    with zipfile.ZipFile(docx, "w") as archive:
        archive.writestr("word/document.xml", "<w/>" + " " * 3_000_000)
        archive.writestr("padding.bin", bytes(range(256)) * 12_000, zipfile.ZIP_STORED)
    rows, sessions, files = stored(), list(Session.objects.values()), files_in_data_folder()
    read(reader, file=a_file(large))
    read(reader, file=a_file(docx.getvalue(), "cv.docx"))
    assert docx.tell() > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    assert stored() == rows
    assert list(Session.objects.values()) == sessions
    assert files_in_data_folder() == files
    assert not AuditEvent.objects.exists()
    assert temporary_files == []


def test_use_these_puts_the_kept_skills_into_the_profile_and_leads_to_the_gap(client: Client, person: User) -> None:
    client.force_login(person)
    page = read(client)
    sent = fields(page) | {f"level-{number_of(page, 'Program welding robots')}": "3"}
    del sent[f"keep-{number_of(page, 'Isolate high voltage batteries')}"]
    answer = client.post(f"{ADDRESS}use/", sent)
    assert answer["Location"] == "/en/roles/battery-technician/gap/"
    rating = Rating.objects.get()
    assert (rating.skill.slug, rating.level, rating.person) == ("program-welding-robots", 3, person)
    assert "robots" not in rating.evidence
    event = AuditEvent.objects.get(action="record_cv_skills")
    decisions = {line["skill"]: line["decision"] for line in event.details["suggestions"]}
    assert decisions[str(rating.skill.uid)] == "changed"
    assert decisions[str(Skill.objects.get(slug="isolate-high-voltage-batteries").uid)] == "removed"
    assert "1 skill is in your profile now." in client.get(answer["Location"]).content.decode()


def test_the_sentence_is_stored_only_when_asked(client: Client, person: User) -> None:
    client.force_login(person)
    client.post(f"{ADDRESS}use/", fields(read(client)) | {"keep_sentences": "on", "role": ""})
    evidence = Rating.objects.get(skill__slug="program-welding-robots").evidence
    assert evidence.endswith("Programmed welding robots in two plants")


def test_a_fresh_answer_from_a_cv_counts_before_an_older_one_of_this_browser(client: Client, person: User) -> None:
    client.force_login(person)
    robots = Skill.objects.get(slug="program-welding-robots")
    client.post("/en/roles/battery-technician/check/", {f"skill-{robots.uid}": "0"})
    page = read(client)
    client.post(f"{ADDRESS}use/", fields(page) | {f"level-{number_of(page, 'Program welding robots')}": "2"})
    assert str(robots.uid) not in client.session["self_check_answers"]


def test_a_visitor_gets_answers_in_this_browser_and_no_rating(client: Client) -> None:
    answer = client.post(f"{ADDRESS}use/", fields(read(client)))
    assert answer["Location"] == "/en/roles/battery-technician/gap/"
    assert not Rating.objects.exists()
    uid = str(Skill.objects.get(slug="program-welding-robots").uid)
    assert client.session["self_check_answers"][uid] == 1
    event = AuditEvent.objects.get()
    assert (event.actor, event.target_uid) == ("visitor", "visitor")


def test_without_a_job_a_person_comes_to_the_profile_and_a_visitor_to_the_jobs(reader: Client) -> None:
    person = "_auth_user_id" in reader.session
    answer = reader.post(f"{ADDRESS}use/", fields(read(reader)) | {"role": ""})
    assert answer["Location"] == ("/en/me/plan/" if person else "/en/roles/")


def test_the_job_one_came_from_is_offered_first(client: Client) -> None:
    assert 'name="role" value="driver"' in client.get(f"{ADDRESS}?role=driver").content.decode()
    assert fields(read(client, text=CV, role="driver"))["role"] == "driver"
    assert read(client, text=CV, role="no-such-job").status_code == 404


def test_another_meaning_of_the_words_can_be_chosen(client: Client, person: User) -> None:
    other = a_skill_in_force("program-milling-robots")
    client.force_login(person)
    page = read(client)
    sent = fields(page) | {f"skill-{number_of(page, 'Program welding robots')}": str(other.uid)}
    client.post(f"{ADDRESS}use/", sent)
    assert Rating.objects.filter(skill=other).exists()
    assert not Rating.objects.filter(skill__slug="program-welding-robots").exists()


def test_suggestions_that_were_altered_or_are_somebody_elses_are_refused(
    client: Client, person: User, staff: User
) -> None:
    client.force_login(person)
    sent = fields(read(client))
    altered = sent["found"][:-1] + ("A" if sent["found"][-1] != "A" else "B")
    forged = signing.dumps({"rows": [], "mode": "fast", "language": "en"}, salt="synchromesh.cv", compress=True)
    for found in (altered, forged, "", "not:signed:at-all"):
        assert client.post(f"{ADDRESS}use/", sent | {"found": found}).status_code == 422
    for other in (staff, None):
        client.logout()
        if other is not None:
            client.force_login(other)
        page = client.post(f"{ADDRESS}use/", sent)
        assert page.status_code == 422
        assert "do not belong to you" in page.content.decode()
    assert not Rating.objects.exists()
    assert not AuditEvent.objects.exists()


def test_suggestions_of_one_browser_are_no_use_in_another() -> None:
    one, other = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    for browser in (one, other):
        browser.get(ADDRESS)

    def token(browser: Client) -> dict[str, str]:
        return {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}

    sent = fields(read(one, text=CV, **token(one)))
    assert other.post(f"{ADDRESS}use/", sent | token(other)).status_code == 422
    assert one.post(f"{ADDRESS}use/", sent | token(one)).status_code == 302


def test_old_suggestions_are_refused_with_what_to_do(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = fields(read(client))
    monkeypatch.setattr("synchromesh.web.me.cv_suggestions.SECONDS_TO_DECIDE", -1)
    page = client.post(f"{ADDRESS}use/", sent)
    assert page.status_code == 422
    assert "Read your CV again" in page.content.decode()


@pytest.mark.parametrize(
    "change", [{"level-1": "4"}, {"level-1": "x"}, {"skill-1": "00000000-0000-4000-8000-000000000000"}]
)
def test_an_answer_that_was_not_offered_is_refused_whole(client: Client, person: User, change: dict[str, str]) -> None:
    client.force_login(person)
    assert client.post(f"{ADDRESS}use/", fields(read(client)) | change).status_code == 422
    assert not Rating.objects.exists()


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({}, "file", "Choose a file"),
        ({"file": a_file(b"%PDF-1.4\nbroken")}, "file", "cv.txt"),
        ({"file": a_file(b"\x89PNG\r\n\x1a\n" + bytes(99), "cv.png")}, "file", "picture"),
        ({"file": a_file(b"", "cv.pdf")}, "file", "empty"),
        ({"file": a_file(b"MZ" + bytes(500), "cv.exe")}, "file", "cv.exe"),
        ({"file": a_file(), "text": CV}, "text", "Send one of them"),
        ({"text": "Welding", "language": "xx"}, "language", "xx"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(
    client: Client, given: dict[str, object], field: str, words: str
) -> None:
    for value in given.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
    page = client.post(ADDRESS, given)
    text = page.content.decode()
    assert page.status_code == 422
    assert f'href="#id_{field}"' in text
    assert words in text
    assert "<title>Error:" in text


@pytest.mark.parametrize("order", [("file", "text"), ("text", "file")])
def test_a_file_that_is_too_large_is_dropped_and_the_pasted_text_is_kept(
    client: Client, order: tuple[str, str]
) -> None:
    both: dict[str, object] = {"file": a_file(bytes(LARGEST_FILE + 1)), "text": "my pasted words"}
    page = client.post(ADDRESS, {name: both[name] for name in order})
    assert page.status_code == 422
    assert "larger than 5 MB" in page.content.decode()
    assert "my pasted words" in page.content.decode()


def test_a_zip_bomb_and_markup_with_entities_do_no_harm(client: Client) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(60 * 1024 * 1024))
    entities = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    for content, name in ((bomb.getvalue(), "cv.docx"), (entities, "cv.xml")):
        page = read(client, file=a_file(content, name))
        assert page.status_code in {200, 422}
        assert "root:" not in page.content.decode()


def test_the_form_needs_the_token_of_this_site() -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(ADDRESS, {"text": CV}).status_code == 403
    assert browser.post(f"{ADDRESS}use/", {"found": "x"}).status_code == 403


def test_reading_without_end_is_stopped(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv_views, "MOST_READINGS", 2)
    assert [read(client).status_code for _ in range(3)] == [200, 200, 422]
    assert "Too many attempts" in read(client).content.decode()
    assert CV.split("\n")[3] in read(client).content.decode()


def test_a_cv_without_skills_says_so_and_shows_another_way(client: Client) -> None:
    text = read(client, text="Zzyzx qwrt.").content.decode()
    assert "No skill found in your CV" in text
    assert "Choose a job and check yourself" in text


def test_the_answers_from_a_cv_can_be_deleted_on_the_page(client: Client, person: User) -> None:
    client.force_login(person)
    client.post(f"{ADDRESS}use/", fields(read(client)))
    count = Rating.objects.count()
    assert f"{count} answers in your profile came from a CV." in client.get(ADDRESS).content.decode()
    answer = client.post(f"{ADDRESS}forget/", follow=True)
    assert "The answers from your CV are deleted." in answer.content.decode()
    assert not Rating.objects.exists()
    assert "came from a CV" not in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("page", ["/en/", "/en/roles/battery-technician/", "/en/me/"])
def test_the_way_to_it_stands_where_people_start(client: Client, person: User, page: str) -> None:
    client.force_login(person)
    assert 'href="/en/me/cv/' in client.get(page).content.decode()
