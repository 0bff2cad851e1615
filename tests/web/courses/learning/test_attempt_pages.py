"""Tests: rules first, one question a page, every step saved, a result with its reasons. All without a script."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import html5lib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.learning.question_documents import DOCUMENTS, RIGHT
from tests.learning.records import a_learner, a_question, a_unit, an_instrument, give_part
from tests.records import a_skill
from tests.web.courses.learning.learning_site import HOME, LEARN, a_test_unit, begin, hidden, learning, text_of

from synchromesh.assessment.models import AnswerFile, Attempt, Response
from synchromesh.assessment.operations.marking import mark_response

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
FORMS: dict[str, dict[str, Any]] = {
    "single": {"answer": "a"},
    "multiple": {"answer": ["a", "b"]},
    "true-false": {"answer": "true"},
    "order": {"answer-off": "1", "answer-secure": "2", "answer-verify": "3"},
    "match": {"answer-voltmeter": "voltage", "answer-ohmmeter": "resistance"},
    "fill-in": {"answer-volts": "400"},
    "numeric": {"answer-value": "0,4", "answer-unit": "kV"},
    "hotspot": {"answer": ["plug"]},
    "short-text": {"answer": "Orange"},
    "free-text": {"answer": "Off, secure, verify."},
    "scale": {"answer": "2"},
}
# What only the key says: no page may hold it before the feedback is due.
SECRETS = {
    "single": "Orange marks high voltage.",
    "free-text": "Off, secure, verify.",
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_each_kind_of_question_is_shown_without_its_key_and_answered_by_a_plain_form(kind: str, client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, kind)
    address = begin(client)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    assert len(asked) <= 10, [query["sql"] for query in asked]
    text = text_of(page)
    html5lib.HTMLParser(strict=True).parse(page.content.decode())  # type: ignore[no-untyped-call]
    assert "Question 1 of 1" in text
    assert SECRETS.get(kind, "correct") not in text
    if kind == "file":
        return
    answer = client.post(address, FORMS[kind] | {"save_number": hidden(text, "save_number"), "go": "next"})
    assert answer.headers["Location"] == address.removesuffix("1/")
    response = Response.objects.get()
    assert response.save_number == 1
    again = text_of(client.get(address))
    assert "not answered" not in text_of(client.get(answer.headers["Location"]))
    assert hidden(again, "save_number") == "1"
    text_of(client.post(address.removesuffix("1/"), follow=True))
    response.refresh_from_db()
    if kind in RIGHT:
        assert response.is_correct is True


def test_the_rules_come_before_the_start_and_tell_how_many_questions_there_are(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "single", "multiple", pass_percent=60, minutes=30, attempts_allowed=2)
    text = text_of(client.get(f"{LEARN}test/"))
    for words in ("60 % of the points", "30 minutes", "2 times", "your best try", "Start the test"):
        assert words in text, words
    assert "<dt>Questions</dt><dd>2</dd>" in text
    assert client.get(f"{LEARN}test/attempt/").status_code == 405


def test_a_test_from_start_to_result_completes_the_course(client: Client) -> None:
    found = learning(client, kinds=(), issues_credential=True)
    a_test_unit(found.version, "single", "multiple", pass_percent=60)
    first = begin(client)
    second = client.post(first, {"answer": "a", "go": "next"}).headers["Location"]
    overview = client.post(second, {"answer": ["a", "b"], "go": "next"}).headers["Location"]
    page = client.post(overview, follow=True)
    text = text_of(page)
    assert "<h1>You passed.</h1>" in text
    assert "100 %" in text
    assert "You have completed the course." in text
    text = text_of(client.get(f"{HOME}/result/"))
    assert "Kept, to be issued as a credential later." in text


def test_the_result_tells_how_it_went_by_skill(client: Client) -> None:
    a_skill("isolate-hv", titles={"en": "Isolate a battery"})
    found = learning(client, kinds=("text",))
    asked = [a_question(found.version.course, "single", "with-skill", skill="isolate-hv", level=1)]
    instrument = an_instrument(found.version.course, "test", questions=asked, pass_percent=50)
    a_unit(found.version.sections.get(key="first"), "quiz", key="test", instrument=instrument)
    address = begin(client)
    client.post(address, {"answer": "b"})
    text = text_of(client.post(address.removesuffix("1/"), follow=True))
    assert "Isolate a battery" in text
    assert "0 of 1" in text
    assert "Not passed yet." in text
    assert "Look at the rules and try again" in text


def test_going_on_on_a_second_device_finds_the_answers_and_overwrites_no_newer_one(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "single", "multiple")
    address = begin(client)
    phone = Client()
    phone.force_login(found.person)
    assert begin(phone) == address
    phone.post(address, {"answer": "b", "save_number": "0"})
    page = text_of(client.post(address, {"answer": "a", "save_number": "0"}, follow=True))
    assert "You answered this on another device meanwhile." in page
    assert Response.objects.get(position=1).answer == "b"
    assert begin(client) == address.replace("/1/", "/2/")


def test_the_script_is_told_saved_only_when_it_is(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "single")
    address = begin(client)
    answer = client.post(address, {"answer": "a", "save_number": "0", "save": "1"}, headers=JSON)
    assert answer.json() == {"saved": True, "message": "Saved", "fields": {"save_number": 1}}
    stale = client.post(address, {"answer": "b", "save_number": "0", "save": "1"}, headers=JSON).json()
    assert stale["saved"] is False
    assert "newer answer came from another device" in stale["message"]
    wrong = client.post(address, {"answer": "zzz", "save_number": "1"}, headers=JSON)
    assert (wrong.status_code, wrong.json()["saved"]) == (422, False)
    client.post(address.removesuffix("1/"))
    late = client.post(address, {"answer": "b", "save_number": "1"}, headers=JSON)
    assert (late.status_code, late.json()["saved"]) == (409, False)
    assert Response.objects.get().answer == "a"


def test_an_answer_that_cannot_be_read_is_kept_on_the_page_and_says_how_to_mend_it(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "numeric")
    address = begin(client)
    text = text_of(client.post(address, {"answer-value": "about four", "answer-unit": "V"}), status=422)
    assert "This is not a number." in text
    assert 'value="about four"' in text
    assert "<title>Error:" in text


def test_feedback_after_each_answer_comes_when_it_is_asked_for_and_then_the_answer_stands(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "single", "multiple", feedback="after-each")
    address = begin(client)
    assert "Check my answer" in text_of(client.get(address))
    page = text_of(client.post(address, {"answer": "a", "go": "check"}, follow=True))
    assert "Orange marks high voltage." in page
    assert "Check my answer" not in page
    client.post(address, {"answer": "b", "save_number": "1"})
    assert Response.objects.get(position=1).answer == "a"


def test_feedback_that_is_not_due_is_not_shown_and_the_page_says_when_it_is(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "single", feedback="after-pass", pass_percent=50, attempts_allowed=2)
    address = begin(client)
    client.post(address, {"answer": "b"})
    text = text_of(client.post(address.removesuffix("1/"), follow=True))
    assert "What was right is shown when you have passed, or after your last try." in text
    assert "The orange one" not in text


def test_time_is_shown_in_words_and_ends_by_the_servers_clock(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "single", minutes=30)
    address = begin(client)
    text = text_of(client.get(address))
    assert "<strong data-time>29 minutes</strong>" in text
    client.post(address, {"answer": "a"})
    Attempt.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    page = client.get(address, follow=True)
    text = text_of(page)
    assert page.redirect_chain[-1][0].endswith("/result/")
    assert "Time was up. What was saved is handed in." in text
    assert Attempt.objects.get().time_was_up


def test_unanswered_questions_are_named_before_handing_in(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "single", "multiple")
    address = begin(client)
    text = text_of(client.post(address, {"go": "list"}, follow=True))
    assert "2 questions are not answered." in text
    assert client.get(address.removesuffix("1/") + "result/").headers["Location"] == address.removesuffix("1/")


def test_lines_to_order_move_by_a_button_without_a_script(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "order")
    address = begin(client)
    shown = [line.split('"')[0] for line in text_of(client.get(address)).split('data-key="')[1:]]
    sent = {f"answer-{key}": "" for key in shown}
    stays = client.post(address, sent | {"move": f"answer:{shown[0]}:down", "answer-" + shown[0]: "1"})
    assert stays.headers["Location"] == address
    assert Response.objects.get().answer == [shown[1], shown[0], shown[2]]


def test_a_file_is_handed_in_listed_taken_away_and_only_ever_downloaded(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "file")
    address = begin(client)
    assert "How it is marked" in text_of(client.get(address))
    upload = SimpleUploadedFile("plan.txt", b"My plan: off, secure, verify.")
    page = text_of(client.post(address, {"answer-file": upload, "go": "stay"}, follow=True))
    assert "plan.txt" in page
    file = AnswerFile.objects.get()
    answer = client.get(f"{HOME}/answers/{file.uid}/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan.txt"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content) == b"My plan: off, secure, verify."  # type: ignore[attr-defined]
    assert client.get(f"/en/courses/other/answers/{file.uid}/").status_code == 404
    client.post(address, {"remove": str(file.uid)})
    assert not AnswerFile.objects.exists()
    refused = SimpleUploadedFile("plan.exe", b"MZ")
    assert "plan.exe" not in text_of(client.post(address, {"answer-file": refused}), status=422)


def test_what_a_person_marks_waits_and_then_shows_the_marks(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "free-text", pass_percent=50)
    address = begin(client)
    client.post(address, {"answer": "I switch it off."})
    text = text_of(client.post(address.removesuffix("1/"), follow=True))
    assert "Handed in. Somebody marks it now." in text
    assert "1 answer waits for a person to mark it." in text
    attempt = Attempt.objects.get()
    tutor = give_part(a_learner("tutor"), found.version.course, "tutor")
    mark_response(by=tutor, attempt_uid=attempt.uid, position=1, marks={"steps": Decimal(2)}, comment="Well done.")
    text = text_of(client.get(address.removesuffix("1/") + "result/"))
    assert "Well done." in text
    assert "2 points" in text


def test_a_questionnaire_has_no_result(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "scale", purpose="questionnaire")
    assert "Start the questionnaire" in text_of(client.get(f"{LEARN}test/"))
    address = begin(client)
    client.post(address, {"answer": "2"})
    text = text_of(client.post(address.removesuffix("1/"), follow=True))
    assert "Thank you. Your answers are handed in." in text
    assert "Your result" not in text


def test_the_overview_and_the_result_ask_ten_questions_at_most(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, *FORMS)
    address = begin(client).removesuffix("1/")
    client.get(address)  # the first reader of a version asks for its units as well
    for path in (address, f"{address}result/"):
        if path != address:
            client.post(address)
        with CaptureQueriesContext(connection) as asked:
            text_of(client.get(path))
        assert len(asked) <= 10, [query["sql"] for query in asked]


def test_nobody_reads_the_pass_mark_as_their_result_who_has_not_reached_it(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "single", pass_percent=60)
    address = begin(client).rsplit("/", 2)[0]
    client.post(f"{address}/")
    Attempt.objects.update(points=Decimal("59.99"), most_points=Decimal(100), passed=False)
    assert "59.99 %" in text_of(client.get(f"{address}/result/"))
    assert "59.99 %" in text_of(client.get("/en/me/learning/"))
