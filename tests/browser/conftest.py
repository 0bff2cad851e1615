"""One real site for all browser tests, and a browser context of its own for each of them.

The site runs in processes of its own (granian, its own database), so that nothing here touches Django's test database
and every test sees what a visitor sees. Each test has its own context and, where it changes something, its own people.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from benchmarks.pages.browsing import CHROMIUM, SIZES, launch
from benchmarks.pages.serving import Site, fill_folder, serve_folder
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

ALL_VARIANTS = ("light-320", "light-1280", "dark-320", "dark-1280")
LOOKS = ("light-320", "dark-1280")
ALL_IS_ASKED = os.environ.get("SYNCHROMESH_BROWSER") == "all"
# A journey has a provider's server of its own on this machine, which the site may read.
SETTINGS = {"SYNCHROMESH_FETCH_NETWORKS": "127.0.0.1/32"}

# How long a state may take to come, on a machine that is busy. What is there is seen at once.
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)

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
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The running site with starter content, example content and people.

    Where several processes run the tests, one of them fills a folder and each serves a copy of its own.
    """
    is_one_of_several = "PYTEST_XDIST_WORKER" in os.environ
    shared = tmp_path_factory.getbasetemp().parent if is_one_of_several else tmp_path_factory.mktemp("filled")
    own = tmp_path_factory.mktemp("site")
    with _filled(shared) as (folder, printed):
        shutil.copytree(folder, own, dirs_exist_ok=True)
    with serve_folder(own, printed=printed, settings=SETTINGS) as running:
        yield running


@contextmanager
def _filled(shared: Path) -> Iterator[tuple[Path, str]]:
    """The filled folder and what filling it printed; whoever comes first fills it, the others wait."""
    folder, said = shared / "filled-site", shared / "filled-site.json"
    with (shared / "filled-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of somebody who could not fill it
            folder.mkdir()
            said.write_text(fill_folder(folder, content="tests.browser.site_content", settings=SETTINGS), "utf-8")
        yield folder, said.read_text("utf-8")


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
        opened.append(_new_context(browser, site, facts, variant, person, **options))
        return opened[-1]

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def reading_context(browser: Browser, site: Site, facts: Facts) -> Iterator[OpenContext]:
    """The same for tests that only read: one context for each variant and person, with what it has in its cache."""
    opened: dict[tuple[str, str], BrowserContext] = {}

    def open_one(variant: str = "light-1280", *, person: str = "") -> BrowserContext:
        if (variant, person) not in opened:
            opened[variant, person] = _new_context(browser, site, facts, variant, person)
        return opened[variant, person]

    yield open_one
    for context in opened.values():
        context.close()


def _new_context(
    browser: Browser, site: Site, facts: Facts, variant: str, person: str, **options: Any
) -> BrowserContext:
    theme, width = variant.split("-")
    context = browser.new_context(
        base_url=site.address,
        color_scheme="dark" if theme == "dark" else "light",
        viewport=SIZES[width],
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(PATIENCE_MS)
    if person:
        context.add_cookies([{"name": "sessionid", "value": facts.sessions[person], "url": site.address}])
    return context
