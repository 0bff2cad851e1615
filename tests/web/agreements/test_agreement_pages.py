"""Pages of agreements: the list, one of them, its actions, and changing it."""

from __future__ import annotations

import pytest
from django.test import Client

from synchromesh.accounts.models import Organisation, User
from synchromesh.community.models import Agreement, AgreementAction, AgreementParty, StatedValue

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(staff: User) -> Client:
    """Alliance staff."""
    client = Client()
    client.force_login(staff)
    return client


def test_staff_enter_an_agreement_with_its_parties(desk: Client, client: Client, organisation: Organisation) -> None:
    form = {"name": "With neighbours", "aims": "Meet", "signed": "2023-11", "parties": "North Works\nNobody"}
    wrong = desk.post("/en/agreements/new/", form)
    assert wrong.status_code == 422
    assert "No organisation here has the name Nobody." in wrong.content.decode()
    desk.post("/en/agreements/new/", form | {"parties": "North Works\nnorth-works\n"})
    assert AgreementParty.objects.get().organisation == organisation
    page = client.get("/en/agreements/with-neighbours/").content.decode()
    assert all(words in page for words in ("November 2023", "Meet", "North Works"))
    assert "With neighbours" in client.get("/en/agreements/").content.decode()
    desk.post("/en/agreements/with-neighbours/edit/", form | {"name": "With all", "parties": ""})
    assert "None is named." in client.get("/en/agreements/with-neighbours/").content.decode()


def test_what_sources_state_about_a_party_is_all_there(client: Client, organisation: Organisation) -> None:
    agreement = Agreement.objects.create(slug="one", names={"en": "One"})
    AgreementParty.objects.create(agreement=agreement, organisation=organisation)
    for value in ("26", "29", "35"):
        StatedValue.objects.create(
            organisation=organisation, fact="members", value=value, source_url="https://example.org"
        )
    page = client.get("/en/agreements/one/").content.decode()
    assert all(f"<strong>{value}</strong>" in page for value in ("26", "29", "35"))


def test_actions_are_noted_late_and_done(desk: Client, client: Client) -> None:
    agreement = Agreement.objects.create(slug="one", names={"en": "One"})
    assert desk.post("/en/agreements/one/", {"do": "add", "text": " "}).status_code == 422
    desk.post("/en/agreements/one/", {"do": "add", "text": "Meet", "due_on": "2025-01-01"})
    assert "(late)" in client.get("/en/agreements/one/").content.decode()
    action = AgreementAction.objects.get(agreement=agreement)
    assert client.post("/en/agreements/one/", {"do": "done", "action": str(action.uid)}).status_code == 403
    desk.post("/en/agreements/one/", {"do": "done", "action": str(action.uid)})
    assert "done on" in client.get("/en/agreements/one/").content.decode()
    assert desk.post("/en/agreements/one/", {"do": "dance"}).status_code == 422
