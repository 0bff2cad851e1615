"""A tutor marks an answer by keyboard and its learner sees the result; a pilot from its opening to its decision."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.browser.conftest import Facts, OpenContext
from tests.browser.tutoring_addresses import AUTHOR, MARKED, TO_MARK, TO_TRY, TUTOR


def _tab_to(page: Page, selector: str, *, most: int = 60) -> None:
    """Press Tab until the focus is on what is wanted."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{most} times Tab do not lead to {selector}")


def test_a_tutor_marks_an_answer_by_keyboard_and_the_learner_sees_the_result(
    open_context: OpenContext, facts: Facts
) -> None:
    page = open_context(person=TUTOR).new_page()
    page.goto(f"/en/teach/courses/{TO_MARK}/")
    _tab_to(page, "main a[href$='/marking/']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 answer waits for a mark")
    _tab_to(page, "main h2 a")
    page.keyboard.press("Enter")
    expect(page.get_by_text("First I switch the car off.")).to_be_visible()
    criteria = page.locator("fieldset").count()
    for _ in range(criteria):
        _tab_to(page, "input[type=radio]")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowUp")  # round to the last step, which has most points
    _tab_to(page, "#comment")
    page.keyboard.type("Well said")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing waits for a mark")

    learner = open_context("light-320", person=MARKED).new_page()
    attempt = facts.addresses["marked_attempt"]
    learner.goto(f"/en/courses/{TO_MARK}/learn/assignment/attempt/{attempt}/result/")
    expect(learner.get_by_role("heading", level=1)).to_have_text("Handed in.")
    expect(learner.get_by_text("Your result")).to_be_visible()
    expect(learner.get_by_text("Well said")).to_have_count(1)


def test_a_pilot_is_opened_read_and_decided(open_context: OpenContext) -> None:
    page = open_context(person=AUTHOR).new_page()
    page.goto(f"/en/teach/courses/{TO_TRY}/")
    page.get_by_role("link", name="Pilot").click()
    page.get_by_label("Who tries it").fill("Apprentices of one plant")
    page.get_by_label("Test before").select_option(label="Test before")
    page.get_by_label("Test afterwards").select_option(label="Test after")
    page.get_by_label("At least so many learners").fill("5")
    page.get_by_role("button", name="Open the pilot").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("They learned as much as the plan asks for")
    expect(page.get_by_text(re.compile("with 95 % confidence")).first).to_be_visible()
    with page.expect_download() as table:
        page.get_by_role("link", name=re.compile("CSV")).click()
    assert table.value.suggested_filename == f"pilot-{TO_TRY}.csv"
    page.get_by_label("Go: everybody can take this version").check()
    page.get_by_label("Why").fill("They gained enough.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decided: everybody can take this version")
    expect(page.get_by_text("They gained enough.")).to_be_visible()
