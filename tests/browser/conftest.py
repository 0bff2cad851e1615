"""One real site for all browser tests, and a browser context of its own for each of them.

The site runs in processes of its own (granian, its own database), so that nothing here touches Django's test database
and every test sees what a visitor sees. Each test has its own context and, where it changes something, its own people.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from benchmarks.pages.browsing import CHROMIUM, SIZES, launch
from benchmarks.pages.serving import Site, running_site
from playwright.sync_api import Browser, BrowserContext, sync_playwright

ALL_VARIANTS = ("light-320", "light-1280", "dark-320", "dark-1280")
LOOKS = ("light-320", "dark-1280")
ALL_IS_ASKED = os.environ.get("SYNCHROMESH_BROWSER") == "all"
# A journey has a provider's server of its own on this machine, which the site may read.
SETTINGS = {"SYNCHROMESH_FETCH_NETWORKS": "127.0.0.1/32"}

OpenContext = Callable[..., BrowserContext]


def variants_of(name: str) -> tuple[str, ...]:
    """In which theme and width the state of this name is looked at.

    `make browser` takes all four. The checks of every change take one, half of the states a light phone and half a
    dark desk, so that each theme, each width and each part that pages share is seen, in half the time.
    """
    if ALL_IS_ASKED:
        return ALL_VARIANTS
    return (LOOKS[crc32(name.encode()) % 2],)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What `site_content` says about the site: values for addresses, and a session for each person."""

    addresses: dict[str, str]
    sessions: dict[str, str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The running site with starter content, example content and people."""
    with running_site(content="tests.browser.site_content", settings=SETTINGS) as running:
        yield running


@pytest.fixture(scope="session")
def facts(site: Site) -> Facts:
    """What is on the site."""
    return Facts(**json.loads(site.printed))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Ended after each file: while it runs, Django takes this thread for an asynchronous one."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing. Run scripts/system-packages.")
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture
def open_context(browser: Browser, site: Site, facts: Facts) -> Iterator[OpenContext]:
    """Open a context: `variant` is theme and width, `person` whose session it has, the rest goes to Playwright."""
    opened: list[BrowserContext] = []

    def open_one(variant: str = "light-1280", *, person: str = "", **options: Any) -> BrowserContext:
        theme, width = variant.split("-")
        context = browser.new_context(
            base_url=site.address,
            color_scheme="dark" if theme == "dark" else "light",
            viewport=SIZES[width],
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(15_000)
        if person:
            context.add_cookies([{"name": "sessionid", "value": facts.sessions[person], "url": site.address}])
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
