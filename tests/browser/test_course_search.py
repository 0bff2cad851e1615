"""Finding a course: by browsing from a job role, by words and filters with the way back, and by typing its name."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenContext
from tests.browser.keyboard import focused, tab_to


@pytest.mark.parametrize(("variant", "scripts"), [("light-1280", True), ("light-320", False)])
def test_from_a_job_role_to_a_course_that_teaches_for_it(
    variant: str, scripts: bool, open_context: OpenContext
) -> None:
    page = open_context(variant, java_script_enabled=scripts).new_page()
    page.goto("/en/courses/")
    page.get_by_role("link", name="By job role").click()
    row = page.locator("li.row", has=page.get_by_role("link", name="Battery technician", exact=True))
    row.get_by_role("link", name=re.compile(r"\d+ courses? ?: Battery technician")).click()
    expect(page.locator(".chip", has_text="Job role that needs it: Battery technician")).to_be_visible()
    first = page.locator("#courses .rows h3 a").first
    title = first.inner_text()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def test_filters_narrow_a_search_and_the_back_button_leads_back(open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto("/en/courses/")
    page.get_by_label("Words in the course").fill("battery")
    page.get_by_role("button", name="Search", exact=True).click()
    page.wait_for_url(re.compile("q=battery"))
    before = _count(page)
    page.locator("#price-free").check()
    page.wait_for_url(re.compile(r"/en/courses/[?]q=battery&price=free$"))
    expect(page.locator(".chip", has_text="Price: Free")).to_be_visible()
    narrowed = _count(page)
    assert 0 < narrowed < before
    assert f"{narrowed} course" in page.locator("#status").inner_text()
    page.go_back()
    expect(page.locator(".chip", has_text="Price: Free")).to_have_count(0)
    assert _count(page) == before
    page.go_forward()
    expect(page.locator(".chip", has_text="Price: Free")).to_be_visible()
    page.reload()
    assert _count(page) == narrowed


def test_the_name_of_a_course_is_completed_by_keyboard(open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto("/en/")
    tab_to(page, "Job, skill, course or organisation")
    page.keyboard.type("high voltage in the work")
    option = page.get_by_role("option", name=re.compile("High voltage in the workshop.* Course"))
    option.wait_for()
    while option.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    assert focused(page).name == "Job, skill, course or organisation"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/en/courses/high-voltage-in-the-workshop"))


def _count(page: Page) -> int:
    found = re.search(r"\d+", page.locator("h2.result-count").inner_text())
    assert found is not None
    return int(found.group())
