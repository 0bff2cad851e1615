"""Every answer says what a browser may load, and those with a policy of their own keep it."""

from __future__ import annotations

import pytest
from csp.constants import HEADER, NONCE, NONE, SELF
from csp.decorators import csp_exempt, csp_replace, csp_update
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from synchromesh.web.middleware import PolicyMiddleware


def _plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("plain")


def _with_nonce(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.csp_nonce))  # type: ignore[attr-defined]


_framed = csp_replace({"frame-ancestors": ["*"]})(_plain)
_playing = csp_update({"media-src": [SELF]})(_plain)
_free = csp_exempt()(_plain)


def _policy(middleware: PolicyMiddleware, view: object) -> str:
    request = RequestFactory().get("/")
    middleware.process_request(request)
    answer = middleware.process_response(request, view(request))  # type: ignore[operator]
    return str(answer.headers.get(HEADER, ""))


def test_special_answers_have_their_own_policy_before_and_after_plain_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    middleware = PolicyMiddleware(_plain)
    for _ in range(3):
        plain = _policy(middleware, _plain)
        assert "script-src 'self'" in plain
        assert "frame-ancestors 'none'" in plain
        assert "media-src" not in plain
        assert "frame-ancestors *" in _policy(middleware, _framed)
        assert "media-src 'self'" in _policy(middleware, _playing)
        assert _policy(middleware, _free) == ""
    monkeypatch.setattr("django.conf.settings.CONTENT_SECURITY_POLICY", {"DIRECTIVES": {"script-src": [SELF, NONCE]}})
    for _ in range(2):
        assert "nonce-" not in _policy(middleware, _plain)
        first, second = _policy(middleware, _with_nonce), _policy(middleware, _with_nonce)
        assert "nonce-" in first
        assert first != second


def test_another_policy_in_the_settings_counts_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    middleware = PolicyMiddleware(_plain)
    before = _policy(middleware, _plain)
    monkeypatch.setattr("django.conf.settings.CONTENT_SECURITY_POLICY", {"DIRECTIVES": {"default-src": [NONE]}})
    assert _policy(middleware, _plain) == "default-src 'none'" != before


@pytest.mark.django_db
def test_pages_errors_and_files_have_one() -> None:
    for address in ("/en/about/", "/en/nowhere/", "/robots.txt", "/theme"):
        assert "default-src 'none'" in Client().get(address).headers[HEADER]
