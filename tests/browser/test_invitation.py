"""A person without an e-mail address gets into an organisation with a code on paper."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.conftest import Facts, OpenContext
from tests.browser.journeys import sign_in
from tests.browser.site_content import PASSWORD


def test_a_manager_invites_and_a_worker_joins_with_the_code(open_context: OpenContext, facts: Facts) -> None:
    manager = open_context(person="manager").new_page()
    manager.goto("/en/me/")
    manager.get_by_role("link", name="Invitations").click()
    manager.get_by_label("What the person may do").select_option("editor")
    manager.get_by_role("button", name="Make a code").click()
    code = manager.locator(".notice code").inner_text()

    worker = open_context("light-320", java_script_enabled=False).new_page()
    worker.goto("/en/account/login/")
    worker.get_by_role("link", name="I have an invitation code").click()
    worker.get_by_label("Code of the invitation").fill(code.lower().replace("-", " "))
    worker.get_by_label("Your name").fill("Nora New")
    worker.get_by_label("Choose a password").fill(PASSWORD)
    worker.get_by_role("button", name="Open my account").click()
    expect(worker.get_by_role("heading", level=1)).to_have_text("Your account is open")
    name = worker.locator("dd code").inner_text()
    worker.get_by_role("link", name="I have written it down").click()
    expect(worker.get_by_text("Editor")).to_be_visible()

    elsewhere = open_context("light-320").new_page()
    sign_in(elsewhere, name, PASSWORD)
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("You have no plan yet")

    manager.reload()
    manager.goto(f"/en/desk/organisations/{facts.addresses['organisation']}/invitations/")
    expect(manager.get_by_text("used by Nora New")).to_be_visible()
    expect(manager.get_by_text(code)).to_have_count(0)


def test_a_wrong_code_puts_the_focus_on_what_is_wrong(open_context: OpenContext) -> None:
    page = open_context("light-320").new_page()
    page.goto("/en/me/join/")
    page.get_by_label("Code of the invitation").fill("7K2M-9QXR-4TBH")
    page.get_by_label("Your name").fill("Nora New")
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Open my account").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Your name")).to_have_value("Nora New")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Code of the invitation")).to_be_focused()
    assert page.title().startswith("Error:")
