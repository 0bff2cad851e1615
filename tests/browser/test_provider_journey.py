"""A manager of a provider makes a course by hand, publishes it, changes it and takes the change back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect
from tests.browser.conftest import Facts, OpenContext
from tests.browser.keyboard import press_enter, tab_to


def press(page: Page, name: str) -> None:
    """Go to a button or a link with Tab, and press it."""
    tab_to(page, name)
    press_enter(page)


def test_a_course_is_made_published_changed_and_the_change_undone_by_keyboard(
    open_context: OpenContext, facts: Facts
) -> None:
    page, visitor = open_context(person="manager").new_page(), open_context().new_page()
    starts = datetime.now(UTC).date() + timedelta(days=60)
    page.goto(f"/en/desk/organisations/{facts.addresses['organisation']}/")
    press(page, "Add a course")
    tab_to(page, "Title")
    page.keyboard.type("Hand made winding")
    tab_to(page, "Minutes of work (not required)")
    page.keyboard.type("120")
    page.get_by_role("group", name="Date 1").get_by_label("Starts on").fill(starts.isoformat())
    press(page, "Save as a draft")
    expect(page.get_by_text("The course is a draft now.")).to_be_visible()
    assert status_of_course(visitor) == 404
    press(page, "Publish it")
    expect(page.get_by_text("Everybody can find the course now.")).to_be_visible()
    assert status_of_course(visitor) == 200
    expect(visitor.locator("main")).to_contain_text("2 hours")
    expect(visitor.locator("main")).to_contain_text(str(starts.year))

    tab_to(page, "Minutes of work (not required)")
    page.keyboard.type("240")  # what a field holds is selected when Tab comes to it
    press_enter(page)  # in a field it saves
    expect(page.get_by_text("The course is saved.")).to_be_visible()
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("4 hours")
    press(page, "Undo my last edit")
    expect(page.get_by_text("The last edit is undone.")).to_be_visible()
    expect(page.get_by_label("Minutes of work")).to_have_value("120")
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("2 hours")
    page.goto(f"/en/desk/organisations/{facts.addresses['organisation']}/")
    expect(page.get_by_role("link", name="Hand made winding")).to_be_visible()


def status_of_course(page: Page) -> int:
    response = page.goto("/en/courses/hand-made-winding/")
    assert response is not None
    return response.status
