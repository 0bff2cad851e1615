"""Which answers are kept, for whom, and what a kept answer looks like."""

from __future__ import annotations

import gzip

import pytest
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path
from tests.records import a_course, a_topic
from tests.web.kept_pages.conftest import Stamp

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.config.urls import urlpatterns as real_addresses
from synchromesh.framework.models import Topic
from synchromesh.web.kept_pages.kept import KeptPages
from synchromesh.web.kept_pages.public import do_not_keep, public_page

pytestmark = pytest.mark.django_db
PUBLIC = ("/en/", "/en/courses/", "/en/roles/", "/en/skills/", "/en/fields/", "/en/organisations/", "/de/courses/")
SECURITY = (
    "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
)  # fmt: skip


def _with_secret(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def _with_session(request: HttpRequest) -> HttpResponse:
    request.session["answers"] = 1
    return HttpResponse("kept in the session")


def _with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("sets a cookie")
    response.set_cookie("seen", "1")
    return response


def _with_message(request: HttpRequest) -> HttpResponse:
    messages.info(request, "Saved")
    return HttpResponse("has a message for the next page")


def _by_agent(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.headers.get("User-Agent", ""), headers={"Vary": "User-Agent"})


def _with_nonce(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.csp_nonce))  # type: ignore[attr-defined]


def _plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the same for everybody")


NEVER = {
    "secret": _with_secret,
    "session": _with_session,
    "cookie": _with_cookie,
    "message": _with_message,
    "agent": _by_agent,
    "nonce": _with_nonce,
    "counted": lambda request: do_not_keep(HttpResponse("counted")),
    "missing": lambda request: HttpResponse("not there", status=404),
    "moved": lambda request: HttpResponse(status=302, headers={"Location": "/en/"}),
}
_odd = [path(f"never/{name}", public_page(view)) for name, view in (NEVER | {"plain": _plain}).items()]
urlpatterns = [*i18n_patterns(*_odd), *real_addresses]


@pytest.mark.parametrize("name", NEVER)
@pytest.mark.urls(__name__)
def test_what_is_for_one_visitor_is_not_kept_although_the_view_is_marked(name: str, pages: KeptPages) -> None:
    Client().get("/en/never/plain")
    assert len(pages) == 1
    Client().get(f"/en/never/{name}")
    assert len(pages) == 1


@pytest.mark.parametrize("address", PUBLIC)
def test_the_second_visitor_gets_the_page_without_a_question_to_the_database(
    address: str, pages: KeptPages, django_assert_num_queries: object
) -> None:
    a_course("safe-work", titles={"en": "Safe work", "de": "Sicher arbeiten"})
    first = Client().get(address)
    assert len(pages) == 1
    with django_assert_num_queries(0):  # type: ignore[operator]
        second = Client().get(address)
    assert second.content == first.content
    assert dict(second.headers.items()) == dict(first.headers.items())
    assert "Set-Cookie" not in second.headers
    assert "csrfmiddlewaretoken" not in second.content.decode()


@pytest.mark.parametrize("address", PUBLIC)
def test_a_kept_page_has_all_headers_that_protect(address: str, pages: KeptPages) -> None:
    Client().get(address)
    kept = Client().get(address)
    assert [name for name in SECURITY if name not in kept.headers] == []
    assert kept.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in kept.headers["Vary"]
    assert kept.headers["Content-Language"] == address[1:3]


def test_a_change_shows_in_the_very_next_answer(pages: KeptPages, stamp: Stamp) -> None:
    course = a_course("safe-work", titles={"en": "Safe work"})
    assert "Safe work" in Client().get("/en/courses/").content.decode()
    Course.objects.filter(pk=course.pk).update(titles={"en": "Safer work"})
    assert "Safe work" in Client().get("/en/courses/").content.decode()  # the test has not said that it committed
    stamp.change()
    assert "Safer work" in Client().get("/en/courses/").content.decode()


def test_a_page_that_was_made_while_something_changed_is_outdated_at_once(
    pages: KeptPages, stamp: Stamp, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def change_at_first() -> list[Topic]:
        asked.append(1)
        if len(asked) == 1:
            stamp.change()
        return []

    monkeypatch.setattr("synchromesh.web.home.views.list_topics", change_at_first)
    for _ in range(3):
        Client().get("/en/")
    assert len(asked) == 2


def test_where_nothing_can_be_told_nothing_is_kept_or_taken(pages: KeptPages, stamp: Stamp) -> None:
    Client().get("/en/")
    stamp.value = None
    Client().get("/en/courses/")
    assert len(pages) == 1
    a_topic("battery", titles={"en": "New field"})
    assert "New field" in Client().get("/en/").content.decode()


@pytest.mark.parametrize("address", PUBLIC)
def test_who_is_signed_in_never_gets_or_gives_a_kept_page(address: str, pages: KeptPages, staff: User) -> None:
    signed_in, visitor = Client(), Client()
    signed_in.force_login(staff)
    own = signed_in.get(address)
    assert len(pages) == 0
    assert "ETag" not in own.headers
    assert '/me/"' in own.content.decode()
    public = visitor.get(address)
    assert '/me/"' not in public.content.decode()
    assert signed_in.get(address, headers={"If-None-Match": public.headers["ETag"]}).status_code == 200
    assert '/me/"' in signed_in.get(address).content.decode()


def test_what_nobody_may_see_yet_is_on_no_kept_page(pages: KeptPages, staff: User, stamp: Stamp) -> None:
    a_course("draft", titles={"en": "Not published"}, published_at=None)
    signed_in = Client()
    signed_in.force_login(staff)
    for client in (signed_in, Client(), Client()):
        for address in (*PUBLIC, "/en/courses/?q=published", "/en/search/?q=published"):
            assert "Not published" not in client.get(address).content.decode()


def test_a_browser_that_has_the_page_is_told_so(pages: KeptPages, stamp: Stamp) -> None:
    tag = Client().get("/en/roles/").headers["ETag"]
    for _ in range(2):
        again = Client().get("/en/roles/", headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag
        assert "Referrer-Policy" in again.headers
        stamp.change()  # made anew, it is the same page
    assert Client().get("/en/roles/", headers={"If-None-Match": '"another"'}).status_code == 200


def test_packed_and_plain_pages_are_kept_apart(pages: KeptPages) -> None:
    plain = Client().get("/en/roles/")
    for _ in range(2):
        packed = Client().get("/en/roles/", headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
        assert "Content-Encoding" not in Client().get("/en/roles/").headers
    assert len(pages) == 2


def test_the_list_in_part_and_as_a_whole_are_kept_apart(pages: KeptPages) -> None:
    for _ in range(2):
        part = Client().get("/en/courses/?price=free", headers={"HX-Request": "true"})
        whole = Client().get("/en/courses/?price=free")
        assert "<html" in whole.content.decode()
        assert "<html" not in part.content.decode()
        assert part.headers["HX-Push-Url"] == "/en/courses/?price=free"
        assert "HX-Push-Url" not in whole.headers


def test_each_theme_has_its_own_page(pages: KeptPages) -> None:
    for _ in range(2):
        for theme in ("dark", "light", ""):
            visitor = Client()
            if theme:
                visitor.cookies["theme"] = theme
            assert f'data-theme="{theme}"' in visitor.get("/en/").content.decode()


def test_each_host_has_its_own_page_and_a_foreign_one_none(pages: KeptPages) -> None:
    for _ in range(2):
        assert "http://localhost/de/" in Client().get("/en/", headers={"Host": "localhost"}).content.decode()
        assert "http://testserver/de/" in Client().get("/en/").content.decode()
        assert Client().get("/en/", headers={"Host": "evil.example"}).status_code == 400


def test_words_that_find_nothing_are_counted_for_each_reader(pages: KeptPages) -> None:
    a_course("safe-work")
    for address in ("/en/courses/?q=zzzyzx", "/en/search/?q=zzzyzx"):
        assert Client().get(address).headers["Cache-Control"] == "no-store"
    assert len(pages) == 0


def test_with_no_memory_every_page_is_made_anew(pages: KeptPages) -> None:
    pages.most_bytes = 0
    Client().get("/en/")
    assert len(pages) == 0
    assert settings.PAGE_CACHE_MB == 32
