"""The one file that verifies without a network, and what it says later."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.credentials.records import a_credential

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import LogHead, StatusReason
from synchromesh.credentials.operations.checking import verify_credential
from synchromesh.credentials.operations.offline_files import take_offline_file
from synchromesh.credentials.operations.status import withdraw_credential
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.offline import Offline

pytestmark = pytest.mark.django_db


def test_offline_it_says_good_and_valid_on_the_day_it_was_made() -> None:
    checked = verify_credential(take_offline_file(a_credential()), offline=True)
    assert checked.signature.word == "good"
    assert (checked.status.word, checked.issuer.word) == ("valid", "could_not_check")
    assert checked.log is not None
    assert checked.log.reason == "log_key_from_file"


def test_while_the_site_answers_everything_in_it_is_known() -> None:
    checked = verify_credential(take_offline_file(a_credential()))
    assert (checked.signature.word, checked.status.word, checked.issuer.word) == ("good", "valid", "known")
    assert checked.log is not None
    assert checked.log.word == "recorded"


def test_years_later_it_says_what_was_last_known() -> None:
    data = take_offline_file(a_credential())
    later = check_credential(data, around=Offline(now=timezone.now() + timedelta(days=3650)))
    assert (later.signature.word, later.status.word) == ("good", "could_not_check")
    assert later.status.reason == "status_last_known"
    assert later.status.details["was"] == "valid"


def test_the_log_head_reaches_the_credential() -> None:
    first = a_credential()
    take_offline_file(first)
    second = a_credential(first.version.achievement, occasion="test:2")
    proof = json.loads(take_offline_file(second))["log"]
    assert proof["index"] == 1
    assert proof["head"]["size"] == 2
    take_offline_file(first)
    assert LogHead.objects.count() == 2


def test_what_is_withdrawn_stays_withdrawn_in_it() -> None:
    credential = a_credential()
    withdraw_credential(by=OPERATOR, credential=credential, reason=StatusReason.ERROR)
    assert verify_credential(take_offline_file(credential), offline=True).status.word == "withdrawn"


def test_a_changed_letter_is_noticed() -> None:
    data = take_offline_file(a_credential()).replace(b"Isolate a vehicle", b"Isolate a battery")
    assert verify_credential(data, offline=True).signature.word == "altered"


def test_another_log_entry_is_contradicted() -> None:
    first = a_credential()
    second = a_credential(first.version.achievement, occasion="test:2")
    mine, other = (json.loads(take_offline_file(one)) for one in (first, second))
    checked = verify_credential(json.dumps(mine | {"log": other["log"]}).encode(), offline=True)
    assert checked.log is not None
    assert checked.log.word == "contradicted"
