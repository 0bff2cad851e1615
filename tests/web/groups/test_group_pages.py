"""Pages of groups: what each kind of reader gets, and that nothing of a closed group is in any page."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from tests.community.member_records import (
    a_group,
    a_leader,
    a_member,
    a_member_person,
    a_past_meeting,
    in_group,
    meeting_details,
)

from synchromesh.accounts.models import Membership, User
from synchromesh.community.models import Group, GroupDocument, GroupMember, Meeting
from synchromesh.community.operations.meetings import create_meeting

pytestmark = pytest.mark.django_db
MEETING = {
    "title": "Kick-off",
    "day": "2031-03-30",
    "begins": "10:00",
    "ends": "11:30",
    "time_zone": "Europe/Brussels",
    "place": "Brussels, ask lea@works.example",
    "online_url": "https://meet.example/secret-room",
    "agenda": "Welcome",
}


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def group() -> Group:
    """A group whose page everybody sees."""
    return a_group(slug="batteries")


@pytest.fixture
def leader(group: Group) -> Client:
    """Who leads it."""
    return signed_in(a_leader(group))


def test_a_group_is_opened_filled_and_changed(staff: User, person: User) -> None:
    desk = signed_in(staff)
    wrong = desk.post(
        "/en/groups/new/",
        {"name": "Seats", "kind": "task-force", "visibility": "public", "lead_organisation": "Nobody"},
    )
    assert wrong.status_code == 422
    assert "No organisation here has the name Nobody." in wrong.content.decode()
    desk.post("/en/groups/new/", {"name": "Seats", "kind": "task-force", "visibility": "public"})
    desk.post("/en/groups/seats/people/", {"do": "add", "email": str(person.email), "leader": "on"})
    leads = signed_in(person)
    assert 'name="visibility"' not in leads.get("/en/groups/seats/edit/").content.decode()
    leads.post("/en/groups/seats/edit/", {"name": "Seats", "mandate": "Skills for seats."})
    assert "Skills for seats." in Client().get("/en/groups/seats/").content.decode()
    assert desk.post("/en/groups/seats/people/", {"do": "add", "email": "nobody"}).status_code == 422


def test_somebody_of_a_member_asks_is_let_in_leads_and_leaves(group: Group, leader: Client) -> None:
    asker = a_member_person()
    client = signed_in(asker)
    client.post("/en/groups/batteries/join/")
    assert "You have asked to join" in client.get("/en/groups/batteries/").content.decode()
    assert client.get("/en/groups/batteries/people/").status_code == 403
    place = GroupMember.objects.get(person=asker)
    assert place.organisation is not None  # the one that they belong to
    for action in ("let-in", "lead", "no-leader"):
        assert leader.post("/en/groups/batteries/people/", {"do": action, "person": str(place.uid)}).status_code == 302
    assert client.get("/en/groups/batteries/people/").status_code == 200
    assert client.post("/en/groups/batteries/people/", {"do": "take-out", "person": str(place.uid)}).status_code == 404
    client.post("/en/groups/batteries/people/", {"do": "leave"})
    place.refresh_from_db()
    assert place.state == "left"


def test_who_belongs_to_several_organisations_says_for_which_they_ask(group: Group) -> None:
    asker, other = a_member_person(), a_member("Second Works")
    Membership.objects.create(person=asker, organisation=other.organisation)
    client = signed_in(asker)
    assert "Second Works" in client.get("/en/groups/batteries/").content.decode()
    client.post("/en/groups/batteries/join/", {"organisation": other.organisation.slug})
    assert GroupMember.objects.get(person=asker).organisation == other.organisation


def test_a_leader_refuses_and_takes_out(group: Group, leader: Client) -> None:
    inside, asker = in_group(a_member_person(), group), a_member_person()
    signed_in(asker).post("/en/groups/batteries/join/")
    asked, place = GroupMember.objects.get(person=asker), GroupMember.objects.get(person=inside)
    leader.post("/en/groups/batteries/people/", {"do": "refuse", "person": str(asked.uid)})
    leader.post("/en/groups/batteries/people/", {"do": "take-out", "person": str(place.uid)})
    assert not GroupMember.objects.filter(pk=asked.pk).exists()
    assert signed_in(inside).get("/en/groups/batteries/people/").status_code == 403


def test_a_meeting_is_called_changed_answered_and_cancelled(group: Group, leader: Client) -> None:
    other = signed_in(in_group(a_member_person(), group))
    assert leader.post("/en/groups/batteries/meetings/new/", MEETING | {"ends": "09:00"}).status_code == 422
    leader.post("/en/groups/batteries/meetings/new/", MEETING)
    meeting = Meeting.objects.get()
    address = f"/en/groups/batteries/meetings/{meeting.uid}/"
    assert meeting.starts_at.isoformat() == "2031-03-30T08:00:00+00:00"  # summer time began that night
    assert "30 March 2031, 10:00 to 11:30 (Europe/Brussels)" in other.get(address).content.decode()
    assert 'value="10:00"' in leader.get(f"{address}edit/").content.decode()
    leader.post(f"{address}edit/", MEETING | {"end_day": "2031-03-31"})
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.ends_at.day) == (1, 31)
    other.post(address, {"do": "answer", "state": "coming"})
    assert "Your answer: will come" in other.get(address).content.decode()
    assert other.post(address, {"do": "cancel"}).status_code == 403
    leader.post(address, {"do": "cancel"})
    page = other.get(address).content.decode()
    assert "This meeting is cancelled." in page
    assert "Will you come?" not in page


def test_the_calendar_file_names_nobody_and_hides_where_it_is_online(group: Group, leader: Client) -> None:
    leader.post("/en/groups/batteries/meetings/new/", MEETING)
    meeting = Meeting.objects.get()
    address = f"/en/groups/batteries/meetings/{meeting.uid}/meeting.ics"
    content = leader.get(address).content.decode()
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (str(event["UID"]), event["SEQUENCE"], str(event["SUMMARY"])) == (
        str(meeting.uid),
        0,
        "Batteries: Kick-off",
    )
    assert event.decoded("DTSTART") == meeting.starts_at
    assert "@" not in content
    assert "secret-room" not in content
    assert not {"ATTENDEE", "ORGANIZER"} & set(event)
    meeting.cancelled_at = meeting.made_at
    meeting.save()
    assert "STATUS:CANCELLED" in leader.get(address).content.decode()


def test_presence_is_noted_and_minutes_are_opened_to_others(group: Group, leader: Client, client: Client) -> None:
    inside = in_group(a_member_person(name="Ivo Inside"), group)
    meeting = a_past_meeting(group)
    address = f"/en/groups/batteries/meetings/{meeting.uid}/"
    assert client.get(address).status_code == 404
    place = GroupMember.objects.get(person=inside)
    leader.post(address, {"do": "attendance", "present": [str(place.uid)]})
    assert "Ivo Inside: was there" in signed_in(inside).get(address).content.decode()
    leader.post(address, {"do": "minutes", "minutes": "We met.", "readers": "public"})
    page = client.get(address).content.decode()
    assert "We met." in page
    assert not any(word in page for word in ("Ivo Inside", "Welcome", "Brussels</dd>"))
    assert "Kick-off" in client.get("/en/groups/batteries/").content.decode()


def test_a_document_goes_through_versions_and_is_only_ever_saved(group: Group, leader: Client, client: Client) -> None:
    inside = signed_in(in_group(a_member_person(), group))
    form = {"title": "Work plan", "readers": "group", "meeting": ""}
    bad = SimpleUploadedFile("plan.html", b"<script>alert(1)</script>")
    assert inside.post("/en/groups/batteries/documents/new/", form | {"file": bad}).status_code == 422
    good = SimpleUploadedFile("Plan.txt", b"<script>alert(1)</script>")
    inside.post("/en/groups/batteries/documents/new/", form | {"file": good})
    document = GroupDocument.objects.get()
    address = f"/en/groups/batteries/documents/{document.uid}/"
    answer = inside.get(f"{address}1/")
    assert answer["Content-Disposition"] == 'attachment; filename="plan.txt"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("text/plain", "nosniff")
    assert answer["Cache-Control"] == "private, no-store"
    inside.post(address, {"do": "version", "file": SimpleUploadedFile("plan.txt", b"Second"), "note": "Shorter"})
    assert inside.get(f"{address}2/").content == b"Second"
    assert inside.post(address, {"do": "version"}).status_code == 422
    assert client.get(f"{address}2/").status_code == 404
    assert inside.post(address, {"do": "readers", "readers": "public"}).status_code == 403
    leader.post(address, {"do": "readers", "readers": "public"})
    assert client.get(f"{address}2/").content == b"Second"
    assert client.get(f"{address}3/").status_code == 404
    assert "Add the next version" not in client.get(address).content.decode()
    leader.post(address, {"do": "remove"})
    assert client.get(address).status_code == 404


SECRETS = ("Hidden group", "Hidden mandate", "Hidden talk", "Hidden plan", "Hilda Hidden")


@pytest.fixture
def hidden() -> Group:
    """A group for its own people, full of words that must be nowhere else."""
    group = a_group(
        slug="hidden", visibility="group", names={"en": "Hidden group"}, mandates={"en": "Hidden mandate"},
        lead_organisation=a_member("Leading Works").organisation,
    )  # fmt: skip
    leader = a_leader(group)
    leader.name = "Hilda Hidden"
    leader.save()
    create_meeting(by=leader, group=group, details=meeting_details(title="Hidden talk"))
    form = {"title": "Hidden plan", "readers": "public", "file": SimpleUploadedFile("a.txt", b"x")}
    assert signed_in(leader).post("/en/groups/hidden/documents/new/", form).status_code == 302
    return group


@pytest.mark.parametrize(
    "path",
    [
        "/en/groups/",
        "/en/groups/?ended=1&kind=working-group",
        "/en/groups/hidden/",
        "/en/groups/hidden/people/",
        "/en/groups/hidden/meetings/{meeting}/",
        "/en/groups/hidden/meetings/{meeting}/meeting.ics",
        "/en/groups/hidden/documents/{document}/",
        "/en/groups/hidden/documents/{document}/1/",
        "/en/members/{lead}/",
        "/en/organisations/{lead}/",
        "/en/search/?q=hidden",
        "/en/complete/?q=hidden",
        "/en/projects/",
        "/en/members/members.csv",
    ],
)
def test_a_closed_group_leaks_into_no_page_list_search_file_or_error(
    client: Client, person: User, hidden: Group, path: str
) -> None:
    lead = hidden.lead_organisation
    address = path.format(
        meeting=Meeting.objects.get().uid, document=GroupDocument.objects.get().uid, lead=lead.slug if lead else ""
    )
    for reader in (client, signed_in(person), signed_in(a_member_person())):
        words = reader.get(address).content.decode()
        assert not any(secret in words for secret in SECRETS)


def test_lists_ask_the_database_no_more_with_many_rows(group: Group, leader: Client, client: Client) -> None:
    for number in range(60):
        a_group(slug=f"group-no-{number}", lead_organisation=a_member().organisation)
        in_group(a_member_person(), group)
        a_past_meeting(group)
    with CaptureQueriesContext(connection) as asked:
        client.get("/en/groups/")
    assert len(asked) <= 6
    with CaptureQueriesContext(connection) as asked:
        leader.get("/en/groups/batteries/")
    assert len(asked) <= 20
    with CaptureQueriesContext(connection) as again:
        for _ in range(20):
            in_group(a_member_person(), group)
    with CaptureQueriesContext(connection) as again:
        leader.get("/en/groups/batteries/")
    assert len(again) == len(asked)
