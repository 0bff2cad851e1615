"""Debian's Chromium, started so that it talks to nobody but the site, and what a page weighs in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Playwright, ViewportSize

# Half of the processor time of the browser with a window that nobody sees.
CHROMIUM = "/usr/bin/chromium-headless-shell"
ARGUMENTS = (
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic", "--hide-scrollbars",
    "--force-color-profile=srgb",
)  # fmt: skip
SIZES: dict[str, ViewportSize] = {
    "320": {"width": 320, "height": 640},
    "390": {"width": 390, "height": 844},
    "1280": {"width": 1280, "height": 800},
}
SETTLE_MS = 600  # after loading, until the last paint and shift have been reported

# Slow 4G: 150 ms, 1.6 Mbit/s down, 750 kbit/s up, on a processor four times slower.
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER_CPU = 4

_OBSERVE = """
window.seen = {shift: 0, largest: 0};
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) window.seen.shift += entry.value;
})).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  window.seen.largest = entry.startTime;
})).observe({type: "largest-contentful-paint", buffered: true});
"""


@dataclass(slots=True, kw_only=True)
class Weight:
    """One cold load of a page: bytes on the wire, number of requests, layout shift (no unit), largest paint (ms)."""

    bytes: int = 0
    requests: list[str] = field(default_factory=list)
    shift: float = 0.0
    largest_paint_ms: float = 0.0


def launch(playwright: Playwright) -> Browser:
    """Start the browser."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))


def weigh(browser: Browser, address: str, *, slow: bool = False, **context_options: Any) -> Weight:
    """Load `address` once with an empty cache and return what it weighed; with `slow` on slow 4G and a slow processor.

    Raises AssertionError when the page does not answer with 200.
    """
    with _page(browser, **context_options) as page, _recording(page, slow=slow) as weight:
        page.add_init_script(_OBSERVE)
        response = page.goto(address, wait_until="load")
        assert response is not None
        assert response.status == 200, f"{address} answers {response.status}"
        page.wait_for_timeout(SETTLE_MS)
        seen = page.evaluate("window.seen")
        weight.shift, weight.largest_paint_ms = seen["shift"], seen["largest"]
    return weight


@contextmanager
def _page(browser: Browser, **context_options: Any) -> Iterator[Page]:
    context = browser.new_context(**context_options)
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def _recording(page: Page, *, slow: bool) -> Iterator[Weight]:
    weight = Weight()
    session: CDPSession = page.context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", lambda event: weight.requests.append(event["request"]["url"]))
    session.on("Network.loadingFinished", lambda event: _add(weight, event))
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
    yield weight


def _add(weight: Weight, event: dict[str, Any]) -> None:
    weight.bytes += int(event["encodedDataLength"])
