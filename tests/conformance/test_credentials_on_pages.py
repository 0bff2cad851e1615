"""Credentials of others, sent through the page and the interface for programs as people send them.

What each is worth is said in `test_open_badge_fixtures.py`; here both ways must answer, and say the same.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.conformance.standards import needs, standards

from synchromesh.credentials.operations import checking
from synchromesh.engine.errors import ExternalFailure
from synchromesh.web.credentials import verify_views

BADGES = standards("open_badges", "ob30")
EUROPEAN = standards("edc", "Credentials")
pytestmark = [pytest.mark.django_db, *needs(BADGES), *needs(EUROPEAN)]
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LINES = ("signature", "status", "issuer")


@pytest.fixture(autouse=True)
def _without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(url: str, **more: object) -> bytes:
        raise ExternalFailure(f"No connection to {url[:80]} is possible at the moment.")

    monkeypatch.setattr(checking, "fetch_over_https", unreachable)
    monkeypatch.setattr(verify_views, "MOST_CHECKS", 10_000)
    monkeypatch.setattr(settings, "API_TEXTS_PER_MINUTE", 1_000_000)


def files_of(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file())


def page_of(client: Client, file: Path) -> BeautifulSoup:
    answer = client.post("/en/verify", {"file": SimpleUploadedFile(file.name, file.read_bytes())})
    assert answer.status_code == 200, file.name
    text = answer.content.decode()
    assert "⚠ unknown variable" not in text, file.name
    return BeautifulSoup(text, "html.parser")


def answer_of(client: Client, file: Path) -> dict[str, Any]:
    packed = f"data:application/octet-stream;base64,{base64.b64encode(file.read_bytes()).decode()}"
    answer = client.post("/api/v1/verify", {"credential": packed}, content_type="application/json")
    assert answer.status_code == 200, (file.name, answer.content)
    told: dict[str, Any] = answer.json()
    return told


def reasons_on(page: BeautifulSoup) -> list[str]:
    """The sentences of the three lines."""
    found = [page.select_one(f'[data-line="{line}"] dd > p:nth-of-type(2)') for line in LINES]
    return [reason.get_text() for reason in found if reason is not None]


@pytest.mark.parametrize("folder", [BADGES, EUROPEAN], ids=["Open Badges", "European credentials"])
def test_the_page_and_the_interface_say_the_same_of_every_file(folder: Path, client: Client) -> None:
    for file in files_of(folder):
        if file.stat().st_size > 700_000:
            continue  # the interface takes a megabyte
        page, told = page_of(client, file), answer_of(client, file)
        shown = page.select_one("[data-verdict]")
        assert shown is not None, file.name
        assert shown["data-verdict"] != "valid", file.name  # nobody of them is in the registry of this site
        if "err" in file.name or "noproof" in file.name:
            assert shown["data-verdict"] != "unknown_issuer", file.name
        for said, line in zip(reasons_on(page), LINES, strict=True):
            reason = told[line]["reason"]
            assert said == reason or DAY.search(reason), file.name  # the page writes days as its reader does


def test_a_good_badge_of_somebody_else_is_good_and_unknown(client: Client) -> None:
    page = page_of(client, BADGES / "simple-did-key-method.json")
    shown = page.select_one("[data-verdict]")
    assert shown is not None
    assert shown["data-verdict"] == "unknown_issuer"
