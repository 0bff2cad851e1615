"""Who holds all valid parts is proposed for the whole, awarded it by the usual rules, or gets it by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone
from tests.conftest import PASSWORD
from tests.credentials.records import a_content, a_credential, an_achievement, an_issuer

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Achievement, BatchState, Credential, IssueBatch, Issuer, StatusReason
from synchromesh.credentials.operations.achievements import (
    edit_achievement,
    end_achievement,
    publish_achievement,
    set_two_persons,
)
from synchromesh.credentials.operations.batches import cancel_batch, release_batch, resume_batch
from synchromesh.credentials.operations.stacks import award_by_parts, award_to_ready, set_follows_parts
from synchromesh.credentials.operations.status import suspend_credential, withdraw_credential
from synchromesh.credentials.queries.stacks import list_complete_wholes, list_ready_people, list_ready_wholes
from synchromesh.engine.errors import Conflict, NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asked_jobs")]
_numbers = count(1)


@pytest.fixture
def issuer(organisation: Organisation) -> Issuer:
    return an_issuer(organisation)


@pytest.fixture
def parts(issuer: Issuer) -> list[Achievement]:
    return [an_achievement(issuer, titles={"en": f"Part {name}"}) for name in ("one", "two")]


@pytest.fixture
def whole(issuer: Issuer, parts: list[Achievement]) -> Achievement:
    return an_achievement(issuer, titles={"en": "The whole"}, parts=parts)


def somebody(name: str) -> User:
    return User.objects.create_user(email=f"{name}@example.org", password=PASSWORD, name=name)


def gave(person: User, achievements: Sequence[Achievement]) -> list[Credential]:
    """They get these, under the name that stands in the credential."""
    return [
        a_credential(one, person=person, name=f"{person.name} Certified", occasion=f"test:{next(_numbers)}")
        for one in achievements
    ]


def ready(whole: Achievement) -> list[str]:
    """Those who are named to the issuer; the count and what each of them reads must say the same."""
    people = list(list_ready_people(whole))
    counted = {version.achievement: number for version, number in list_ready_wholes([whole.issuer])}
    assert counted.get(whole, 0) == len(people)
    for one in User.objects.all():
        theirs = [version.achievement for version in list_complete_wholes(one)]
        assert (whole in theirs) == (one in people)
    return [one.name for one in people]


def test_who_has_all_valid_parts_is_ready_and_nobody_else(
    issuer: Issuer, whole: Achievement, parts: list[Achievement]
) -> None:
    ada, ben, cleo, dora, emil = (somebody(name) for name in ("ada", "ben", "cleo", "dora", "emil"))
    gave(ada, parts)
    gave(ada, parts[:1])  # the same part twice
    gave(ben, [parts[0], parts[0]])
    withdraw_credential(by=OPERATOR, credential=gave(cleo, parts)[0], reason=StatusReason.ERROR, note="")
    suspend_credential(by=OPERATOR, credential=gave(dora, parts)[1], reason=StatusReason.CHECK, note="A question")
    late = gave(emil, parts)[1]
    Credential.objects.filter(pk=late.pk).update(valid_until=timezone.now() - timedelta(days=1))
    assert ready(whole) == ["ada"]
    assert [(version.achievement, number) for version, number in list_ready_wholes([issuer])] == [(whole, 1)]
    assert [version.achievement for version in list_complete_wholes(ada)] == [whole]
    assert list_complete_wholes(ben) == []


def test_parts_that_nobody_has_claimed_make_nobody_ready(whole: Achievement, parts: list[Achievement]) -> None:
    for one in parts:
        a_credential(one, email="zoe@example.org", occasion=f"test:{next(_numbers)}")
    assert ready(whole) == []


def test_who_got_the_whole_once_is_not_proposed_again_even_when_it_was_withdrawn(
    whole: Achievement, parts: list[Achievement]
) -> None:
    ada = somebody("ada")
    gave(ada, parts)
    (got,) = gave(ada, [whole])
    withdraw_credential(by=OPERATOR, credential=got, reason=StatusReason.CONDUCT, note="")
    assert ready(whole) == []
    assert list_complete_wholes(ada) == []


def test_the_parts_of_the_newest_published_version_count(
    issuer: Issuer, whole: Achievement, parts: list[Achievement]
) -> None:
    ada = somebody("ada")
    gave(ada, parts)
    third = an_achievement(issuer, titles={"en": "Part three"})
    edit_achievement(by=OPERATOR, achievement=whole, content=a_content(parts=[*parts, third]))
    assert ready(whole) == ["ada"]  # a draft demands nothing yet
    publish_achievement(by=OPERATOR, achievement=whole)
    assert ready(whole) == []
    gave(ada, [third])
    assert ready(whole) == ["ada"]
    end_achievement(by=OPERATOR, achievement=whole)
    assert ready(whole) == []


def test_a_manager_awards_it_at_once_and_it_lies_in_the_account_of_its_holder(
    manager: User, whole: Achievement, parts: list[Achievement]
) -> None:
    ada = somebody("ada")
    gave(ada, parts)
    batch = award_to_ready(by=manager, achievement=whole, people=[ada])
    assert batch.state == BatchState.RUNNING
    assert ready(whole) == []  # on a list under way
    for _ in range(2):
        resume_batch(by=OPERATOR, batch_uid=batch.uid)
    (got,) = Credential.objects.filter(version__achievement=whole)
    assert (got.holder, got.holder_name, got.occasion) == (ada, "ada Certified", f"parts:{whole.uid}:{ada.uid}")
    assert ready(whole) == []


def test_the_rule_of_two_persons_holds(
    manager: User, editor: User, staff: User, whole: Achievement, parts: list[Achievement]
) -> None:
    set_two_persons(by=manager, achievement=whole, needed=True)
    ada = somebody("ada")
    gave(ada, parts)
    batch = award_to_ready(by=manager, achievement=whole, people=[ada])
    assert batch.state == BatchState.WAITING
    with pytest.raises(NotAllowed):
        release_batch(by=manager, batch=batch)
    assert ready(whole) == []
    cancel_batch(by=manager, batch=batch)
    assert ready(whole) == ["ada"]
    again = award_to_ready(by=editor, achievement=whole, people=[ada])
    release_batch(by=manager, batch=again)
    resume_batch(by=OPERATOR, batch_uid=again.uid)
    assert Credential.objects.filter(version__achievement=whole, holder=ada).count() == 1


def test_who_loses_a_part_before_the_release_gets_nothing_and_the_list_says_why(
    manager: User, editor: User, whole: Achievement, parts: list[Achievement]
) -> None:
    ada, ben = somebody("ada"), somebody("ben")
    gave(ada, parts)
    lost = gave(ben, parts)[0]
    batch = award_to_ready(by=editor, achievement=whole, people=[ada, ben])
    withdraw_credential(by=OPERATOR, credential=lost, reason=StatusReason.ERROR, note="Another person")
    release_batch(by=manager, batch=batch)
    done = resume_batch(by=OPERATOR, batch_uid=batch.uid)
    assert (done.state, done.rows_issued, done.rows_refused) == (BatchState.DONE, 1, 1)
    assert [one.holder for one in Credential.objects.filter(version__achievement=whole)] == [ada]
    assert "not valid any more" in done.rows.get(holder=ben).problem


def test_who_is_not_ready_is_left_out_and_nobody_at_all_is_a_conflict(
    manager: User, whole: Achievement, parts: list[Achievement]
) -> None:
    ada, ben = somebody("ada"), somebody("ben")
    gave(ada, parts)
    gave(ben, parts[:1])
    assert award_to_ready(by=manager, achievement=whole, people=[ada, ben]).rows_in_all == 1
    with pytest.raises(Conflict, match="None of these"):
        award_to_ready(by=manager, achievement=whole, people=[ada, ben])
    assert IssueBatch.objects.count() == 1


def test_only_who_works_for_the_issuer_awards(person: User, whole: Achievement, parts: list[Achievement]) -> None:
    gave(person, parts)
    with pytest.raises(NotAllowed):
        award_to_ready(by=person, achievement=whole, people=[person])
    with pytest.raises(NotAllowed):
        award_by_parts(by=person)
    with pytest.raises(NotAllowed):
        set_follows_parts(by=person, achievement=whole, follows=True)


def test_what_follows_its_parts_is_issued_by_itself_and_once(
    manager: User, whole: Achievement, parts: list[Achievement]
) -> None:
    ada, ben = somebody("ada"), somebody("ben")
    gave(ada, parts)
    gave(ben, parts[:1])
    assert award_by_parts(by=OPERATOR) == 0
    set_follows_parts(by=manager, achievement=whole, follows=True)
    assert award_by_parts(by=OPERATOR) == 1
    assert award_by_parts(by=OPERATOR) == 0
    assert [one.holder for one in Credential.objects.filter(version__achievement=whole)] == [ada]
    gave(ben, parts[1:])
    assert award_by_parts(by=OPERATOR) == 1


def test_two_persons_and_going_by_itself_exclude_each_other(manager: User, whole: Achievement) -> None:
    set_follows_parts(by=manager, achievement=whole, follows=True)
    with pytest.raises(Conflict, match="by itself"):
        set_two_persons(by=manager, achievement=whole, needed=True)
    set_follows_parts(by=manager, achievement=whole, follows=False)
    set_two_persons(by=manager, achievement=whole, needed=True)
    with pytest.raises(Conflict, match="two persons"):
        set_follows_parts(by=manager, achievement=whole, follows=True)
