"""The content of units by forms: blocks, pictures, translations, and what happens when two people write."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.learning.records import CONTENTS, a_course_with_content, a_learner, give_part

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course, CourseRole
from synchromesh.learning.models import ContentVersion, Media, Unit
from synchromesh.learning.queries.media import media_path

pytestmark = pytest.mark.django_db
PAGES = "/en/teach/courses/hv-safety/"
KINDS = ("text", "video", "picture", "file", "exercise", "passport-exercise", "quiz", "assignment", "live-session")
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4"/></svg>'


@pytest.fixture
def author(client: Client) -> User:
    """Somebody who is signed in as the author of a course with a draft."""
    course = a_course_with_content(published=False, kinds=KINDS).course
    author = give_part(a_learner("autor"), course, "author")
    client.force_login(author)
    return author


def _sent(page: Any) -> dict[str, str]:
    """What a browser sends when nothing was changed."""
    content = page.context["content"]
    sent = {"seen": page.context["seen"], "blocks-rows": str(len(content.blocks))}
    for block in content.blocks:
        sent |= {f"{block.prefix}-stored": block.stored, f"{block.prefix}-entry-rows": str(len(block.rows))}
    for form in (page.context["settings"], *content.all_forms):
        for field in form:
            value = field.value()
            if field.widget_type == "checkbox":
                sent |= {field.html_name: "on"} if value else {}
            else:
                sent[field.html_name] = "" if value is None else str(value)
    return sent


@pytest.mark.parametrize("kind", KINDS)
def test_saving_a_unit_of_each_kind_without_a_change_changes_nothing(kind: str, client: Client, author: User) -> None:
    address = f"{PAGES}units/{kind}/"
    before = Unit.objects.get(key=kind)
    assert client.post(address, _sent(client.get(address)) | {"do": "save"}).status_code == 302
    after = Unit.objects.get(key=kind)
    assert after.content == before.content == CONTENTS[kind]
    columns = ("titles", "minutes", "is_required", "must_pass", "instrument_id")
    assert [getattr(after, name) for name in columns] == [getattr(before, name) for name in columns]


def test_blocks_are_added_moved_and_removed_with_all_their_languages(client: Client, author: User) -> None:
    address = f"{PAGES}units/text/"

    def push(button: str, **typed: str) -> list[Any]:
        answer = client.post(address, _sent(client.get(address)) | typed | {"do": button})
        assert answer.status_code == 302
        return list(Unit.objects.get(key="text").content["blocks"])

    blocks = push("down:0", **{"block-0-texts-en": "Orange is high voltage."})
    assert [block["kind"] for block in blocks] == ["note", "text", "figure", "sources", "glossary", "checklist"]
    assert blocks[1]["texts"] == {"en": "Orange is high voltage.", "de": "Orange Kabel."}
    assert [block["kind"] for block in push("remove:0")][:3] == ["text", "figure", "sources"]
    assert push("add:note")[-1] == {"kind": "note", "tone": "tip"}
    blocks = push("save", **{"block-2-entry-1-key": "law", "block-2-entry-1-title": "The law"})
    assert blocks[2]["entries"][1] == {"key": "law", "title": "The law", "checked": False}


def test_a_new_term_and_a_new_line_to_tick_get_keys_of_their_own(client: Client, author: User) -> None:
    address = f"{PAGES}units/text/"
    typed = {
        "block-4-entry-2-terms-en": "Cell",
        "block-4-entry-2-texts-en": "Another one",
        "block-4-entry-2-avoid-en": "box\n\ncan",
        "block-5-entry-1-texts-en": "The gate is locked.",
    }
    client.post(address, _sent(client.get(address)) | typed | {"do": "save"})
    blocks = Unit.objects.get(key="text").content["blocks"]
    texts = {"en": "Another one"}
    assert blocks[4]["entries"][2] == {
        "key": "cell-2", "terms": {"en": "Cell"}, "texts": texts, "avoid": {"en": ["box", "can"]}
    }  # fmt: skip
    assert blocks[5]["items"][1] == {"key": "the-gate-is-locked", "texts": {"en": "The gate is locked."}}


def test_a_picture_needs_words_for_whoever_cannot_see_it(client: Client, author: User) -> None:
    address = f"{PAGES}units/picture/"
    sent = _sent(client.get(address)) | {"content-alternatives-en": " "}
    page = client.post(address, sent)
    assert page.status_code == 422
    assert 'href="#id_content-alternatives-en"' in page.content.decode()
    assert Unit.objects.get(key="picture").content == CONTENTS["picture"]


def test_two_authors_who_write_the_same_unit_lose_nothing(client: Client, author: User) -> None:
    address = f"{PAGES}units/text/"
    mine = _sent(client.get(address)) | {"block-0-texts-en": "Mine", "do": "save"}
    client.post(address, _sent(client.get(address)) | {"block-0-texts-en": "Theirs", "do": "save"})
    refused = client.post(address, mine)
    assert refused.status_code == 409
    assert "Mine" in refused.content.decode()
    assert Unit.objects.get(key="text").content["blocks"][0]["texts"]["en"] == "Theirs"
    assert client.post(address, mine | {"seen": refused.context["seen"]}).status_code == 302
    assert Unit.objects.get(key="text").content["blocks"][0]["texts"]["en"] == "Mine"


@pytest.mark.parametrize("is_script", [True, False])
def test_markdown_is_previewed_without_saving(is_script: bool, client: Client, author: User) -> None:
    address = f"{PAGES}units/text/"
    sent = _sent(client.get(address)) | {"block-0-texts-en": "A **loud** word <script>", "do": "preview"}
    page = client.post(address, sent, headers={"HX-Request": "true"} if is_script else {})
    words = page.content.decode()
    assert "A <strong>loud</strong> word &lt;script&gt;" in words
    assert ("<html" in words) is not is_script
    assert Unit.objects.get(key="text").content == CONTENTS["text"]


def test_a_wrong_setting_is_named(client: Client, author: User) -> None:
    address = f"{PAGES}units/quiz/"
    sent = _sent(client.get(address)) | {"settings-title": "", "settings-minutes": "0"}
    page = client.post(address, sent)
    assert page.status_code == 422
    assert 'href="#id_settings-title"' in page.content.decode()
    without = client.post(address, sent | {"settings-title": "T", "settings-minutes": "5", "settings-instrument": ""})
    assert without.status_code == 302
    assert Unit.objects.get(key="quiz").instrument is None


def test_a_unit_is_translated_side_by_side(client: Client, author: User) -> None:
    address = f"{PAGES}units/text/translate/de/"
    rows = client.get(address).context["rows"]
    sent = {f"path-{row['number']}": row["text"].path for row in rows}
    sent |= {f"text-{row['number']}": f"Deutsch {row['number']}" for row in rows}
    assert client.post(address, sent | {"do": "next"})["Location"] == f"{PAGES}units/video/translate/de/"
    unit = Unit.objects.get(key="text")
    assert unit.titles["de"] == "Deutsch 0"
    assert unit.content["blocks"][0]["texts"]["de"] == "Deutsch 1"
    assert client.get(f"{PAGES}units/text/translate/fr/").status_code == 404
    too_long = client.post(address, sent | {"text-0": "x" * 50_000})
    assert too_long.status_code == 422
    assert 'href="#text-0"' in too_long.content.decode()


def test_files_are_added_shown_and_removed(client: Client, author: User) -> None:
    course = Course.objects.get()
    refused = client.post(f"{PAGES}media/", {"file": SimpleUploadedFile("bad.exe", b"MZ")})
    assert refused.status_code == 422
    assert client.post(f"{PAGES}media/", {"do": "add"}).status_code == 422
    client.post(f"{PAGES}media/", {"file": SimpleUploadedFile("My Pack.svg", PICTURE)})
    added = Media.objects.get(course=course, name="my-pack.svg")
    assert media_path(added).read_bytes() == PICTURE
    assert "No unit shows it" in client.get(f"{PAGES}media/").content.decode()
    assert client.post(f"{PAGES}media/", {"do": "remove", "name": "pack.svg"}).status_code == 409
    client.post(f"{PAGES}media/", {"do": "remove", "name": "my-pack.svg"})
    assert not Media.objects.filter(name="my-pack.svg").exists()


def test_authors_say_who_tutors_and_reviews_but_not_who_writes(client: Client, author: User, person: User) -> None:
    page = f"{PAGES}people/"
    assert client.post(page, {"email": person.email, "part": "author"}).status_code == 403
    unknown = client.post(page, {"email": "nobody@example.org", "part": "tutor"})
    assert unknown.status_code == 422
    assert 'href="#id_email"' in unknown.content.decode()
    client.post(page, {"email": person.email, "part": "reviewer"})
    role = CourseRole.objects.get(person=person)
    assert "Pia Person" in client.get(page).content.decode()
    client.post(page, {"do": "remove", "role": str(role.pk)})
    assert not CourseRole.objects.filter(person=person).exists()


def test_a_course_goes_out_and_comes_in_as_a_file(client: Client, author: User) -> None:
    course = Course.objects.get()
    for media in Media.objects.all():
        media.delete()
    Unit.objects.exclude(key__in=["text", "quiz"]).delete()
    Unit.objects.filter(key="text").update(content={"blocks": [CONTENTS["text"]["blocks"][1]]})
    out = client.get(f"{PAGES}file/?download=course")
    assert out["Content-Type"] == "application/zip"
    file = BytesIO(out.content)
    file.name = "course.zip"
    Unit.objects.filter(key="text").update(content={})
    refused = client.post(f"{PAGES}file/", {"do": "import-course", "course_file": file})
    assert refused.status_code == 422
    assert "discard it first" in refused.content.decode().lower()
    file.seek(0)
    taken = client.post(f"{PAGES}file/", {"do": "import-course", "course_file": file, "replace_draft": "on"})
    assert taken.status_code == 302
    draft = ContentVersion.objects.get(course=course)
    assert json.dumps(draft.units.get(key="text").content).count("In English.") == 1
    nonsense = client.post(f"{PAGES}file/", {"do": "import-course", "course_file": SimpleUploadedFile("c.zip", b"PK")})
    assert nonsense.status_code == 422


def test_questions_go_out_and_come_in_with_a_preview_and_a_way_back(client: Client, author: User) -> None:
    page = f"{PAGES}file/"
    out = client.post(page, {"do": "export-questions"})
    assert out.content[:2] == b"PK"
    from synchromesh.assessment.models import Question

    changed = Question.objects.get(key="single")
    document = changed.document | {"prompts": {"en": "Something else?", "de": "Etwas anderes?"}}
    Question.objects.filter(pk=changed.pk).update(document=document)
    seen = client.post(page, {"do": "import-questions", "question_file": SimpleUploadedFile("q.zip", out.content)})
    assert "Bring these questions in" in client.get(seen["Location"].partition("#")[0]).content.decode()
    uid = seen["Location"].partition("import=")[2].partition("#")[0]
    client.post(page, {"do": "commit-questions", "import": uid})
    prompt = "Which cable carries high voltage?"
    assert Question.objects.get(key="single", replaced_at=None).document["prompts"]["en"] == prompt
    client.post(page, {"do": "undo-questions", "import": uid})
    assert Question.objects.get(key="single", replaced_at=None).document == document
    assert client.post(page, {"do": "commit-questions", "import": "nonsense"}).status_code == 404
    assert client.post(page, {"do": "import-questions"}).status_code == 422


def test_a_course_is_copied_by_an_editor_of_its_provider(
    client: Client, author: User, editor: User, organisation: Any
) -> None:
    Course.objects.update(provider=organisation)
    for media in Media.objects.all():
        media_path(media).parent.mkdir(parents=True, exist_ok=True)
        media_path(media).write_bytes(PICTURE)
    Unit.objects.exclude(key__in=["quiz", "exercise"]).delete()
    client.force_login(editor)
    page = f"{PAGES}file/"
    assert client.post(page, {"do": "copy", "title": "Copy", "slug": "No address"}).status_code == 422
    assert client.post(page, {"do": "copy", "title": "Copy", "slug": "hv-safety"}).status_code == 422
    made = client.post(page, {"do": "copy", "title": "Copy", "slug": "hv-copy"})
    assert made["Location"] == "/en/teach/courses/hv-copy/outline/"
    assert ContentVersion.objects.get(course__slug="hv-copy").units.count() == 2


def test_a_broken_draft_can_still_be_opened_and_mended(client: Client, author: User) -> None:
    broken = {
        "blocks": [1, {"kind": "none"}, {"kind": "figure", "media": [], "alternatives": {"en": 5}}],
        "questions": [{"key": "m", "kind": "match", "items": [{"key": []}], "prompts": 7}, {"key": "n"}],
        "captions": [1],
    }
    kinds = ("text", "video", "exercise", "passport-exercise")
    Unit.objects.filter(kind__in=kinds).update(content=broken)
    for kind in kinds:
        for page in ("units", "preview"):
            assert client.get(f"{PAGES}{page}/{kind}/").status_code == 200
    for key in ("m", "n"):
        assert client.get(f"{PAGES}units/exercise/?question={key}").status_code == 200
    settings = {"settings-title": "Text", "settings-minutes": "5", "do": "save"}
    blocks = {"blocks-rows": "2", "block-0-stored": "[" * 20_000, "block-1-stored": '{"kind": "figure", "captions": 5}'}
    assert client.post(f"{PAGES}units/text/", settings | blocks).status_code == 302
    assert [block["kind"] for block in Unit.objects.get(key="text").content["blocks"]] == ["text", "figure"]
