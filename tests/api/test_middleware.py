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
    assert response["Allow"] == "POST, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize(
    "address", ["/api/v1/roles", "/api/v1/roles/battery-technician", "/api/v1/", "/api/v1/openapi.json"]
)
def test_nothing_that_is_read_can_be_written(client: Client, method: str, address: str) -> None:
    response = getattr(client, method)(address)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", ["/api/v1/roles", "/api/v1/openapi.json"])
def test_head_says_what_get_would_and_has_no_body(client: Client, address: str) -> None:
    got, asked = client.get(address), client.head(address)
    assert asked.status_code == 200
    assert asked.content == b""
    for name in ("ETag", "Content-Type", "Cache-Control", "Content-Length"):
        assert asked[name] == got[name]
    assert asked["Content-Length"] == str(len(got.content))


def test_options_name_the_methods_of_the_address(client: Client) -> None:
    assert client.options("/api/v1/roles")["Allow"] == "GET, HEAD, OPTIONS"
    assert client.options(MATCH)["Allow"] == "POST, OPTIONS"


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    first = client.get("/api/v1/roles")
    again = client.get("/api/v1/roles", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    for name in ("ETag", "Cache-Control", "RateLimit-Remaining", "Access-Control-Allow-Origin"):
        assert again[name]
    assert client.head("/api/v1/roles", headers={"If-None-Match": f"W/{first['ETag']}"}).status_code == 304
    a_role("welder", {"weld-busbars": 3})
    changed = client.get("/api/v1/roles", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_what_was_read_may_be_kept_for_a_minute_and_a_refusal_never(client: Client) -> None:
    assert client.get("/api/v1/roles")["Cache-Control"] == "public, max-age=60"
    assert client.get("/api/v1/roles/nobody")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("accepted", ["text/html", "application/xml, text/*", "application/json;q=0"])
def test_who_does_not_take_json_is_told_that_there_is_nothing_else(client: Client, accepted: str) -> None:
    told = problem(client.get("/api/v1/roles", headers={"Accept": accepted}), 406)
    assert told["code"] == "not_acceptable"
    assert problem(post(client, {"texts": ["x"]}, Accept=accepted), 406)


@pytest.mark.parametrize(
    "accepted", ["*/*", "application/*", "text/html, */*;q=0.1", "application/json; charset=utf-8"]
)
def test_who_takes_json_among_others_gets_it(client: Client, accepted: str) -> None:
    assert client.get("/api/v1/roles", headers={"Accept": accepted}).status_code == 200


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("feild=battery", ["feild"]),
        ("limit=1&limit=2", ["limit"]),
        ("limit=0", ["limit"]),
        ("limit=101", ["limit"]),
        ("limit=many", ["limit"]),
        ("a=1&b=2", ["a", "b"]),
    ],
)
def test_a_wrong_parameter_is_named(client: Client, query: str, parameters: list[str]) -> None:
    told = problem(client.get(f"/api/v1/roles?{query}"), 422)
    assert told["code"] == "invalid_input"
    assert [fault["parameter"] for fault in told["errors"]] == parameters


def test_the_language_of_the_reader_changes_nothing(client: Client) -> None:
    german = client.get("/api/v1/roles", headers={"Accept-Language": "de"})
    assert german.content == client.get("/api/v1/roles").content


def test_who_has_no_address_is_refused_and_not_let_in_uncounted() -> None:
    problem(Client(REMOTE_ADDR="").get("/api/v1/roles"), 403)


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
    assert "Content-Type" in before["Access-Control-Allow-Headers"]
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
