"""NUL is in no text: pages leave it out of addresses, and say so where somebody sends it in a form."""

from __future__ import annotations

import pytest
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from synchromesh.web.middleware import ErrorTranslationMiddleware, NullCharacterMiddleware

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/en/courses/?provider=a%00b", "/en/search/?q=%00", "/en/courses/?q=x%00y&mode=%00"]
)
def test_a_page_leaves_it_out_of_its_address(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_what_is_left_is_read_as_it_was_typed() -> None:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.GET["q"])
        return HttpResponse()

    NullCharacterMiddleware(view)(RequestFactory().get("/?q=bat%00tery%20x"))
    NullCharacterMiddleware(view)(RequestFactory().get("/?q=100%25"))
    assert seen == ["battery x", "100%"]


def test_in_a_form_it_is_an_error_of_the_reader_and_other_faults_of_the_database_are_not() -> None:
    middleware, request = ErrorTranslationMiddleware(lambda _: HttpResponse()), RequestFactory().post("/en/")
    found = middleware.process_exception(request, DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes"))
    assert found is not None
    assert found.status_code == 422
    assert middleware.process_exception(request, DataError("integer out of range")) is None
