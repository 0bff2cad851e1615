"""What a check may ask of the world, and how much of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone
from tests.credentials import foreign_files
from tests.credentials.records import a_credential, an_issuer

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import CredentialEnvelope, SigningKey, StatusList
from synchromesh.credentials.operations import checking
from synchromesh.credentials.operations.checking import (
    OnlineSurroundings,
    fetch_over_https,
    verify_address,
    verify_credential,
)
from synchromesh.credentials.operations.issuers import enter_known_issuer
from synchromesh.engine.errors import ExternalFailure, InvalidInput
from synchromesh.plumbing import outgoing_http

pytestmark = pytest.mark.django_db


def answer(body: bytes, status: int = 200) -> outgoing_http.Fetched:
    return outgoing_http.Fetched(url="https://x.example/", status=status, headers={}, body=body)


@pytest.mark.parametrize("url", ["http://x.example/", "ftp://x.example/", "file:///etc/passwd", "did:web:x"])
def test_only_https_is_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing_http, "fetch", lambda *args, **more: pytest.fail("it was asked"))
    with pytest.raises(ExternalFailure, match="no https address"):
        fetch_over_https(url)


def test_an_answer_that_is_not_whole_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing_http, "fetch", lambda *args, **more: answer(b"gone", 410))
    with pytest.raises(ExternalFailure, match="answered with 410"):
        fetch_over_https("https://x.example/list")


def test_an_address_that_may_not_be_asked_is_a_failure_of_the_other_side(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **more: object) -> None:
        raise InvalidInput("The name of the server holds characters that no name has.")

    monkeypatch.setattr(outgoing_http, "fetch", refuse)
    with pytest.raises(ExternalFailure, match="characters"):
        fetch_over_https("https://x_.example/")


def test_one_document_knocks_at_twelve_doors_at_most() -> None:
    asked: list[str] = []
    around = OnlineSurroundings(fetch_address=lambda url: asked.append(url) or b"{}")  # type: ignore[func-returns-value]
    for number in range(12):
        around.fetch(f"https://x.example/{number}")
    with pytest.raises(ExternalFailure, match="too many addresses"):
        around.fetch("https://x.example/13")
    assert len(asked) == 12


def test_one_document_waits_no_longer_than_all_doors_together_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1000, 8))
    monkeypatch.setattr("synchromesh.credentials.operations.checking.time.monotonic", lambda: next(clock))
    around = OnlineSurroundings(fetch_address=lambda url: b"{}")
    for _ in range(2):
        around.fetch("https://slow.example/")
    with pytest.raises(ExternalFailure, match="took too long"):
        around.fetch("https://slow.example/")


def test_what_was_fetched_a_moment_ago_is_not_fetched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fetch(url: str, **more: object) -> outgoing_http.Fetched:
        asked.append(url)
        return answer(b'{"a": 1}')

    monkeypatch.setattr(outgoing_http, "fetch", fetch)
    for _ in range(2):
        assert OnlineSurroundings().fetch("https://x.example/list").data == b'{"a": 1}'
    assert asked == ["https://x.example/list"]


def test_documents_of_our_own_issuers_are_read_here_and_others_where_did_web_says() -> None:
    issuer = an_issuer()
    asked: list[str] = []

    def fetch(url: str) -> bytes:
        asked.append(url)
        return b'{"id": "did:web:x.example"}'

    around = OnlineSurroundings(fetch_address=fetch)
    assert around.did_document(issuer.did)["id"] == issuer.did
    assert around.did_document("did:web:x.example")["id"] == "did:web:x.example"
    assert asked == ["https://x.example/.well-known/did.json"]


def test_a_list_of_ours_that_cannot_be_signed_is_an_honest_failure() -> None:
    credential = a_credential()
    SigningKey.objects.update(retired_at=timezone.now())
    data = bytes(CredentialEnvelope.objects.get(credential=credential).data)
    checked = verify_credential(data)
    assert (checked.signature.word, checked.status.word) == ("good", "could_not_check")
    assert "no active key" in checked.status.details["problem"]
    assert StatusList.objects.count() == 1


def test_offline_nobody_is_asked_not_even_this_site() -> None:
    data = bytes(CredentialEnvelope.objects.get(credential=a_credential()).data)
    checked = verify_credential(data, offline=True)
    assert [line.word for line in (checked.signature, checked.status, checked.issuer)] == ["could_not_check"] * 3


def test_an_issuer_of_the_registry_is_known_by_the_key_that_signed() -> None:
    assert verify_credential(foreign_files.a_badge()).issuer.word == "unknown"
    enter_known_issuer(
        by=OPERATOR,
        name="Example Skills Alliance",
        identifiers=[foreign_files.DID],
        known_since=date(2020, 1, 1),
        source="staff",
        accredited_by="Agency",
    )
    issuer = verify_credential(foreign_files.a_badge()).issuer
    assert (issuer.word, issuer.details["name"]) == ("known", "Example Skills Alliance")


def test_what_lies_at_an_address_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing_http, "fetch", lambda url, **more: answer(foreign_files.a_token()))
    assert verify_address("https://x.example/badge").signature.word == "good"


@pytest.mark.parametrize(("data", "said"), [(b"", "empty"), (b"x" * (checking.LARGEST_FILE + 1), "larger than 10 MB")])
def test_a_file_of_no_size_or_too_much_of_it_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        verify_credential(data)
