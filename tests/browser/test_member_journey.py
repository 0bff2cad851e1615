"""An organisation applies, alliance staff approve it, and its manager names a domain by which colleagues come."""

from __future__ import annotations

from benchmarks.pages.serving import Site
from playwright.sync_api import expect
from tests.browser.conftest import OpenContext
from tests.browser.member_addresses import COLLEAGUE, GROUP, LEADER, MEMBER

NAME = "Journey Seats"


def test_an_organisation_applies_and_is_approved(open_context: OpenContext, site: Site) -> None:
    page = open_context("light-320", person="follower").new_page()
    page.goto("/en/members/")
    page.get_by_role("link", name="Become a member").click()
    page.get_by_label("Name of the organisation").fill(NAME)
    page.get_by_label("Country").select_option("MT")
    page.get_by_label("Area of the value chain").select_option("suppliers")
    page.get_by_label("Contact", exact=True).fill("Zoë Müller")
    page.get_by_label("E-mail of the contact").fill("zoe@example.org")
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_role("link", name="We accept the statutes")).to_be_visible()  # they were not accepted
    page.get_by_role("checkbox", name="We accept the statutes").check()
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_text("Alliance staff look at it")).to_be_visible()

    staff = open_context(person="staff").new_page()
    staff.goto("/en/members/desk/")
    staff.get_by_role("listitem").filter(has_text=NAME).get_by_role("button", name="Approve").click()
    expect(staff.get_by_text(f"{NAME} is a member now.")).to_be_visible()

    page.reload()
    page.get_by_role("main").get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", name="Contact")).to_be_visible()
    page.get_by_role("link", name="Manage the membership").click()
    page.get_by_label("New domain, such as example.org").fill("journey-seats.example")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("waits for alliance staff")).to_be_visible()
    staff.reload()
    named = staff.get_by_role("listitem").filter(has_text="journey-seats.example")
    named.get_by_role("button", name="It is theirs").click()
    expect(staff.get_by_text("can ask to join now")).to_be_visible()

    visitor = open_context().new_page()
    visitor.goto("/en/members/?q=journey")
    visitor.get_by_role("main").get_by_role("link", name=NAME).click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text(NAME)
    expect(visitor.get_by_text("zoe@example.org")).to_have_count(0)


def test_a_leader_calls_a_meeting_and_a_colleague_answers(open_context: OpenContext) -> None:
    page = open_context(person=LEADER).new_page()
    page.goto(f"/en/groups/{GROUP}/")
    page.get_by_role("link", name="Call a meeting").click()
    page.get_by_label("Title").fill("Journey talk")
    page.get_by_label("Day", exact=True).fill("2031-03-04")
    page.get_by_label("Begins at").fill("10:00")
    page.get_by_label("Ends at").fill("11:30")
    page.get_by_role("button", name="Call it").click()
    expect(page.get_by_text("4 March 2031, 10:00 to 11:30")).to_be_visible()

    colleague = open_context("light-320", person=COLLEAGUE).new_page()
    colleague.goto(f"/en/groups/{GROUP}/")
    colleague.get_by_role("link", name="Journey talk").click()
    colleague.get_by_role("button", name="I will come").click()
    expect(colleague.get_by_text("Your answer: will come")).to_be_visible()
    assert MEMBER not in colleague.url
