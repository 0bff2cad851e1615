"""Taking the list along, and what stays of somebody whose account is deleted."""

from __future__ import annotations

import pytest
from tests.community.event_records import a_confirmed_guest, a_registration, an_event, person_of, somebody

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import EventGuest, Registration
from synchromesh.community.operations.event_people import delete_participation, export_participants
from synchromesh.engine.errors import NotAllowed
from synchromesh.plumbing.models import AuditEvent
from synchromesh.site.personal_data import delete_person

pytestmark = pytest.mark.django_db


def test_whoever_deletes_the_account_gives_the_place_to_who_waits() -> None:
    event = an_event(seats=1)
    first, second = a_registration(event, note="no fish"), a_registration(event)
    leaving = person_of(first)
    report = delete_person(by=leaving, person=leaving)
    states = dict(Registration.objects.values_list("pk", "state"))
    assert states == {first.pk: "withdrawn", second.pk: "approved"}
    assert (1, "registrations for events") in [(kept.count, kept.what) for kept in report.kept]
    assert Registration.objects.get(pk=first.pk).note == ""


def test_a_guest_with_an_address_of_the_account_goes_too() -> None:
    event = an_event(takes_guests=True)
    a_confirmed_guest(event, "me@example.org", organisation_name="Süd AG")
    person = somebody()
    assert delete_participation(by=OPERATOR, person=person, addresses=["ME@example.org"]) == 1
    assert not EventGuest.objects.exists()
    assert Registration.objects.get().state == "withdrawn"


def test_only_organisers_take_the_list_and_that_is_noted(
    organisation: Organisation, editor: User, member: User
) -> None:
    event = an_event(organisation, takes_guests=True)
    a_confirmed_guest(event, name="Gita Guest", organisation_name="Süd AG")
    for stranger in (member, somebody()):
        with pytest.raises(NotAllowed):
            export_participants(by=stranger, event=event)
    (row,) = export_participants(by=editor, event=event)
    assert (row["name"], row["email"], row["organisation"]) == ("Gita Guest", "guest@example.org", "Süd AG")
    assert AuditEvent.objects.filter(action="export_participants", actor=editor.public_id).count() == 1
