"""What each public page may weigh: the numbers that do not depend on how fast the machine is.

The limits stand in docs/decisions and are measured like this: an empty cache, files compressed as in production. The
number of database queries has its own test without a browser, tests/web/test_query_counts.py; the speed is measured by
`python -m benchmarks.pages`.
"""

from __future__ import annotations

import pytest
from benchmarks.pages.browsing import SIZES, weigh
from benchmarks.pages.limits import BYTES, LAYOUT_SHIFT, REQUESTS
from benchmarks.pages.serving import Site
from playwright.sync_api import Browser
from tests.browser.addresses import PUBLIC
from tests.browser.conftest import Facts
from tests.browser.states import State

OPENED = [state for state in PUBLIC if state.before is None and state.then is None]


@pytest.mark.parametrize("state", OPENED, ids=lambda state: state.name)
def test_a_public_page_keeps_its_budget(state: State, browser: Browser, site: Site, facts: Facts) -> None:
    weight = weigh(browser, site.address + state.path.format(**facts.addresses), viewport=SIZES["390"])
    assert weight.bytes <= BYTES
    assert len(weight.requests) <= REQUESTS, weight.requests
    assert weight.shift <= LAYOUT_SHIFT
    assert all(address.startswith((site.address, "data:")) for address in weight.requests)


def test_pages_and_files_are_compressed(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    encodings = {}
    page.on("response", lambda response: encodings.update({response.url: response.header_value("content-encoding")}))
    page.goto(f"{site.address}/en/roles/battery-technician/", wait_until="load")
    page.close()
    assert encodings[f"{site.address}/en/roles/battery-technician/"] == "gzip"
    assert {value for url, value in encodings.items() if "/static/" in url and not url.endswith(".svg")} == {"br"}
