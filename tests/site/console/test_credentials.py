"""Credentials at the command line: issued, listed, checked, withdrawn; the answers that scripts rely on."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.credentials.records import a_credential, an_achievement, an_issuer
from tests.site.console.conftest import Command

from synchromesh.accounts.models import Membership, User
from synchromesh.credentials.models import Credential, IssueBatch, LogEntry
from synchromesh.credentials.operations.envelopes import take_envelope

pytestmark = pytest.mark.django_db
ISSUE = ("credential", "issue", "--achievement", "isolate-a-vehicle")
VERDICT_KEYS = {"signature", "status", "issuer", "format", "achievement"}


def test_one_is_issued_into_a_file_that_checks_as_good(command: Command, tmp_path: Path) -> None:
    an_achievement()
    file = tmp_path / "zoe.json"
    words = ("--to", "zoe@example.org", "--name", "Zoë", "--percent", "87.5", "--format", "open-badge")
    answer = command(*ISSUE, *words, "--output", str(file)).answer
    credential = Credential.objects.get()
    assert (answer["credential"], answer["format"], answer["bytes"]) == (
        credential.code,
        "open_badge",
        file.stat().st_size,
    )
    assert answer["page"].endswith(f"/c/{credential.code}")
    checked = command("credential", "verify", str(file), "--json")
    assert checked.code == 0
    assert set(checked.answer) >= VERDICT_KEYS
    verdicts = {name: checked.answer[name]["verdict"] for name in ("signature", "status", "issuer")}
    assert verdicts == {"signature": "good", "status": "valid", "issuer": "known"}
    assert " " in checked.answer["signature"]["reason"]
    assert (checked.answer["format"], checked.answer["achievement"]) == ("open_badge", "Isolate a vehicle")


def test_without_a_file_the_credential_itself_comes_out(
    command: Command, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_achievement()
    issued = command(*ISSUE, "--to", str(person.email), "--format", "open_badge_jwt")
    assert issued.output.count(b".") == 2
    assert Credential.objects.get().holder_name == person.name
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(issued.output)))
    assert command("credential", "verify", "-").answer["signature"]["verdict"] == "good"


def test_a_dry_run_leaves_nothing(command: Command) -> None:
    an_achievement()
    answer = command(*ISSUE, "--to", "zoe@example.org", "--name", "Zoë", "--format", "pdf", "--dry-run").answer
    assert (answer["dry_run"], answer["holder"]) == (True, "Zoë")
    assert not Credential.objects.exists()
    assert not LogEntry.objects.exists()


def test_nobody_gets_the_same_twice_by_mistake(command: Command) -> None:
    an_achievement()
    words = (*ISSUE, "--to", "zoe@example.org", "--name", "Zoë")
    assert set(command(*words).answer) >= {"credential", "uid", "page", "log_index"}
    assert command(*words).refusal["code"] == "conflict"
    assert command(*words, "--again").answer["log_index"] == 1


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--to", "zoe@example.org"), "name"),
        (("--to", "zoe", "--name", "Zoë"), "email"),
        (("--to", "zoe@example.org", "--name", "Zoë", "--format", "papyrus"), "format"),
        (("--to", "zoe@example.org", "--name", "Zoë", "--percent", "all"), "percent"),
    ],
)
def test_what_cannot_be_issued_is_refused_with_its_field(command: Command, words: tuple[str, ...], field: str) -> None:
    an_achievement()
    assert command(*ISSUE, *words).refusal["field"] == field
    assert not Credential.objects.exists()


def test_an_unknown_achievement_is_not_found(command: Command) -> None:
    assert command(*ISSUE, "--to", "zoe@example.org", "--name", "Zoë").refusal["code"] == "not_found"


def test_a_person_acts_with_their_own_rights(command: Command, person: User, editor: User) -> None:
    an_achievement(an_issuer(editor.memberships.get().organisation))
    words = ("--to", "zoe@example.org", "--name", "Zoë", "--as")
    assert command(*ISSUE, *words, str(person.email)).refusal["code"] == "not_allowed"
    command(*ISSUE, *words, str(editor.email))
    assert Credential.objects.get().issued_by == editor.public_id


def test_a_list_is_previewed_and_then_issued(command: Command, tmp_path: Path) -> None:
    an_achievement()
    file = tmp_path / "people.csv"
    file.write_text("name,email\nZoë,zoe@example.org\n,nobody\nIvo,ivo@example.org\n", encoding="utf-8")
    words = ("credential", "issue-list", str(file), "--achievement", "isolate-a-vehicle")
    seen = command(*words).answer
    assert (seen["state"], seen["rows"], seen["refused"], seen["issued"]) == ("preview", 3, 1, 0)
    assert (seen["problems"][0]["position"], seen["problems"][0]["field"]) == ("row 3", "name")
    done = command(*words, "--commit", "--no-mail").answer
    assert (done["state"], done["issued"]) == ("done", 2)
    assert Credential.objects.count() == 2
    assert command("credential", "issue-list", "nowhere.csv", "--achievement", "isolate-a-vehicle").refusal


def test_a_list_that_needs_two_persons_waits_for_the_second(
    command: Command, tmp_path: Path, manager: User, person: User
) -> None:
    organisation = manager.memberships.get().organisation
    an_achievement(an_issuer(organisation), needs_two_persons=True)
    Membership.objects.create(person=person, organisation=organisation, role="manager")
    file = tmp_path / "people.csv"
    file.write_text("name\nZoë\n", encoding="utf-8")
    words = ("credential", "issue-list", str(file), "--achievement", "isolate-a-vehicle", "--commit")
    batch = command(*words, "--as", str(manager.email)).answer
    assert (batch["state"], batch["issued"]) == ("waiting", 0)
    release = ("credential", "release", batch["batch"], "--as")
    assert command(*release, str(manager.email)).refusal["code"] == "not_allowed"
    assert command(*release, str(person.email)).answer["state"] == "done"
    assert Credential.objects.get().issued_by == person.public_id
    assert IssueBatch.objects.get().released_by == person.public_id
    assert command("credential", "release", "no-uid").refusal["code"] == "invalid_input"


def test_a_credential_is_suspended_made_valid_again_and_withdrawn(command: Command, tmp_path: Path) -> None:
    credential = a_credential()
    file = tmp_path / "zoe.jwt"
    file.write_bytes(bytes(take_envelope(credential, "open_badge_jwt").data))

    def verdict() -> tuple[int, str]:
        checked = command("credential", "verify", str(file))
        return checked.code, checked.answer["status"]["verdict"]

    assert verdict() == (0, "valid")
    answer = command("credential", "suspend", credential.code, "--reason", "check").answer
    assert (answer["state"], answer["reason"], verdict()) == ("suspended", "check", (1, "suspended"))
    assert command("credential", "reinstate", credential.code).answer["state"] == "valid"
    command("credential", "withdraw", credential.code.lower(), "--reason", "error", "--note", "Wrong course")
    assert verdict() == (1, "withdrawn")
    assert command("credential", "withdraw", credential.code, "--reason", "error").refusal["code"] == "conflict"
    assert command("credential", "withdraw", "nothing", "--reason", "error").refusal["code"] == "not_found"


def test_offline_the_answer_rests_on_the_file_and_is_not_good(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "zoe.jwt"
    file.write_bytes(bytes(take_envelope(a_credential(), "open_badge_jwt").data))
    checked = command("credential", "verify", str(file), "--offline", "--json")
    assert checked.code == 1
    assert checked.answer["issuer"]["verdict"] == "could_not_check"


def test_any_file_gets_three_lines_and_only_an_unusable_one_a_refusal(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "file"
    for content in (b"hello", b"{}", b"\x00" * 100, json.dumps({"type": "VerifiableCredential"}).encode()):
        file.write_bytes(content)
        checked = command("credential", "verify", str(file))
        assert checked.code == 1
        assert set(checked.answer) >= VERDICT_KEYS
        assert checked.answer["signature"]["verdict"] in {"altered", "could_not_check"}
    file.write_bytes(b"")
    assert command("credential", "verify", str(file)).refusal["field"] == "file"
    assert command("credential", "verify", str(tmp_path / "nowhere")).refusal["field"] == "file"


def test_the_formats_are_named(command: Command) -> None:
    answer = {line["name"]: line for line in command("credential", "formats").answer}
    assert answer["open_badge"]["written"]
    assert not answer["open_badge_2"]["written"]
    assert set(answer["pdf"]) == {"name", "title", "media_type", "ending", "written"}
