"""In the lab: a learner repairs and exports a passport, an authority sees more, a phone without scripts reads it."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect
from tests.browser.conftest import Facts, OpenContext
from tests.browser.keyboard import press_enter, tab_to
from tests.browser.passport_addresses import BUILDER, INSPECTOR
from tests.browser.test_lists_journey import press


def value_at(page: Page, title: str) -> str:
    """What stands beside the title of a field, empty where the page does not show the field's value."""
    found = page.locator("dl.values > div", has=page.locator("dt", has_text=title))
    return " ".join((found.locator("dd p").first.text_content() or "").split()) if found.count() else ""


def test_a_learner_finds_the_faults_repairs_them_and_exports(open_context: OpenContext, facts: Facts) -> None:
    page = open_context(person=BUILDER).new_page()
    page.goto(f"/en/passports/{facts.addresses['passport_of_journey']}/")
    expect(page.get_by_role("heading", name="Not valid")).to_be_visible()
    page.locator(".passport-verdict").get_by_role("link").click()
    page.locator("table.findings").get_by_role("link", name="Mass of the battery").click()
    expect(page.locator("#field-battery_mass .field-finding")).to_contain_text("heavy")

    page.get_by_label("Value: Mass of the battery").fill(facts.addresses["mass_of_journey"])
    page.get_by_label("Value: Model name").fill("Workshop EV")
    page.get_by_label("Value: Warranty for calendar life").fill("96")
    page.get_by_role("button", name="Save this category").click()
    expect(page.get_by_text("Saved. Nothing is found in this category.")).to_be_visible()
    page.goto(f"/en/passports/{facts.addresses['passport_of_journey']}/versions/")
    page.get_by_role("button", name="Go back to version 1").click()
    expect(page.get_by_text("states it again")).to_be_visible()
    page.get_by_role("link", name="Edit", exact=True).click()
    expect(page.get_by_role("heading", name="Valid for practice")).to_be_visible()

    page.get_by_role("link", name="Files").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="JSON", exact=True).click()
    exported = downloading.value.path().read_bytes()
    assert json.loads(exported)["notice"] == "Practice, not a legal passport."
    page.goto("/en/passports/check/")
    page.get_by_label("A file").set_input_files(
        {"name": "passport.json", "mimeType": "application/json", "buffer": exported}
    )
    page.get_by_role("button", name="Check it", exact=True).click()
    expect(page.get_by_role("heading", name="Valid for practice")).to_be_visible()


def test_the_address_of_the_code_shows_everybody_what_is_for_them(open_context: OpenContext, facts: Facts) -> None:
    link = facts.addresses["passport_link"]
    phone = open_context("light-320", java_script_enabled=False).new_page()
    phone.goto(link)
    expect(phone.get_by_text("You see this passport as: anybody.")).to_be_visible()
    assert value_at(phone, "Mass of the battery") == "380 kg"
    assert value_at(phone, "Results of test reports") == ""
    phone.locator("#conformity > summary").click()
    phone.locator("summary", has_text="Conformity and labels: 1 field for others").click()
    expect(phone.get_by_text("Results of test reports: For authorities")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320

    authority = open_context("dark-1280", person=INSPECTOR).new_page()
    authority.goto(link)
    assert value_at(authority, "Results of test reports").startswith("https://")
    assert value_at(authority, "Remaining capacity").endswith("Ah")
    authority.get_by_role("link", name="See it as").or_(authority.get_by_role("link", name="Anybody")).first.click()
    assert value_at(authority, "Results of test reports") == ""
    authority.get_by_role("link", name="yourself").click()
    authority.get_by_role("link", name="Files").click()
    with authority.expect_download() as downloading:
        authority.get_by_role("link", name="JSON", exact=True).click()
    assert "test_report" in json.loads(downloading.value.path().read_bytes())["values"]


def test_a_passport_is_built_and_shared_by_keyboard(open_context: OpenContext) -> None:
    page = open_context(person=BUILDER).new_page()
    page.goto("/en/passports/")
    page.get_by_role("link", name="Build a passport").first.focus()
    press_enter(page)
    tab_to(page, "Title (not required)")
    page.keyboard.type("Keyboard battery")
    press(page, "Begin")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Keyboard battery")
    page.get_by_role("link", name="Share it", exact=True).focus()
    press_enter(page)
    page.get_by_role("button", name="Share it").focus()
    press_enter(page)
    link = page.get_by_label("Link").input_value()
    friend = open_context("dark-320").new_page()
    friend.goto(link)
    expect(friend.get_by_text("You see this passport as: a person with a legitimate interest.")).to_be_visible()
    page.get_by_role("button", name="Withdraw").first.focus()
    press_enter(page)
    expect(page.get_by_text("It is withdrawn from now on.")).to_be_visible()
    gone = friend.goto(link)
    assert gone is not None
    assert gone.status == 404


def test_the_check_works_without_scripts_on_a_phone(open_context: OpenContext) -> None:
    page = open_context("light-320", java_script_enabled=False).new_page()
    page.goto("/en/passports/check/")
    page.get_by_label("Or its text").fill('{"model": "synchromesh-practice-passport/1", "kind": "lmt", "values": {}}')
    page.get_by_role("button", name="Check it", exact=True).click()
    expect(page.get_by_role("heading", name="Not valid")).to_be_visible()
    page.get_by_role("checkbox", name="Warning").uncheck()
    page.get_by_role("checkbox", name="Hint").uncheck()
    page.get_by_role("button", name="Show only these").click()
    expect(page.locator("td .severity").first).to_have_text("Error")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download the findings as CSV").click()
    assert downloading.value.suggested_filename == "findings.csv"


def test_a_passport_is_one_sheet_of_paper(open_context: OpenContext, facts: Facts) -> None:
    page = open_context(person=BUILDER).new_page()
    page.goto(f"/en/passports/{facts.addresses['passport_good']}/print/")
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1


def test_an_authority_asks_a_team_of_a_class_and_gets_exactly_that(open_context: OpenContext, facts: Facts) -> None:
    room = f"/en/passports/classes/{facts.addresses['passport_class']}/"
    authority = open_context("light-320", person=BUILDER, java_script_enabled=False).new_page()
    authority.goto(room)
    authority.get_by_role("link", name="Ask for data").first.click()
    authority.get_by_label("Number of cells").check()
    authority.get_by_label("What do you need it for?").fill("A battery of this model burnt.")
    authority.get_by_role("button", name="Send the request").click()
    expect(authority.get_by_text("The team has your request.")).to_be_visible()
    expect(authority.get_by_text("Nobody has answered yet.")).to_be_visible()
    maker = open_context("dark-320", person=INSPECTOR).new_page()
    maker.goto(room)
    maker.get_by_role("link", name="1 field, asked").first.click()
    maker.get_by_label("Number of cells").check()
    maker.get_by_role("button", name="Send the answer").click()
    expect(maker.get_by_text("The authority has your answer.")).to_be_visible()
    authority.reload()
    assert value_at(authority, "Number of cells").isdigit()
    assert maker.evaluate("document.documentElement.scrollWidth") <= 320
