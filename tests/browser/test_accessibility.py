"""Every page, in every state, in both themes and on a phone and a desk: what a program can find wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urlsplit

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from benchmarks.pages.browsing import SIZES
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import ConsoleMessage, Page, Response
from tests.browser.addresses import NO_PAGES, STATES
from tests.browser.conftest import Facts, OpenContext, variants_of
from tests.browser.states import State

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe()
BAD_PAGE = """<!doctype html><html><head><title></title></head><body><h1>Bad</h1><h4>Worse</h4><img src="data:,">
<p style="color: #bbb; background: #fff">Pale</p><form><input type="text"><select><option>1</option></select></form>
<div><button style="inline-size: 9px; block-size: 9px; padding: 0">a</button
><button style="inline-size: 9px; block-size: 9px; padding: 0">b</button></div>
<a href="#b"></a><div role="buton">?</div>
<div style="inline-size: 900px">wide</div></body></html>"""


def axe_findings(page: Page, within: str = "") -> list[str]:
    """What axe finds in the page or a part of it, and what it could not decide."""
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations", "incomplete"]}
    found: dict[str, Any] = AXE.run(page, context=within or None, options=options).response
    return [
        f"{kind}: {rule['id']}: {node['target']} {node['html'][:150]} {_summary(node)}"
        for kind in ("violations", "incomplete")
        for rule in found[kind]
        for node in rule["nodes"][:5]
    ]


def _summary(node: dict[str, Any]) -> str:
    return " / ".join(check["message"] for name in ("any", "all", "none") for check in node[name])[:300]


def parse_strictly(text: str) -> None:
    """Raises ParseError at the first thing that a browser would have to guess."""
    html5lib.HTMLParser(strict=True).parse(text)  # type: ignore[no-untyped-call]


def hidden_overflow(page: Page) -> str:
    """Say what sticks out when the page can be scrolled sideways."""
    return str(
        page.evaluate(
            """() => {
              const root = document.documentElement;
              if (root.scrollWidth <= root.clientWidth) return "";
              const wide = [...document.querySelectorAll("body *")].filter(
                (element) => element.getBoundingClientRect().right > root.clientWidth + 1);
              return `${root.scrollWidth} px: ` + wide.slice(0, 4).map((e) => e.outerHTML.slice(0, 90)).join(" | ");
            }"""
        )
    )


def show_as(page: Page, variant: str) -> None:
    """Give the page another theme and width."""
    theme, width = variant.split("-")
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.set_viewport_size(SIZES[width])


class Watch:
    """What the browser complained about, and the last document it was sent."""

    def __init__(self, page: Page) -> None:
        self.complaints: list[str] = []
        self.document: Response | None = None
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        # The browser also notes that the page itself came with 403, 404 or 422; the status is asserted on its own.
        own_status = message.text.startswith("Failed to load resource") and self.document is not None
        if message.type in {"error", "warning"} and not (
            own_status and urldefrag(message.location["url"]).url == self._address()
        ):
            self.complaints.append(f"{message.text} ({message.location['url']})")

    def _on_response(self, response: Response) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self.document = response

    def _address(self) -> str:
        return self.document.url if self.document else ""


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_page_has_no_finding(
    state: State, open_context: OpenContext, reading_context: OpenContext, facts: Facts
) -> None:
    """Loaded once and looked at in its variants: theme and width are style alone, no script asks for them."""
    variants = variants_of(state.name)
    does_nothing = state.before is None and state.then is None
    page = (reading_context if does_nothing else open_context)(variants[0], person=state.person).new_page()
    path = state.path.format(**facts.addresses)
    if state.before:
        state.before(page, path)
    watch = Watch(page)
    page.goto(path)
    if state.then:
        state.then(page)
    page.wait_for_load_state("load")
    assert watch.document is not None
    assert watch.document.status == state.status
    if state.status == 200:
        assert resolve(urlsplit(page.url).path).view_name == state.url_name
    parse_strictly(watch.document.text())
    for variant in variants:
        show_as(page, variant)
        assert (variant, hidden_overflow(page)) == (variant, "")
        assert (variant, axe_findings(page, state.within)) == (variant, [])
    assert watch.complaints == []
    assert page.title().strip()
    page.close()


def test_a_bad_page_has_findings(open_context: OpenContext) -> None:
    page = open_context("light-320").new_page()
    page.set_content(BAD_PAGE)
    found = {line.split(": ")[1] for line in axe_findings(page)}
    assert {"color-contrast", "image-alt", "label", "document-title", "html-has-lang", "link-name"} <= found
    assert {"heading-order", "aria-roles", "target-size"} <= found
    assert hidden_overflow(page).startswith("9")
    with pytest.raises(html5lib.html5parser.ParseError):
        parse_strictly("<!doctype html><p><div></p>")


def test_a_script_in_the_page_would_be_noticed(open_context: OpenContext) -> None:
    page = open_context().new_page()
    watch = Watch(page)
    page.goto("/en/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\" onclick=\"1\">x</p>')")
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in line for line in watch.complaints)


def _names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"


def test_every_address_of_the_site_is_looked_at() -> None:
    known = set(_names(get_resolver()))
    assert known == {name for name in known if name in NO_PAGES} | {state.url_name for state in STATES} & known
    assert set(NO_PAGES) <= known
