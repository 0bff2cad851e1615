"""The main job, from the home page to a path, in at most four clicks and the answers: with a mouse and JavaScript,
without JavaScript on a phone, and with the keyboard alone; then swapping, saving and taking the files along.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import LOOKS, OpenContext
from tests.browser.journeys import ANSWERS, answer_some
from tests.browser.keyboard import focused, press_enter, tab_to
from tests.browser.site_content import PASSWORD

MOST_CLICKS = 4
WANTED = "battery technician"


class Clicks:
    """Counts what leads on: a click on a link or button, or Enter. Answers of the self-check are not counted."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, what: Locator) -> None:
        self.count += 1
        what.click()


def search_and_answer(page: Page, clicks: Clicks) -> None:
    """Home, search, role, answers, gap, path."""
    page.goto("/en/")
    page.get_by_label("Job, skill, course or organisation").fill(WANTED)
    clicks.on(page.get_by_role("button", name="Search"))
    clicks.on(page.get_by_role("link", name="Battery technician", exact=True))
    questions = page.locator("fieldset.check-item")
    for position in range(questions.count()):
        questions.nth(position).get_by_label(ANSWERS[position % 3], exact=True).check()
    clicks.on(page.get_by_role("button", name="Show my gap"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("You meet 5 of 14 skills.")
    clicks.on(page.get_by_role("link", name="See the path").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your training path to Battery technician")
    expect(page.locator("ol.path > li")).not_to_have_count(0)


@pytest.mark.parametrize(("variant", "scripts"), [("light-1280", True), ("light-320", True), ("light-320", False)])
def test_from_home_to_a_path_takes_four_clicks(variant: str, scripts: bool, open_context: OpenContext) -> None:
    page = open_context(variant, java_script_enabled=scripts).new_page()
    clicks = Clicks()
    search_and_answer(page, clicks)
    assert clicks.count <= MOST_CLICKS


def test_from_the_list_on_the_home_page_it_takes_three_clicks(open_context: OpenContext) -> None:
    page = open_context().new_page()
    clicks = Clicks()
    page.goto("/en/")
    clicks.on(page.get_by_role("link", name="Battery technician", exact=True))
    page.locator("fieldset.check-item").first.get_by_label("With help").check()
    clicks.on(page.get_by_role("button", name="Show my gap"))
    clicks.on(page.get_by_role("link", name="See the path").first)
    expect(page.locator("ol.path > li")).not_to_have_count(0)
    assert clicks.count == 3


def test_the_count_of_answers_follows_the_answers(open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto("/en/roles/battery-technician/")
    page.locator("fieldset.check-item").nth(2).get_by_label("On my own").check()
    expect(page.locator("#check-count")).to_have_text("1 of 12 answered")
    page.locator("fieldset.check-item").nth(3).get_by_label("Not yet").check()
    expect(page.locator("#check-count")).to_have_text("2 of 12 answered")


@pytest.mark.parametrize("variant", LOOKS)
def test_the_keyboard_alone_leads_to_a_path(variant: str, open_context: OpenContext) -> None:
    page = open_context(variant).new_page()
    page.goto("/en/")
    page.keyboard.press("Tab")
    assert focused(page).name == "Skip to the content"
    tab_to(page, "Job, skill, course or organisation")
    page.keyboard.type(WANTED)
    press_enter(page)
    tab_to(page, "Battery technician")
    press_enter(page)
    for position in range(page.locator("fieldset.check-item").count()):
        tab_to(page, ANSWERS[0])
        page.keyboard.press("Space")
        for _ in range(position % 3):
            page.keyboard.press("ArrowRight")
        assert focused(page).name == ANSWERS[position % 3]
    tab_to(page, "Show my gap")
    press_enter(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("You meet 5 of 14 skills.")
    tab_to(page, "See the path")
    press_enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your training path to Battery technician")
    tab_to(page, "Swap this course")
    page.keyboard.press("Enter")
    tab_to(page, "Take this instead")


def test_one_click_leaves_only_courses_in_my_language(open_context: OpenContext) -> None:
    page = open_context("light-320", java_script_enabled=False).new_page()
    page.goto("/en/roles/battery-technician/path/")
    page.get_by_role("link", name="Take only courses in English").click()
    for step in page.locator("ol.path > li > .meta").all_inner_texts():
        assert "English" in step or "language not stated" in step
    expect(page.get_by_label("English")).to_be_checked()
    expect(page.get_by_role("link", name="Take only courses in English")).to_have_count(0)


def test_a_swapped_path_is_saved_after_making_an_account(open_context: OpenContext, tmp_path: Path) -> None:
    page = open_context("light-320").new_page()
    page.goto("/en/roles/battery-technician/")
    answer_some(page)
    page.get_by_role("link", name="See the path").first.click()
    first = page.locator("ol.path h3 a").first
    before = first.inner_text()
    page.locator("summary", has_text="Swap this course").first.click()
    instead = page.get_by_role("link", name="Take this instead").first
    instead.click()
    expect(page.get_by_text("You chose this course.")).to_be_visible()
    swapped = page.locator("li.step", has_text="You chose this course.").locator("h3 a").inner_text()
    assert swapped != before

    with page.expect_download() as calendar:
        page.get_by_role("link", name="Calendar file").click()
    assert saved(calendar.value, tmp_path).startswith(b"BEGIN:VCALENDAR")
    with page.expect_download() as pdf:
        page.get_by_role("link", name="PDF").click()
    assert saved(pdf.value, tmp_path).startswith(b"%PDF-")

    page.get_by_role("button", name="Sign in and save this plan").click()
    page.get_by_role("link", name="Make an account with my e-mail address").click()
    page.get_by_label("Email").fill("somebody-new@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main form").get_by_role("button", name="Sign Up").click()
    expect(page.get_by_text("You chose this course.")).to_be_visible()
    page.get_by_role("button", name="Save this plan").click()
    expect(page.get_by_text("Your plan is saved.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("My plan: Battery technician")
    expect(page.get_by_role("link", name=swapped, exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=before, exact=True)).to_have_count(0)

    page.get_by_role("button", name="I have finished it").first.click()
    expect(page.get_by_text("Marked as finished.")).to_be_visible()
    page.goto("/en/me/plan/")
    expect(page.get_by_role("heading", name="What I can do")).to_contain_text("12")


def saved(download: object, folder: Path) -> bytes:
    """The bytes of a download."""
    file = folder / "download"
    download.save_as(file)  # type: ignore[attr-defined]
    return file.read_bytes()
