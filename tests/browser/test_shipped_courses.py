"""Every course that ships in a real browser: begun, its final test failed, then passed; pages within their budget."""

from __future__ import annotations

import json
from typing import Any

import pytest
from benchmarks.pages.browsing import SIZES, weigh
from benchmarks.pages.limits import BYTES, LAYOUT_SHIFT, LEARNING_BYTES, LEARNING_REQUESTS, REQUESTS
from benchmarks.pages.serving import Site
from playwright.sync_api import Browser, expect
from tests.browser.conftest import Facts, OpenContext
from tests.browser.course_walk import CourseWalk, fill_at_once, fill_with_keyboard
from tests.browser.learning_addresses import TAKER, WEIGHER
from tests.starter.course_folders import SLUGS, folder

BY_KEYBOARD = WEIGHED = "battery-life-cycle"


def signed_in(site: Site, session: str) -> Any:
    """What a browser keeps of somebody who is signed in."""
    cookie = {"name": "sessionid", "value": session, "domain": "127.0.0.1", "path": "/"}
    return {"cookies": [cookie | {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}], "origins": []}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_course_is_taken_to_its_end_after_the_final_test_was_failed_once(
    slug: str, open_context: OpenContext, site: Site
) -> None:
    course = folder(slug)
    page = open_context(person=TAKER).new_page()
    walk = CourseWalk(page, course)
    walk.begin()
    for unit in course.units:
        walk.open(unit)
        if unit["kind"] == "exercise":
            walk.practise(unit, fill_with_keyboard if slug == BY_KEYBOARD else fill_at_once)
        elif unit["kind"] == "passport-exercise":
            asked = (f"{TAKER}@example.org", slug, unit["key"])
            walk.solve(json.loads(site.run_module("tests.browser.passport_answers", *asked)))
        elif unit["kind"] != "quiz":
            walk.read()
        elif unit.get("must_pass"):
            walk.fail_test()
        else:
            walk.take_test()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not passed yet.")
    page.get_by_role("link", name="Look at the rules and try again").click()
    walk.take_test()
    expect(page.get_by_role("heading", level=1)).to_have_text("You passed.")
    expect(page.get_by_text("You have completed the course.").first).to_be_visible()
    assert len(walk.weights) > len(course.units) + 10
    for path, (weight, requests) in walk.weights.items():
        is_offer = path == f"{slug}/"
        assert weight <= (BYTES if is_offer else LEARNING_BYTES), path
        assert requests <= (REQUESTS if is_offer else LEARNING_REQUESTS), path


@pytest.mark.parametrize("unit", ["energy-that-stays", "read-and-sort", "final-test"])
def test_a_page_of_a_learner_keeps_its_budget_with_an_empty_cache(
    unit: str, browser: Browser, site: Site, facts: Facts
) -> None:
    address = f"{site.address}/en/courses/{WEIGHED}/learn/{unit}/"
    weight = weigh(browser, address, viewport=SIZES["390"], storage_state=signed_in(site, facts.sessions[WEIGHER]))
    media = sum("/media/" in request for request in weight.requests)
    assert weight.bytes <= LEARNING_BYTES
    assert len(weight.requests) <= LEARNING_REQUESTS, weight.requests
    assert media <= 3
    assert weight.shift <= LAYOUT_SHIFT
