"""A learner in a course that ships, in a real browser: each step with what its page weighed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from playwright.sync_api import Locator, Page
from tests.starter.answers import as_form, find_question, right_answer, wrong_answer
from tests.starter.course_folders import CourseFolder

MOST_KEYS = 400  # to reach a field; the outline stands before it
Fill: TypeAlias = Callable[[Page, Mapping[str, Any]], None]
_FILL = """(form) => {
  const tell = (one) => ["input", "change"].forEach((name) => one.dispatchEvent(new Event(name, {bubbles: true})));
  for (const [name, values] of Object.entries(form)) {
    const fields = [...document.getElementsByName(name)];
    if (!fields.length) throw new Error("no field " + name);
    for (const field of fields) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
      else field.value = values[0];
      tell(field);
    }
  }
}"""
# What the page weighed on the wire, without headers and what the course shows, and what it asked for.
_WEIGHT = """() => {
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const own = all.filter((one) => !one.name.includes("/media/"));
  return {bytes: own.reduce((sum, one) => sum + one.encodedBodySize, 0), requests: all.length};
}"""
_START = re.compile("^(Start the test|Try again)$")
_ONWARD = re.compile("^(Next question|Check all answers|To all answers)$")


class CourseWalk:
    """Goes through a course in its source language by its links and buttons."""

    def __init__(self, page: Page, course: CourseFolder) -> None:
        self.page, self.course = page, course
        self.weights: dict[str, tuple[int, int]] = {}

    def begin(self) -> None:
        """Look at the offer, then enrol."""
        self.page.goto(f"/en/courses/{self.course.slug}/", wait_until="load")
        self._weigh()
        self.page.goto(f"/en/courses/{self.course.slug}/learn/")
        self._push("Start now, free")

    def open(self, unit: Mapping[str, Any]) -> None:
        """Go to a unit, unless the step before led there."""
        address = f"/en/courses/{self.course.slug}/learn/{unit['key']}/"
        if not self.page.url.endswith(address):
            self.page.goto(address, wait_until="domcontentloaded")
        self._weigh()

    def read(self) -> None:
        """Mark the unit as done."""
        self._push(re.compile("^Mark as done"))

    def practise(self, unit: Mapping[str, Any], fill: Fill) -> None:
        """Answer every question of an exercise."""
        for question in self.course.exercise(unit):
            section = self.page.locator(f"#exercise-{question['key']}")
            fill(self.page, as_form(question, right_answer(question, "en"), f"q-{question['key']}"))
            self._submit(section.get_by_role("button", name="Check my answer"), fill)
            assert section.locator(".feedback.good").count() == 1, question["key"]

    def solve(self, form: Mapping[str, Any]) -> None:
        """Answer an exercise on a battery passport with a form that is right."""
        fill_at_once(self.page, form)
        self._push("Have it marked")
        assert self.page.get_by_text("You have done this unit.").count(), self.page.url

    def take_test(self) -> None:
        """Start the test of the unit that is open, answer every question rightly, hand in."""
        self._push(_START)
        while self.page.locator(".question").count():
            self._answer(right_answer)
            self._push(_ONWARD)
        self._push("Hand in")

    def fail_test(self) -> None:
        """Start the test, answer the first question wrongly and no other, hand in."""
        self._push(_START)
        self._answer(wrong_answer)
        self._push("Save and see all answers")
        self._push("Hand in")

    def _weigh(self) -> None:
        self.page.wait_for_load_state("load")
        weight = self.page.evaluate(_WEIGHT)
        path = self.page.url.partition("/courses/")[2]
        self.weights[path] = (weight["bytes"], weight["requests"])

    def _answer(self, answer: Callable[..., Any]) -> None:
        self._weigh()
        words = self.page.locator(".question").text_content() or ""
        question = find_question(self.course.questions, words, "en")
        fill_at_once(self.page, as_form(question, answer(question, "en"), "answer"))

    def _push(self, name: str | re.Pattern[str]) -> None:
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.get_by_role("button", name=name).first.click()

    def _submit(self, button: Locator, fill: Fill) -> None:
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            if fill is fill_with_keyboard:
                reach(self.page, button)
                self.page.keyboard.press("Enter")
            else:
                button.click()


def fill_at_once(page: Page, form: Mapping[str, Any]) -> None:
    """Fill the fields in one go, as a browser that remembers them would; scripts of the page hear of each change."""
    page.evaluate(_FILL, {name: [value] if isinstance(value, str) else value for name, value in form.items()})


def fill_with_keyboard(page: Page, form: Mapping[str, Any]) -> None:
    """The same with Tab, arrows, space bar and letters alone."""
    for name, value in form.items():
        fields = page.locator(f'[name="{name}"]')
        kind = fields.first.evaluate("(one) => one.type")
        if kind == "checkbox":
            for one in [value] if isinstance(value, str) else value:
                reach(page, page.locator(f'[name="{name}"][value="{one}"]'))
                page.keyboard.press("Space")
        elif kind == "radio":
            reach(page, fields)
            page.keyboard.press("Space")
            _press_until(page, page.locator(f'[name="{name}"][value="{value}"]'), "(one) => one.checked")
        elif kind == "select-one":
            reach(page, fields)
            _press_until(page, fields, f"(one) => one.value === {value!r}")
        else:
            reach(page, fields)
            page.keyboard.type(value)


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until one of the elements has the focus."""
    for _ in range(MOST_KEYS):
        if wanted.evaluate_all("(all) => all.includes(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {wanted}")


def _press_until(page: Page, field: Locator, is_so: str) -> None:
    for key in ("ArrowDown", "ArrowUp"):
        for _ in range(12):
            if field.evaluate(is_so):
                return
            page.keyboard.press(key)
    raise AssertionError(f"The arrows do not lead to what is wanted of {field}")
