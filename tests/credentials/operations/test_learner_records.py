"""All from one issuer in one signed file: what is inside, what is left out, and for whom it is made."""

from __future__ import annotations

import json

import pytest
from tests.credentials.records import a_credential, an_achievement, an_issuer

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Achievement, StatusReason
from synchromesh.credentials.operations.checking import verify_credential
from synchromesh.credentials.operations.learner_records import make_learner_record
from synchromesh.credentials.operations.status import suspend_credential
from synchromesh.engine.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def achievement() -> Achievement:
    """What is awarded."""
    return an_achievement(an_issuer())


def _slug(achievement: Achievement) -> str:
    return achievement.issuer.organisation.slug


def test_the_record_and_each_credential_inside_are_good(achievement: Achievement, person: User) -> None:
    for number in range(3):
        a_credential(achievement, person=person, occasion=f"record:{number}")
    data = make_learner_record(by=person, issuer_slug=_slug(achievement), title="Learner record")
    checked = verify_credential(data)
    assert (checked.format, checked.signature.word, checked.issuer.word) == ("learner_record", "good", "known")
    assert [(part.signature.word, part.status.word) for part in checked.parts] == [("good", "valid")] * 3
    assert json.loads(data)["name"] == "Learner record"


def test_one_changed_sign_in_a_part_is_noticed_in_both(achievement: Achievement, person: User) -> None:
    held = a_credential(achievement, person=person)
    data = make_learner_record(by=person, issuer_slug=_slug(achievement), title="Learner record")
    checked = verify_credential(data.replace(held.holder_name.encode(), b"Somebody Else"))
    assert checked.signature.word == "altered"
    assert checked.parts[0].signature.word == "altered"


def test_what_is_suspended_stays_out(achievement: Achievement, person: User) -> None:
    a_credential(achievement, person=person, occasion="record:kept")
    doubtful = a_credential(achievement, person=person, occasion="record:doubtful")
    suspend_credential(by=OPERATOR, credential=doubtful, reason=StatusReason.CHECK, note="A doubt")
    data = make_learner_record(by=person, issuer_slug=_slug(achievement), title="Learner record")
    assert len(verify_credential(data).parts) == 1


def test_nobody_gets_a_record_of_what_is_not_theirs(achievement: Achievement, person: User, staff: User) -> None:
    a_credential(achievement, person=person)
    for reader, slug in ((staff, _slug(achievement)), (person, "another-issuer")):
        with pytest.raises(NotFound):
            make_learner_record(by=reader, issuer_slug=slug, title="Learner record")
