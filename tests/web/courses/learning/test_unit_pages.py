"""Units: shown in the learner's language, done by whoever says so, with note, help and one outline beside them."""

from __future__ import annotations

import re

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.learning.records import ALL_KINDS, a_cohort, a_done_unit, a_unit
from tests.web.courses.learning.learning_site import HOME, LEARN, hidden, learning, text_of

from synchromesh.learning.models import CohortDate, PrivateNote, StuckReport, Unit, UnitProgress
from synchromesh.learning.operations.notes import LONGEST_NOTE

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_unit_of_each_kind_is_a_whole_page_of_at_most_ten_questions_to_the_database(
    kind: str, client: Client
) -> None:
    learning(client, kinds=(kind, "text"))
    client.get(f"{LEARN}text/")
    for _ in range(2):  # the first sight of a unit writes, and reads what is kept afterwards
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"{LEARN}{kind}/")
        questions = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
        assert len(questions) <= 10, questions
    text = text_of(page)
    html5lib.HTMLParser(strict=True).parse(page.content.decode())  # type: ignore[no-untyped-call]
    assert f"<h1>Unit {kind}</h1>" in text
    assert "Unit 1 of 2" in text
    assert ("Mark as done" in text) == (kind in {"text", "picture", "file"})


def test_the_outline_is_the_same_on_every_step(client: Client) -> None:
    learning(client)
    outlines = set()
    for kind in ALL_KINDS:
        text = text_of(client.get(f"{LEARN}{kind}/"))
        outline = re.search(r'<ol class="outline-sections">.*?</ol></li></ol>', text, re.DOTALL)
        assert outline is not None
        outlines.add(re.sub(r' aria-current="step"|\((?:to do|begun)\)', "", outline.group()))
    assert len(outlines) == 1


def test_marking_as_done_leads_on_and_the_last_unit_to_the_result(client: Client) -> None:
    learning(client, kinds=("text", "picture"))
    client.get(f"{LEARN}text/")
    assert client.post(f"{LEARN}text/", {"do": "done"}).headers["Location"] == f"{LEARN}picture/"
    assert "You have done this unit." in text_of(client.get(f"{LEARN}text/"))
    client.get(f"{LEARN}picture/")
    page = client.post(f"{LEARN}picture/", {"do": "done"}, follow=True)
    assert page.redirect_chain == [(f"{HOME}/result/", 302)]
    text = text_of(page)
    assert "You have completed the course" in text
    assert "Earned on" in text
    assert "Kept as your result." in text


def test_a_test_is_not_done_by_saying_so(client: Client) -> None:
    learning(client, kinds=("quiz",))
    client.get(f"{LEARN}quiz/")
    assert client.post(f"{LEARN}quiz/", {"do": "done"}).status_code == 409


def test_a_source_in_the_text_is_a_link_to_the_list_of_sources(client: Client) -> None:
    learning(client, kinds=("text",))
    text = text_of(client.get(f"{LEARN}text/"))
    assert '<sup><a href="#source-rule" aria-label="Source 1">[1]</a></sup>' in text
    assert '<li id="source-rule" value="1">' in text
    assert "not checked yet" in text


def test_a_text_that_is_missing_in_the_learners_language_says_so(client: Client) -> None:
    found = learning(client, kinds=("text",), language="de")
    unit = Unit.objects.get(version=found.version)
    unit.content["blocks"][1]["texts"] = {"en": "Only in English."}
    unit.save()
    text = text_of(client.get(f"{LEARN}text/"))
    assert "This unit is not in German yet. It is shown in English." in text
    assert '<div class="prose" lang="de"><p>Orange Kabel.' in text
    assert '<div class="prose"><p>Only in English.' in text


def test_a_page_in_german_marks_what_is_english(client: Client) -> None:
    found = learning(client, kinds=("text",), language="de")
    unit = Unit.objects.get(version=found.version)
    unit.content["blocks"][1]["texts"] = {"en": "Only in English."}
    unit.save()
    text = text_of(client.get(f"/de/courses/{found.version.course.slug}/learn/text/"))
    assert '<div class="prose" lang="en"><p>Only in English.' in text
    assert '<div class="prose"><p>Orange Kabel.' in text


def test_a_note_is_saved_with_and_without_a_script_and_never_over_a_newer_one(client: Client) -> None:
    learning(client, kinds=("text",))
    page = text_of(client.post(f"{LEARN}text/", {"do": "note", "text": "Ask Kim", "seen": ""}, follow=True))
    assert "Your note is saved." in page
    assert f'maxlength="{LONGEST_NOTE}"' in page
    seen = hidden(page, "seen")
    answer = client.post(f"{LEARN}text/", {"do": "note", "text": "Ask Kim twice", "seen": seen}, headers=JSON)
    assert answer.json()["saved"] is True
    assert answer.json()["fields"]["seen"] != seen
    stale = client.post(f"{LEARN}text/", {"do": "note", "text": "Old page", "seen": seen}, headers=JSON)
    assert (stale.status_code, stale.json()["saved"]) == (409, False)
    assert PrivateNote.objects.get().text == "Ask Kim twice"


def test_saying_that_one_is_stuck_reaches_the_tutors_and_can_be_settled(client: Client) -> None:
    learning(client, kinds=("text",))
    page = text_of(client.post(f"{LEARN}text/", {"do": "stuck", "text": "What is IT?"}, follow=True))
    assert "Your tutors know now that you are stuck here." in page
    assert "I can go on again" in page
    report = StuckReport.objects.get()
    assert report.text == "What is IT?"
    client.post(f"{LEARN}text/", {"do": "stuck", "settle": report.uid})
    report.refresh_from_db()
    assert report.settled_at is not None


def test_a_transcript_that_was_read_makes_a_video_done_without_a_script(client: Client) -> None:
    learning(client, kinds=("video", "text"))
    page = text_of(client.get(f"{LEARN}video/"))
    assert "What is said." in page
    assert 'kind="captions"' in page
    sent = {"do": "report", "save_number": "0", "spans": "[]", "duration": "0", "position": "0"}
    client.post(f"{LEARN}video/", sent | {"transcript_read": "1"})
    assert "You have done this unit." in text_of(client.get(f"{LEARN}video/"))


def test_a_script_reports_which_seconds_of_a_video_were_seen(client: Client) -> None:
    learning(client, kinds=("video", "text"))
    client.get(f"{LEARN}video/")
    sent = {"do": "report", "save_number": "0", "spans": "[[0, 95]]", "duration": "100", "position": "95"}
    answer = client.post(f"{LEARN}video/", sent, headers=JSON)
    assert answer.json() == {"saved": True, "message": "This unit is done.", "fields": {"save_number": 1}}
    broken = client.post(f"{LEARN}video/", sent | {"spans": "[[0,"}, headers=JSON)
    assert (broken.status_code, broken.json()["saved"]) == (422, False)


def test_an_exercise_is_checked_on_the_server_and_tells_no_answer_beforehand(client: Client) -> None:
    learning(client, kinds=("exercise", "text"))
    page = text_of(client.get(f"{LEARN}exercise/"))
    assert "Orange marks high voltage." not in page
    assert "The right answer" not in page
    wrong = client.post(f"{LEARN}exercise/", {"do": "report", "question": "colour", "q-colour": "b"})
    assert wrong.headers["Location"] == f"{LEARN}exercise/#exercise-colour"
    assert "Not right." in text_of(client.get(f"{LEARN}exercise/"))
    sent = {"do": "report", "question": "colour", "q-colour": "a", "save_number": "1"}
    client.post(f"{LEARN}exercise/", sent)
    page = text_of(client.get(f"{LEARN}exercise/"))
    assert "Right." in page
    assert "Orange marks high voltage." in page
    client.post(f"{LEARN}exercise/", {"do": "report", "question": "steps", "show": "1", "save_number": "2"})
    page = text_of(client.get(f"{LEARN}exercise/"))
    assert "1. Switch off" in page
    assert "You have done this unit." in page


def test_an_exercise_without_an_answer_says_what_is_missing_and_keeps_the_page(client: Client) -> None:
    learning(client, kinds=("exercise",))
    text = text_of(client.post(f"{LEARN}exercise/", {"do": "report", "question": "colour"}), status=422)
    assert "Answer the question first." in text
    assert client.post(f"{LEARN}exercise/", {"do": "report", "question": "gone"}).status_code == 404


def test_a_live_session_shows_the_date_of_the_learners_cohort(client: Client) -> None:
    found = learning(client, kinds=("live-session",))
    assert "Your tutors have not set a date yet." in text_of(client.get(f"{LEARN}live-session/"))
    cohort = a_cohort(found.version.course)
    CohortDate.objects.create(cohort=cohort, unit_key="live-session", at="2027-03-09T14:30:00Z", place="Room 4")
    found.enrolment.run = cohort.run
    found.enrolment.save()
    text = text_of(client.get(f"{LEARN}live-session/"))
    assert "14:30" in text
    assert "Room 4" in text


def test_opening_a_unit_makes_nothing_done_and_remembers_the_place(client: Client) -> None:
    found = learning(client, kinds=("text", "file"))
    client.get(f"{LEARN}file/")
    found.enrolment.refresh_from_db()
    assert found.enrolment.last_unit is not None
    assert found.enrolment.last_unit.key == "file"
    assert not UnitProgress.objects.exclude(done_at=None).exists()


def test_nothing_of_a_learner_stays_in_the_browser(client: Client) -> None:
    learning(client, kinds=("text",))
    for address in (f"{LEARN}text/", LEARN, f"{HOME}/result/", "/en/me/learning/", f"{LEARN}text/discussion/"):
        assert "no-store" in client.get(address).headers["Cache-Control"], address
    assert 'action="/en/account/logout/"' in text_of(client.get(f"{LEARN}text/"))
    answer = client.post("/en/account/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(f"{LEARN}text/").headers["Location"].startswith("/en/account/login/")


def test_signing_out_by_a_link_still_asks_first(client: Client) -> None:
    learning(client, kinds=("text",))
    page = client.get("/en/account/logout/")
    assert page.status_code == 200
    assert "Clear-Site-Data" not in page.headers


def test_only_the_unit_pages_may_play_videos_and_nothing_else_is_looser(client: Client) -> None:
    learning(client, kinds=("text",))
    policy = client.get(f"{LEARN}text/").headers["Content-Security-Policy"]
    assert "media-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_due_dates_stand_in_the_outline_until_the_unit_is_done(client: Client) -> None:
    found = learning(client, kinds=("text", "file"))
    a_unit(found.version.sections.get(key="second"), "text", key="more")
    cohort = a_cohort(found.version.course)
    CohortDate.objects.create(cohort=cohort, unit_key="text", at="2027-03-09T14:30:00Z")
    found.enrolment.run = cohort.run
    found.enrolment.save()
    assert "due 9 March 2027" in text_of(client.get(f"{LEARN}file/"))
    a_done_unit(found.enrolment, "text")
    assert "due 9 March 2027" not in text_of(client.get(f"{LEARN}file/"))


@pytest.mark.parametrize(
    ("kind", "sent", "status"),
    [
        ("video", {"do": "report", "spans": "[" * 20_000, "duration": "10"}, 422),
        ("exercise", {"do": "report", "question": "steps", "q-steps-off": "9" * 5_000}, 302),
        ("text", {"do": "stuck", "settle": "no uid"}, 404),
    ],
)
def test_what_no_page_sends_is_refused_and_breaks_nothing(
    kind: str, sent: dict[str, str], status: int, client: Client
) -> None:
    learning(client, kinds=(kind,))
    assert client.post(f"{LEARN}{kind}/", sent).status_code == status
