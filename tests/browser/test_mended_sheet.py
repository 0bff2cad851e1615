"""A sheet with two wrong rows: what is wrong is said, the sheet of those rows is mended, sent again and undone."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect
from tests.browser.conftest import OpenContext
from tests.browser.keyboard import press_enter, tab_to

HEADINGS = "id,title,text_language,summary,languages,mode,minutes,price,currency,url"
RIGHT = {"Electrode coating", "Slurry mixing"}
MENDED = {"Calendering basics", "Foil cutting"}


def sheet_of(name: str) -> bytes:
    """Four courses; the price of the second and the address of the third cannot be read."""
    rows = (
        f"{name}-1,Electrode coating {name},en,Coat foil.,en,online,240,40,EUR,https://example.org/{name}/1",
        f"{name}-2,Calendering basics {name},en,Press foil.,en,online,120,many,EUR,https://example.org/{name}/2",
        f"{name}-3,Foil cutting {name},en,Cut foil.,en,on-site,60,10,EUR,no address",
        f"{name}-4,Slurry mixing {name},en,Mix slurry.,en,on-site,90,0,EUR,https://example.org/{name}/4",
    )
    return "\r\n".join((HEADINGS, *rows, "")).encode()


def mended(sheet: bytes, name: str) -> bytes:
    """The sheet of the rows that stayed out as a person mends it: one cell in each row, everything else as it came."""
    rows = list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == [f"{name}-2", f"{name}-3"]
    assert [row["problem_column"] for row in rows] == ["price", "url"]
    rows[0]["price"], rows[1]["url"] = "25", f"https://example.org/{name}/3"
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


class Hand:
    """Does a step with the pointer."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def choose_file(self, name: str, content: bytes) -> None:
        self.page.get_by_label("File", exact=True).set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": content}
        )

    def write(self, label: str, words: str) -> None:
        self.page.get_by_label(label).fill(words)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label).check()

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()

    def download(self, link: str) -> Download:
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=link).click()
        return download.value


class Keyboard(Hand):
    """Does a step with Tab, Space and Enter; only the file is chosen as the browser's own window would."""

    def write(self, label: str, words: str) -> None:
        tab_to(self.page, label)
        self.page.keyboard.type(words)

    def tick(self, label: str) -> None:
        tab_to(self.page, label)
        self.page.keyboard.press("Space")

    def press(self, button: str) -> None:
        tab_to(self.page, button)
        press_enter(self.page)

    def download(self, link: str) -> Download:
        tab_to(self.page, link)
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        return download.value


def preview(hand: Hand, name: str, content: bytes, *, only_some: bool = False) -> None:
    """Send a file of the source `name` and come to its preview."""
    hand.page.goto("/en/desk/imports/")
    hand.choose_file(f"{name}.csv", content)
    hand.write("Name of the source (not required)", name)
    if only_some:
        hand.tick("The file holds only a part of its source")
    hand.press("Show the preview")
    expect(hand.page.get_by_role("heading", name="What would change")).to_be_visible()


def counts(page: Page) -> dict[str, str]:
    """The facts at the head of a preview."""
    facts = page.locator("dl.facts > div")
    return {one.locator("dt").inner_text(): one.locator("dd").inner_text() for one in facts.all()}


def there(page: Page, name: str) -> set[str]:
    """Which of the four courses a visitor can open, by the beginning of their titles."""
    found = set()
    for title in (*RIGHT, *MENDED):
        response = page.goto(f"/en/courses/{title.lower().replace(' ', '-')}-{name}/")
        if response is not None and response.status == 200:
            expect(page.get_by_role("heading", level=1)).to_contain_text(f"{title} {name}")
            found.add(title)
    return found


@pytest.mark.parametrize(
    ("name", "variant", "scripts", "hand"),
    [("quincewood", "light-1280", True, Keyboard), ("mallowfield", "light-320", False, Hand)],
    ids=["by keyboard", "without JavaScript"],
)
def test_two_wrong_rows_are_mended_in_the_sheet_of_problems_committed_and_undone(
    name: str, variant: str, scripts: bool, hand: type[Hand], open_context: OpenContext, tmp_path: Path
) -> None:
    page = open_context(variant, person="staff", java_script_enabled=scripts).new_page()
    visitor = open_context().new_page()
    by = hand(page)
    preview(by, name, sheet_of(name))
    assert counts(page) == {"State": "previewed, not written", "New": "2", "Changed": "0", "Same": "0", "Left out": "2"}
    problems = page.get_by_role("table").filter(has_text="how to mend it").locator("tbody tr")
    expect(problems).to_have_count(2)
    expect(problems.nth(0)).to_contain_text("3")
    expect(problems.nth(0)).to_contain_text("price")
    expect(problems.nth(1)).to_contain_text("4")
    expect(problems.nth(1)).to_contain_text("url")
    sheet = tmp_path / "problems.csv"
    by.download("Download as a sheet").save_as(sheet)
    page.reload()  # the focus is below the button that comes next
    by.press("Commit this import")
    expect(page.get_by_text("The import is committed.")).to_be_visible()
    assert there(visitor, name) == RIGHT

    preview(by, name, mended(sheet.read_bytes(), name), only_some=True)
    assert counts(page) == {"State": "previewed, not written", "New": "2", "Changed": "0", "Same": "0", "Left out": "0"}
    by.press("Commit this import")
    expect(page.get_by_text("The import is committed.")).to_be_visible()
    assert there(visitor, name) == RIGHT | MENDED
    by.press("Undo this import")
    expect(page.get_by_text("The import is undone.")).to_be_visible()
    assert there(visitor, name) == RIGHT
