"""Pages of events in every state worth looking at, and the events and people that they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.states import State, open_all, submit
from tests.browser.states import a_page as _page

if TYPE_CHECKING:
    from datetime import date

    from playwright.sync_api import Page

    from synchromesh.accounts.models import User

ORGANISER, VISITOR, WAITER, GOER = "event-organiser", "event-visitor", "event-waiter", "event-goer"
NAMES = (ORGANISER, VISITOR, WAITER, GOER)
"""People of these pages; whoever fills the site makes a session for each, as for all others."""
HOST = "event-works"
EVENT_NO_PAGES = {
    "events:feed": "a feed",
    "events:file": "a file",
    "events:certificate": "a file",
    "events:guest-certificate": "a file",
    "events:guest-material": "leads on",
    "events:material": "leads on",
    "events:own-calendar": "a file",
    "events:people-file": "a file",
    "events:sync": "takes a POST",
    "events:worker": "a script",
}


def event_states() -> tuple[State, ...]:
    """Every page, with the addresses of `event_content` in braces."""
    refused: dict[str, Any] = {"status": 422}

    def mine(name: str, path: str, state: str = "", **more: Any) -> State:
        return _page(f"events:{name}", f"/en/events/{path}", state, **({"person": ORGANISER} | more))

    visit, webinar = "{event_visit}/", "{event_webinar}/"
    return (
        _page("events:list", "/en/events/", "what comes"),
        _page("events:list", "/en/events/?when=past&kind=conference", "what is past", then=open_all),
        _page("events:list", "/en/events/?q=xqzzyvw", "nothing found"),
        _page("events:month", "/en/events/month/?month={event_month}", "with events"),
        _page("events:map", "/en/events/map/?when=all", "with events"),
        _page("events:detail", f"/en/events/{visit}", "for a visitor"),
        _page("events:detail", "/en/events/{event_off}/", "called off"),
        mine("detail", visit, "for organisers", then=open_all),
        mine("detail", "{event_draft}/", "a draft"),
        _page("events:register", f"/en/events/{webinar}register/", "as a guest"),
        _page("events:register", f"/en/events/{webinar}register/", "refused", then=_send_nothing, **refused),
        _page("events:register", f"/en/events/{webinar}register/", "look into the mail", then=_send_a_guest),
        mine("register", visit, "with an account", person="newcomer", then=_register),
        mine("ticket", f"{visit}ticket/", "with a place", person=VISITOR, then=open_all),
        mine("ticket", f"{visit}ticket/", "waiting", person=WAITER),
        mine("ticket", "{event_past}/ticket/", "was there", person=GOER),
        mine("mine", "mine/", person=VISITOR),
        mine("mine", "mine/", "nothing yet", person="newcomer"),
        mine("mine", "mine/", "with a new secret address", person=GOER, then=_make_an_address),
        _page("events:guest", "/en/events/guest/{event_guest}/", "to confirm"),
        _page("events:guest", "/en/events/guest/{event_guest_in}/", "with a place", then=open_all),
        mine("organise", "organise/"),
        mine("add", f"add/?organiser={HOST}"),
        mine("add", f"add/?organiser={HOST}", "refused", then=lambda page: submit(page, "Save as a draft"), **refused),
        mine("edit", f"{visit}edit/"),
        mine("programme", f"{visit}programme/"),
        mine("programme", f"{visit}programme/", "refused", then=lambda page: submit(page, "Save"), **refused),
        mine("materials", f"{visit}materials/"),
        mine("people", f"{visit}people/"),
        mine("check-in", f"{visit}check-in/", then=open_all),
        mine("check-in", f"{visit}check-in/", "a code of another event", then=_note_a_stranger),
        mine("feedback", "{event_past}/feedback/"),
    )


def _make_an_address(page: Page) -> None:
    page.get_by_role("button", name="secret address").click()
    page.get_by_label("Enter it where your program asks").wait_for()


def _register(page: Page) -> None:
    page.get_by_role("link", name="Put me on the waiting list").click()
    page.get_by_role("button", name="Register").wait_for()


def _send_nothing(page: Page) -> None:
    submit(page, "Send me the mail")


def _send_a_guest(page: Page) -> None:
    page.get_by_label("Name").fill("Gita Guest")
    page.get_by_label("E-mail address").fill("gita.guest@example.org")
    submit(page, "Send me the mail")


def _note_a_stranger(page: Page) -> None:
    page.get_by_label("Code on the ticket").fill("0000-0000-0000")
    page.get_by_role("button", name="Note", exact=True).click()
    page.get_by_text("Not noted:").wait_for()


def event_content() -> dict[str, str]:
    """An organisation with events: one that is full, one for guests, a draft, one called off, one that is over."""
    from datetime import timedelta

    from django.utils import timezone
    from tests.community.event_records import a_content, a_webinar, an_event

    from synchromesh.accounts.models import Membership, Organisation, User
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.community.operations.event_editing import add_event, cancel_event
    from synchromesh.places.models import Country

    people = {
        name: User.objects.create_user(
            email=f"{name}@example.org", password="a long enough pass phrase", name=f"{name.title()} Person"
        )
        for name in NAMES
    }
    organisation = Organisation.objects.create(slug=HOST, name="Event Works")
    Membership.objects.create(person=people[ORGANISER], organisation=organisation, role="editor")
    soon = timezone.localdate() + timedelta(days=30)
    romania = Country.objects.get(code="RO")
    visit = an_event(
        organisation,
        content=a_content(
            titles={"en": "Study visit Timișoara", "de": "Studienbesuch Timișoara"},
            starts_on=soon, ends_on=soon + timedelta(days=1), seats=1, country=romania, series="Study visits",
            travel_notes={"en": "By train from Budapest, then tram 1."},
        ),
    )  # fmt: skip
    webinar = an_event(organisation, content=a_webinar(starts_on=soon, ends_on=soon, takes_guests=True))
    off = an_event(organisation, titles={"en": "Workshop that was called off"}, kind="workshop", starts_on=soon)
    cancel_event(by=OPERATOR, event=off, reason="The speaker is ill")
    draft = add_event(by=OPERATOR, organiser=organisation, content=a_content(titles={"en": "Next year's forum"}))
    found = {"event_visit": visit.slug, "event_webinar": webinar.slug, "event_off": off.slug, "event_draft": draft.slug}
    return found | {"event_month": f"{soon:%Y-%m}"} | _take_part(visit, webinar, people) | _past(people[GOER], soon)


def _take_part(visit: Any, webinar: Any, people: dict[str, User]) -> dict[str, str]:
    """One has the place, one waits; one guest has confirmed, another one has not."""
    from datetime import time

    from django.utils import timezone
    from tests.community.event_records import a_confirmed_guest, a_guest, a_registration

    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.community.operations.event_materials import add_material
    from synchromesh.community.operations.event_programme import ProgrammeEntry, add_programme_item
    from synchromesh.community.queries.event_guests import guest_key

    now = timezone.now()
    for name in (VISITOR, WAITER):
        a_registration(visit, people[name], now=now, note="I use a wheelchair")
    add_material(by=OPERATOR, event=visit, title="What to bring", url="https://example.org/bring")
    for begins, ends, title in ((time(9), time(10), "Opening"), (time(10), time(12), "At the plant")):
        entry = ProgrammeEntry(
            titles={"en": title}, day=visit.starts_on, begins=begins, ends=ends, track="All", room="Hall 1"
        )
        add_programme_item(by=OPERATOR, event=visit, entry=entry)
    asked = a_guest(webinar, "asked@example.org", now=now)
    seated = a_confirmed_guest(webinar, "seated@example.org", now=now).guest
    return {"event_guest": guest_key(asked), "event_guest_in": guest_key(seated) if seated else ""}


def _past(person: User, soon: date) -> dict[str, str]:
    """An event of last month at which somebody was."""
    from datetime import timedelta

    from django.utils import timezone
    from tests.community.event_records import a_registration, an_event

    from synchromesh.accounts.models import Organisation
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.community.models import EventFeedback
    from synchromesh.community.operations.event_check_in import record_arrival

    now = timezone.now()
    organisation = Organisation.objects.get(slug=HOST)
    event = an_event(organisation, titles={"en": "Forum of last month"}, starts_on=soon - timedelta(days=60))
    registration = a_registration(event, person, now=now - timedelta(days=40))
    record_arrival(by=OPERATOR, event=event, code=registration.code)
    EventFeedback.objects.create(registration=registration, useful=3, words="More time to talk", given_at=now)
    return {"event_past": event.slug}
