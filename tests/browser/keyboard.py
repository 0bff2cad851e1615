"""Walking through a page with the keyboard, and looking at where the focus is."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

MOST_TABS = 120
_FOCUSED = """() => {
  const element = document.activeElement;
  const own = (e) => {
    const style = getComputedStyle(e);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const box = element.getBoundingClientRect();
  const on = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12));
  const label = element.labels && element.labels.length ? element.labels[0].innerText : element.innerText;
  const words = element.querySelector?.(".visually-hidden");
  return {
    tag: element.tagName.toLowerCase(),
    name: (words ? label.replace(words.innerText, "") : label).trim(),
    ring: own(element) || (element.closest(".choice") ? own(element.closest(".choice")) : false),
    in_sight: on !== null && (element.contains(on) || on.contains(element)),
  };
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Focused:
    """The element that has the focus: its label or words, whether a ring is drawn, whether nothing lies over it."""

    tag: str
    name: str
    ring: bool
    in_sight: bool


def focused(page: Page) -> Focused:
    """What has the focus now."""
    return Focused(**page.evaluate(_FOCUSED))


def tab_to(page: Page, name: str) -> Focused:
    """Press Tab until the element with this label or these words has the focus; everything on the way must be seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        now = focused(page)
        assert now.tag != "body", f"the focus left the page before it reached {name!r}"
        assert now.ring, f"no focus ring on {now}"
        assert now.in_sight, f"something covers {now}"
        if now.name == name:
            return now
    raise AssertionError(f"{name!r} cannot be reached with Tab")


def press_enter(page: Page) -> None:
    """Press Enter and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
