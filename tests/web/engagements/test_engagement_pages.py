"""Pages of engagements: record one, see it in the year, and keep what is not public out of every answer."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.community.engagement_records import a_led_group, an_engagement

from synchromesh.accounts.models import User
from synchromesh.community.models import Engagement
from synchromesh.community.operations.engagements import add_follow_up

pytestmark = pytest.mark.django_db
LIST = "/en/engagements/"
FORM = {"kind": "panel", "event_title": "Forum on skills", "starts_on": "2024-05-14", "precision": "day"}


def _text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


def test_what_is_recorded_stands_in_its_year(client: Client, staff: User) -> None:
    client.force_login(staff)
    file = SimpleUploadedFile("Talk.pdf", b"%PDF-1.7")
    done = client.post(f"{LIST}new/", FORM | {"speakers": "Zoë, WG3", "slides": file, "contacts": "Ms Secret"})
    made = Engagement.objects.get()
    assert done.headers["Location"] == f"{LIST}{made.uid}/"
    visitor = Client()
    year = _text(visitor, f"{LIST}2024/")
    assert "Forum on skills" in year
    assert "1 engagement is recorded." in year
    assert "How many people were reached is not known." in year
    assert visitor.get(f"{LIST}{made.uid}/slides/").content == b"%PDF-1.7"


def test_contacts_and_what_follows_are_in_no_answer_to_others(client: Client, person: User, staff: User) -> None:
    member = User.objects.create_user(email="member@example.org")
    made = an_engagement(contacts="Ms Secret", group=a_led_group(staff, "regions", member), source_url="https://x.org")
    add_follow_up(by=staff, engagement=made, text="Hidden task")
    paths = [LIST, f"{LIST}2024/", f"{LIST}2024/engagements.csv", f"{LIST}{made.uid}/"]
    for reader in (None, person):
        if reader:
            client.force_login(reader)
        for path in paths:
            text = client.get(path).content.decode()
            assert "Secret" not in text
            assert "Hidden task" not in text
    client.force_login(member)
    shown = _text(client, paths[-1])
    assert "Ms Secret" in shown
    assert "Hidden task" in shown
    assert "Secret" not in _text(client, paths[2])


def test_the_table_of_a_year_leaves_empty_what_is_not_known(client: Client) -> None:
    an_engagement("=SUM(A1)", host="", reach=None)
    answer = client.get(f"{LIST}2024/engagements.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (rows[0]["reach"], rows[0]["host"], rows[0]["date_from"]) == ("", "", "2024-05-14")
    assert rows[0]["event"] == "'=SUM(A1)"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"event_title": ""}, "This field is required."),
        ({"ends_on": "2024-05-13"}, "It ends before it begins."),
        ({"reach": "10"}, "Say where the number of people reached comes from."),
        ({"own_event": "no-such-event"}, "There is no event with this address here."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client: Client, staff: User, change: dict[str, str], sentence: str) -> None:
    client.force_login(staff)
    page = client.post(f"{LIST}new/", FORM | change)
    assert page.status_code == 422
    assert sentence in unescape(page.content.decode())
    assert not Engagement.objects.exists()


def test_the_form_of_a_change_begins_with_what_is_recorded_and_a_wish_to_take_it_out_is_done(
    client: Client, staff: User
) -> None:
    client.force_login(staff)
    made = an_engagement(host="North Works", contacts="Ms Known")
    page = _text(client, f"{LIST}{made.uid}/edit/")
    assert 'value="North Works"' in page
    assert "Ms Known" in page
    client.post(f"{LIST}{made.uid}/edit/", FORM | {"host": "South Works"})
    assert Engagement.objects.get().host == "South Works"
    client.post(f"{LIST}{made.uid}/edit/", {"do": "delete"})
    assert not Engagement.objects.exists()


def test_a_task_is_added_and_done_on_the_page(client: Client, staff: User) -> None:
    client.force_login(staff)
    made = an_engagement()
    client.post(f"{LIST}{made.uid}/follow-up/", {"text": "Send slides", "due_on": "2024-06-01"})
    task = made.follow_ups.get()
    assert "Send slides" in _text(client, f"{LIST}{made.uid}/")
    client.post(f"{LIST}{made.uid}/follow-up/", {"done": str(task.uid)})
    assert "done on" in _text(client, f"{LIST}{made.uid}/")
    client.post(f"{LIST}{made.uid}/follow-up/", {"text": "", "due_on": "never"}, follow=True)
    assert made.follow_ups.count() == 1


def test_a_year_out_of_range_and_slides_that_are_not_there_are_not_found(client: Client) -> None:
    assert client.get(f"{LIST}99999/").status_code == 404
    assert client.get(f"{LIST}{an_engagement().uid}/slides/").status_code == 404
    assert "That does not mean that there was nothing." in _text(client, f"{LIST}2019/")


def test_lists_ask_no_more_for_many_engagements_than_for_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(120):
        an_engagement(f"Forum {place}", date(2024, 1, 1) + timedelta(days=place))
    for path in (LIST, f"{LIST}?q=forum&kind=speech&page=2", f"{LIST}2024/"):
        with django_assert_max_num_queries(8, info=path):
            client.get(path)


def test_a_table_is_previewed_at_the_desk_before_anything_is_written(client: Client, staff: User) -> None:
    client.force_login(staff)
    file = SimpleUploadedFile("engagements.csv", b"id,kind,event,date\ne1,panel,A forum,2024-05\ne2,party,Ball,2024\n")
    sent = client.post("/en/desk/imports/", {"kind": "engagements", "file": file, "source": "alliance"})
    preview = _text(client, sent.headers["Location"])
    assert "A forum (2024-05)" in preview
    assert not Engagement.objects.exists()
    client.post(f"{sent.headers['Location']}commit/")
    assert Engagement.objects.get().event_title == "A forum"
