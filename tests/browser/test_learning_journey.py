"""A learner from the plan to the result, on two devices and without JavaScript; what a script adds to a test."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Facts, OpenContext
from tests.browser.learning_addresses import SLUG, STARTER

MOST_CLICKS = 4  # besides units and answers


class Walk:
    """Clicks that lead on, apart from going from unit to unit and from question to question."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def click(self, role: str, name: str) -> None:
        """A click that counts."""
        self.count += 1
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]


def answer_question(page: Page) -> None:
    """Answer whatever kind of question this is, not always rightly."""
    radios = page.locator("main input[type=radio]")
    boxes = page.locator("main fieldset input[type=checkbox]")
    for select in page.locator("main .question select").all():
        if not select.evaluate("(one) => one.value"):
            select.select_option(index=1)
    if radios.count():
        radios.first.check()
    elif boxes.count():
        boxes.first.check()
    elif page.locator("main .question textarea").count():
        page.locator("main .question textarea").fill("Switch off, secure, verify.")
    for field in page.locator("main .question input[type=text]").all():
        field.fill("1")


def read_units(walk: Walk) -> None:
    """Mark every unit as done that is done by reading, until something else comes."""
    done = walk.page.get_by_role("button", name="Mark as done")
    while done.count():
        before = walk.page.url
        done.click()
        expect(walk.page).not_to_have_url(before)


def take_test(walk: Walk) -> None:
    """Start, answer each question, hand in."""
    walk.click("button", "Start the test")
    while walk.page.get_by_role("heading", name=re.compile("^Question ")).count():
        answer_question(walk.page)
        before = walk.page.url
        walk.page.get_by_role("button", name=re.compile("^(Next question|Check all answers|To all answers)$")).click()
        expect(walk.page).not_to_have_url(before)
    expect(walk.page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    walk.click("button", "Hand in")
    walk.page.wait_for_url("**/result/")


@pytest.mark.parametrize(
    ("variant", "scripts", "person"), [("light-1280", True, "walker"), ("light-320", False, "plain-walker")]
)
def test_from_a_plan_to_the_result_on_two_devices_takes_four_clicks_besides_units_and_answers(
    variant: str, scripts: bool, person: str, open_context: OpenContext, facts: Facts
) -> None:
    walk = Walk(open_context(variant, person=person, java_script_enabled=scripts).new_page())
    walk.page.goto(f"/en/me/plan/{facts.addresses[f'plan_of_{person}']}/")
    walk.click("link", "Start course")
    expect(walk.page.get_by_role("heading", name="When it counts as completed")).to_be_visible()
    walk.click("button", "Start now, free")
    walk.page.get_by_role("button", name="Mark as done").click()
    walk.page.wait_for_url("**/learn/second-text/")

    # Another device, another size: where they were.
    other = open_context("light-320", person=person, java_script_enabled=scripts).new_page()
    other.goto("/en/me/learning/")
    expect(other.get_by_role("heading", level=1)).to_have_text("Next: Second text")
    other.get_by_role("link", name="Continue").click()
    walk.page = other
    read_units(walk)
    take_test(walk)
    expect(walk.page.get_by_text("You have completed the course.").first).to_be_visible()
    assert walk.count <= MOST_CLICKS
    walk.page.goto("/en/me/learning/")
    expect(walk.page.get_by_role("heading", name="What I earned")).to_be_visible()


def test_an_answer_is_saved_while_it_is_chosen_and_the_line_says_so(open_context: OpenContext, facts: Facts) -> None:
    page = open_context(person="saver").new_page()
    page.goto(f"/en/courses/{SLUG}/learn/final/")
    page.get_by_role("button", name="Start the test").click()
    page.get_by_label("The orange one").check()
    line = page.locator("[data-save-line]")
    expect(line).to_have_text("Saved")
    page.reload()
    expect(page.get_by_label("The orange one")).to_be_checked()

    page.context.set_offline(True)
    page.get_by_label("The black one").check()
    expect(line).to_contain_text("Not saved. Check the connection.")
    page.context.set_offline(False)
    line.get_by_role("button", name="Try again").click()
    expect(line).to_have_text("Saved")
    page.reload()
    expect(page.get_by_label("The black one")).to_be_checked()


def test_lines_are_put_in_order_with_the_keyboard_alone(open_context: OpenContext, facts: Facts) -> None:
    page = open_context(person="learner").new_page()
    page.goto(f"/en/courses/{SLUG}/learn/quiz/attempt/{facts.addresses['attempt']}/4/")
    lines = page.locator(".ordering-line")
    first = lines.nth(0).get_attribute("data-key")
    lines.nth(0).get_by_role("button", name=re.compile("^Down")).focus()
    page.keyboard.press("Enter")
    expect(lines.nth(1)).to_have_attribute("data-key", first or "")
    expect(page.locator("[data-save-line]")).to_have_text("Saved")
    page.reload()
    expect(lines.nth(1)).to_have_attribute("data-key", first or "")


def test_a_place_in_a_picture_and_its_line_are_one_choice(open_context: OpenContext, facts: Facts) -> None:
    page = open_context(person="learner").new_page()
    page.goto(f"/en/courses/{SLUG}/learn/quiz/attempt/{facts.addresses['attempt']}/8/")
    place = page.locator("[data-for=answer-plug]")
    place.click()
    expect(page.locator("#answer-plug")).to_be_checked()
    expect(place).to_have_class(re.compile("is-chosen"))
    box = place.bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(box["height"], abs=2)  # a circle, whatever the shape of the picture


def test_signing_out_of_a_shared_computer_leaves_nothing_to_go_back_to(open_context: OpenContext, facts: Facts) -> None:
    page = open_context(person="leaver-of-a-desk").new_page()
    page.goto(f"/en/courses/{SLUG}/learn/text/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/en/")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_shipped_course_is_there_to_start(open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto(f"/en/courses/{STARTER}/")
    page.get_by_role("link", name="Start here").click()
    expect(page.get_by_role("button", name="Start now, free")).to_be_visible()
