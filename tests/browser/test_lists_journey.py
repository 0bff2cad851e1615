"""A person chooses among courses, keeps one, shares the list, and ends the link."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.conftest import Facts, OpenContext
from tests.browser.keyboard import press_enter, tab_to


def press(page: Page, name: str) -> None:
    """Go to a button or a link with Tab, and press it."""
    tab_to(page, name)
    press_enter(page)


def test_courses_are_compared_kept_shared_and_the_link_ended_by_keyboard(open_context: OpenContext) -> None:
    page, friend = open_context(person="leaver").new_page(), open_context().new_page()
    page.goto("/en/courses/?q=battery")
    first = page.locator(".row h3 > a").first.inner_text()
    press(page, first)
    press(page, "Compare with others")
    expect(page.get_by_role("table").first).to_be_visible()
    tab_to(page, "Words in the course")
    page.keyboard.type("battery")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Add:").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 courses side by side")
    expect(page.get_by_role("row", name="Price").get_by_role("cell")).to_have_count(2)

    press(page, "See the course")
    expect(page.get_by_role("heading", level=1)).to_contain_text(first)
    press(page, "Keep it in a list")
    tab_to(page, "Note to this course (not required)")
    page.keyboard.type("Ask for a place")
    press(page, "Keep it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Courses to look at")
    press(page, "Make a link")
    link = page.get_by_label("Whoever has this link can read the list").input_value()

    friend.goto(link)
    expect(friend.get_by_role("heading", level=1)).to_have_text("Courses to look at")
    expect(friend.locator("main")).to_contain_text("Ask for a place")
    expect(friend.locator("main")).not_to_contain_text("Leaver")
    press(page, "End the link")
    expect(page.get_by_text("The link no longer works.")).to_be_visible()
    gone = friend.goto(link)
    assert gone is not None
    assert gone.status == 404


def test_a_visitor_compares_without_an_account_and_without_scripts(open_context: OpenContext, facts: Facts) -> None:
    page = open_context("light-320", java_script_enabled=False).new_page()
    page.goto(f"/en/courses/compare/?course={facts.addresses['reviewed']}&course={facts.addresses['example']}")
    expect(page.get_by_role("row", name="Price").get_by_role("cell")).to_have_count(2)
    width = page.locator("html").bounding_box()
    assert width is not None
    assert width["width"] <= 320
    page.get_by_role("link", name="Remove: Reviewed course").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare courses")
    page.get_by_role("link", name="See the course").click()
    page.get_by_role("link", name="Keep it in a list").click()
    expect(page.get_by_role("main").get_by_role("link", name="Sign in")).to_be_visible()
