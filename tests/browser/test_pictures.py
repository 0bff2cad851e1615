"""The pictures in docs/pictures, taken anew with SYNCHROMESH_PICTURES=1 or SYNCHROMESH_BROWSER=all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import OpenContext
from tests.browser.journeys import answer_some

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
LARGEST = 200_000  # bytes
WANTED = os.environ.get("SYNCHROMESH_PICTURES") == "1" or os.environ.get("SYNCHROMESH_BROWSER") == "all"
HEIGHTS = {"home": 900, "role": 900, "gap": 1500, "path": 1000}


def _go_on(page: Page, name: str) -> None:
    """From the answered gap to the page of the picture."""
    if name == "path":
        page.get_by_role("link", name="See the path").first.click()
    elif name == "role":
        page.get_by_role("link", name="Change my answers").click()
        page.evaluate("window.scrollTo(0, 0)")


@pytest.mark.skipif(not WANTED, reason="pictures are only taken when they are asked for")
@pytest.mark.parametrize("name", HEIGHTS)
def test_a_picture_for_the_docs_is_taken(name: str, open_context: OpenContext) -> None:
    page = open_context("light-390" if name == "gap" else "light-1280").new_page()
    page.goto("/en/")
    if name != "home":
        page.goto("/en/roles/battery-technician/")
        answer_some(page)
        _go_on(page, name)
    width = 390 if name == "gap" else 1280
    page.set_viewport_size({"width": width, "height": HEIGHTS[name]})
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
    assert len(picture) <= LARGEST
