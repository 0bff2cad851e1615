"""The page on which a manager invites people."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from synchromesh.accounts.models import Invitation, Membership, Organisation, User
from synchromesh.accounts.operations.invitations import create_invitation, join_organisation
from synchromesh.accounts.permissions import OPERATOR

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/organisations/north-works/invitations/"
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


def test_a_code_is_shown_in_the_answer_to_the_form_and_never_again(client: Client, manager: User, person: User) -> None:
    client.force_login(manager)
    page = client.post(PAGE, {"role": "editor", "valid_days": "14"})
    found = CODE.search(page.content.decode())
    assert found is not None
    assert "no-store" in page["Cache-Control"]
    assert not CODE.search(client.get(PAGE).content.decode())
    assert join_organisation(by=person, code=found.group()).role == "editor"


@pytest.mark.parametrize("given", [{"role": "owner", "valid_days": "14"}, {"role": "member", "valid_days": "0"}, {}])
def test_a_wrong_form_makes_no_invitation(client: Client, manager: User, given: dict[str, str]) -> None:
    client.force_login(manager)
    page = client.post(PAGE, given)
    assert page.status_code == 422
    assert "Please check what you entered" in page.content.decode()
    assert not Invitation.objects.exists()


def test_a_lost_paper_is_withdrawn_on_the_page(client: Client, manager: User, organisation: Organisation) -> None:
    invitation, _ = create_invitation(by=manager, organisation=organisation, role="member")
    client.force_login(manager)
    page = client.post(PAGE, {"withdraw": str(invitation.uid)}, follow=True)
    assert "no longer valid" in page.content.decode()


def test_an_invitation_of_another_organisation_is_not_found(client: Client, manager: User) -> None:
    other = Organisation.objects.create(slug="south-works", name="South Works")
    invitation, _ = create_invitation(by=OPERATOR, organisation=other, role="member")
    client.force_login(manager)
    assert client.post(PAGE, {"withdraw": str(invitation.uid)}).status_code == 404
    assert client.post(PAGE, {"withdraw": "nonsense"}).status_code == 404
    assert client.get(PAGE.replace("north", "south")).status_code == 403
    assert client.get(PAGE.replace("north", "west")).status_code == 404


def test_the_list_says_who_used_an_invitation_and_names_are_only_text(
    client: Client, manager: User, organisation: Organisation
) -> None:
    _, code = create_invitation(by=manager, organisation=organisation, role="member")
    join_organisation(by=User.objects.create_user(sign_in_name="x", name="<b>Nora</b>"), code=code)
    client.force_login(manager)
    assert "used by &lt;b&gt;Nora&lt;/b&gt;" in client.get(PAGE).content.decode()


def test_an_editor_gets_no_page_and_makes_nothing(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"role": "manager", "valid_days": "14"}).status_code == 403
    assert not Invitation.objects.exists()
    assert Membership.objects.get().role == "editor"
