"""Alliance staff bring courses in: faults are said before anything is written, and what was written can go again."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenContext
from tests.browser.journeys import send_a_file

UNUSABLE = b"colour;weight\nBlue;12\n"
SOME_WRONG = b"""id,title,url,skills,price,currency
g-1,Winding machine care,https://example.org/winding,,40,EUR
g-2,Dry room rules,no address,,many,EUR
"""
GOOD = b"""id,title,text_language,summary,languages,mode,minutes,price,currency,url,skills
w-1,Winding machine upkeep,en,Keep a winding machine running.,en,online,240,40,EUR,https://example.org/winding,
w-2,Dry room habits,en,Move and work in a dry room.,en,on-site,120,0,EUR,https://example.org/dry,
"""
MEGABYTE = 1024 * 1024


def opened(open_context: OpenContext, variant: str = "light-1280") -> Page:
    page = open_context(variant, person="staff").new_page()
    page.goto("/en/desk/")
    page.get_by_role("link", name="Imports").click()
    return page


def test_an_unusable_file_is_refused_with_words_that_help(open_context: OpenContext) -> None:
    page = opened(open_context)
    send_a_file(page, "unusable.csv", UNUSABLE)
    expect(page.get_by_role("heading", level=1)).to_have_text("This cannot be accepted as it is")
    expect(page.locator(".lede")).to_contain_text("title")


def test_a_file_with_wrong_rows_shows_where_and_how_to_mend_them(open_context: OpenContext) -> None:
    page = opened(open_context, "light-320")
    send_a_file(page, "some wrong.csv", SOME_WRONG)
    problems = page.get_by_role("table").filter(has_text="how to mend it")
    expect(problems).to_contain_text("url")
    expect(problems).to_contain_text("price")
    expect(page.get_by_text("Nothing was written")).to_have_count(0)
    with page.expect_download() as sheet:
        page.get_by_role("link", name="Download as a sheet").click()
    assert sheet.value.suggested_filename == "problems.csv"


def test_a_good_file_is_previewed_committed_and_undone(open_context: OpenContext) -> None:
    page = opened(open_context)
    send_a_file(page, "good.csv", GOOD)
    address = page.url
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    visitor = open_context().new_page()
    assert status_of_course(visitor) == 404
    page.get_by_role("button", name="Commit this import").click()
    expect(page.get_by_text("The import is committed.")).to_be_visible()
    assert page.url == address
    assert status_of_course(visitor) == 200
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Winding machine upkeep")
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("The import is undone.")).to_be_visible()
    assert status_of_course(visitor) == 404


def status_of_course(page: Page) -> int:
    response = page.goto("/en/courses/winding-machine-upkeep/")
    assert response is not None
    return response.status


def test_a_file_of_25_megabytes_is_refused_with_the_limit(open_context: OpenContext, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    large.write_bytes(b"id,title\n" + b"x,A course with a name\n" * (25 * MEGABYTE // 23))
    page = opened(open_context)
    page.get_by_label("File", exact=True).set_input_files(large)
    with page.expect_navigation() as navigation:
        page.get_by_role("button", name="Show the preview").click()
    assert navigation.value is not None
    assert navigation.value.status == 422
    expect(page.locator(".lede")).to_contain_text("larger than 20 MB")
