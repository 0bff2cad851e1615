"""A site whose stamp the test decides, since inside the transaction of a test no page is ever kept."""

from __future__ import annotations

import pytest

from synchromesh.web.kept_pages import middleware
from synchromesh.web.kept_pages.kept import KeptPages


class Stamp:
    """What stands for the state of the site: `change()` is a commit of somebody."""

    def __init__(self) -> None:
        self.value: int | None = 0

    def change(self) -> None:
        """Something was written."""
        self.value = (self.value or 0) + 1


@pytest.fixture
def stamp(monkeypatch: pytest.MonkeyPatch) -> Stamp:
    """The stamp of the site."""
    made = Stamp()
    monkeypatch.setattr(middleware, "site_stamp", lambda: made.value)
    return made


@pytest.fixture
def pages(stamp: Stamp, monkeypatch: pytest.MonkeyPatch) -> KeptPages:
    """The pages that this process keeps, none at first."""
    monkeypatch.setattr(middleware, "pages", KeptPages(most_bytes=10_000_000))
    return middleware.pages
