"""Measure public pages and pages of learners on a real server with real content; run as `python -m benchmarks.pages`.

Prints each number as a ratio to its limit (1.00 is the limit), because milliseconds say more about the machine:
    largest_paint   largest contentful paint on slow 4G and a processor four times slower, median, limit 1.5 s
    bytes           on the wire with an empty cache, limit 100 KB
    requests        limit 8
    server          answer of the warm server to one reader, 95th percentile, limit 200 ms
Pages on which somebody learns may take 2.0 s, 150 KB and 12 requests.
Nothing is asserted; bytes, requests and layout shift are asserted by tests/browser/test_budgets.py.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
import urllib.request
from typing import Any

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


def answer_ms(address: str, *, times: int, cookie: str = "") -> float:
    """The 95th percentile of the time to the last byte, in milliseconds, after one warming request."""
    taken = []
    for _ in range(times + 1):
        start = time.perf_counter()
        headers = {"Accept-Encoding": "gzip"} | ({"Cookie": cookie} if cookie else {})
        request = urllib.request.Request(address, headers=headers)  # noqa: S310 (own address)
        with urllib.request.urlopen(request) as response:  # noqa: S310
            response.read()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.quantiles(taken[1:], n=20, method="inclusive")[-1]


def measure(browser: Browser, address: str, *, loads: int, answers: int, session: str = "") -> str:
    """One line of ratios for one page; with a session for a page of somebody who learns."""
    options: dict[str, Any] = {"storage_state": _signed_in(session)} if session else {}
    weights = [weigh(browser, address, slow=True, viewport=SIZES["390"], **options) for _ in range(loads)]
    paint = limits.LEARNING_PAINT_MS if session else limits.LARGEST_PAINT_MS
    cookie = f"sessionid={session}" if session else ""
    ratios = {
        "largest_paint": statistics.median(weight.largest_paint_ms for weight in weights) / paint,
        "bytes": max(weight.bytes for weight in weights) / (limits.LEARNING_BYTES if session else limits.BYTES),
        "requests": max(len(weight.requests) for weight in weights)
        / (limits.LEARNING_REQUESTS if session else limits.REQUESTS),
        "server": answer_ms(address, times=answers, cookie=cookie) / limits.ANSWER_MS,
    }
    return " ".join(f"{name}={value:.2f}" for name, value in ratios.items())


def _signed_in(session: str) -> dict[str, Any]:
    """What a browser keeps of somebody who is signed in."""
    where = {"domain": "127.0.0.1", "path": "/", "expires": -1}
    cookie = {"name": "sessionid", "value": session, "httpOnly": True, "secure": False, "sameSite": "Lax"}
    return {"cookies": [cookie | where], "origins": []}


def main() -> None:
    """Start the site, print a line for each page, and remove the site."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loads", type=int, default=5, help="loads of each page in the browser")
    parser.add_argument("--answers", type=int, default=20, help="requests to each page without a browser")
    chosen = parser.parse_args()
    with running_site() as site, sync_playwright() as playwright:
        browser = launch(playwright)
        learner = json.loads(site.run_module("benchmarks.pages.learner"))
        pages = [(path, "") for path in (*PATHS, learner["course"])]
        for path, session in (*pages, *((path, learner["session"]) for path in learner["pages"])):
            line = measure(browser, site.address + path, loads=chosen.loads, answers=chosen.answers, session=session)
            print(f"{path} {line}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
