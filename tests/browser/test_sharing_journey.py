"""A practice from its author over the review to who did it too; regions compared; a lesson found and made one's own."""

from __future__ import annotations

import pytest
from benchmarks.pages.serving import Site
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenContext
from tests.browser.sharing_addresses import COLLEAGUE, DESK, TEACHER

TITLE = "Welding clubs after work"


def write_practice(page: Page) -> None:
    page.goto("/en/practices/")
    page.get_by_role("link", name="Share a practice").click()
    for label, words in (
        ("Title", TITLE),
        ("Challenge", "Apprentices never weld battery cases at school."),
        ("What was done", "Once a week the plant opens its hall."),
        ("Result", "Twelve apprentices came every week."),
    ):
        page.get_by_label(label, exact=False).first.fill(words)
    page.get_by_label("What it is about").select_option("apprenticeship")
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("button", name="Send it in").click()
    expect(page.get_by_text("Waits for review").first).to_be_visible()


def test_a_practice_is_sent_in_reviewed_and_done_by_others(open_context: OpenContext, site: Site) -> None:
    write_practice(open_context("light-390", person=TEACHER).new_page())

    reviewer = open_context(person="staff").new_page()
    reviewer.goto("/en/practices/review/")
    reviewer.get_by_role("link", name=TITLE).click()
    expect(reviewer.get_by_text("Twelve apprentices came every week.")).to_be_visible()
    reviewer.get_by_role("button", name="Publish it").click()
    expect(reviewer.get_by_text("Decided.")).to_be_visible()
    site.run_jobs("default")  # the search learns of it

    other = open_context("dark-1280", person=DESK).new_page()
    other.goto("/en/practices/")
    other.get_by_label("Words, a skill or a problem").fill("welding clubs")
    other.get_by_role("button", name="Search").click()
    other.get_by_role("link", name=TITLE).click()
    other.get_by_role("link", name="We did this too").click()
    other.get_by_label("What came of it").fill("We did it on Saturdays.")
    other.get_by_role("button", name="Say so").click()
    expect(other.get_by_text("We did it on Saturdays.")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_regions_are_found_compared_and_printed(open_context: OpenContext, javascript: bool) -> None:
    page = open_context("light-1280", java_script_enabled=javascript).new_page()
    page.goto("/en/regions/")
    page.get_by_role("link", name="Table", exact=True).click()
    for name in ("Stuttgart Region", "Lombardy"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Compare those that are ticked").click()
    expect(page.get_by_role("columnheader", name="Lombardy")).to_be_visible()
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Print this comparison (PDF)").click()
    assert downloaded.value.suggested_filename.endswith(".pdf")


def test_a_tile_leads_to_its_region_by_keyboard(open_context: OpenContext) -> None:
    page = open_context("light-1280").new_page()
    page.goto("/en/regions/")
    page.locator(".map-tile a[title^='Stuttgart Region']").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Stuttgart Region")
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Two pages to print (PDF)").click()
    assert downloaded.value.suggested_filename == "region-de11.pdf"


def test_a_teacher_finds_a_lesson_and_makes_it_their_own(open_context: OpenContext) -> None:
    page = open_context("light-390", person=COLLEAGUE).new_page()
    page.goto("/en/lessons/")
    page.get_by_label("Words or a skill").fill("measure")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Ohm's law").click()
    page.get_by_role("link", name="Use it or make it your own").click()
    page.get_by_role("button", name="Begin my own lesson from it").click()
    expect(page.get_by_role("link", name="sheet.pdf")).to_be_visible()
    page.get_by_label("What is new in this version", exact=False).fill("For our workshop")
    page.get_by_role("button", name="Publish the lesson").click()
    page.get_by_role("link", name="See the page").click()
    expect(page.get_by_text("Made from:")).to_be_visible()
