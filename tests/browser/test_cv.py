"""From a CV to a gap: in three clicks after the home page, without JavaScript and on a phone too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import OpenContext
from tests.browser.journeys import CV


@pytest.mark.parametrize(("variant", "scripts"), [("light-1280", True), ("dark-320", False)])
def test_a_visitor_comes_from_a_file_to_the_gap(variant: str, scripts: bool, open_context: OpenContext) -> None:
    page = open_context(variant, java_script_enabled=scripts).new_page()
    page.goto("/en/")
    page.get_by_role("link", name="My CV").click()
    file = {"name": "cv.txt", "mimeType": "text/plain", "buffer": CV.encode()}
    page.get_by_label("Your CV as a file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Read my CV").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("found in your CV")
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator("h2#unsure ~ fieldset input[name^=keep]").first).not_to_be_checked()
    kept = page.locator("input[name^=keep]:checked").count()
    page.locator("select").first.select_option(label="I can teach it")
    page.get_by_role("button", name="Use these").click()
    page.wait_for_url("**/roles/battery-technician/gap/")
    expect(page.locator(".messages")).to_contain_text(f"{kept} answers are kept in this browser.")


def test_a_person_takes_the_answers_into_the_profile_and_out_again(open_context: OpenContext) -> None:
    page = open_context(person="newcomer").new_page()
    page.goto("/en/me/cv/")
    page.get_by_label("Or paste the text").fill(CV)
    page.get_by_role("button", name="Read my CV").click()
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Use these").click()
    page.wait_for_url("**/me/plan/")
    expect(page.locator(".messages")).to_contain_text("in your profile now")
    rows = page.locator("table.data tbody tr")
    expect(rows).not_to_have_count(0)
    page.goto("/en/me/cv/")
    page.get_by_role("button", name="Delete the answers from my CV").click()
    expect(page.locator(".messages")).to_contain_text("The answers from your CV are deleted.")
    expect(rows).to_have_count(0)
