"""What all addresses of the interface have in common."""

from __future__ import annotations

import io

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from tests.api.contract import MATCH, post, problem
from tests.records import a_role

from synchromesh.api.middleware import ApiMiddleware

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_matching", "framework")]


@pytest.fixture
def framework(db: None) -> None:
    """One skill and a role."""
    a_role("battery-technician", {"weld-busbars": 1})


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options"])
@pytest.mark.parametrize("address", ["/api/", "/api/v2/match", "/api/v1/nothing", "/api/v1/match/more"])
def test_an_address_that_nothing_has_is_a_problem_without_a_cookie(client: Client, method: str, address: str) -> None:
    response = getattr(client, method)(address)
    assert problem(response, 404)["code"] == "not_found"
    assert not response.cookies


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_a_method_that_is_not_taken_is_refused_with_those_that_are(client: Client, method: str) -> None:
    response = getattr(client, method)(MATCH)
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert response["Content-Type"] == "application/problem+json"


def test_the_document_cannot_be_written(client: Client) -> None:
    assert problem(post(client, {}, "/api/v1/openapi.json"), 405)["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json"]
)
def test_what_a_form_of_another_website_could_send_is_refused(client: Client, kind: str) -> None:
    response = client.post(MATCH, b'{"texts": ["x"]}', content_type=kind)
    assert problem(response, 415)["code"] == "unsupported_media_type"


def test_json_may_say_its_encoding(client: Client) -> None:
    response = client.post(MATCH, b'{"texts": ["x"]}', content_type="application/json; charset=utf-8")
    assert response.status_code == 200


def test_a_body_of_more_than_a_megabyte_is_refused_unread(client: Client) -> None:
    problem(post(client, b" " * (1024 * 1024 + 1)), 413)
    assert post(client, b'{"texts": ["x"]}'.ljust(1024 * 1024)).status_code == 200


def test_a_body_that_does_not_say_its_length_is_refused_and_not_taken_for_an_empty_one() -> None:
    request = RequestFactory().post(
        MATCH, b"", content_type="application/json", headers={"Transfer-Encoding": "chunked"}
    )
    request.META.pop("CONTENT_LENGTH", None)
    problem(ApiMiddleware(lambda _: HttpResponse("read"))(request), 411)


def test_another_website_may_ask_and_read_the_answer(client: Client) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    before = client.options(MATCH, headers=asked)
    assert before.status_code == 204
    assert before.content == b""
    assert "POST" in before["Access-Control-Allow-Methods"]
    assert before["Access-Control-Allow-Headers"] == "Content-Type"
    for response in (before, post(client, {"texts": ["x"]}), post(client, {}), client.get("/api/v1/openapi.json")):
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
    assert "RateLimit-Remaining" in before["Access-Control-Expose-Headers"]


def test_pages_are_not_opened_to_other_websites(client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/en/").headers


def test_no_cookie_is_needed_and_none_is_set() -> None:
    client = Client(enforce_csrf_checks=True)
    response = post(client, {"texts": ["weld busbars"]})
    assert response.status_code == 200
    assert not response.cookies


def test_a_body_that_only_django_finds_too_large_is_refused_alike(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_MEMORY_SIZE", 10)
    assert problem(post(client, {"texts": ["longer than ten bytes"]}), 413)


def test_a_caller_who_hangs_up_is_no_bug(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(io.BytesIO):
        def read(self, *size: object) -> bytes:
            raise OSError("the connection is gone")

    about = {"wsgi.input": Broken(), "CONTENT_LENGTH": "100", "CONTENT_TYPE": "application/json"}
    assert problem(client.generic("POST", MATCH, **about), 400)  # type: ignore[arg-type]
    assert "Reference" not in caplog.text
