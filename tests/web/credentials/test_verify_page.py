"""Anybody checks any credential: a file, a photo of its QR code, an address or text. Nothing of it is stored."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries
from tests.credentials import foreign_files
from tests.credentials.records import a_credential

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import CredentialEnvelope, StatusReason
from synchromesh.credentials.operations import checking
from synchromesh.credentials.operations.envelopes import take_envelope
from synchromesh.credentials.operations.status import withdraw_credential
from synchromesh.engine.credential_formats.qr import qr_png
from synchromesh.engine.errors import ExternalFailure
from synchromesh.plumbing.models import AuditEvent
from synchromesh.web.credentials import verify_views

pytestmark = pytest.mark.django_db
ADDRESS = "/en/verify"


def send(client: Client, *, status: int = 200, **form: object) -> BeautifulSoup:
    files = {
        name: SimpleUploadedFile(f"{name}.bin", value) if isinstance(value, bytes) else value
        for name, value in form.items()
    }
    answer = client.post(ADDRESS, files)
    assert answer.status_code == status
    text = answer.content.decode()
    assert "⚠ unknown variable" not in text
    return BeautifulSoup(text, "html.parser")


def state_of(page: BeautifulSoup) -> str:
    shown = page.select_one("[data-verdict]")
    assert shown is not None
    return str(shown["data-verdict"])


def errors_of(page: BeautifulSoup) -> str:
    shown = page.select_one(".error-summary")
    assert shown is not None
    return " ".join(shown.get_text().split())


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_the_permanent_address_answers_in_the_language_of_the_reader(client: Client, language: str) -> None:
    answer = client.get("/verify", headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}"'.encode() in answer.content
    assert b'hreflang="en" href="http://testserver/en/verify"' in answer.content


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (foreign_files.a_token(), "unknown_issuer"),
        (foreign_files.a_badge(), "unknown_issuer"),
        (foreign_files.a_badge(valid_until=datetime(2026, 11, 21, tzinfo=UTC)), "expired"),
        (foreign_files.an_altered_badge(), "altered"),
        (foreign_files.an_unsigned_badge(), "could_not_check"),
        (foreign_files.a_badge()[:-30], "could_not_check"),
        (b"Dear reader", "could_not_check"),
        (b"%PDF-1.7 of nothing", "could_not_check"),
    ],
    ids=["token", "badge", "expired", "altered", "not signed", "cut off", "letter", "empty PDF"],
)
def test_a_file_of_any_issuer_gets_its_verdict_at_the_same_address(client: Client, data: bytes, state: str) -> None:
    assert state_of(send(client, file=data)) == state


def test_what_an_unproved_file_says_is_marked_as_anybody_s_word(client: Client) -> None:
    page = send(client, file=foreign_files.an_altered_badge())
    said = page.get_text()
    assert "Anybody could have written this." in said
    assert "Mallory" in said
    who = page.select_one(".verdict-who")
    assert who is None
    good = send(client, file=foreign_files.a_badge())
    assert "Anybody could have written this." not in good.get_text()
    assert foreign_files.HOLDER in good.select_one(".verdict-who").get_text()  # type: ignore[union-attr]


def test_a_status_list_that_nobody_can_reach_is_an_honest_could_not_check(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(url: str) -> bytes:
        raise ExternalFailure("No connection to lists.invalid is possible at the moment.")

    monkeypatch.setattr(checking, "fetch_over_https", unreachable)
    page = send(client, file=foreign_files.a_badge(with_status=True))
    assert state_of(page) == "could_not_check"
    line = page.select_one('[data-line="status"]')
    assert line is not None
    assert "did not answer" in line.get_text()
    assert "Try again later, or ask the issuer." in line.get_text()


def test_a_file_of_ours_is_asked_for_its_status_at_this_site(client: Client) -> None:
    credential = a_credential()
    data = bytes(CredentialEnvelope.objects.get(credential=credential).data)
    assert state_of(send(client, file=data)) == "valid"
    withdraw_credential(by=OPERATOR, credential=credential, reason=StatusReason.ERROR)
    assert state_of(send(client, file=data)) == "withdrawn"


@pytest.mark.parametrize("format_name", ["baked_png", "baked_svg", "open_badge", "selective_jwt", "pdf"])
def test_every_envelope_of_ours_is_valid_here(client: Client, format_name: str) -> None:
    data = bytes(take_envelope(a_credential(), format_name).data)
    assert state_of(send(client, file=data)) == "valid"


@pytest.mark.parametrize("way", ["typed code", "page", "page in a language", "stable address"])
def test_an_address_of_this_site_leads_to_the_page_of_the_credential(client: Client, way: str) -> None:
    credential = a_credential()
    code, site = credential.code, settings.SITE_ADDRESS
    text = {
        "typed code": f" {code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]} ".lower(),
        "page": f"{site}/c/{code}",
        "page in a language": f"{site}/de/c/{code}",
        "stable address": f"{site}/id/credential/{credential.uid}",
    }[way]
    answer = client.post(ADDRESS, {"text": text}, follow=True)
    assert answer.status_code == 200
    assert b'data-verdict="valid"' in answer.content


def test_a_photo_of_the_code_on_paper_leads_there_too(client: Client) -> None:
    credential = a_credential()
    picture = SimpleUploadedFile("photo.png", qr_png(f"{settings.SITE_ADDRESS}/c/{credential.code}"))
    answer = client.post(ADDRESS, {"photo": picture}, follow=True)
    assert b'data-verdict="valid"' in answer.content


def test_the_photo_is_sent_by_a_form_that_needs_no_script(client: Client) -> None:
    page = BeautifulSoup(client.get(ADDRESS).content, "html.parser")
    photo = page.select_one('input[type="file"][name="photo"]')
    assert photo is not None
    assert (photo["accept"], photo["capture"]) == ("image/*", "environment")
    form = photo.find_parent("form")
    assert form is not None
    assert (form["method"], form["enctype"]) == ("post", "multipart/form-data")
    assert form.select_one('button[type="submit"], button:not([type])') is not None
    camera = page.select_one("[data-camera]")
    assert camera is not None
    assert camera.has_attr("hidden")  # a script shows it where there is a camera


def test_a_dark_and_turned_photo_of_the_code_is_read(client: Client) -> None:
    credential = a_credential()
    code = Image.open(BytesIO(qr_png(f"{settings.SITE_ADDRESS}/c/{credential.code}"))).convert("L")
    photo = Image.new("L", (1600, 1200), 90)
    photo.paste(code.point(lambda shade: 40 if shade < 128 else 170).rotate(9, fillcolor=90, expand=True), (500, 300))
    out = BytesIO()
    photo.save(out, "JPEG", quality=80)
    answer = client.post(ADDRESS, {"photo": SimpleUploadedFile("photo.jpg", out.getvalue())}, follow=True)
    assert b'data-verdict="valid"' in answer.content


def test_a_photo_with_more_pixels_than_a_camera_makes_is_not_unpacked(client: Client) -> None:
    out = BytesIO()
    Image.new("1", (8_000, 6_300)).save(out, "PNG")
    assert "more than 50 million pixels" in errors_of(send(client, status=422, photo=out.getvalue()))


def test_a_code_may_hold_the_credential_itself(client: Client) -> None:
    token = foreign_files.a_token()[:300].decode()  # a whole one needs a denser code than a test should draw
    page = send(client, photo=qr_png(token))
    assert state_of(page) == "could_not_check"


def test_an_address_elsewhere_is_fetched(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fetched(url: str, *, limit_bytes: int = 0) -> bytes:
        asked.append(url)
        return foreign_files.a_badge()

    monkeypatch.setattr(checking, "fetch_over_https", fetched)
    assert state_of(send(client, text=" https://badges.example/assertions/7 ")) == "unknown_issuer"
    assert asked == ["https://badges.example/assertions/7"]


@pytest.mark.parametrize(
    "address", ["http://localhost/secret", "https://127.0.0.1/secret", "https://[::1]/", "https://10.0.0.1/x"]
)
def test_the_server_s_own_network_is_never_asked(client: Client, address: str) -> None:
    assert errors_of(send(client, status=422, text=address))


def test_a_picture_without_anything_in_it_says_what_helps(client: Client) -> None:
    head, pixel = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00", b"\x02\x02D\x01\x00;"
    empty = head + b",\x00\x00\x00\x00\x01\x00\x01\x00\x00" + pixel
    assert "neither a credential nor a readable QR code" in errors_of(send(client, status=422, photo=empty))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Choose a file, take a photo, or paste an address or text."),
        ({"file": b"x", "text": "y"}, "You gave more than one thing."),
        ({"file": b"\x89PNG\r\n\x1a\n" + b"\0" * 99}, "picture"),
        ({"file": b"\xff\xd8\xff" + b"\0" * 99}, "picture"),
    ],
    ids=["nothing", "two things", "broken PNG", "broken JPEG"],
)
def test_a_form_that_is_no_use_says_so(client: Client, form: dict[str, object], said: str) -> None:
    assert said in errors_of(send(client, status=422, **form))


def test_a_file_that_is_too_large_is_dropped(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_views, "LARGEST_FILE", 1000)
    assert "larger than 10 MB" in errors_of(send(client, status=422, file=b"x" * 1001))


def test_nothing_is_stored_and_nobody_is_noted(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    send(client, file=foreign_files.a_badge())
    with django_assert_num_queries(2):  # the registry is asked for the issuer, nothing else
        send(client, file=foreign_files.a_badge())
    assert AuditEvent.objects.count() == 0
    assert "sessionid" not in client.cookies


def test_who_checks_very_often_is_asked_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_views, "MOST_CHECKS", 2)
    for _ in range(2):
        send(client, text="x")
    assert "Too many attempts" in errors_of(send(client, status=422, text="x"))


def test_when_too_much_is_checked_the_form_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_WAIT_SECONDS", 0)
    taken = [checking._places.acquire(blocking=False) for _ in range(checking._AT_ONCE)]
    try:
        page = send(client, status=422, file=foreign_files.a_badge())
    finally:
        for _ in filter(None, taken):
            checking._places.release()
    assert "Try again in some seconds." in errors_of(page)


def test_the_form_needs_the_token_of_this_site() -> None:
    assert Client(enforce_csrf_checks=True).post(ADDRESS, {"text": "x"}).status_code == 403
