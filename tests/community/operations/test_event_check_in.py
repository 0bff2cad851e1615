"""Arrivals under many devices at once: each ticket counts once, on both databases."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from tests.assessment.simultaneity import shared_database, together
from tests.community.event_records import NOW, a_registration, an_event, somebody

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import CheckIn, Event, Registration
from synchromesh.community.operations.event_check_in import NotedArrival, code_of, record_arrival, record_arrivals
from synchromesh.engine.errors import InvalidInput, NotAllowed


def _note(event: Event, registration: Registration) -> object:
    arrival = NotedArrival(uid=uuid4(), code=registration.code, noted_at=NOW)
    return record_arrivals(by=OPERATOR, event=event, arrivals=[arrival], now=NOW)[0].outcome


@pytest.mark.django_db(transaction=True)
def test_ten_devices_that_send_the_same_two_tickets_at_once_count_each_once(tmp_path: Path) -> None:
    event = an_event()
    tickets = [a_registration(event) for _ in range(2)]
    with shared_database(tmp_path):
        found = together([partial(_note, event, ticket) for ticket in tickets for _ in range(10)])
    assert Counter(found) == {"stored": 2, "known": 18}
    assert CheckIn.objects.count() == 2


@pytest.mark.django_db
def test_a_device_sends_five_hundred_at_most() -> None:
    event = an_event()
    arrivals = [NotedArrival(uid=uuid4(), code="x", noted_at=NOW)] * 501
    with pytest.raises(InvalidInput, match="at most 500"):
        record_arrivals(by=OPERATOR, event=event, arrivals=arrivals)


@pytest.mark.django_db
def test_whoever_has_the_ticket_does_not_note_themselves() -> None:
    event, person = an_event(), somebody()
    registration = a_registration(event, person)
    with pytest.raises(NotAllowed):
        record_arrival(by=person, event=event, code=registration.code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0123-4567-89AB", "0123456789AB"),
        ("oi23 4567 89ab", "0123456789AB"),
        ("https://a.example/en/events/x/check-in/?code=0123456789AB", "0123456789AB"),
        ("", ""),
        ("E", ""),
        ("https://a.example/?code=", ""),
    ],
)
def test_a_code_is_read_as_people_and_pictures_write_it(text: str, code: str) -> None:
    assert code_of(text) == code
