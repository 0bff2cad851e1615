"""A holder takes a credential by the link of a mail, shows parts of it to somebody, and ends that."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.conftest import Facts, OpenContext
from tests.browser.keyboard import press_enter, tab_to
from tests.browser.test_lists_journey import press

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
    tab_to(page, "For whom (not required)")
    page.keyboard.type("North Works")
    press(page, "Make the link")
    link = page.get_by_label("Whoever has this link sees what you chose").input_value()
    friend.goto(link)
    expect(friend.get_by_role("heading", level=1)).to_contain_text(f"Valid: {TITLE}")
    expect(friend.locator("main")).to_contain_text("What the holder can do")
    expect(friend.locator("main")).not_to_contain_text("Müller")
    expect(friend.locator("main")).not_to_contain_text("How it is earned")

    page.get_by_role("button", name="End the link: North Works").focus()
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
