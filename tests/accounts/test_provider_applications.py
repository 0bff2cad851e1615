"""How an organisation becomes a training provider: somebody asks, staff decide, and the person hears of it."""

from __future__ import annotations

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks

from synchromesh.accounts.models import Membership, MembershipRole, Organisation, ProviderApplication, User
from synchromesh.accounts.operations.provider_applications import (
    MOST_OPEN,
    accept_provider_application,
    refuse_provider_application,
    request_provider_entry,
)
from synchromesh.accounts.queries.provider_applications import list_own_applications, list_waiting_applications
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db


def an_application(person: User, name: str = "South School") -> ProviderApplication:
    return request_provider_entry(by=person, name=name, url="https://example.org", note="We teach welding.")


def test_an_approved_application_makes_the_organisation_and_its_manager(
    person: User, staff: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    application = an_application(person)
    assert not Organisation.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        made = accept_provider_application(by=staff, application=application)
    assert (made.name, made.url, [row.kind for row in made.kinds.all()]) == (
        "South School", "https://example.org", ["provider"],
    )  # fmt: skip
    assert Membership.objects.get().role == MembershipRole.MANAGER
    assert [(sent.to, made.slug in sent.body) for sent in mail.outbox] == [([person.email], True)]
    assert list_waiting_applications(visible_to=staff) == []
    assert [row.organisation for row in list_own_applications(person)] == [made]


def test_a_refusal_says_why_and_makes_nothing(
    person: User, staff: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    application = an_application(person)
    with pytest.raises(InvalidInput):
        refuse_provider_application(by=staff, application=application, answer=" ")
    with django_capture_on_commit_callbacks(execute=True):
        refuse_provider_application(by=staff, application=application, answer="The website shows no courses.")
    assert "no courses" in mail.outbox[0].body
    assert not Organisation.objects.exists()
    with pytest.raises(Conflict):
        accept_provider_application(by=staff, application=application)


def test_an_organisation_that_is_here_is_not_made_twice(person: User, staff: User, organisation: Organisation) -> None:
    with pytest.raises(Conflict, match="invitation"):
        an_application(person, organisation.name.upper())
    application = an_application(person)
    Organisation.objects.create(slug="south-school", name="South School")
    with pytest.raises(Conflict):
        accept_provider_application(by=staff, application=application)


def test_nobody_fills_the_list(person: User) -> None:
    for number in range(MOST_OPEN):
        an_application(person, f"School {number}")
    with pytest.raises(Conflict):
        an_application(person, "One more")


@pytest.mark.parametrize("wrong", [{"name": " "}, {"url": "javascript:alert(1)"}, {"country": "XX"}])
def test_what_is_wrong_is_said(wrong: dict[str, str], person: User) -> None:
    with pytest.raises(InvalidInput) as error:
        request_provider_entry(by=person, **({"name": "South School", "url": "https://example.org"} | wrong))
    assert error.value.field in wrong


def test_only_staff_decide(person: User, manager: User) -> None:
    application = an_application(person)
    for somebody in (person, manager):
        with pytest.raises(NotAllowed):
            accept_provider_application(by=somebody, application=application)
        with pytest.raises(NotAllowed):
            refuse_provider_application(by=somebody, application=application, answer="no")
        with pytest.raises(NotAllowed):
            list_waiting_applications(visible_to=somebody)
