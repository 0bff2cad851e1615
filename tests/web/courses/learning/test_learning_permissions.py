"""Who gets what at the addresses of learning: the learner their own, nobody anybody else's."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.learning.records import a_learner, an_enrolment, give_part
from tests.web.courses.learning.learning_site import HOME, LEARN, a_test_unit, begin, learning

from synchromesh.assessment.models import AnswerFile, Attempt, Response
from synchromesh.learning.models import PrivateNote

pytestmark = pytest.mark.django_db
SIGN_IN = "sign in"


def _outcome(client: Client, method: str, address: str) -> str:
    response = client.get(address) if method == "GET" else client.post(address, {"do": "note", "text": "x"})
    if response.streaming:
        b"".join(response.streaming_content)  # type: ignore[attr-defined]
    if response.headers.get("Location", "").startswith("/en/account/login/"):
        return SIGN_IN
    return str(response.status_code)


def test_others_reach_nothing_of_a_learner(client: Client) -> None:
    found = learning(client, kinds=("text", "exercise"))
    a_test_unit(found.version, "file", "single")
    first = begin(client)
    attempt = first.removesuffix("1/")
    response = Response.objects.get(position=1)
    file = AnswerFile.objects.create(response=response, name="a.txt", media_type="text/plain", bytes=1, sha256="0")
    own = {
        ("GET", f"{LEARN}text/"): "200",
        ("POST", f"{LEARN}text/"): "302",
        ("GET", f"{LEARN}text/discussion/"): "200",
        ("GET", first): "200",
        ("GET", attempt): "200",
        ("GET", f"{attempt}result/"): "302",
        ("GET", f"{HOME}/result/"): "200",
        ("POST", f"{LEARN}test/attempt/"): "302",
    }
    for (method, address), outcome in own.items():
        assert _outcome(client, method, address) == outcome, address
    course = found.version.course
    classmate = a_learner("classmate")
    an_enrolment(found.version, classmate)
    for person in (a_learner("stranger"), classmate, *(give_part(a_learner(part), course, part) for part in _PARTS)):
        client.force_login(person)
        private = [(method, address) for method, address in own if "/attempt/" in address and method == "GET"]
        talks = person.name.startswith(("Tutor", "Author"))  # with learners, beside a unit of the course
        for method, address in private if person is classmate else own:
            expected = "200" if talks and address.endswith("/discussion/") else "404"
            assert _outcome(client, method, address) == expected, (person, address)
        reads_files = person.name.startswith(("Tutor", "Author"))
        expected = "404"  # the bytes are not there; a tutor gets further than a stranger, as the words tell
        answer = client.get(f"{HOME}/answers/{file.uid}/")
        assert (str(answer.status_code), "This file is gone." in answer.content.decode()) == (expected, reads_files)
    client.logout()
    for method, address in own:
        assert _outcome(client, method, address) == SIGN_IN, address
    assert PrivateNote.objects.get().person == found.person
    assert Attempt.objects.get().submitted_at is None


_PARTS = ("tutor", "author", "reviewer")


def test_an_attempt_is_found_only_under_the_unit_of_its_test(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "single")
    a_test_unit(found.version, "multiple", key="other")
    first = begin(client)
    assert client.get(first).status_code == 200
    assert client.get(first.replace("/test/", "/other/")).status_code == 404
    assert client.get(first.replace("/test/", "/text/")).status_code == 404
    assert client.get(first.replace("/1/", "/2/")).status_code == 404


def test_a_draft_is_no_learners_to_read(client: Client) -> None:
    found = learning(client, kinds=("text",))
    type(found.version).objects.update(published_at=None)
    assert client.get(f"{LEARN}text/").status_code == 404
