"""A study visit from its announcement over registration, waiting list and door to the certificate."""

from __future__ import annotations

import re
from datetime import timedelta

from benchmarks.pages.serving import Site
from django.utils import timezone
from playwright.sync_api import Page, Route, expect
from tests.browser.conftest import OpenContext
from tests.browser.event_addresses import GOER, ORGANISER, VISITOR

TITLE = "Study visit to the gigafactory"


def announce(page: Page) -> str:
    """Write a study visit with one seat and announce it; the address of its page."""
    soon = timezone.localdate() + timedelta(days=9)
    page.goto("/en/events/organise/")
    page.get_by_role("link", name="Add an event of Event Works").click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Kind").select_option("study-visit")
    page.get_by_label("First day").fill(soon.isoformat())
    page.get_by_label("Last day").fill((soon + timedelta(days=1)).isoformat())
    page.get_by_label("Place", exact=False).last.fill("Skellefteå")
    page.get_by_label("People register here").check()
    page.get_by_label("Seats", exact=False).first.fill("1")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("This is a draft.")).to_be_visible()
    page.get_by_role("button", name="Announce it").click()
    expect(page.get_by_text("0 of 1 taken")).to_be_visible()
    return page.url


def register(page: Page, button: str) -> None:
    """Find the event in the list and take part."""
    page.goto("/en/events/?q=gigafactory")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name=button).click()
    page.get_by_role("button", name="Register").click()


def wait_until_kept(page: Page) -> None:
    """The program of the page runs and has found the page on the device."""
    expect(page.get_by_text("This device", exact=True)).to_be_visible()


def lose_the_network(page: Page) -> None:
    """Open the page anew without a network."""
    page.context.set_offline(True)
    page.wait_for_function("!navigator.onLine")
    page.reload()
    wait_until_kept(page)


def test_a_study_visit_from_announcement_to_certificate(open_context: OpenContext, site: Site) -> None:
    organiser = open_context(person=ORGANISER).new_page()
    address = announce(organiser)

    first = open_context("light-320", person=VISITOR).new_page()
    register(first, "Take part")
    expect(first.get_by_role("heading", level=1)).to_have_text("Has a place")
    second = open_context("dark-1280", person=GOER).new_page()
    register(second, "Put me on the waiting list")
    expect(second.get_by_text("You are number 1 on the waiting list.")).to_be_visible()

    first.get_by_text("I cannot come").click()
    first.get_by_role("button", name="Withdraw").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Withdrawn")
    second.reload()
    expect(second.get_by_role("heading", level=1)).to_have_text("Has a place")
    expect(second.get_by_role("img", name="Code for the door")).to_be_visible()
    code = second.locator(".code-words").inner_text()

    organiser.goto(f"{address}check-in/")
    wait_until_kept(organiser)
    lose_the_network(organiser)
    organiser.get_by_label("Code on the ticket").fill(code)
    organiser.get_by_role("button", name="Note", exact=True).click()
    expect(organiser.get_by_text("No network. What you note is kept on this device and sent later.")).to_be_visible()
    expect(organiser.locator("#arrived")).to_have_text("1 of 1 are here.")
    second.reload()
    expect(second.get_by_text("You were there")).to_have_count(0)  # the site does not know it yet
    organiser.reload()  # not even a page that was closed forgets it
    expect(organiser.get_by_text("1 noted, not sent yet.").or_(organiser.get_by_text("No network."))).to_be_visible()
    organiser.context.set_offline(False)
    organiser.wait_for_function("navigator.onLine")
    organiser.evaluate("window.dispatchEvent(new Event('online'))")
    expect(organiser.get_by_text("Goer Person is here.").or_(organiser.get_by_text("is here.")).first).to_be_visible()
    organiser.get_by_label("Code on the ticket").fill(code)
    organiser.get_by_role("button", name="Note", exact=True).click()
    expect(organiser.get_by_text("was noted before.")).to_be_visible()
    organiser.goto(f"{address}people/")
    expect(organiser.get_by_text("1 person was noted at the door.")).to_be_visible()

    second.reload()
    with second.expect_download() as download:
        second.get_by_role("link", name="Certificate of attendance (PDF)").click()
    with open(download.value.path(), "rb") as file:
        assert file.read(5) == b"%PDF-"


def test_a_network_that_comes_back_while_an_attempt_fails_is_used_at_once(open_context: OpenContext) -> None:
    page = open_context("light-320", person=ORGANISER, service_workers="block").new_page()
    asked: list[Route] = []

    def hold_the_first(route: Route) -> None:
        asked.append(route)
        if len(asked) > 1:
            route.continue_()

    page.add_init_script("window.setInterval = () => 0;")  # no attempt comes by itself
    page.route("**/check-in/sync/", hold_the_first)
    page.goto("/en/events/organise/")
    page.get_by_role("link", name="Study visit Timișoara").click()
    page.get_by_role("link", name="At the door").click()
    with page.expect_request("**/check-in/sync/"):
        page.get_by_role("button", name=re.compile("^Is here.*Event-Visitor Person")).click()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    with page.expect_response("**/check-in/sync/") as answer:
        asked[0].abort()
    assert answer.value.ok
    page.reload()
    page.get_by_role("button", name=re.compile("^Take back.*Event-Visitor Person")).click()
    expect(page.get_by_text("0 of 1 are here.")).to_be_visible()


def test_the_door_works_without_any_script(open_context: OpenContext, site: Site) -> None:
    page = open_context("light-320", person=ORGANISER, java_script_enabled=False).new_page()
    page.goto("/en/events/organise/")
    page.get_by_role("link", name="Study visit Timișoara").click()
    page.get_by_role("link", name="At the door").click()
    expect(page.get_by_label("Find a name in the list")).to_be_hidden()
    page.get_by_role("button", name=re.compile("^Is here.*Event-Visitor Person")).click()
    expect(page.get_by_text("Event-Visitor Person is here.")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Take back.*Event-Visitor Person")).click()
    expect(page.get_by_text("0 of 1 are here.")).to_be_visible()
