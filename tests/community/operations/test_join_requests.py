"""Joining a member by an address of its domain: only a confirmed address, and only a checked domain, counts."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.community.member_records import a_member, a_member_person, confirm_address

from synchromesh.accounts.models import Membership, User
from synchromesh.community.models import MailDomain, MemberProfile
from synchromesh.community.operations.join_requests import (
    accept_join_request,
    add_mail_domain,
    confirm_mail_domain,
    refuse_join_request,
    remove_mail_domain,
    request_join,
)
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile() -> MemberProfile:
    """A member with a checked domain."""
    made = a_member()
    MailDomain.objects.create(profile=made, domain="works.example", named_by="x", verified_at=made.created_at)
    return made


def test_a_confirmed_address_in_a_checked_domain_lets_ask_and_a_manager_lets_in(
    profile: MemberProfile, person: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    manager = a_member_person(profile, role="manager")
    confirm_address(person, "Pia@Works.example")
    with django_capture_on_commit_callbacks(execute=True):
        asked = request_join(by=person, organisation=profile.organisation)
    assert [message.to for message in outbox.outbox] == [[manager.email]]
    with pytest.raises(Conflict):
        request_join(by=person, organisation=profile.organisation)
    made = accept_join_request(by=manager, request=asked)
    assert (made.person, made.role) == (person, "member")
    with pytest.raises(Conflict):
        refuse_join_request(by=manager, request=asked)
    with pytest.raises(Conflict):
        request_join(by=person, organisation=profile.organisation)


def test_an_unconfirmed_address_counts_for_nothing(profile: MemberProfile, person: User) -> None:
    EmailAddress.objects.create(user=person, email="pia@works.example", verified=False)
    with pytest.raises(NotAllowed):
        request_join(by=person, organisation=profile.organisation)


@pytest.mark.parametrize("address", ["pia@other.example", "pia@sub.works.example", "works.example@other.example"])
def test_an_address_elsewhere_counts_for_nothing(profile: MemberProfile, person: User, address: str) -> None:
    confirm_address(person, address)
    with pytest.raises(NotAllowed):
        request_join(by=person, organisation=profile.organisation)


def test_a_domain_that_nobody_has_checked_counts_for_nothing(person: User, staff: User) -> None:
    profile = a_member()
    domain = add_mail_domain(by=a_member_person(profile, role="manager"), profile=profile, domain=" @Works.Example ")
    assert domain.domain == "works.example"
    confirm_address(person, "pia@works.example")
    with pytest.raises(NotAllowed):
        request_join(by=person, organisation=profile.organisation)
    with pytest.raises(NotAllowed):
        confirm_mail_domain(by=a_member_person(profile, role="manager"), domain=domain)
    confirm_mail_domain(by=staff, domain=domain)
    assert request_join(by=person, organisation=profile.organisation).person == person
    remove_mail_domain(by=staff, domain=domain)
    assert not MailDomain.objects.exists()


@pytest.mark.parametrize("domain", ["gmail.com", "GMX.de", "works", "a b.example", "https://works.example", ""])
def test_a_domain_of_everybody_or_none_is_refused(profile: MemberProfile, staff: User, domain: str) -> None:
    with pytest.raises(InvalidInput):
        add_mail_domain(by=staff, profile=profile, domain=domain)


def test_a_domain_belongs_to_one_member(profile: MemberProfile, staff: User) -> None:
    with pytest.raises(Conflict):
        add_mail_domain(by=staff, profile=a_member(), domain="works.example")


def test_only_managers_decide(profile: MemberProfile, person: User) -> None:
    confirm_address(person, "pia@works.example")
    asked = request_join(by=person, organisation=profile.organisation)
    for other in (person, a_member_person(profile, role="editor")):
        with pytest.raises(NotAllowed):
            accept_join_request(by=other, request=asked)
    refuse_join_request(by=a_member_person(profile, role="manager"), request=asked)
    assert not Membership.objects.filter(person=person).exists()


def test_a_former_member_takes_nobody_in_by_address(profile: MemberProfile, person: User) -> None:
    confirm_address(person, "pia@works.example")
    profile.ended_on = profile.joined_on
    profile.save()
    with pytest.raises(NotAllowed):
        request_join(by=person, organisation=profile.organisation)
