"""Pages of regions, practices and lessons in every state worth looking at, and the records that they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.states import State, open_all, submit
from tests.browser.states import a_page as _page

if TYPE_CHECKING:
    from playwright.sync_api import Page

DESK, TEACHER, COLLEAGUE = "region-desk", "sharing-teacher", "sharing-colleague"
NAMES = (DESK, TEACHER, COLLEAGUE)
"""People of these pages; whoever fills the site makes a session for each, as for all others."""
HOST = "desk-works"
SHARING_NO_PAGES = {"regions:pdf": "a file", "regions:compare-pdf": "a file", "lessons:file": "a file"}


def sharing_public_states() -> tuple[State, ...]:
    """Pages for everybody, of the shipped content alone."""
    return (
        _page("regions:list", "/en/regions/", "tiles"),
        _page("regions:list", "/en/regions/?view=table&order=network", "table"),
        _page("regions:list", "/en/regions/?view=map", "without a map"),
        _page("regions:detail", "/en/regions/CZ080/", "with a profile"),
        _page("regions:detail", "/en/regions/DE2/", "without a profile"),
        _page("practices:list", "/en/practices/"),
        _page("practices:list", "/en/practices/?q=teachers&theme=teachers", "filtered"),
        _page("practices:list", "/en/practices/?country=MT", "nothing found"),
        _page("practices:detail", "/en/practices/battery-courses-for-teachers-online-first-then-three-days-on-site/"),
        _page("lessons:list", "/en/lessons/?q=xqzzyvw", "nothing found"),
    )


def sharing_states() -> tuple[State, ...]:
    """All other pages, with the addresses of `sharing_content` in braces."""
    refused: dict[str, Any] = {"status": 422}

    def desk(name: str, path: str, state: str = "", **more: Any) -> State:
        return _page(f"regions:{name}", f"/en/regions/{path}", state, **({"person": DESK} | more))

    def mine(name: str, path: str, state: str = "", **more: Any) -> State:
        return _page(name, path, state, **({"person": TEACHER} | more))

    practice, lesson = "/en/practices/{shared_practice}/", "/en/lessons/{shared_lesson}/"
    draft = "/en/practices/{draft_practice}/"
    return (
        _page("regions:compare", "/en/regions/compare/?r=DE11&r=SE232&r=AT31", "three regions"),
        _page("regions:compare", "/en/regions/compare/", "to choose"),
        _page("regions:list", "/en/regions/?view=map", "with a map", then=_needs_a_map),
        desk("detail", "AT31/", "for its desk", then=open_all),
        desk("edit", "AT31/edit/"),
        desk("facts", "AT31/facts/"),
        desk("facts", "AT31/facts/", "refused", then=lambda page: submit(page, "Add the fact"), **refused),
        desk("contact", "AT31/contact/"),
        desk("add", "add/", person="staff"),
        _page("practices:detail", practice, "with versions and others who did it", then=open_all),
        mine("practices:mine", "/en/practices/mine/"),
        mine("practices:new", "/en/practices/new/"),
        mine("practices:new", "/en/practices/new/", "refused", then=_save_nothing, **refused),
        mine("practices:state", f"{draft}state/"),
        mine("practices:edit", f"{draft}edit/"),
        mine("practices:reuse", f"{practice}we-did-this-too/", person=DESK),
        _page("practices:waiting", "/en/practices/review/", "something waits", person="staff"),
        _page("practices:review", "/en/practices/{waiting_practice}/review/", person="staff"),
        _page("lessons:list", "/en/lessons/", "with lessons"),
        _page("lessons:detail", lesson, then=open_all),
        _page("lessons:version", f"{lesson}versions/1/", "an earlier one"),
        mine("lessons:mine", "/en/lessons/mine/"),
        mine("lessons:new", "/en/lessons/new/"),
        mine("lessons:edit", f"{lesson}edit/"),
        mine("lessons:state", f"{lesson}state/"),
        mine("lessons:use", f"{lesson}use/", person=COLLEAGUE),
    )


def _save_nothing(page: Page) -> None:
    submit(page, "Save the draft")


def _needs_a_map(page: Page) -> None:
    page.locator("svg.outlines").wait_for()


def sharing_content() -> dict[str, str]:
    """A region with a desk, a map of one region, practices in three states and a lesson in two versions."""
    from tests.community.sharing_records import a_lesson, a_practice, a_profile, lesson_details, practice_details

    from synchromesh.accounts.models import Membership, Organisation, User
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.community.models import MemberProfile
    from synchromesh.community.operations.boundaries import load_boundaries
    from synchromesh.community.operations.lessons import (
        add_lesson_file,
        edit_lesson,
        publish_lesson,
        record_lesson_reuse,
    )
    from synchromesh.community.operations.practices import create_practice, record_practice_reuse, submit_practice
    from synchromesh.community.operations.regions import add_region_contact

    people = {
        name: User.objects.create_user(
            email=f"{name}@example.org", password="a long enough pass phrase", name=f"{name.title()} Person"
        )
        for name in NAMES
    }
    organisation = Organisation.objects.create(slug=HOST, name="Desk Works")
    Membership.objects.create(person=people[DESK], organisation=organisation, role="manager")
    MemberProfile.objects.create(organisation=organisation)
    profile = a_profile("AT31", name="Upper Austria", desk=organisation)
    add_region_contact(by=people[DESK], profile=profile, task="Further training")
    load_boundaries(by=OPERATOR, name="b.geojson", content=_SQUARES, credit="Invented lines")
    shared = a_practice(people[TEACHER], region=profile.region)
    record_practice_reuse(
        by=people[DESK], practice=shared, organisation=organisation, result="It worked in two halls.", language="en"
    )
    draft = create_practice(by=people[TEACHER], details=practice_details(title="A draft about apprentices"))
    waiting = create_practice(by=people[TEACHER], details=practice_details(title="A practice that waits"))
    submit_practice(by=people[TEACHER], practice=waiting)
    version = a_lesson(people[TEACHER], level=1, eqf_min=3, eqf_max=4, minutes=90, age_from=16)
    lesson = version.lesson
    add_lesson_file(by=people[TEACHER], lesson=lesson, name="sheet.pdf", content=b"%PDF-1.7 sheet")
    changed = lesson_details(text="# Begin\n\nMeasure twice.\n\n## Then\n\n- one\n- two", minutes=90)
    publish_lesson(by=people[TEACHER], lesson=edit_lesson(by=people[TEACHER], lesson=lesson, details=changed))
    record_lesson_reuse(by=people[COLLEAGUE], version=version, note="Plan two hours.")
    return {
        "shared_practice": shared.slug,
        "draft_practice": draft.slug,
        "waiting_practice": waiting.slug,
        "shared_lesson": lesson.slug,
    }


_SQUARES = (
    b'{"type": "FeatureCollection", "features": ['
    b'{"type": "Feature", "properties": {"NUTS_ID": "AT31"}, "geometry": {"type": "Polygon", "coordinates": '
    b"[[[13, 47], [15, 47], [15, 49], [13, 49], [13, 47]]]}},"
    b'{"type": "Feature", "properties": {"NUTS_ID": "AT32"}, "geometry": {"type": "Polygon", "coordinates": '
    b"[[[11, 47], [13, 47], [13, 49], [11, 49], [11, 47]]]}}]}"
)
