"""The issuer's desk: from an organisation that awards nothing to credentials that are withdrawn and corrected."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.credentials.records import a_credential, an_achievement, an_issuer

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import (
    Achievement,
    BatchState,
    Credential,
    CredentialState,
    IssueBatch,
    Issuer,
    KnownIssuer,
    SigningKey,
)
from synchromesh.credentials.operations.batches import resume_batch
from synchromesh.credentials.operations.claiming import find_by_claim_link
from synchromesh.framework.models import Skill
from synchromesh.places.models import Country

pytestmark = pytest.mark.django_db
ELEMENTS = ("descriptions", "criteria", "outcomes", "assessments", "participations", "quality_assurances",
            "identity_checks")  # fmt: skip
UNKNOWN_VARIABLE = "⚠"


@pytest.fixture
def issuer(organisation: Organisation) -> Issuer:
    """The organisation of `editor` and `manager` as an issuer."""
    return an_issuer(organisation)


@pytest.fixture
def achievement(issuer: Issuer) -> Achievement:
    """A published one."""
    return an_achievement(issuer)


@pytest.fixture
def second(organisation: Organisation) -> User:
    """Another manager."""
    person = User.objects.create_user(email="second@example.org", password="four words and more")
    Membership.objects.create(person=person, organisation=organisation, role="manager")
    return person


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    assert UNKNOWN_VARIABLE not in text
    return text


def test_an_organisation_is_made_an_issuer_by_its_manager(organisation: Organisation, manager: User) -> None:
    client = signed_in(manager)
    home = text_of(client.get("/en/award/"))
    assert f"/en/award/organisations/{organisation.slug}/" in home
    page = f"/en/award/organisations/{organisation.slug}/"
    refused = client.post(page, {"legal_name": "North Works GmbH"})
    assert refused.status_code == 422
    assert "country of its issuer" in text_of(refused)
    organisation.country = Country.objects.create(code="CZ", names={"en": "Czechia"})
    organisation.url = "https://north.example/"
    organisation.save()
    assert client.post(page, {"legal_name": "North Works GmbH"}).status_code == 302
    assert Issuer.objects.get().legal_name == "North Works GmbH"
    assert "North Works GmbH" in text_of(client.get(f"/en/award/issuers/{organisation.slug}/"))
    assert f"/en/award/issuers/{organisation.slug}/" in text_of(client.get(f"/en/organisations/{organisation.slug}/"))
    assert client.post(page, {"legal_name": "North Works SE"}).status_code == 302
    assert Issuer.objects.get().legal_name == "North Works SE"


def test_an_achievement_is_written_named_what_it_lacks_and_published(
    issuer: Issuer, editor: User, manager: User
) -> None:
    skill = Skill.objects.create(slug="isolate-hv", titles={"en": "Isolate a battery"})
    client = signed_in(editor)
    page = f"/en/award/issuers/{issuer.organisation.slug}/add/"
    sent = {"kind": "MicroCredential", "titles": "Isolate a vehicle", "minutes": "90", "level": "2"}
    half = client.post(page, sent | {"skill-0-skill": skill.slug})
    assert half.status_code == 422
    assert "Say up to which level" in text_of(half)
    made = client.post(page, sent | {"skill-0-skill": skill.slug, "skill-0-level": "2"})
    assert made.headers["Location"] == "/en/award/achievements/isolate-a-vehicle/"
    shown = text_of(client.get(made.headers["Location"]))
    assert "It cannot be published yet" in shown
    assert shown.count("<li>What one must do to get it</li>") == 1
    edit = f"{made.headers['Location']}edit/"
    texts = dict.fromkeys(ELEMENTS, "As described")
    assert client.post(edit, sent | texts | {"skill-0-skill": skill.slug, "skill-0-level": "3"}).status_code == 302
    assert client.post(f"{edit}?language=de", sent | {"titles": "Freischalten"}).status_code == 302
    achievement = Achievement.objects.get()
    draft = achievement.versions.get()
    assert draft.titles == {"de": "Freischalten", "en": "Isolate a vehicle"}
    assert draft.outcomes == [{"en": "As described"}]
    assert not draft.skills.exists()  # the last form named none
    assert "German still lacks" in text_of(client.get(made.headers["Location"]))
    assert client.post(made.headers["Location"], {"do": "publish"}).status_code == 403
    assert signed_in(manager).post(made.headers["Location"], {"do": "publish"}).status_code == 302
    draft.refresh_from_db()
    assert draft.published_at is not None


def test_a_published_achievement_changes_in_a_new_version_and_ends(achievement: Achievement, manager: User) -> None:
    client, page = signed_in(manager), f"/en/award/achievements/{achievement.slug}/"
    form = text_of(client.get(f"{page}edit/"))
    assert "Isolate a vehicle" in form
    sent = {"kind": "Badge", "titles": "Isolate any vehicle", "minutes": "90"} | dict.fromkeys(ELEMENTS, "New")
    assert client.post(f"{page}edit/", sent).status_code == 302
    assert achievement.versions.count() == 2
    assert achievement.versions.get(number=1).titles["en"] == "Isolate a vehicle"
    for action in ("publish", "two", "end"):
        assert client.post(page, {"do": action}).status_code == 302
    achievement.refresh_from_db()
    assert achievement.needs_two_persons
    assert achievement.ended_at is not None
    assert "not awarded any more" in text_of(client.get(f"{page}issue/"))
    assert client.post(page, {"do": "dance"}).status_code == 422


def test_a_form_that_is_sent_twice_awards_once(achievement: Achievement, editor: User, asked_jobs: list[str]) -> None:
    client, page = signed_in(editor), f"/en/award/achievements/{achievement.slug}/issue/"
    assert client.post(page, {"name": ""}).status_code == 422
    once = "11111111-2222-4333-8444-555555555555"
    sent = {"name": "Zoë Müller", "email": "zoe@example.org", "language": "de", "percent": "88", "once": once}
    answers = [client.post(page, sent) for _ in range(2)]
    credential = Credential.objects.get()
    assert {one.headers["Location"] for one in answers} == {f"/en/award/credentials/{credential.code}/"}
    assert (credential.language, str(credential.percent)) == ("de", "88.00")
    assert "Zoë Müller" in text_of(client.get(answers[0].headers["Location"]))


def test_a_list_needs_two_persons_and_shows_how_far_it_is(
    issuer: Issuer, manager: User, second: User, asked_jobs: list[str]
) -> None:
    achievement = an_achievement(issuer, needs_two_persons=True)
    client, page = signed_in(manager), f"/en/award/achievements/{achievement.slug}/lists/"
    bad = client.post(page, {"file": io.BytesIO(b"who\nZoe\n")})
    assert bad.status_code == 422
    assert "no column" in text_of(bad)
    file = io.BytesIO("name,email\nZoë,zoe@example.org\nIvo,wrong\nEva,\n".encode())
    file.name = "people.csv"
    at = client.post(page, {"file": file, "sends_mail": "on"}).headers["Location"]
    preview = text_of(client.get(at))
    for words in ("people.csv", "email: this is no address", "Zoë", "Hand it on"):
        assert words in preview, words
    client.post(at, {"do": "submit"})
    assert "Another manager" in text_of(client.get(at))
    assert client.post(at, {"do": "release"}).status_code == 403
    other = signed_in(second)
    assert at in text_of(other.get("/en/award/"))
    assert other.post(at, {"do": "release"}).status_code == 302
    running = text_of(other.get(at))
    assert 'hx-trigger="every 2s"' in running
    assert ">Reload</a>" in running
    batch = IssueBatch.objects.get()
    resume_batch(by=OPERATOR, batch_uid=batch.uid)
    part = text_of(other.get(at, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "hx-trigger" not in part
    assert list(Credential.objects.order_by("holder_name").values_list("holder_name", flat=True)) == ["Eva", "Zoë"]


def test_one_person_by_hand_also_waits_where_two_are_needed(
    issuer: Issuer, manager: User, asked_jobs: list[str]
) -> None:
    achievement = an_achievement(issuer, needs_two_persons=True)
    sent = {"name": "Zoë", "language": "en", "once": "11111111-2222-4333-8444-555555555555"}
    answer = signed_in(manager).post(f"/en/award/achievements/{achievement.slug}/issue/", sent)
    batch = IssueBatch.objects.get()
    assert answer.headers["Location"] == f"/en/award/lists/{batch.uid}/"
    assert (batch.state, batch.rows_in_all, Credential.objects.count()) == (BatchState.WAITING, 1, 0)


def test_a_list_is_dropped(achievement: Achievement, manager: User) -> None:
    client = signed_in(manager)
    file = io.BytesIO(b"name\nZoe\n")
    file.name = "people.csv"
    at = client.post(f"/en/award/achievements/{achievement.slug}/lists/", {"file": file}).headers["Location"]
    assert client.post(at, {"do": "cancel"}).headers["Location"].endswith("/lists/")
    assert IssueBatch.objects.get().state == BatchState.CANCELLED


def test_who_got_it_is_found_by_name_or_address(achievement: Achievement, editor: User, asked_jobs: list[str]) -> None:
    a_credential(achievement)
    a_credential(achievement, name="Ivo Novák", email="ivo@example.org", occasion="test:2")
    client, page = signed_in(editor), f"/en/award/achievements/{achievement.slug}/issued/"
    assert "Zoë Müller-Šťastná" in text_of(client.get(page))
    found = text_of(client.get(page, {"q": "IVO@"}))
    assert "Ivo Novák" in found
    assert "Zoë" not in found
    assert "Nobody with this name" in text_of(client.get(page, {"q": "nobody"}))


def test_a_credential_is_suspended_reinstated_corrected_and_withdrawn(
    achievement: Achievement, manager: User, asked_jobs: list[str]
) -> None:
    credential = a_credential(achievement)
    client, page = signed_in(manager), f"/en/award/credentials/{credential.code}/"
    without_words = client.post(page, {"do": "suspend", "reason": "check"})
    assert without_words.status_code == 422
    assert "Say why" in text_of(without_words)
    states = []
    for action, more in (("suspend", {"reason": "check", "note": "A doubt"}), ("reinstate", {"note": "Over"})):
        assert client.post(page, {"do": action, **more}).status_code == 302
        credential.refresh_from_db()
        states.append(credential.state)
    assert states == [CredentialState.SUSPENDED, CredentialState.VALID]
    assert "A doubt" in text_of(client.get(page))
    corrected = client.post(page, {"do": "correct", "name": "Zoë Müller", "note": "Married"})
    new = Credential.objects.get(replaces=credential)
    assert corrected.headers["Location"] == f"/en/award/credentials/{new.code}/"
    assert "Corrected by this one" in text_of(client.get(page))
    assert client.post(corrected.headers["Location"], {"do": "withdraw", "reason": "error"}).status_code == 302
    new.refresh_from_db()
    assert new.state == CredentialState.WITHDRAWN
    assert client.post(page, {"do": "reinstate"}).status_code == 409


def test_a_link_for_the_holder_is_shown_once(achievement: Achievement, manager: User, asked_jobs: list[str]) -> None:
    credential = a_credential(achievement)
    client, page = signed_in(manager), f"/en/award/credentials/{credential.code}/"
    shown = text_of(client.post(page, {"do": "link"}))
    secret = shown.split("/claim/")[1].split("/")[0]
    assert find_by_claim_link(secret) == credential
    assert secret not in text_of(client.get(page))
    asked_jobs.clear()
    assert client.post(page, {"do": "mail"}).status_code == 302
    assert asked_jobs == ["credentials.tasks.send_award_mail"]
    Credential.objects.update(holder_email="")
    assert client.post(page, {"do": "mail"}).status_code == 409


def test_an_editor_sees_a_credential_and_changes_nothing_of_it(
    achievement: Achievement, editor: User, asked_jobs: list[str]
) -> None:
    credential = a_credential(achievement)
    client, page = signed_in(editor), f"/en/award/credentials/{credential.code}/"
    assert "Withdraw" not in text_of(client.get(page))
    for action in ("withdraw", "suspend", "reinstate", "correct", "link"):
        assert client.post(page, {"do": action, "reason": "error", "name": "X"}).status_code == 403
    assert Credential.objects.get().state == CredentialState.VALID


def test_keys_are_renewed_and_a_stolen_one_is_confirmed_first(issuer: Issuer, manager: User) -> None:
    client, page = signed_in(manager), f"/en/award/issuers/{issuer.organisation.slug}/keys/"
    assert client.post(page, {"do": "rotate"}).status_code == 302
    assert SigningKey.objects.filter(issuer=issuer).count() == 2
    active = SigningKey.objects.get(issuer=issuer, retired_at=None)
    sent = {"do": "compromised", "key": str(active.uid), "since": "2026-01-01T10:00"}
    assert client.post(page, sent).status_code == 422
    assert client.post(page, sent | {"confirmed": "on"}).status_code == 302
    active.refresh_from_db()
    assert active.compromised_at is not None
    assert "in wrong hands since" in text_of(client.get(page))
    assert SigningKey.objects.filter(issuer=issuer, retired_at=None).count() == 1


def test_the_registry_is_kept_by_alliance_staff(staff: User) -> None:
    client = signed_in(staff)
    sent = {
        "name": "Institute of Battery Technology", "identifiers": "did:web:battery.example.sk\nhttps://b.example/",
        "known_since": "2025-01-01", "source": "Trust list", "country": "",
    }  # fmt: skip
    assert client.post("/en/award/registry/", sent).status_code == 302
    again = client.post("/en/award/registry/", sent)
    assert again.status_code == 422
    assert "belongs to another issuer" in text_of(again)
    known = KnownIssuer.objects.get()
    assert known.identifiers.count() == 2
    end = {"do": "end", "known": str(known.uid), "until": "2025-12-31"}
    assert client.post("/en/award/registry/", end).status_code == 302
    known.refresh_from_db()
    assert str(known.known_until) == "2025-12-31"
    assert client.post("/en/award/registry/", end | {"until": ""}).status_code == 422
    assert client.post("/en/award/registry/", end | {"known": "nobody"}).status_code == 404
    assert "did:web:battery.example.sk" in text_of(client.get("/en/award/registry/?q=battery"))


def test_pages_ask_few_questions_however_much_there_is(
    achievement: Achievement, manager: User, asked_jobs: list[str]
) -> None:
    first = a_credential(achievement)
    for number in range(5):
        a_credential(achievement, name=f"P{number}", occasion=f"test:many:{number}")
        an_achievement(achievement.issuer, titles={"en": f"Another {number}"})
    client, slug = signed_in(manager), achievement.issuer.organisation.slug
    limits = {
        "/en/award/": 8,
        f"/en/award/issuers/{slug}/": 9,
        f"/en/award/achievements/{achievement.slug}/": 16,
        f"/en/award/achievements/{achievement.slug}/edit/": 14,
        f"/en/award/achievements/{achievement.slug}/issued/": 11,
        f"/en/award/credentials/{first.code}/": 7,
    }
    asked = {}
    for page in limits:
        with CaptureQueriesContext(connection) as questions:
            assert client.get(page).status_code == 200
        asked[page] = len(questions)
    assert {page: count for page, count in asked.items() if count > limits[page]} == {}, asked
