"""Somebody searches, follows the search, gets a mail about a new course, and ends the mails from it."""

from __future__ import annotations

import re

from benchmarks.pages.serving import Site
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenContext
from tests.browser.new_course import TITLE
from tests.catalogue.operations.feed_server import a_provider_server

NAME = "Free courses about batteries"


def test_a_search_is_followed_told_by_mail_and_ended_from_the_mail(open_context: OpenContext, site: Site) -> None:
    page = open_context("light-320", person="follower").new_page()
    follow_a_search(page)

    site.run_module("tests.browser.new_course")
    mail = site.run_jobs("mail")
    assert re.search(r"^To: follower@example\.org$", mail, re.MULTILINE)
    assert f"Subject: 1 new course: {NAME}" in mail
    assert f"- {TITLE}\n" in mail.replace("\r\n", "\n")
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in mail

    link = re.search(r"No more mails about it: http://[^/]+(/\S+)", mail)
    assert link is not None
    elsewhere = open_context("light-320", java_script_enabled=False).new_page()
    elsewhere.goto(link[1])
    expect(elsewhere.locator("main")).to_contain_text(NAME)
    elsewhere.get_by_role("button", name="End these mails").click()
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("You get no more of these mails")

    page.goto("/en/me/searches/")
    expect(page.locator("li.row", has_text=NAME)).to_contain_text("ended from a mail")


def test_the_list_stands_in_a_frame_of_another_site_and_leads_out_of_it(open_context: OpenContext, site: Site) -> None:
    page = open_context("light-320").new_page()
    page.goto("/en/widget/?q=battery")
    code = page.get_by_label("Code to copy").input_value()
    with a_provider_server() as other:
        address = other.say("/page", f"<!doctype html>{code}".encode(), Content_Type="text/html; charset=utf-8")
        elsewhere = open_context("light-320").new_page()
        elsewhere.goto(address)
        frame = elsewhere.frame_locator("iframe")
        course = frame.get_by_role("listitem").first
        expect(course).to_contain_text("Free")
        expect(course.locator("..")).to_have_css("list-style-type", "none")  # waits: the style may come after the words
        assert elsewhere.context.cookies() == []
        frame.get_by_role("link", name="See all").click()
        elsewhere.wait_for_url(f"{site.address}/en/courses/?q=battery")


def follow_a_search(page: Page) -> None:
    """From the list of courses, with words and a filter, to a search that is told every day."""
    page.goto("/en/courses/")
    page.get_by_label("Words in the course").fill("battery")
    page.get_by_role("button", name="Search", exact=True).last.click()
    page.wait_for_url("**q=battery**")
    page.locator("details.filters > summary").first.click()
    page.get_by_label("Free").first.check()
    page.wait_for_url("**price=free**")
    page.get_by_role("link", name="Follow this search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow this search")
    expect(page.get_by_label("Name of the search")).to_have_value("“battery”, Free")
    page.get_by_label("Name of the search").fill(NAME)
    page.get_by_label("Mail with new courses").select_option("daily")
    page.get_by_role("button", name="Follow this search").click()
    expect(page.get_by_text(f"You follow “{NAME}” now.")).to_be_visible()
