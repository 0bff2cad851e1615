"""Two courses that are one: the better facts are kept, the old address leads on, and all of it can be taken back."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.conftest import Facts, OpenContext

FIRST, SECOND = ("/en/courses/cell-making-pair-to-merge/", "/en/courses/cell-making-pair-to-merge-2/")


def taken(page: Page, field: str, words: str) -> None:
    """Choose what the course that stays says in a field."""
    page.get_by_role("group", name=field, exact=True).get_by_label(words, exact=True).check()


def ends_at(page: Page, path: str) -> str:
    """Where a visitor comes who opens an address."""
    response = page.goto(path)
    assert response is not None
    assert response.status == 200
    return page.url.removeprefix(page.url.split("/en/")[0])


def test_a_pair_is_merged_field_by_field_and_taken_apart_again(open_context: OpenContext, facts: Facts) -> None:
    page = open_context("light-320", person="staff", java_script_enabled=False).new_page()
    visitor = open_context().new_page()
    page.goto("/en/desk/duplicates/")
    page.locator(f"a[href$='/{facts.addresses['pair_to_merge']}/']").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One course or two?")
    page.get_by_label("The second", exact=True).check()
    taken(page, "Title", "en: Making cells")
    taken(page, "Minutes of work", "90")
    page.get_by_role("button", name="Make them one course").click()
    expect(page.get_by_text("The two courses are one now.")).to_be_visible()
    assert ends_at(visitor, FIRST) == SECOND
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Making cells")
    expect(visitor.locator("main")).to_contain_text("1.5 hours")
    page.get_by_role("button", name="Undo the merge").click()
    expect(page.get_by_text("Both courses are as they were.")).to_be_visible()
    expect(page.get_by_role("button", name="Make them one course")).to_be_visible()
    assert ends_at(visitor, FIRST) == FIRST
    assert ends_at(visitor, SECOND) == SECOND
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Making of cells")
