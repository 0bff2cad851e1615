"""What a state of a page is, and how the checks of all pages bring a page into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page
from tests.browser.journeys import answer_some, sign_in, start_draft_if_none
from tests.browser.site_content import PASSWORD


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A page as one person meets it.

    `before` and `then` do what has to be done before and after the address is opened; `within` is the part that axe
    looks at where the rest is covered (a selector, empty for everything).
    """

    name: str
    url_name: str
    path: str
    person: str = ""
    status: int = 200
    before: Callable[[Page, str], None] | None = None
    then: Callable[[Page], None] | None = None
    within: str = ""


COMBOBOX = "[data-combobox]"


def a_page(url_name: str, path: str, state: str = "", **more: object) -> State:
    """A page in a state that the words of `state` tell from its others; `more` are other fields of `State`."""
    return State(name=f"{url_name} {state}".strip(), url_name=url_name, path=path, **more)  # type: ignore[arg-type]


def answer(page: Page, address: str) -> None:
    """Answer the self-check first, so that gap and path have something to show."""
    page.goto("/en/roles/battery-technician/")
    answer_some(page)


def type_some(page: Page) -> None:
    """Type into the field with suggestions and walk to the first one."""
    page.locator("[data-combobox-input]").first.press_sequentially("batery")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((details) => { details.open = true; })")


def open_swap(page: Page) -> None:
    page.locator("summary", has_text="Swap this course").first.click()


def half_signed_in(page: Page, address: str) -> None:
    sign_in(page, "codes@example.org", PASSWORD)


def submit(page: Page, button: str) -> None:
    """Send the form as it is, past the checks of the browser."""
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    page.get_by_role("button", name=button, exact=True).click()


def confirm_without_a_match(page: Page) -> None:
    """Confirm the first proposal without saying how it fits, past the checks of the browser."""
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    page.locator("form:has(#match-1) button[value='confirm']").click()


def save_without_a_name(page: Page) -> None:
    page.get_by_label("Name of the search").fill("")
    submit(page, "Save")


def merge_without_a_winner(page: Page) -> None:
    page.evaluate("document.querySelectorAll('input[name=winner]').forEach((radio) => { radio.checked = false; })")
    submit(page, "Make them one course")


def forget_cookies_and_save(page: Page) -> None:
    page.context.clear_cookies()
    page.get_by_role("button", name="Show my gap").click()


def with_a_draft(page: Page, address: str) -> None:
    """Start a draft of the framework where there is none, word a level of a skill anew and write a comment."""
    start_draft_if_none(page)
    page.goto("/en/desk/framework/skills/isolate-hv/?language=en")
    page.get_by_label("Practitioner (English)").fill("Isolates a vehicle alone, and checks it twice.")
    page.get_by_role("button", name="Save in the draft").first.click()
    page.get_by_label("Your comment").fill("Is twice enough?")
    page.get_by_role("button", name="Add the comment").click()


def open_menu(page: Page) -> None:
    menu = page.locator("details.menu > summary")
    if menu.is_visible():
        menu.click()
