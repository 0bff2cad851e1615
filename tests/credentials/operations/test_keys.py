"""Signing keys: encrypted at rest, changed with their history kept, given up when they are stolen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.credentials import remote_signer
from tests.credentials.records import a_credential, an_achievement, an_issuer

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Issuer, KeyPurpose, SigningKey
from synchromesh.credentials.operations.checking import verify_credential
from synchromesh.credentials.operations.envelopes import take_envelope
from synchromesh.credentials.operations.keys import add_remote_key, mark_compromised, rotate_key
from synchromesh.credentials.operations.signers import active_key, list_unreadable_keys, signer_of
from synchromesh.credentials.queries.keys import find_published_document, list_keys
from synchromesh.engine.errors import Conflict, ExternalFailure, InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db
CREDENTIALS = KeyPurpose.CREDENTIALS


@pytest.fixture
def issuer(db: None) -> Issuer:
    """An issuer with its first key."""
    return an_issuer()


def test_a_key_signs_and_its_secret_is_nowhere_in_the_clear(issuer: Issuer) -> None:
    key = active_key(issuer, CREDENTIALS)
    signer = signer_of(key)
    assert (signer.verification_method, signer.algorithm) == (f"{issuer.did}#key-1", "EdDSA")
    assert len(signer.sign(b"bytes")) == 64
    assert key.encrypted_secret is not None
    assert len(bytes(key.encrypted_secret)) == 12 + 32 + 16


def test_with_another_secret_of_the_installation_keys_cannot_be_read_and_say_so(
    issuer: Issuer, settings: Settings
) -> None:
    key = active_key(issuer, CREDENTIALS)
    signer_of(key)
    former = settings.CREDENTIAL_KEY_SECRET
    settings.CREDENTIAL_KEY_SECRET = "another one"
    with pytest.raises(Conflict, match="SYNCHROMESH_CREDENTIAL_KEY_SECRET"):
        signer_of(key)
    assert [one.pk for one in list_unreadable_keys()] == [key.pk]
    settings.CREDENTIAL_KEY_SECRET = former
    assert signer_of(key).sign(b"bytes")
    assert list_unreadable_keys() == []


def test_the_secret_of_one_key_cannot_be_put_into_the_row_of_another(issuer: Issuer) -> None:
    first = active_key(issuer, CREDENTIALS)
    second = rotate_key(by=OPERATOR, issuer=issuer, purpose=CREDENTIALS)
    second.encrypted_secret = first.encrypted_secret
    second.save(update_fields=["encrypted_secret"])
    with pytest.raises(Conflict):
        signer_of(second)
    assert list_unreadable_keys() == [second]


def test_a_rotated_key_stays_in_the_document_and_a_name_is_never_used_again(issuer: Issuer) -> None:
    for _ in range(2):
        rotate_key(by=OPERATOR, issuer=issuer, purpose=CREDENTIALS)
    assert [key.name for key in list_keys(issuer)] == ["key-3", "key-2", "key-1"]
    assert [key.retired_at is None for key in list_keys(issuer)] == [True, False, False]
    document = find_published_document(issuer.did)
    assert document is not None
    assert len(document["verificationMethod"]) == 3
    assert find_published_document("did:web:elsewhere.example") is None


def test_what_was_signed_before_a_key_was_stolen_stays_good(issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    credential = a_credential(an_achievement(issuer))
    key = SigningKey.objects.get(pk=credential.key_id)
    a_moment_later = credential.issued_at + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: a_moment_later)
    mark_compromised(by=OPERATOR, key=key, since=a_moment_later)
    assert verify_credential(bytes(take_envelope(credential, "open_badge_jwt").data)).signature.word == "good"
    assert active_key(issuer, CREDENTIALS).name == "key-2"
    with pytest.raises(Conflict, match="already"):
        mark_compromised(by=OPERATOR, key=key, since=timezone.now())


def test_a_key_cannot_be_stolen_in_the_future(issuer: Issuer) -> None:
    with pytest.raises(InvalidInput, match="future"):
        mark_compromised(by=OPERATOR, key=active_key(issuer, CREDENTIALS), since=timezone.now() + timedelta(days=1))


def test_a_retired_key_that_was_stolen_makes_no_new_one(issuer: Issuer) -> None:
    old = active_key(issuer, CREDENTIALS)
    rotate_key(by=OPERATOR, issuer=issuer, purpose=CREDENTIALS)
    mark_compromised(by=OPERATOR, key=old, since=timezone.now())
    assert SigningKey.objects.filter(issuer=issuer).count() == 2


def test_only_managers_of_the_issuer_change_its_keys(editor: User, manager: User) -> None:
    issuer = an_issuer(editor.memberships.get().organisation)
    with pytest.raises(NotAllowed):
        rotate_key(by=editor, issuer=issuer, purpose=CREDENTIALS)
    with pytest.raises(NotAllowed):
        mark_compromised(by=editor, key=active_key(issuer, CREDENTIALS), since=timezone.now())
    assert rotate_key(by=manager, issuer=issuer, purpose=CREDENTIALS).name == "key-2"
    with pytest.raises(NotAllowed):
        rotate_key(by=manager, issuer=None, purpose=KeyPurpose.LOG)


def test_a_key_that_lies_elsewhere_signs_through_the_factory_of_the_operator(
    issuer: Issuer, settings: Settings
) -> None:
    settings.CREDENTIAL_SIGNER = "tests.credentials.remote_signer.make_signer"
    public = remote_signer.public_key_of("slot-7")
    key = add_remote_key(by=OPERATOR, issuer=issuer, purpose=CREDENTIALS, remote_name="slot-7", public=public)
    assert (key.encrypted_secret, list_unreadable_keys()) == (None, [])
    credential = a_credential(an_achievement(issuer))
    assert credential.key == key
    assert verify_credential(bytes(take_envelope(credential, "open_badge").data)).signature.word == "good"


def test_nothing_is_issued_while_the_remote_signer_does_not_answer(issuer: Issuer, settings: Settings) -> None:
    achievement = an_achievement(issuer)
    add_remote_key(by=OPERATOR, issuer=issuer, purpose=CREDENTIALS, remote_name="slot-8", public=remote_signer.ANOTHER)
    for factory, words in (("", "SYNCHROMESH_CREDENTIAL_SIGNER"), ("make_signer", "does not answer")):
        settings.CREDENTIAL_SIGNER = f"tests.credentials.remote_signer.{factory}" if factory else ""
        with pytest.raises(ExternalFailure, match=words):
            a_credential(achievement)
    assert not achievement.versions.get().credentials.exists()


def test_a_factory_that_signs_with_another_key_than_was_registered_is_refused(
    issuer: Issuer, settings: Settings
) -> None:
    settings.CREDENTIAL_SIGNER = "tests.credentials.remote_signer.make_signer"
    key = add_remote_key(
        by=OPERATOR, issuer=issuer, purpose=CREDENTIALS, remote_name="slot-7", public=remote_signer.ANOTHER
    )
    with pytest.raises(ExternalFailure, match="another key"):
        signer_of(key)


@pytest.mark.parametrize(("name", "public"), [(" ", "slot-7"), ("slot-7", "z6Mkbroken")])
def test_a_remote_key_needs_a_name_and_a_public_key_of_ed25519(issuer: Issuer, name: str, public: str) -> None:
    given = remote_signer.public_key_of(public) if public in remote_signer.SEEDS else public
    with pytest.raises(InvalidInput):
        add_remote_key(by=OPERATOR, issuer=issuer, purpose=CREDENTIALS, remote_name=name, public=given)


def test_an_issuer_without_a_key_cannot_sign(issuer: Issuer) -> None:
    with pytest.raises(Conflict, match="no active key"):
        active_key(issuer, KeyPurpose.SEAL)
