"""Credentials from elsewhere: added with a check, kept for one person alone, checked again, removed; collections."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.credentials.records import a_credential

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Credential, CredentialCollection, HeldCredential, StatusReason
from synchromesh.credentials.operations.envelopes import take_envelope
from synchromesh.credentials.operations.status import withdraw_credential

pytestmark = pytest.mark.django_db
ALL = "/en/me/credentials/"
ADD = f"{ALL}add/"


@pytest.fixture
def issued() -> Credential:
    """A credential whose holder has no account here."""
    return a_credential()


@pytest.fixture
def holder(client: Client, person: User) -> Client:
    """The browser of `person`."""
    client.force_login(person)
    return client


def sent(issued: Credential, format_name: str = "open_badge_jwt") -> SimpleUploadedFile:
    return SimpleUploadedFile("my badge.jwt", bytes(take_envelope(issued, format_name).data))


def brought(holder: Client, issued: Credential) -> HeldCredential:
    assert holder.post(ADD, {"file": sent(issued)}).status_code == 302
    return HeldCredential.objects.get()


def text_of(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert "⚠" not in text
    return text


def test_a_file_is_checked_and_kept(holder: Client, issued: Credential) -> None:
    kept = brought(holder, issued)
    text = text_of(holder, f"{ALL}held/{kept.uid}/")
    for words in ("Isolate a vehicle", 'data-verdict="valid"', "Skills Body", "Zoë Müller-Šťastná"):
        assert words in text, words
    assert "From elsewhere" in text_of(holder, ALL)


def test_text_can_be_pasted(holder: Client, issued: Credential) -> None:
    text = bytes(take_envelope(issued, "open_badge_jwt").data).decode()
    assert holder.post(ADD, {"text": f"\n{text}\n"}).status_code == 302
    assert HeldCredential.objects.get().title == "Isolate a vehicle"


@pytest.mark.parametrize("data", [b"", b"just words", b"%PDF-1.4 nothing inside", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_credential_is_refused_in_words(holder: Client, data: bytes) -> None:
    response = holder.post(ADD, {"file": SimpleUploadedFile("file.bin", data)})
    if response.status_code == 302:  # a PDF or a picture without a credential is kept, and says so
        kept = HeldCredential.objects.get()
        assert kept.verdicts["signature"]["verdict"] != "good"
    else:
        assert response.status_code == 422
        assert "File:" in response.content.decode()


def test_nothing_twice_and_nothing_too_large(holder: Client, issued: Credential) -> None:
    brought(holder, issued)
    assert "You have this file already" in holder.post(ADD, {"file": sent(issued)}).content.decode()
    large = SimpleUploadedFile("large.json", b" " * (5 * 1024 * 1024 + 1))
    assert "larger than 5 MB" in holder.post(ADD, {"file": large}).content.decode()
    assert holder.post(ADD, {}).status_code == 422


def test_a_new_check_tells_what_changed(holder: Client, issued: Credential) -> None:
    kept = brought(holder, issued)
    withdraw_credential(by=OPERATOR, credential=issued, reason=StatusReason.ERROR)
    page = f"{ALL}held/{kept.uid}/"
    assert 'data-verdict="valid"' in text_of(holder, page)
    holder.post(page, {"do": "check"})
    assert 'data-verdict="withdrawn"' in text_of(holder, page)


def test_it_is_there_for_one_person_alone(client: Client, holder: Client, staff: User, issued: Credential) -> None:
    kept = brought(holder, issued)
    client.force_login(staff)
    for path in ("", "file/"):
        assert client.get(f"{ALL}held/{kept.uid}/{path}").status_code == 404
    assert client.post(f"{ALL}held/{kept.uid}/", {"do": "remove"}).status_code == 404
    assert HeldCredential.objects.exists()


def test_the_file_comes_back_as_it_was_and_is_never_shown(holder: Client, issued: Credential) -> None:
    kept = brought(holder, issued)
    file = holder.get(f"{ALL}held/{kept.uid}/file/")
    assert file.content == bytes(take_envelope(issued, "open_badge_jwt").data)
    assert file.headers["Content-Disposition"] == 'attachment; filename="my_badge.jwt"'
    assert "sandbox" in file.headers["Content-Security-Policy"]


def test_what_is_removed_is_gone(holder: Client, issued: Credential) -> None:
    kept = brought(holder, issued)
    assert holder.post(f"{ALL}held/{kept.uid}/", {"do": "remove"}).status_code == 302
    assert not HeldCredential.objects.exists()
    assert holder.get(f"{ALL}held/{kept.uid}/").status_code == 404


def test_a_collection_is_made_changed_and_removed(
    client: Client, holder: Client, person: User, staff: User, issued: Credential
) -> None:
    kept = brought(holder, issued)
    own = a_credential(issued.version.achievement, person=person, occasion="own")
    page = f"{ALL}collections/new/"
    assert holder.post(page, {"name": "Empty"}).status_code == 422
    assert holder.post(page, {"name": "Stolen", "credentials": f"own:{issued.code}"}).status_code == 422
    chosen = [f"own:{own.code}", f"held:{kept.uid}"]
    assert holder.post(page, {"name": "North Works", "credentials": chosen}).status_code == 302
    collection = CredentialCollection.objects.get()
    address = f"{ALL}collections/{collection.uid}/"
    with CaptureQueriesContext(connection) as asked:
        text = text_of(holder, address)
    assert len(asked) <= 10, [query["sql"] for query in asked]
    assert text.count("Isolate a vehicle") >= 2
    assert holder.post(address, {"do": "save", "name": "South Works", "credentials": chosen[:1]}).status_code == 302
    assert "South Works" in text_of(holder, ALL)
    assert collection.held.count() == 0
    client.force_login(staff)
    assert client.get(address).status_code == 404
    client.force_login(person)
    assert client.post(address, {"do": "remove"}).status_code == 302
    assert not CredentialCollection.objects.exists()
    assert Credential.objects.filter(holder=person).exists()


def test_it_is_said_that_the_file_of_one_from_elsewhere_is_whole(
    holder: Client, person: User, issued: Credential
) -> None:
    kept = brought(holder, issued)
    own = a_credential(issued.version.achievement, person=person, occasion="own")
    assert "The whole file, with everything in it" in text_of(holder, f"{ALL}held/{kept.uid}/")
    assert "A signed file that says no more than I have chosen here" in text_of(holder, f"{ALL}{own.code}/")
