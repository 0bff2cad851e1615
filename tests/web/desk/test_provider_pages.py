"""The pages on which an organisation asks to be a training provider, and staff answer."""

from __future__ import annotations

import pytest
from django.test import Client

from synchromesh.accounts.models import Organisation, ProviderApplication, User

pytestmark = pytest.mark.django_db
ASK, DESK = "/en/me/provider/", "/en/desk/providers/"
SENT = {"name": "South School", "url": "https://example.org", "country": "", "note": "Welding"}


def test_from_the_question_to_the_first_page_of_the_provider(client: Client, person: User, staff: User) -> None:
    client.force_login(person)
    assert "The alliance looks at it" in client.post(ASK, SENT, follow=True).content.decode()
    client.force_login(staff)
    assert "South School" in client.get(DESK).content.decode()
    uid = str(ProviderApplication.objects.get().uid)
    client.post(DESK, {"application": uid, "do": "approve"})
    client.force_login(person)
    assert "approved" in client.get(ASK).content.decode()
    assert client.get(f"/en/desk/organisations/{Organisation.objects.get().slug}/").status_code == 200


def test_a_refusal_needs_a_reason_and_is_shown(client: Client, person: User, staff: User) -> None:
    client.force_login(person)
    client.post(ASK, SENT)
    uid = str(ProviderApplication.objects.get().uid)
    client.force_login(staff)
    assert client.post(DESK, {"application": uid, "do": "refuse", "answer": ""}).status_code == 422
    client.post(DESK, {"application": uid, "do": "refuse", "answer": "No courses yet."})
    client.force_login(person)
    assert "No courses yet." in client.get(ASK).content.decode()


def test_a_wrong_form_says_what_to_mend(client: Client, person: User, organisation: Organisation) -> None:
    client.force_login(person)
    page = client.post(ASK, SENT | {"name": organisation.name})
    assert page.status_code == 422
    assert "is here already" in page.content.decode()


@pytest.mark.parametrize("sent", [{}, {"application": "nonsense"}])
def test_an_unknown_application_is_not_found(sent: dict[str, str], client: Client, staff: User) -> None:
    client.force_login(staff)
    assert client.post(DESK, sent).status_code == 404


def test_only_staff_sees_the_desk(client: Client, manager: User) -> None:
    client.force_login(manager)
    assert client.get(DESK).status_code == 403
