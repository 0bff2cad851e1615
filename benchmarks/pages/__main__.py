"""Measure the public pages on a real server with real content; run as `python -m benchmarks.pages`.

Prints each number as a ratio to its limit (1.00 is the limit), because milliseconds say more about the machine:
    largest_paint   largest contentful paint on slow 4G and a processor four times slower, median, limit 1.5 s
    bytes           on the wire with an empty cache, limit 100 KB
    requests        limit 8
    server          answer of the warm server to one reader, 95th percentile, limit 200 ms
Nothing is asserted; bytes, requests and layout shift are asserted by tests/browser/test_budgets.py.
"""

from __future__ import annotations

import argparse
import statistics
import time
import urllib.request

from benchmarks.pages import limits
from benchmarks.pages.browsing import SIZES, launch, weigh
from benchmarks.pages.serving import running_site
from playwright.sync_api import Browser, sync_playwright

PATHS = (
    "/en/",
    "/en/search/?q=battery",
    "/en/roles/",
    "/en/roles/battery-technician/",
    "/en/roles/battery-technician/gap/",
    "/en/roles/battery-technician/path/",
    "/en/skills/",
    "/en/skills/isolate-hv/",
    "/en/fields/battery/",
    "/en/courses/",
    "/en/courses/?price=free&language=en",
    "/en/courses/hochvoltsysteme-freischalten/",
    "/en/organisations/",
    "/en/about/help/",
)


def answer_ms(address: str, *, times: int) -> float:
    """The 95th percentile of the time to the last byte, in milliseconds, after one warming request."""
    taken = []
    for _ in range(times + 1):
        start = time.perf_counter()
        request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310 (own address)
        with urllib.request.urlopen(request) as response:  # noqa: S310
            response.read()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.quantiles(taken[1:], n=20, method="inclusive")[-1]


def measure(browser: Browser, address: str, *, loads: int, answers: int) -> str:
    """One line of ratios for one page."""
    weights = [weigh(browser, address, slow=True, viewport=SIZES["390"]) for _ in range(loads)]
    ratios = {
        "largest_paint": statistics.median(weight.largest_paint_ms for weight in weights) / limits.LARGEST_PAINT_MS,
        "bytes": max(weight.bytes for weight in weights) / limits.BYTES,
        "requests": max(len(weight.requests) for weight in weights) / limits.REQUESTS,
        "server": answer_ms(address, times=answers) / limits.ANSWER_MS,
    }
    return " ".join(f"{name}={value:.2f}" for name, value in ratios.items())


def main() -> None:
    """Start the site, print a line for each page, and remove the site."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loads", type=int, default=5, help="loads of each page in the browser")
    parser.add_argument("--answers", type=int, default=20, help="requests to each page without a browser")
    chosen = parser.parse_args()
    with running_site() as site, sync_playwright() as playwright:
        browser = launch(playwright)
        for path in PATHS:
            line = measure(browser, site.address + path, loads=chosen.loads, answers=chosen.answers)
            print(f"{path} {line}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
