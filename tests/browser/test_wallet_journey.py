"""A holder takes a credential by the link of a mail, shows parts of it to somebody, and ends that."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Mapping

from benchmarks.pages.serving import Site
from playwright.sync_api import expect
from tests.api.wallets.small_wallet import Answer, SmallWallet
from tests.browser.conftest import Facts, OpenContext
from tests.browser.keyboard import press_enter, tab_to
from tests.browser.test_lists_journey import press

# The site of these tests calls itself so, wherever it is served.
SITE_ADDRESS = "http://localhost:8000"
TITLE = "Isolate the high-voltage system of a vehicle"


def test_a_credential_is_claimed_shared_by_chosen_fields_and_the_link_ended(
    open_context: OpenContext, facts: Facts
) -> None:
    page, friend = open_context(person="claimer").new_page(), open_context("dark-320").new_page()
    page.goto(f"/en/claim/{facts.addresses['claim_of_journey']}/")
    tab_to(page, "One file that can be checked without internet")
    with page.expect_download() as downloading:
        page.keyboard.press("Enter")
    assert downloading.value.suggested_filename.endswith(".offline.json")
    page.reload()
    press(page, "Put it among my credentials")
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    gone = friend.goto(f"/en/claim/{facts.addresses['claim_of_journey']}/")
    assert gone is not None
    assert gone.status == 404

    tab_to(page, "My name")
    page.keyboard.press("Space")
    # The field for the last day has a ring for each of its parts, which the walk with Tab does not see.
    page.get_by_label("For whom").focus()
    page.keyboard.type("North Works")
    press(page, "Make the link")
    link = page.get_by_label("Whoever has this link sees what you chose").input_value()
    friend.goto(link)
    expect(friend.get_by_role("heading", level=1)).to_contain_text(f"Valid: {TITLE}")
    expect(friend.locator("main")).to_contain_text("What the holder can do")
    expect(friend.locator("main")).not_to_contain_text("Müller")
    expect(friend.locator("main")).not_to_contain_text("How it is earned")

    page.get_by_role("button", name="End the link").focus()
    press_enter(page)
    expect(page.get_by_text("The link no longer works.")).to_be_visible()
    ended = friend.goto(link)
    assert ended is not None
    assert ended.status == 404


def test_it_works_without_scripts_on_a_phone(open_context: OpenContext, facts: Facts) -> None:
    page = open_context("light-320", person="holder", java_script_enabled=False).new_page()
    page.goto("/en/me/")
    page.get_by_role("link", name="My credentials").click()
    page.get_by_role("link", name="For North Works").click()
    page.get_by_text("Make a link", exact=True).click()
    page.get_by_label("My result").check()
    page.get_by_role("button", name="Make the link").click()
    page.get_by_role("link", name="See what they see").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("For North Works")
    page.locator(".row h2 > a").first.click()
    expect(page.locator("[data-verdict]")).to_be_visible()


def network_of(site: Site) -> Callable[[str, str, Mapping[str, str], bytes], Answer]:
    """The network of a wallet: what it finds in offers and requests leads to the site of these tests."""

    def fetch(method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        address = url.replace(SITE_ADDRESS, site.address)
        data = body if method == "POST" else None
        request = urllib.request.Request(address, data=data, headers=dict(headers), method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310 (own address)
            return Answer(status=response.status, body=response.read())

    return fetch


def test_a_wallet_takes_a_credential_and_shows_it_to_somebody(
    open_context: OpenContext, facts: Facts, site: Site
) -> None:
    page, asker = open_context(person="holder").new_page(), open_context("light-320").new_page()
    page.goto(f"/en/me/credentials/{facts.addresses['held_code']}/wallet/")
    press(page, "Make an offer for my wallet")
    wallet = SmallWallet(fetch=network_of(site))
    offer = page.get_by_role("link", name="Open my wallet").get_attribute("href") or ""
    wallet.take(offer, page.locator(".wallet-pin").inner_text())

    asker.goto("/en/verify/wallet/")
    asker.get_by_label("Result").check()
    asker.get_by_role("button", name="Make the code").click()
    link = asker.get_by_role("link", name="Open a wallet on this device").get_attribute("href") or ""
    assert wallet.show(link).status == 200
    # The page has asked for the answer by itself.
    expect(asker.get_by_role("heading", level=1)).to_contain_text(f"Valid: {TITLE}", timeout=15_000)
    expect(asker.locator("main")).to_contain_text("87")
    expect(asker.locator("main")).not_to_contain_text("How it is earned")
