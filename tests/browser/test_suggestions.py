"""Suggestions in a field: with the keyboard, with a finger, with late answers, and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.conftest import LOOKS, OpenContext

LABEL = "Job, skill, course or organisation"


def _type(page: Page, words: str, label: str = LABEL) -> None:
    page.get_by_label(label, exact=True).press_sequentially(words, delay=20)
    expect(page.get_by_role("option").first).to_be_visible()


@pytest.mark.parametrize("variant", LOOKS)
def test_a_misspelled_word_leads_to_a_page_with_the_keyboard_alone(variant: str, open_context: OpenContext) -> None:
    page = open_context(variant).new_page()
    page.goto("/en/")
    _type(page, "weldnig")
    field = page.get_by_role("combobox", name=LABEL)
    expect(field).to_have_attribute("aria-expanded", "true")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("similar spelling")
    expect(page.locator("form.search [role=status]")).to_contain_text("suggestion")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(first.get_attribute("id")))
    expect(field).to_be_focused()
    address = str(first.get_attribute("data-address"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_keys_of_a_combobox_do_what_they_do_elsewhere(open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto("/en/")
    _type(page, "battery")
    field, options = page.get_by_role("combobox", name=LABEL), page.get_by_role("option")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    assert field.evaluate("field => field.selectionStart") == 0
    page.keyboard.press("End")
    assert field.evaluate("field => field.selectionStart") == len("battery")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("battery")
    page.keyboard.press("Escape")
    expect(field).to_have_value("")
    _type(page, "battery")
    page.keyboard.press("Tab")
    expect(options).to_have_count(0)


def test_enter_without_a_choice_searches_for_the_words(open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto("/en/")
    _type(page, "battery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=battery")


def test_a_finger_chooses_on_a_narrow_screen(open_context: OpenContext) -> None:
    page = open_context("light-320", has_touch=True).new_page()
    page.goto("/en/skills/")
    _type(page, "isolate", "Name of a skill, in any language")
    option = page.get_by_role("option").first
    box = option.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["height"] >= 44
    option.tap()
    page.wait_for_url("**/en/skills/*/")


def test_a_late_answer_to_former_words_is_not_shown(open_context: OpenContext) -> None:
    page = open_context().new_page()
    held: list[Route] = []
    page.route("**/complete/?q=ba&*", lambda route: held.append(route))
    page.goto("/en/")
    field = page.get_by_label(LABEL, exact=True)
    with page.expect_request("**/complete/?q=ba&*"):
        field.fill("ba")
    field.fill("battery technician")
    expect(page.get_by_role("option").first).to_contain_text("Battery technician")
    late = '<ul data-status="1 suggestion"><li role="option" data-label="Late">Late</li></ul>'
    for route in held:
        route.fulfill(content_type="text/html", body=late)
    page.wait_for_timeout(300)
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.get_by_role("option").first).to_contain_text("Battery technician")


def test_a_word_that_a_keyboard_still_composes_brings_suggestions(open_context: OpenContext) -> None:
    page = open_context("light-320", has_touch=True).new_page()
    page.goto("/en/")
    field = page.get_by_label(LABEL, exact=True)
    field.focus()
    field.evaluate(
        """field => {
          field.value = "battery";
          field.dispatchEvent(new InputEvent("input", { isComposing: true, bubbles: true }));
        }"""
    )
    expect(page.get_by_role("option").first).to_be_visible()


def test_a_server_that_fails_leaves_a_plain_field(open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.route("**/complete/**", lambda route: route.abort())
    page.goto("/en/")
    page.get_by_label(LABEL, exact=True).press_sequentially("battery")
    page.wait_for_timeout(400)
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=battery")


def test_without_javascript_the_form_leads_to_a_page_of_suggestions(open_context: OpenContext) -> None:
    page = open_context("light-320", java_script_enabled=False).new_page()
    page.goto("/en/skills/")
    page.get_by_label("Name of a skill, in any language").fill("isolat a hihg-voltage")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Suggestions")
    expect(page.locator("main")).to_contain_text("similar spelling")
    page.get_by_role("link", name="Isolate a high-voltage system").click()
    page.wait_for_url("**/en/skills/isolate-hv/")


def test_a_job_title_with_everything_around_it_leads_to_its_role(open_context: OpenContext) -> None:
    page = open_context("light-320", java_script_enabled=False).new_page()
    page.goto("/en/")
    page.get_by_label(LABEL).fill("Senior Battery Technician (m/w/d) - Example Ltd")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="Roles that fit this title")).to_be_visible()
    page.get_by_role("link", name="Battery technician", exact=True).click()
    page.wait_for_url("**/en/roles/battery-technician/")


def test_a_skill_of_a_long_list_is_chosen_by_its_name_in_another_language(open_context: OpenContext) -> None:
    page = open_context(person="staff").new_page()
    page.goto("/en/desk/skills/merge/")
    field = page.get_by_label("Find it in the list by a name in any language")
    field.press_sequentially("hochvoltsystem freischalten", delay=10)
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Isolate a high-voltage system")
    option.click()
    expect(page.get_by_label("Skill that takes over")).to_have_value("isolate-hv")
    field.press_sequentially("x")
    expect(page.get_by_label("Skill that takes over")).to_have_value("")
