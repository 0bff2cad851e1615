"""Pages of events on a site with many; run as `python -m benchmarks.community.events --events 10000`.

A site of its own (SQLite) gets so many events and ten registrations for each, 500 of them at one event. Every page is
asked for once to warm up and then many times in this process; printed are the number of questions to the database, the
median and the 95th percentile of the processor's time in milliseconds (SQLite works in the same process; what else the
machine does hardly counts), from a site with a hundredth of the events to the full one. The process is set up as one
that serves an installation. The feed is asked for once more with nothing of it kept, as after a start.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.own_site import collect_files, set_up_site
from benchmarks.pages.asking import ask_page

CROWD = 500
TODAY = date.today()  # noqa: DTZ011 (a day, to spread events around)


def main(given: Sequence[str]) -> int:
    """Fill the site twice, small and large, and ask for the pages; the exit code is 1 where a page asks more."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.community.events", description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=10_000)
    arguments = parser.parse_args(given)
    with tempfile.TemporaryDirectory(prefix="synchromesh-events-") as folder:
        set_up_site(Path(folder))
        collect_files()
        small = max(arguments.events // 100, 10)
        fill(events=small, first=0)
        before = measure()
        fill(events=arguments.events - small, first=small)
        after = measure()
    print(f"{'page':34}{'queries':>16}{'median ms':>18}{'p95 ms':>16}")
    for name, (queries, median, slow) in after.items():
        was = before[name]
        print(f"{name:34}{was[0]:>7} -> {queries:<5}{was[1]:>9.1f} -> {median:<6.1f}{was[2]:>8.1f} -> {slow:<6.1f}")
    return int(any(after[name][0] > before[name][0] for name in after))


def fill(*, events: int, first: int) -> None:
    """Events in three years around today, in twenty countries; ten registrations each, many at the first."""
    from django.utils import timezone

    from synchromesh.accounts.models import Organisation, User
    from synchromesh.community.models import Event, Registration
    from synchromesh.places.models import Country
    from synchromesh.plumbing.typed_codes import new_code

    now = timezone.now()
    countries = [Country.objects.get_or_create(code=code, defaults={"names": {"en": code}})[0] for code in CODES]
    organiser = Organisation.objects.get_or_create(slug="host", defaults={"name": "Host"})[0]
    people = _people(CROWD)
    made = [
        Event(
            slug=f"event-{number}",
            titles={"en": f"Event number {number} about batteries"},
            words=f"event number {number} about batteries host",
            kind=KINDS[number % len(KINDS)],
            state="published",
            visibility="members" if number % 7 == 0 else "public",
            organiser=organiser,
            country=countries[number % len(countries)],
            starts_on=(day := TODAY + timedelta(days=number * 37 % 1095 - 547)),
            ends_on=day + timedelta(days=number % 3),
            takes_registrations=True,
            seats=CROWD if number == 1 else 8,
            made_by="operator",
            published_at=now,
        )
        for number in range(first, first + events)
    ]
    Event.objects.bulk_create(made, batch_size=1000)
    found = (
        list(Event.objects.filter(slug__in=[event.slug for event in made]).order_by("pk")) if events < 1000 else None
    )
    stored = found or list(Event.objects.order_by("pk")[first:])
    rows = []
    for event in stored:
        count = CROWD if event.slug == "event-1" else 10
        for place in range(count):
            person: User = people[(event.pk * 11 + place) % len(people)]
            has_place = place < (event.seats or 0)
            rows.append(
                Registration(
                    event=event,
                    person=person,
                    code=new_code(12),
                    state="approved" if has_place else "waiting",
                    seated_at=now if has_place else None,
                    asked_at=now,
                )
            )
    Registration.objects.bulk_create(rows, batch_size=2000)


CODES = (
    "AT",
    "BE",
    "BG",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "HU",
    "IE",
    "IT",
    "LT",
    "LV",
    "NL",
    "PL",
    "RO",
)
KINDS = ("conference", "study-visit", "vet-forum", "workshop", "webinar")


def _people(count: int) -> list[Any]:
    from synchromesh.accounts.models import User

    wanted = [f"person-{number}@example.org" for number in range(count)]
    known = User.objects.filter(email__in=wanted)
    if not known.exists():
        User.objects.bulk_create([User(email=email, sign_in_name=email, name=email.split("@")[0]) for email in wanted])
        User.objects.create_user(email="staff@example.org", is_alliance_staff=True)
    return list(User.objects.filter(email__in=wanted).order_by("pk"))


def measure() -> dict[str, tuple[int, float, float]]:
    """Questions, median and 95th percentile of each page."""
    from django.test import Client
    from django.test.utils import override_settings

    from synchromesh.accounts.models import User
    from synchromesh.config import wsgi
    from synchromesh.web import calendars

    assert callable(wsgi.application)
    month = f"{TODAY:%Y-%m}"
    visitor, staff = Client(), Client()
    staff.force_login(User.objects.get(email="staff@example.org"))
    pages = {
        "list": (visitor, "/en/events/"),
        "list, page 20": (visitor, "/en/events/?when=all&page=20"),
        "list, words and country": (visitor, "/en/events/?q=batteries&country=DE"),
        "month": (visitor, f"/en/events/month/?month={month}"),
        "map": (visitor, "/en/events/map/?when=all"),
        "feed.ics": (visitor, "/en/events/feed.ics"),
        "feed.ics, nothing kept": (visitor, "/en/events/feed.ics?when="),
        "one event": (visitor, "/en/events/event-1/"),
        "events that I organise": (staff, "/en/events/organise/"),
        "people of a crowd": (staff, "/en/events/event-1/people/"),
        "the door of a crowd": (staff, "/en/events/event-1/check-in/"),
    }
    found = {}
    with override_settings(ALLOWED_HOSTS=["testserver"], DEBUG=False):
        for name, (client, address) in pages.items():
            forget = calendars.forget_entries if "nothing kept" in name else None
            found[name] = ask_page(client, address, before_each=forget)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
