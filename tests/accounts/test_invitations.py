"""Codes on paper: made once, used once, stored nowhere."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import serializers
from django.utils import timezone

from synchromesh.accounts.models import Invitation, Membership, Organisation, User
from synchromesh.accounts.operations import invitations, sign_in_names
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.accounts.queries.people import get_invitation, list_invitations
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
PASSWORD = "four words and more"


def accept(code: str, **values: str) -> User:
    return invitations.accept_invitation(by=VISITOR, **({"code": code, "name": "Nora", "password": PASSWORD} | values))


@pytest.fixture
def code(manager: User, organisation: Organisation) -> str:
    return invitations.create_invitation(by=manager, organisation=organisation, role="editor")[1]


def test_managers_staff_and_the_operator_invite_and_others_do_not(
    manager: User, editor: User, member: User, person: User, staff: User, organisation: Organisation
) -> None:
    for actor in (VISITOR, person, member, editor):
        with pytest.raises(NotAllowed):
            invitations.create_invitation(by=actor, organisation=organisation, role="member")
    for actor in (manager, staff, OPERATOR):
        invitation, _ = invitations.create_invitation(by=actor, organisation=organisation, role="member")
        assert invitation.created_by == actor.public_id


def test_a_code_is_three_groups_of_letters_that_cannot_be_confused(code: str) -> None:
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", code)


def test_neither_the_invitation_nor_the_audit_trail_holds_the_code(code: str) -> None:
    stored = serializers.serialize("json", [*Invitation.objects.all(), *AuditEvent.objects.all()])
    assert code not in stored
    assert code.replace("-", "") not in stored
    assert hashlib.sha256(code.replace("-", "").encode()).hexdigest() in stored


def test_a_code_opens_an_account_with_a_name_that_can_be_written_down(code: str, organisation: Organisation) -> None:
    person = accept(code, name="  Nora   New ")
    assert re.fullmatch(r"[a-z]+-\d{4}", person.sign_in_name)
    assert (person.name, person.email, person.is_alliance_staff) == ("Nora New", None, False)
    assert person.check_password(PASSWORD)
    assert Membership.objects.get(person=person).role == "editor"
    invitation = Invitation.objects.get()
    assert (invitation.used_by, invitation.used_at is not None) == (person, True)
    actions = list(AuditEvent.objects.filter(actor=person.public_id).order_by("pk").values_list("action", flat=True))
    assert actions == ["create_person", "accept_invitation", "add_membership"]


@pytest.mark.parametrize("spelling", ["lower", "spaces", "dashes", "none"])
def test_a_code_is_accepted_however_it_is_typed(code: str, spelling: str) -> None:
    typed = {
        "lower": code.lower().replace("0", "o").replace("1", "l"),
        "spaces": f"  {code.replace('-', ' ')} ",
        "dashes": code.replace("-", "–"),
        "none": code.replace("-", "").replace("1", "I").replace("0", "O"),
    }[spelling]
    assert accept(typed).pk


def test_a_code_works_once(code: str) -> None:
    accept(code)
    with pytest.raises(InvalidInput, match="used already") as refused:
        accept(code)
    assert refused.value.field == "code"
    assert Membership.objects.exclude(role="manager").count() == 1


def test_a_second_request_that_read_the_open_invitation_before_it_was_used_is_refused(code: str, person: User) -> None:
    stale = Invitation.objects.select_related("organisation").get()
    accept(code)
    with pytest.raises(InvalidInput, match="used already"):
        invitations._use(stale, person)


def test_a_code_ends_with_its_last_day(manager: User, organisation: Organisation) -> None:
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
        _, code = invitations.create_invitation(by=manager, organisation=organisation, role="member", valid_days=2)
    with time_machine.travel("2026-03-03T12:00:00Z", tick=False), pytest.raises(InvalidInput, match="no longer valid"):
        accept(code)
    with time_machine.travel("2026-03-03T11:59:59Z", tick=False):
        assert accept(code).pk


@pytest.mark.parametrize("days", [0, -1, 366])
def test_an_invitation_is_valid_for_a_day_to_a_year(manager: User, organisation: Organisation, days: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        invitations.create_invitation(by=manager, organisation=organisation, role="member", valid_days=days)
    assert refused.value.field == "valid_days"


@pytest.mark.parametrize(
    "typed", ["", "7K2M", "7K2M-9QXR-4TBH", "7K2M-9QXR-4TB!", "ＡＢＣＤ-9QXR-4TBH", "U" * 12, "ß" * 6]
)
def test_a_wrong_code_is_refused_and_makes_no_account(typed: str, organisation: Organisation) -> None:
    with pytest.raises(InvalidInput) as refused:
        accept(typed)
    assert refused.value.field == "code"
    assert not User.objects.exists()


def test_a_weak_password_leaves_the_code_unused(code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        accept(code, password="password")
    assert refused.value.field == "password"
    assert accept(code).pk


def test_a_signed_in_person_joins_with_the_account_there_is(code: str, person: User) -> None:
    with pytest.raises(NotAllowed):
        invitations.accept_invitation(by=person, code=code, name="Again", password=PASSWORD)
    membership = invitations.join_organisation(by=person, code=code)
    assert (membership.person, membership.role) == (person, "editor")
    with pytest.raises(InvalidInput):
        invitations.join_organisation(by=person, code=code)


def test_a_code_that_a_member_tries_stays_good_for_somebody_else(code: str, member: User, person: User) -> None:
    with pytest.raises(Conflict):
        invitations.join_organisation(by=member, code=code)
    assert invitations.join_organisation(by=person, code=code).person == person


def test_a_withdrawn_invitation_opens_nothing_and_a_used_one_is_not_withdrawn(
    manager: User, editor: User, organisation: Organisation
) -> None:
    invitation, code = invitations.create_invitation(by=manager, organisation=organisation, role="member")
    with pytest.raises(NotAllowed):
        invitations.withdraw_invitation(by=editor, invitation=invitation)
    invitations.withdraw_invitation(by=manager, invitation=invitation)
    with pytest.raises(InvalidInput, match="no longer valid"):
        accept(code)
    used, code = invitations.create_invitation(by=manager, organisation=organisation, role="member")
    accept(code)
    with pytest.raises(Conflict):
        invitations.withdraw_invitation(by=manager, invitation=used)


def test_only_managers_and_staff_see_invitations(
    code: str, manager: User, editor: User, staff: User, organisation: Organisation
) -> None:
    uid = Invitation.objects.get().uid
    for viewer in (manager, staff):
        assert get_invitation(organisation, uid, visible_to=viewer) in list_invitations(organisation, visible_to=viewer)
    assert list_invitations(organisation, visible_to=editor) == []
    for viewer, wanted in ((editor, uid), (manager, "nonsense")):
        with pytest.raises(NotFound):
            get_invitation(organisation, wanted, visible_to=viewer)


def test_a_taken_sign_in_name_is_not_given_twice(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_names, "WORDS", ("maple",))
    drawn = iter([7, 7, 8])
    monkeypatch.setattr("secrets.randbelow", lambda limit: next(drawn))
    User.objects.create_user(sign_in_name=sign_in_names.free_sign_in_name())
    assert sign_in_names.free_sign_in_name() == "maple-0008"


def test_more_digits_are_used_when_four_are_not_enough(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_names, "WORDS", ("maple",))
    monkeypatch.setattr("secrets.randbelow", lambda limit: 7)
    User.objects.create_user(sign_in_name="maple-0007")
    assert sign_in_names.free_sign_in_name() == "maple-00007"


def test_words_of_sign_in_names_are_distinct_and_plain() -> None:
    assert len(set(sign_in_names.WORDS)) == len(sign_in_names.WORDS)
    assert all(re.fullmatch(r"[a-z]{4,9}", word) for word in sign_in_names.WORDS)


def test_an_invitation_is_valid_for_thirty_days_unless_said_otherwise(code: str) -> None:
    assert Invitation.objects.get().expires_at > timezone.now() + timedelta(days=29)
