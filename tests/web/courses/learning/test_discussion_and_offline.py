"""What is said beside a unit, and a unit as one file."""

from __future__ import annotations

import re

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.learning.records import a_learner, an_enrolment, give_part
from tests.web.courses.learning.learning_site import LEARN, learning, text_of

from synchromesh.learning.models import Enrolment, Post, PostReport, UnitProgress
from synchromesh.learning.queries.media import media_path

pytestmark = pytest.mark.django_db
TALK = f"{LEARN}text/discussion/"


def test_learners_ask_answer_report_and_take_back(client: Client) -> None:
    found = learning(client, kinds=("text",))
    assert "Nobody has asked anything here yet." in text_of(client.get(TALK))
    page = text_of(client.post(TALK, {"do": "write", "text": "Why <b>orange</b>?"}, follow=True))
    assert "Why <b>orange</b>?" in page  # unescaped by text_of: the page itself holds no such element
    assert b"Why &lt;b&gt;orange" in client.get(TALK).content
    first = Post.objects.get()
    other = Client()
    stranger = a_learner("kim")
    an_enrolment(found.version, stranger)
    other.force_login(stranger)
    other.post(TALK, {"do": "write", "text": "All makers do it.", "answers": first.uid})
    assert Post.objects.get(text="All makers do it.").answers == first
    assert "Thank you. A tutor looks at it." in text_of(
        other.post(TALK, {"do": "report", "post": first.uid, "reason": "Rude"}, follow=True)
    )
    assert PostReport.objects.get().reason == "Rude"
    text = text_of(client.post(TALK, {"do": "withdraw", "post": first.uid}, follow=True))
    assert "Taken back by its author." in text
    assert "Discussion (" in text_of(client.get(f"{LEARN}text/"))


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"do": "write", "text": " "}, 422),
        ({"do": "write", "text": "Hello", "answers": "rubbish"}, 422),
        ({"do": "report"}, 422),
        ({"do": "rubbish"}, 422),
        ({"do": "withdraw", "post": "8d9221f4-360c-414c-a134-43112ddb7768"}, 404),
    ],
)
def test_what_cannot_be_done_says_so(sent: dict[str, str], status: int, client: Client) -> None:
    learning(client, kinds=("text",))
    assert client.post(TALK, sent).status_code == status


@pytest.mark.parametrize("part", ["tutor", "author"])
def test_who_teaches_answers_beside_a_unit_without_learning_there(part: str, client: Client) -> None:
    found = learning(client, kinds=("text", "file"))
    client.post(TALK, {"do": "write", "text": "Why orange?"})
    asked = Post.objects.get()
    client.force_login(give_part(a_learner("tom"), found.version.course, part))
    with CaptureQueriesContext(connection) as queries:
        shown = client.get(TALK)
    page = text_of(shown)
    html5lib.HTMLParser(strict=True).parse(shown.content.decode())  # type: ignore[no-untyped-call]
    assert len(queries) <= 10, [query["sql"] for query in queries]
    assert "Why orange?" in page
    assert f'href="{LEARN}file/discussion/"' in page
    assert f'href="{LEARN}text/"' not in page
    answered = client.post(TALK, {"do": "write", "text": "It warns.", "answers": asked.uid}, follow=True)
    assert "It warns." in text_of(answered)
    assert Post.objects.get(text="It warns.").answers == asked
    assert client.get(f"{LEARN}no-such-unit/discussion/").status_code == 404
    assert Enrolment.objects.count() == 1
    assert not UnitProgress.objects.exists()


def test_a_discussion_asks_ten_questions_at_most_however_much_is_said(client: Client) -> None:
    found = learning(client, kinds=("text",))
    for number in range(5):
        post = Post.objects.create(
            course=found.version.course, unit_key="text", author=found.person, text=f"Question {number}", language="en"
        )
        Post.objects.create(
            course=found.version.course, unit_key="text", author=None, text="Answer", answers=post, language="de"
        )
    client.get(TALK)
    with CaptureQueriesContext(connection) as asked:
        text_of(client.get(TALK))
    assert len(asked) <= 10, [query["sql"] for query in asked]


def test_a_unit_is_saved_as_one_file_with_its_pictures(client: Client) -> None:
    found = learning(client, kinds=("text", "quiz"))
    place = media_path(found.version.course.media.get(name="pack.svg"))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"<svg/>")
    answer = client.get(f"{LEARN}text/offline/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="hv-safety-text.html"'
    text = text_of(answer)
    html5lib.HTMLParser(strict=True).parse(answer.content.decode())  # type: ignore[no-untyped-call]
    assert 'src="data:image/svg+xml;base64,PHN2Zy8+"' in text
    assert "<style>" in text
    outside = re.findall(r'(?:src|href)="(?!data:|#|https?://(?:testserver|example\.org)/)([^"]*)"', text)
    assert outside == []
    assert found.person.name not in text
    assert client.get(f"{LEARN}quiz/offline/").status_code == 404
