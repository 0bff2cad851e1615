"""Keys, issuers and the log at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings
from tests.credentials.records import a_credential, an_issuer
from tests.site.console.conftest import Command

from synchromesh.accounts.models import Organisation, User
from synchromesh.credentials.models import Issuer, KnownIssuer, LogEntry
from synchromesh.places.models import Country

pytestmark = pytest.mark.django_db


def test_keys_are_listed_changed_and_given_up_without_showing_a_secret(command: Command) -> None:
    an_issuer()
    keys = ("credential", "keys")
    (first,) = command(*keys, "list", "--issuer", "skills-body").answer
    assert (first["method"].partition("#")[2], first["retired_at"]) == ("key-1", None)
    assert "secret" not in str(first)
    command(*keys, "rotate", "--issuer", "skills-body")
    given_up = command(*keys, "compromised", first["uid"], "--since", "2026-01-01").answer
    assert given_up["compromised_at"].startswith("2026-01-01T00:00:00")
    assert len(command(*keys, "list", "--issuer", "skills-body").answer) == 2
    assert command(*keys, "rotate", "--issuer", "log").answer["purpose"] == "log"
    assert command(*keys, "rotate", "--issuer", "nobody").refusal["code"] == "not_found"
    for words in ((first["uid"], "--since", "yesterday"), ("no-uid", "--since", "2026-01-01")):
        assert command(*keys, "compromised", *words).refusal


def test_the_drill_says_which_keys_cannot_be_read(command: Command, settings: Settings) -> None:
    an_issuer()
    good = command("credential", "keys", "check")
    assert (good.code, good.answer) == (0, {"keys": 1, "unreadable": []})
    settings.CREDENTIAL_KEY_SECRET = "of another installation"
    bad = command("credential", "keys", "check")
    assert (bad.code, len(bad.answer["unreadable"])) == (1, 1)


def test_others_than_the_operator_see_and_check_no_keys(command: Command, person: User) -> None:
    an_issuer()
    for words in (("list", "--issuer", "skills-body"), ("check",)):
        refusal = command("credential", "keys", *words, "--as", str(person.email)).refusal
        assert refusal["code"] == "not_allowed"


def test_an_organisation_becomes_an_issuer(command: Command, organisation: Organisation) -> None:
    register = ("credential", "issuer", "register", organisation.slug)
    assert command(*register).refusal["field"] == "country"
    organisation.country = Country.objects.create(code="CZ", names={"en": "Czechia"})
    organisation.url = "https://north.example/"
    organisation.save()
    answer = command(*register, "--legal-name", "North a.s.", "--higher-education").answer
    assert (answer["name"], answer["did"]) == ("North a.s.", Issuer.objects.get().did)
    assert command("credential", "issuer", "register", "nobody").refusal["code"] == "not_found"


def test_an_issuer_of_the_world_is_entered(command: Command) -> None:
    enter = ("credential", "issuer", "enter", "Technische Prüfstelle", "--identifier", "did:web:elsewhere.example")
    answer = command(*enter, "--since", "2020-01-01", "--source", "A letter", "--country", "de").answer
    assert (answer["identifiers"], answer["known_since"]) == (["did:web:elsewhere.example"], "2020-01-01")
    assert KnownIssuer.objects.get().country == "DE"
    assert command(*enter, "--since", "2020-01-01", "--source", "A letter").refusal["code"] == "conflict"
    assert command(*enter, "--since", "once", "--source", "A letter").refusal["field"] == "since"


def test_a_trust_list_is_previewed_and_loaded(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("name,identifiers,known_since\nPrüfstelle,did:web:elsewhere.example,2020-01-01\n", encoding="utf-8")
    words = ("credential", "issuer", "import", str(file))
    assert command(*words).answer["counts"]["new"] == 1
    assert not KnownIssuer.objects.exists()
    done = command(*words, "--commit").answer
    assert (done["status"], done["problems"], KnownIssuer.objects.count()) == ("committed", [], 1)
    assert command("credential", "issuer", "import", "nowhere.csv").refusal["field"] == "file"


def test_the_log_shows_its_head_and_its_audit_finds_what_was_removed(command: Command) -> None:
    assert command("credential", "log", "head").answer == {"entries": 0, "head": None}
    a_credential()
    signed = command("credential", "log", "head", "--sign").answer
    assert (signed["entries"], signed["head"]["size"]) == (1, 1)
    good = command("credential", "log", "audit")
    assert (good.code, good.answer["credentials"], good.answer["problems"]) == (0, 1, [])
    LogEntry.objects.all().delete()
    bad = command("credential", "log", "audit")
    assert bad.code == 1
    assert set(bad.answer["problems"][0]) == {"position", "field", "message"}
