"""Two persons issue a list: one sends the file and hands it on, another one releases it, and a holder is found."""

from __future__ import annotations

from benchmarks.pages.serving import Site
from playwright.sync_api import expect
from tests.browser.award_addresses import AWARDER, ISSUER, RELEASER, TO_ISSUE
from tests.browser.conftest import OpenContext

PEOPLE = "name,email\nAda Lovász,ada@example.org\nBo Ek,bo@\nChloé Petit,chloe@example.org\n"


def test_two_persons_issue_a_list(open_context: OpenContext, site: Site) -> None:
    page = open_context(person=AWARDER).new_page()
    page.goto("/en/me/")
    page.get_by_role("link", name="Award credentials").click()
    page.get_by_role("main").get_by_role("link", name="Award Works").click()
    page.get_by_role("link", name=TO_ISSUE.replace("-", " ").capitalize()).click()
    page.get_by_role("link", name="Award it to a list").click()
    file = {"name": "graduates.csv", "mimeType": "text/csv", "buffer": PEOPLE.encode()}
    page.get_by_label("File").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_role("row", name="email: this is no address")).to_contain_text("Bo Ek")
    page.get_by_role("button", name="Hand it on to be released").click()
    expect(page.get_by_text("Another manager of the issuer releases it.")).to_be_visible()
    expect(page.get_by_role("button", name="Release it")).to_have_count(0)

    other = open_context("light-320", person=RELEASER).new_page()
    other.goto("/en/award/")
    other.get_by_role("link", name="graduates.csv").click()
    other.get_by_role("button", name="Release it: award it to 2 persons").click()
    expect(other.get_by_role("definition").first).to_have_text("Being awarded")
    site.run_jobs("default")
    expect(other.get_by_role("definition").first).to_have_text("Done")  # the page asks by itself
    other.get_by_role("link", name="Who got it").click()
    other.get_by_label("Name or e-mail").fill("chloe@")
    other.get_by_role("main").get_by_role("button", name="Search").click()
    other.get_by_role("link", name="Chloé Petit").click()
    other.get_by_role("link", name="Public page").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("To be awarded")
    assert ISSUER not in other.url
