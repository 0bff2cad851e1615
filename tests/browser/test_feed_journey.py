"""A curator adds a provider's address, sees what lies there, and is warned when the feed shrinks."""

from __future__ import annotations

from benchmarks.pages.serving import Site
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenContext
from tests.catalogue.operations.feed_server import a_provider_server
from tests.records import course_row, csv_file


def feed(count: int) -> bytes:
    return csv_file(*(course_row(f"reed-{number}", title=f"Reedmoor course {number}") for number in range(count)))


def read_now(page: Page, site: Site) -> None:
    """Let the background work read the feed, and look at the page again as it asks for."""
    expect(page.get_by_text("load this page again in a moment")).to_be_visible()
    site.run_jobs("fetching")
    page.goto(page.url)


def test_an_address_is_looked_at_named_fetched_and_its_alarm_settled(open_context: OpenContext, site: Site) -> None:
    page = open_context("light-320", person="staff").new_page()
    with a_provider_server() as provider:
        url = provider.say("/feed.csv", feed(10))
        page.goto("/en/desk/sources/")
        page.get_by_role("link", name="Add a source").click()
        page.get_by_label("Address of the feed").fill(url)
        page.get_by_role("button", name="Look at it").click()
        expect(page.get_by_role("heading", name="What lies there")).to_be_visible()
        expect(page.get_by_role("row", name="Reedmoor course 0")).to_be_visible()
        page.get_by_label("Name of the source").fill("Reedmoor feed")
        page.get_by_label("How often").select_option("every week")
        page.get_by_role("button", name="Add this source").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Reedmoor feed")
        expect(page.locator("dl.facts")).to_contain_text("every week")
        read_now(page, site)
        address = page.url
        page.get_by_role("link", name="previewed").click()
        page.get_by_role("button", name="Commit this import").click()
        expect(page.get_by_text("The import is committed.")).to_be_visible()

        provider.say("/feed.csv", feed(3))
        page.goto(address)
        page.get_by_role("button", name="Fetch now").click()
        read_now(page, site)
        alarm = page.locator(".notice.bad")
        expect(alarm).to_contain_text("The feed holds 3 courses; usually it holds 10.")
        alarm.get_by_role("link", name="Look at the preview that was stopped").click()
        expect(page.locator("dl.facts")).to_contain_text("Missing in the file")
        page.goto(address)
        page.get_by_role("button", name="The provider mends it").click()
        expect(page.get_by_text("The alarm is settled.")).to_be_visible()
        expect(alarm).to_have_count(0)
        expect(page.get_by_role("table").first).to_contain_text("stopped by an alarm")
