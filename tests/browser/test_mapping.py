"""A course of 300 words is mapped with the keyboard alone, in few key presses; without JavaScript by plain forms."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.conftest import Facts, OpenContext
from tests.browser.course_words import COURSE_OUTCOMES, COURSE_TEXT
from tests.browser.keyboard import focused, tab_to

# The skills that the course teaches, by their names in the framework.
TAUGHT = {
    "Isolate a high-voltage system",
    "Diagnose a high-voltage fault",
    "Measure insulation resistance",
    "Replace a battery module",
    "Read battery management data",
    "Pack lithium batteries for transport",
}


class Keys:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.pressed = 0

    def press(self, key: str) -> None:
        self.pressed += 1
        self._page.keyboard.press(key)


def opened(page: Page, slug: str) -> None:
    """The desk of a course, with a text as long as the journey says."""
    assert 280 <= len([*COURSE_TEXT.split(), *" ".join(COURSE_OUTCOMES).split()]) <= 330
    page.goto(f"/en/desk/mapping/{slug}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("High voltage week")


def suggestion(page: Page) -> str:
    """The name of the suggestion that has the focus."""
    card = page.locator("[data-suggestion]:focus-within h3 a")
    expect(card).to_have_count(1)
    return card.inner_text()


def test_a_course_is_mapped_with_a_key_or_two_for_each_suggestion(open_context: OpenContext, facts: Facts) -> None:
    page = open_context(person="staff").new_page()
    opened(page, facts.addresses["map_keys"])
    cards = page.locator("[data-suggestion]")
    offered = cards.count()
    assert offered >= len(TAUGHT)
    keys = Keys(page)
    while focused(page).name != "Go to the first suggestion":
        page.keyboard.press("Tab")  # the way through the head of the page is the same everywhere
    keys.press("Enter")
    expect(page.locator("#confirm-1")).to_be_focused()
    keys.press("2")
    keys.press("3")
    expect(page.locator("#status")).to_contain_text("Expert")
    keys.press("2")
    confirmed: set[str] = set()
    left = offered
    while left:
        name = suggestion(page)
        if name in TAUGHT:
            confirmed.add(name)
            keys.press("Enter" if len(confirmed) % 2 else "c")
        else:
            keys.press("r")
        left -= 1
        expect(cards).to_have_count(left)
    assert confirmed == TAUGHT
    expect(page.locator("#links-title + table tbody tr")).to_have_count(len(TAUGHT))
    expect(page.get_by_text("Nothing is left to decide.")).to_be_visible()
    assert focused(page).name == "Undo"
    # One key each, one to get there, and three that changed a level.
    assert keys.pressed == offered + 4, f"{keys.pressed} keys for {offered} suggestions"

    # The last decision is taken back, and the focus is on what came back.
    page.keyboard.press("u")
    expect(cards).to_have_count(1)
    expect(page.locator("#confirm-1")).to_be_focused()
    expect(page.locator("#status")).to_contain_text("Taken back")
    expect(page.locator("#status")).to_contain_text("1 suggestion left.")

    page.reload()
    expect(page.locator("#links-title + table tbody tr")).to_have_count(len(TAUGHT) - (name in TAUGHT))


def test_the_keys_move_mark_the_words_and_can_be_switched_off(open_context: OpenContext, facts: Facts) -> None:
    page = open_context(person="staff").new_page()
    opened(page, facts.addresses["map_off"])
    cards = page.locator("[data-suggestion]")
    offered = cards.count()
    page.keyboard.press("r")  # the focus is not in the list: nothing is decided
    page.locator("#confirm-1").focus()
    page.keyboard.press("j")
    expect(page.locator("#confirm-2")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#confirm-3")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#confirm-2")).to_be_focused()
    assert page.locator("mark.is-current").count() >= 1
    assert all(
        "2" in (mark.get_attribute("data-marks") or "").split() for mark in page.locator("mark.is-current").all()
    )
    page.keyboard.press("?")
    expect(page.get_by_text("undo the last decision")).to_be_visible()
    page.get_by_label("Use single keys").uncheck()
    page.locator("#confirm-2").focus()
    page.keyboard.press("r")
    page.keyboard.press("j")
    expect(page.locator("#confirm-2")).to_be_focused()
    expect(cards).to_have_count(offered)
    page.reload()
    expect(page.get_by_label("Use single keys")).not_to_be_checked()
    page.locator("#confirm-1").focus()
    page.keyboard.press("n")
    expect(cards).to_have_count(offered)


def test_every_control_of_the_list_is_reached_with_tab(open_context: OpenContext, facts: Facts) -> None:
    page = open_context(person="staff").new_page()
    opened(page, facts.addresses["map_shown"])
    page.locator("#suggestions").scroll_into_view_if_needed()
    for name in ("Go to the first suggestion", "Confirm", "Reject", "Not a skill here"):
        tab_to(page, name)


def test_without_javascript_the_buttons_do_the_same(open_context: OpenContext, facts: Facts) -> None:
    page = open_context("light-320", person="staff", java_script_enabled=False).new_page()
    opened(page, facts.addresses["map_plain"])
    cards = page.locator("li.mapping-suggestion")
    offered = cards.count()
    first = cards.first.locator("h3 a").inner_text()
    cards.first.get_by_label("Level").select_option("1")
    cards.first.get_by_role("button", name="Confirm").click()
    expect(page.locator(".messages")).to_contain_text(f"Confirmed: {first}")
    expect(cards).to_have_count(offered - 1)
    expect(page.get_by_role("row", name=first)).to_contain_text("Awareness")
    page.get_by_role("button", name="Undo").click()
    expect(cards).to_have_count(offered)
    page.get_by_label("Name of the skill").fill("winding")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Add").first.click()
    expect(page.locator(".messages")).to_contain_text("Confirmed:")
