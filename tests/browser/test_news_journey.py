"""An engagement is recorded and seen in the year; an article is written, published and read; mails are switched off."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.conftest import OpenContext


def test_an_engagement_is_recorded_and_seen_in_the_year(open_context: OpenContext) -> None:
    page = open_context(person="staff").new_page()
    page.goto("/en/engagements/")
    page.get_by_role("link", name="Record an engagement").click()
    page.get_by_label("What it was").select_option(label="Panel")
    page.get_by_label("Event", exact=True).fill("Skills for batteries")
    page.get_by_label("First day").fill("2023-06-14")
    page.get_by_label("Place").fill("Graz")
    page.get_by_label("Contacts made").fill("The school in Graz")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The school in Graz")).to_be_visible()
    page.get_by_label("What is to do").fill("Send the slides")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("button", name="Send the slides").click()
    expect(page.get_by_text("done on")).to_be_visible()

    reader = open_context("light-320").new_page()
    reader.goto("/en/engagements/")
    reader.get_by_role("navigation", name="The record of a year").get_by_role("link", name="2023").click()
    expect(reader.get_by_role("row", name="June")).to_contain_text("1")
    reader.get_by_role("link", name="Skills for batteries").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Skills for batteries")
    expect(reader.get_by_text("The school in Graz")).to_have_count(0)


def test_an_article_is_written_published_and_found_in_the_feed(open_context: OpenContext) -> None:
    page = open_context(person="staff").new_page()
    page.goto("/en/news/")
    page.get_by_role("link", name="Write an article").click()
    page.get_by_label("Title").fill("A lab for recycling opens")
    page.locator("#id_body").fill("It opens in **autumn**.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Change it").click()
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("It is published.")).to_be_visible()

    reader = open_context("light-320").new_page()
    reader.goto("/en/news/")
    reader.get_by_role("link", name="A lab for recycling opens").click()
    expect(reader.get_by_text("autumn")).to_be_visible()
    feed = reader.request.get("/en/news/feed.atom")
    assert "A lab for recycling opens" in feed.text()


def test_a_person_switches_a_kind_of_mail_off_with_the_keyboard(open_context: OpenContext) -> None:
    page = open_context("light-320", person="newcomer").new_page()
    page.goto("/en/me/")
    page.get_by_role("main").get_by_role("link", name="My mails").click()
    box = page.get_by_label("Groups", exact=True)
    box.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your mails are as you chose.")).to_be_visible()
    expect(page.get_by_label("Groups", exact=True)).not_to_be_checked()
    expect(page.get_by_label("Events", exact=True)).to_be_checked()
