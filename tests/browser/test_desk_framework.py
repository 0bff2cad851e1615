"""Two people change the framework: one edits a draft and asks, the other one sees the difference and publishes it."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenContext
from tests.browser.journeys import start_draft_if_none

WORDS = "Names the three rules of the room."


def without_draft(page: Page) -> None:
    """Discard what another test may have left."""
    page.goto("/en/desk/framework/")
    discard = page.locator("summary", has_text="Discard the draft")
    if discard.count():
        discard.click()
        page.get_by_role("button", name="Discard the draft and all changes in it").click()


def test_a_draft_is_edited_by_one_person_and_published_by_another(open_context: OpenContext) -> None:
    anna = open_context("light-320", person="staff", java_script_enabled=False).new_page()
    without_draft(anna)
    start_draft_if_none(anna)
    anna.get_by_role("link", name="Choose a skill").click()
    first = anna.locator(".row h3 a").first
    name = first.inner_text()
    first.click()
    address = anna.url
    anna.locator("summary", has_text="Change the texts in English").click()
    anna.get_by_label("Awareness (English)").fill(WORDS)
    anna.get_by_role("button", name="Save in the draft").first.click()
    expect(anna.locator("ins").first).to_contain_text("rules")
    anna.get_by_label("Your comment").fill("Three rules or four?")
    anna.get_by_role("button", name="Add the comment").click()
    anna.goto("/en/desk/framework/")
    anna.get_by_role("button", name="Ask to publish").click()
    expect(anna.get_by_role("button", name="Publish", exact=True)).to_be_disabled()

    ben = open_context(person="colleague").new_page()
    ben.goto("/en/desk/")
    expect(ben.get_by_text("waits for somebody to publish it, 1 open comment")).to_be_visible()
    ben.get_by_role("link", name="Skills framework: draft and publication").click()
    expect(ben.get_by_text("Staff Person asked on").first).to_be_visible()
    ben.get_by_role("link", name=name).first.click()
    assert ben.url == address
    expect(ben.locator("ins").first).to_contain_text("rules")
    expect(ben.get_by_text("Three rules or four?").first).to_be_visible()
    ben.get_by_role("button", name="Mark as settled").click()
    expect(ben.get_by_text("settled by Colleague Person")).to_be_visible()
    ben.goto("/en/desk/framework/")
    ben.get_by_role("button", name="Publish", exact=True).click()
    expect(ben.get_by_text("The version is published.")).to_be_visible()

    visitor = open_context().new_page()
    visitor.goto(address.replace("/desk/framework", ""))
    expect(visitor.get_by_text(WORDS)).to_be_visible()
