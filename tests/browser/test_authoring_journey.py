"""An author writes a course by keyboard alone, looks at it as a learner, publishes it; and drags a unit."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.authoring_addresses import AUTHOR, TO_ORDER, TO_WRITE
from tests.browser.conftest import OpenContext
from tests.browser.keyboard import press_enter, tab_to

PAGES = f"/en/teach/courses/{TO_WRITE}/"


def _type(page: Page, label: str, words: str) -> None:
    tab_to(page, label)
    page.keyboard.type(words)


def _section(page: Page) -> None:
    page.goto(f"{PAGES}outline/")
    tab_to(page, "It is translated into (not required)")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    tab_to(page, "Begin a draft")
    press_enter(page)
    _type(page, "Title of the section", "Before you touch it")
    tab_to(page, "Add the section")
    press_enter(page)


def _text_unit(page: Page) -> None:
    _type(page, "Title of the unit", "Colours")
    tab_to(page, "Add the unit")
    press_enter(page)
    tab_to(page, "Text")
    press_enter(page)
    page.locator("#id_block-0-texts-en").focus()
    page.keyboard.type("Orange cables carry **high voltage**.")
    tab_to(page, "Preview without saving")
    page.keyboard.press("Enter")
    expect(page.locator("#preview strong", has_text="high voltage")).to_be_visible()
    page.locator("#id_block-0-texts-en").focus()
    tab_to(page, "Save")
    press_enter(page)
    expect(page.get_by_text("The unit is saved.")).to_be_visible()


def _question(page: Page) -> None:
    page.goto(f"{PAGES}questions/new/?kind=single")
    _type(page, "Question", "Which cable carries high voltage?")
    _type(page, "Text", "The orange one")
    tab_to(page, "This is right")
    page.keyboard.press("Space")
    _type(page, "Text", "The black one")
    tab_to(page, "Save the question")
    press_enter(page)
    expect(page.get_by_text("The question is saved.")).to_be_visible()


def _test_unit(page: Page) -> None:
    page.goto(f"{PAGES}outline/")
    tab_to(page, "Add a unit")
    page.keyboard.press("Enter")
    _type(page, "Title of the unit", "Final test")
    tab_to(page, "What learners do there")
    page.keyboard.type("Test")
    tab_to(page, "Add the unit")
    press_enter(page)
    tab_to(page, "Make a test for this unit")
    press_enter(page)
    tab_to(page, "Group of which-cable-carries-high-volta")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Save the test")
    press_enter(page)


def test_an_author_writes_and_publishes_a_course_by_keyboard(open_context: OpenContext) -> None:
    page = open_context("light-1280", person=AUTHOR).new_page()
    _section(page)
    _text_unit(page)
    _question(page)
    _test_unit(page)
    page.goto(f"{PAGES}outline/")
    page.locator("#up-final-test").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".unit-row h3").first).to_have_text("Final test")
    expect(page.locator("#up-final-test")).to_be_focused()
    page.goto(f"{PAGES}preview/final-test/")
    expect(page.get_by_text("Preview: nothing is recorded")).to_be_visible()
    expect(page.get_by_label("The orange one")).to_be_disabled()
    page.goto(f"{PAGES}versions/")
    expect(page.get_by_text("The draft can be published")).to_be_visible()
    tab_to(page, "Publish version 1")
    press_enter(page)
    expect(page.get_by_text("Version 1 is published. New learners get it.")).to_be_visible()


def test_a_unit_is_dragged_to_another_section(open_context: OpenContext) -> None:
    page = open_context("light-1280", person=AUTHOR).new_page()
    page.goto(f"/en/teach/courses/{TO_ORDER}/outline/")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#unit-picture").drag_to(page.locator("#unit-exercise"), target_position={"x": 20, "y": 4})
    expect(page.locator("#section-second .unit-row h3").first).to_have_text("Unit picture")
    page.reload()
    expect(page.locator("#section-second .unit-row h3").first).to_have_text("Unit picture")
