"""Somebody searches in vain, and a provider finds what is wanted, says that it will offer it, and gets a draft."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.conftest import Facts, OpenContext
from tests.browser.keyboard import press_enter, tab_to

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"  # programs are not counted


def press(page: Page, name: str) -> None:
    """Go to a button or a link with Tab, and press it."""
    tab_to(page, name)
    press_enter(page)


def test_a_search_in_vain_leads_to_what_is_wanted_and_a_provider_to_a_draft_by_keyboard(
    open_context: OpenContext, facts: Facts
) -> None:
    learner = open_context(user_agent=BROWSER).new_page()
    learner.goto("/en/courses/?q=gardening+with+xqzzyvw")
    expect(learner.locator("main")).to_contain_text("Nobody offers this yet. It was noted")
    press(learner, "See what else is wanted")
    expect(learner.get_by_role("heading", level=1)).to_have_text("Training that is wanted")
    expect(learner.locator("table")).not_to_contain_text("xqzzyvw")

    staff = open_context(person="staff").new_page()
    staff.goto("/en/desk/wanted/")
    expect(staff.locator("table")).to_contain_text("gardening with xqzzyvw")

    provider = open_context(person="manager").new_page()
    provider.goto(f"/en/desk/organisations/{facts.addresses['organisation']}/")
    press(provider, "See all wanted training")
    row = provider.get_by_role("row").filter(has_text="Maltese")
    expect(row).to_contain_text("nobody yet")
    row.get_by_role("link", name="We will offer this").focus()
    press_enter(provider)
    expect(provider.get_by_role("heading", level=1)).to_have_text("We will offer this")
    press(provider, "Make the draft")
    expect(provider.get_by_text("This is the draft of your course.")).to_be_visible()
    expect(provider.get_by_label("Languages it is taught in")).to_have_value("mt")
    expect(provider.get_by_label("Title")).not_to_have_value("")

    learner.reload()
    expect(learner.get_by_role("row").filter(has_text="Maltese")).to_contain_text("1 provider")
    provider.goto("/en/me/provider/")
    provider.locator("li.row", has_text="Maltese").get_by_role("button", name="Give it up").focus()
    press_enter(provider)
    expect(provider.get_by_text("It is given up.")).to_be_visible()
    learner.reload()
    expect(learner.get_by_role("row").filter(has_text="Maltese")).to_contain_text("nobody yet")
