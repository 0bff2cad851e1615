"""Lessons: shared with a licence, found, used, made one's own; versions and files."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.community.sharing_records import a_lesson

from synchromesh.accounts.models import User
from synchromesh.community.models import Lesson, LessonFile, LessonReuse
from synchromesh.community.queries.stored_files import file_path
from synchromesh.framework.models import Skill

pytestmark = pytest.mark.django_db
FORM = {
    "title": "Ohm's law at the battery",
    "summary": "Measure and reckon.",
    "text": "# Begin\n\nMeasure the voltage.",
    "language": "en",
    "licence": "CC-BY-SA-4.0",
    "credit": "Pia Person",
}


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_teacher_shares_a_lesson_with_a_file_and_another_finds_it(client: Client, person: User) -> None:
    client.force_login(person)
    client.post("/en/lessons/new/", FORM | {"level": "0"})
    slug = Lesson.objects.get().slug
    sheet = SimpleUploadedFile("Sheet 1.pdf", b"%PDF-1.7 words")
    client.post(f"/en/lessons/{slug}/state/", {"do": "add-file", "file": sheet})
    assert "Ohm" not in text_of(client, "/en/lessons/")
    client.post(f"/en/lessons/{slug}/state/", {"do": "publish", "note": "First"})
    client.logout()
    assert "Ohm" in text_of(client, "/en/lessons/?q=reckon&language=en&level=0&licence=CC-BY-SA-4.0")
    page = text_of(client, f"/en/lessons/{slug}/")
    assert "<h2>Begin</h2>" in page
    assert "sheet-1.pdf" in page
    assert "CC BY-SA 4.0" in page
    file = client.get(f"/en/lessons/{slug}/files/{LessonFile.objects.get().uid}/")
    assert file.content == b"%PDF-1.7 words"
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_a_teacher_makes_anothers_lesson_their_own_and_it_says_so(client: Client, person: User, manager: User) -> None:
    version = a_lesson(person, licence="CC-BY-SA-4.0", credit="Pia Person")
    client.force_login(manager)
    client.post(f"/en/lessons/{version.lesson.slug}/use/", {"do": "copy", "number": "1"})
    own = Lesson.objects.get(author=manager)
    client.post(f"/en/lessons/{own.slug}/state/", {"do": "publish"})
    client.logout()
    page = text_of(client, f"/en/lessons/{own.slug}/")
    assert "Made from:" in page
    assert "Pia Person" in page
    assert "Made from this lesson" in text_of(client, f"/en/lessons/{version.lesson.slug}/")


def test_a_lesson_under_share_alike_stays_under_its_licence_when_it_is_made_ones_own(
    client: Client, person: User, manager: User
) -> None:
    version = a_lesson(person, licence="CC-BY-SA-4.0")
    client.force_login(manager)
    client.post(f"/en/lessons/{version.lesson.slug}/use/", {"do": "copy", "number": "1"})
    own = Lesson.objects.get(author=manager)
    assert client.post(f"/en/lessons/{own.slug}/edit/", FORM | {"licence": "CC0-1.0"}).status_code == 422
    own.refresh_from_db()
    assert own.licence == "CC-BY-SA-4.0"


def test_a_lesson_that_must_not_be_changed_is_not_copied(client: Client, person: User, manager: User) -> None:
    version = a_lesson(person, licence="CC-BY-ND-4.0")
    client.force_login(manager)
    response = client.post(f"/en/lessons/{version.lesson.slug}/use/", {"do": "copy", "number": "1"})
    assert response.status_code == 422
    assert not Lesson.objects.filter(author=manager).exists()


def test_a_copy_keeps_its_file_when_the_original_loses_it(client: Client, person: User, manager: User) -> None:
    client.force_login(person)
    client.post("/en/lessons/new/", FORM)
    lesson = Lesson.objects.get()
    state = f"/en/lessons/{lesson.slug}/state/"
    client.post(state, {"do": "add-file", "file": SimpleUploadedFile("a.txt", b"words")})
    client.post(state, {"do": "publish"})
    client.force_login(manager)
    client.post(f"/en/lessons/{lesson.slug}/use/", {"do": "copy", "number": "1"})
    copied = LessonFile.objects.get(lesson__author=manager)
    assert copied.uid != lesson.files.get().uid
    assert file_path(copied.uid).read_bytes() == b"words"


def test_using_a_lesson_is_noted_once_and_names_nobody(client: Client, person: User, manager: User) -> None:
    version = a_lesson(person)
    client.force_login(manager)
    address = f"/en/lessons/{version.lesson.slug}/use/"
    client.post(address, {"do": "used", "number": "1", "note": "Plan two hours."})
    assert client.post(address, {"do": "used", "number": "1"}).status_code == 422
    assert LessonReuse.objects.count() == 1
    client.logout()
    page = text_of(client, f"/en/lessons/{version.lesson.slug}/")
    assert "Plan two hours." in page
    assert manager.name not in page


def test_readers_see_the_published_version_until_the_next_one(client: Client, person: User) -> None:
    version = a_lesson(person)
    address = f"/en/lessons/{version.lesson.slug}/"
    client.force_login(person)
    client.post(f"{address}edit/", FORM | {"text": "Quite new words."})
    client.logout()
    assert "Quite new words." not in text_of(client, address)
    client.force_login(person)
    client.post(f"{address}state/", {"do": "publish"})
    client.logout()
    assert "Quite new words." in text_of(client, address)
    assert "Measure the voltage." in text_of(client, f"{address}versions/1/")


def test_an_unpublished_lesson_and_its_files_are_nobody_elses_business(
    client: Client, person: User, manager: User
) -> None:
    client.force_login(person)
    client.post("/en/lessons/new/", FORM)
    slug = Lesson.objects.get().slug
    client.post(f"/en/lessons/{slug}/state/", {"do": "add-file", "file": SimpleUploadedFile("a.txt", b"words")})
    client.force_login(manager)
    for address in ("", "edit/", "state/", "use/", f"files/{LessonFile.objects.get().uid}/"):
        assert client.get(f"/en/lessons/{slug}/{address}").status_code == 404


def test_a_file_that_is_not_what_its_name_says_is_refused(client: Client, person: User) -> None:
    version = a_lesson(person)
    client.force_login(person)
    fake = SimpleUploadedFile("a.pdf", b"<script>")
    address = f"/en/lessons/{version.lesson.slug}/state/"
    assert client.post(address, {"do": "add-file", "file": fake}).status_code == 422
    assert not LessonFile.objects.exists()


def test_what_a_teacher_writes_as_html_stays_characters(client: Client, person: User) -> None:
    version = a_lesson(person, text="<script>alert(1)</script>")
    assert "<script>alert" not in text_of(client, f"/en/lessons/{version.lesson.slug}/")


def test_lessons_are_found_by_the_skill_they_teach(client: Client, person: User) -> None:
    skill = Skill.objects.create(slug="isolate-hv", titles={"en": "Isolate a battery"})
    a_lesson(person, skills=[skill])
    a_lesson(person, title="Another one")
    page = text_of(client, "/en/lessons/?skill=isolate-hv")
    assert "Ohm" in page
    assert "Another one" not in page
    assert "Ohm" in text_of(client, "/en/lessons/?q=isolate")


def test_no_page_for_readers_has_the_title_or_licence_that_is_being_written(
    client: Client, person: User, manager: User
) -> None:
    version = a_lesson(person, title="Measure it")
    client.force_login(manager)
    client.post(f"/en/lessons/{version.lesson.slug}/use/", {"do": "copy", "number": "1"})
    own = Lesson.objects.exclude(pk=version.lesson.pk).get()
    client.post(f"/en/lessons/{own.slug}/state/", {"do": "publish"})
    for lesson, writer in ((version.lesson, person), (own, manager)):
        client.force_login(writer)
        client.post(f"/en/lessons/{lesson.slug}/edit/", FORM | {"title": "Not yet so called", "licence": "CC0-1.0"})
    assert set(Lesson.objects.values_list("title", flat=True)) == {"Not yet so called"}
    client.logout()
    for path in ("", "?licence=CC-BY-4.0", f"{version.lesson.slug}/", f"{own.slug}/"):
        page = text_of(client, f"/en/lessons/{path}")
        assert "Not yet so called" not in page
        assert version.title in page
    assert version.title not in text_of(client, "/en/lessons/?licence=CC0-1.0")
    assert version.title not in text_of(client, "/en/lessons/?q=called")
