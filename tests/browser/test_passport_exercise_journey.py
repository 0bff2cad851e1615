"""A learner finds the faults of a battery passport, sees the marking, and the unit is done."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.conftest import Facts, OpenContext
from tests.browser.passport_exercise_addresses import FINDER, SLUG
from tests.browser.states import open_all

UNIT = f"/en/courses/{SLUG}/learn/find-faults/"


def test_a_learner_finds_faults_sees_the_marking_and_the_unit_is_done(open_context: OpenContext, facts: Facts) -> None:
    page = open_context("light-320", person=FINDER).new_page()
    page.goto(UNIT)
    expect(page.get_by_text("Practice, not a legal passport")).to_be_visible()
    page.get_by_role("button", name="Have it marked").click()
    expect(page.get_by_role("alert")).to_contain_text("Answer something first.")
    open_all(page)
    wrong = facts.addresses["passport_faults"].split()
    for key in wrong:
        page.locator(f"input[name='a-wrong'][value='{key}']").check()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Have it marked").click()
    expect(page.get_by_text("You have done this unit.")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="100")).to_contain_text("That is enough")
    expect(page.get_by_text("Found", exact=True)).to_have_count(len(wrong))
    expect(page.get_by_text("not checked against the text").first).to_be_visible()
    page.get_by_role("button", name="Take another exercise").click()
    expect(page.get_by_role("heading", name="try 2")).to_be_visible()
    expect(page.get_by_text("You have done this unit.")).to_be_visible()
