"""What wallets are asked and have shown is forgotten; requests are signed with a key of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.credentials.models import KeyPurpose, SigningKey, WalletNonce, WalletRequest
from synchromesh.credentials.operations.upkeep import remove_expired
from synchromesh.credentials.operations.wallet_requests import (
    ask_wallet,
    client_id,
    record_refusal,
    sign_request_object,
)
from synchromesh.credentials.queries.keys import find_published_document, log_did, verifier_did
from synchromesh.engine.credential_formats.jose import check_token, read_token
from synchromesh.engine.credential_formats.offline import Offline
from synchromesh.engine.errors import InvalidInput, NotFound

pytestmark = pytest.mark.django_db


def test_an_hour_after_its_end_a_request_is_forgotten_and_nonces_sooner() -> None:
    made = ask_wallet(by=VISITOR, asked=["name"])
    WalletNonce.objects.create(sha256="0" * 64, ends_at=made.ends_at)
    remove_expired(by=OPERATOR, now=made.ends_at + timedelta(minutes=59))
    assert (WalletRequest.objects.count(), WalletNonce.objects.count()) == (1, 0)
    remove_expired(by=OPERATOR, now=made.ends_at + timedelta(minutes=61))
    assert not WalletRequest.objects.exists()


def test_a_request_is_settled_once() -> None:
    made = ask_wallet(by=VISITOR, asked=())
    record_refusal(by=VISITOR, state=made.state, error="access_denied")
    with pytest.raises(NotFound):
        record_refusal(by=VISITOR, state=made.state, error="access_denied")


def test_only_known_parts_are_asked_for() -> None:
    with pytest.raises(InvalidInput):
        ask_wallet(by=VISITOR, asked=["shoe size"])


def test_requests_have_a_key_of_their_own_in_a_document_of_their_own() -> None:
    signed = sign_request_object(ask_wallet(by=VISITOR, asked=()))
    document, log = find_published_document(verifier_did()), find_published_document(log_did())
    assert document is not None
    assert log is not None
    assert len(document["verificationMethod"]) == 1
    assert not log["verificationMethod"]
    around = Offline(now=timezone.now(), did_documents={verifier_did(): document})
    check_token(read_token(signed), issuer=client_id().partition(":")[2], around=around)
    sign_request_object(ask_wallet(by=VISITOR, asked=()))
    assert SigningKey.objects.filter(purpose=KeyPurpose.REQUESTS).count() == 1
