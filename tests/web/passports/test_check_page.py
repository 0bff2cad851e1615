"""The page that checks a file: verdict, findings, filters, a table to take away, and files that mean harm."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.engine.passport_models.passport_samples import used

from synchromesh.accounts.models import User
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.engine.passport_models.writing import as_json
from synchromesh.passports.models import Passport

pytestmark = pytest.mark.django_db
ADDRESS = "/en/passports/check/"
HOSTILE = {
    "nothing": b"",
    "no JSON": b"<html>",
    "not UTF-8": b"\xff\xfa\x00",
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "a long number": b'{"model": ' + b"9" * 10_000 + b"}",
    "a list": b"[]",
    "another version": b'{"model": "synchromesh-practice-passport/9", "values": {}}',
    "no values": b'{"model": "synchromesh-practice-passport/1", "kind": "ev"}',
    "no kind": b'{"model": "synchromesh-practice-passport/1", "values": {}}',
}
STRANGE = {
    "script": "<script>alert(1)</script>",
    "template": "{{ settings.SECRET_KEY }}{% now 'Y' %}",
    "format": "{0.__class__} %(x)s %s {title}",
    "formula": "=cmd|' /C calc'!A0",
    "surrogate": "\ud800",
    "null": "a\x00b",
    "direction": "\u202eabc",
    "address": "javascript:alert(1)",
}


def sent(client: Client, content: bytes | str, **more: Any) -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post(ADDRESS, {"file": SimpleUploadedFile("passport.json", data), **more})


def text_of(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def wrong() -> Content:
    """A passport with an error, and one field that is none of the list."""
    return (
        used().with_value("battery_mass", FieldValue(value=-5, unit="kg")).with_value("colour", FieldValue(value="red"))
    )


def test_a_good_passport_is_valid_and_shows_its_pictures(client: Client) -> None:
    answer = sent(client, as_json(used()))
    assert answer.status_code == 200
    text = text_of(answer)
    assert "Valid for practice" in text
    assert "Practice, not a legal passport" in text
    assert "not checked against the text" in text
    assert answer.content.decode().count('<div class="picture"') == 3
    assert "unknown variable" not in text


def test_a_finding_says_field_severity_clause_value_and_remedy(client: Client) -> None:
    answer = sent(client, as_json(wrong()))
    table = BeautifulSoup(answer.content, "html.parser").select_one("table.findings")
    assert table is not None
    row = next(" ".join(row.get_text(" ").split()) for row in table.select("tbody tr") if "Mass" in row.get_text())
    assert "Mass of the battery" in row
    assert "Error" in row
    assert "-5" in row
    assert "Look for a slip of the decimal point" in row
    assert "Annex VI, Part A, 5" in row
    assert "not checked" in row
    assert "Not valid" in text_of(answer)


def test_findings_are_filtered_by_severity_without_sending_the_file_again(client: Client) -> None:
    first = BeautifulSoup(sent(client, as_json(wrong())).content, "html.parser")
    document = first.select_one("input[name=document]")
    assert document is not None
    answer = client.post(ADDRESS, {"document": document["value"], "severity": ["warning"]})
    cells = [cell.get_text(strip=True) for cell in BeautifulSoup(answer.content, "html.parser").select("td .severity")]
    assert cells
    assert set(cells) == {"Warning"}
    assert "Error: 1" in text_of(answer)


@pytest.mark.parametrize("way", ["file", "text", "document"])
def test_the_findings_come_as_a_table(way: str, client: Client) -> None:
    text = as_json(wrong())
    given: Any = SimpleUploadedFile("passport.json", text.encode()) if way == "file" else text
    answer = client.post(ADDRESS, {way: given, "do": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="findings.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["field"]: row["severity"] for row in rows}["battery_mass"] == "error"


def test_a_visitor_may_check_and_nothing_is_kept(client: Client) -> None:
    sent(client, as_json(used()))
    assert not Passport.objects.exists()


def test_whoever_is_signed_in_keeps_what_was_checked(client: Client, person: User) -> None:
    client.force_login(person)
    page = BeautifulSoup(sent(client, as_json(wrong())).content, "html.parser")
    form = page.select_one("form[action='/en/passports/start/']")
    assert form is not None
    document = form.select_one("input[name=document]")
    assert document is not None
    answer = client.post("/en/passports/start/", {"document": document["value"], "do": "file"})
    made = Passport.objects.get()
    assert answer["Location"] == f"/en/passports/{made.uid}/edit/"
    assert made.owner == person


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_is_no_use_is_refused_in_words(content: bytes, client: Client) -> None:
    answer = sent(client, content)
    assert answer.status_code == 422
    assert "Please check what you entered" in text_of(answer)


@pytest.mark.parametrize("words", STRANGE.values(), ids=STRANGE)
def test_strange_words_in_a_file_stay_words(words: str, client: Client) -> None:
    values = {
        key: {"value": words, "unit": words, "at": words}
        for key in ("model_name", "battery_mass", "remaining_capacity", "manufacturer_website", words)
    }
    rows = {"value": [{"name": words, "component": words, "mass": 3, words: words}]}
    document = {"model": "synchromesh-practice-passport/1", "kind": "ev", "values": {**values, "materials": rows}}
    answer = sent(client, json.dumps(document))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert "javascript:alert" not in page.replace("&#x27;", "'").split('name="document"')[0].replace(
        "says 'javascript", ""
    )
    table = client.post(ADDRESS, {"text": json.dumps(document), "do": "csv"}).content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(table)):
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)


def test_a_file_beyond_two_megabytes_is_refused(client: Client) -> None:
    answer = sent(client, b" " * (2 * 1024**2 + 1))
    assert answer.status_code == 422
    assert "larger than 2 MB" in text_of(answer)


def test_a_file_with_very_many_findings_shows_some_and_says_so(client: Client) -> None:
    values = {f"field {number}": {"value": 1} for number in range(900)}
    answer = sent(client, json.dumps({"model": "synchromesh-practice-passport/1", "kind": "ev", "values": values}))
    assert "more findings stand in the CSV file" in text_of(answer)
    assert len(answer.content) < 600_000


def test_two_things_at_once_and_nothing_are_refused(client: Client) -> None:
    assert client.post(ADDRESS, {}).status_code == 422
    assert sent(client, as_json(used()), text="{}").status_code == 422


def test_too_many_checks_have_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("synchromesh.web.passports.check_views.MOST_CHECKS", 1)
    assert sent(client, as_json(used())).status_code == 200
    assert "Wait 15 minutes" in text_of(sent(client, as_json(used())))


def test_a_german_page_says_in_german_what_is_wrong(client: Client) -> None:
    answer = client.post("/de/passports/check/", {"text": as_json(wrong())})
    table = BeautifulSoup(answer.content, "html.parser").select_one("table.findings")
    assert table is not None
    row = next(row for row in table.select("tbody tr") if "-5" in row.get_text())
    text = row.get_text(" ", strip=True)
    assert "Masse der Batterie: -5 kg. Glaubhaft sind" in text
    assert "nicht geprüft" in text
    assert [part.get_text() for part in row.select("[lang]")] == ["Annex VI, Part A, 5"]
