"""A provider's desk: what waits, and courses made and changed by hand, against a feed too."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.records import a_course, a_run, a_skill, a_topic

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.models import Brief, BriefOrigin, Course, CourseUse, FieldLock

pytestmark = pytest.mark.django_db
HOME = "/en/desk/organisations/north-works/"
ADD = f"{HOME}courses/add/"


@pytest.fixture
def reader(client: Client, editor: User) -> Client:
    """A browser of an editor of North Works."""
    client.force_login(editor)
    return client


@pytest.fixture
def course(organisation: Organisation) -> Course:
    """A published course of North Works that came from a feed, with one date."""
    found = a_course(
        "cells", provider=organisation, titles={"en": "Making cells", "de": "Zellen bauen"}, minutes=60,
        import_source="north", external_id="1",
    )  # fmt: skip
    a_run(found, date(2027, 5, 3), place="Brno")
    return found


def page_of(course: Course) -> str:
    return f"/en/desk/courses/{course.slug}/"


def entered(client: Client, address: str, **changed: str) -> dict[str, Any]:
    """What a browser would send from the page as it stands, with some fields changed."""
    text = client.get(address).content.decode()
    sent: dict[str, Any] = dict(
        re.findall(r'<input type="(?:text|number|url|date|hidden)" name="([^"]+)" value="([^"]*)"', text)
    )
    for name, body in re.findall(r'<textarea name="([^"]+)".*?>\n?(.*?)</textarea>', text, re.DOTALL):
        sent[name] = body.strip()
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        sent[name] = chosen[1] if chosen else ""
    sent.pop("csrfmiddlewaretoken", None)
    sent.pop("language", None)
    sent.pop("step", None)
    return sent | changed


def test_an_editor_adds_a_course_that_is_a_draft_until_it_is_published(reader: Client) -> None:
    a_topic("battery")
    sent = entered(reader, ADD, title="Battery basics", minutes="90", price="240 EUR", languages="English, Deutsch",
                   outcomes="name the parts\ntell the risks", topics="battery")  # fmt: skip
    sent |= {"run-0-starts_on": "2027-05-03", "run-0-place": "Brno"}
    page = reader.post(ADD, sent, follow=True)
    assert "The course is a draft now" in page.content.decode()
    made = Course.objects.get()
    assert (made.titles, made.minutes, made.price_cents, made.currency) == ({"en": "Battery basics"}, 90, 24_000, "EUR")
    assert (made.languages, made.outcomes) == (["en", "de"], {"en": ["name the parts", "tell the risks"]})
    assert [(run.starts_on, run.place) for run in made.runs.all()] == [(date(2027, 5, 3), "Brno")]
    assert [topic.slug for topic in made.topics.all()] == ["battery"]
    assert reader.get(f"/en/courses/{made.slug}/").status_code == 404
    reader.post(page_of(made), {"do": "publish"})
    assert reader.get(f"/en/courses/{made.slug}/").status_code == 200
    reader.post(page_of(made), {"do": "withdraw"})
    assert reader.get(f"/en/courses/{made.slug}/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "Title: "),
        ({"price": "a lot"}, "Price: "),
        ({"languages": "Klingon"}, "Klingon"),
        ({"minutes": "0"}, "Minutes of work: "),
        ({"run-0-ends_on": "2027-01-01", "run-0-starts_on": "2027-02-01"}, "before it starts"),
    ],
    ids=["title", "price", "language", "minutes", "dates"],
)
def test_what_is_wrong_is_said_and_nothing_entered_is_lost(
    changed: dict[str, str], said: str, reader: Client, organisation: Organisation
) -> None:
    sent = entered(reader, ADD, title="Battery basics", description="A long text.") | changed
    page = reader.post(ADD, sent)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert "A long text." in page.content.decode()
    assert not Course.objects.exists()


def test_a_saved_page_that_nobody_changed_changes_nothing(reader: Client, course: Course) -> None:
    before = Course.objects.values().get(), list(course.runs.values())
    reader.post(page_of(course), entered(reader, page_of(course)))
    assert (Course.objects.values().get(), list(course.runs.values())) == before
    assert not FieldLock.objects.exists()


def test_a_field_set_by_hand_is_held_against_the_feed_until_it_is_released(reader: Client, course: Course) -> None:
    reader.post(page_of(course), entered(reader, page_of(course), minutes="120"))
    page = reader.get(page_of(course)).content.decode()
    assert "Held against the feed" in page
    assert "The feed says: 60" in re.sub(r"\s+", " ", page)
    reader.post(page_of(course), {"do": "release", "field": "minutes"})
    course.refresh_from_db()
    assert course.minutes == 60
    assert not FieldLock.objects.exists()


def test_an_edit_can_be_undone(reader: Client, course: Course) -> None:
    reader.post(page_of(course), entered(reader, page_of(course), minutes="120"))
    step = re.search(r'name="step" value="([^"]+)"', reader.get(page_of(course)).content.decode())
    assert step is not None
    reader.post(page_of(course), {"do": "undo", "step": step[1]})
    course.refresh_from_db()
    assert course.minutes == 60


def test_the_texts_of_the_other_language_stay(reader: Client, course: Course) -> None:
    address = f"{page_of(course)}?language=de"
    reader.post(address, entered(reader, address, title="Zellen fertigen"))
    course.refresh_from_db()
    assert course.titles == {"en": "Making cells", "de": "Zellen fertigen"}


def test_a_date_whose_fields_are_emptied_goes(reader: Client, course: Course) -> None:
    sent = entered(reader, page_of(course))
    emptied = {name: "" for name in sent if name.startswith("run-0-") and name != "run-0-external_id"}
    reader.post(page_of(course), sent | emptied)
    assert not course.runs.exists()


def test_the_home_shows_use_and_what_several_people_wanted(reader: Client, course: Course) -> None:
    CourseUse.objects.create(course=course, day=timezone.localdate(), views=7, clicks=2)
    Brief.objects.create(wish="a", origin=BriefOrigin.GAP, skill=a_skill("weld-tabs"), level=2, times=5)
    Brief.objects.create(wish="b", origin=BriefOrigin.SEARCH, words="one person's wish", times=1)
    page = reader.get(HOME).content.decode()
    assert "looked at 7 times" in page
    assert "Weld tabs" in page
    assert "one person" not in page


@pytest.mark.parametrize("address", [HOME, ADD, "/en/desk/courses/cells/"])
def test_only_the_providers_people_and_staff_come_in(
    address: str, client: Client, course: Course, member: User, person: User, staff: User
) -> None:
    for stranger in (member, person):
        client.force_login(stranger)
        assert client.get(address).status_code == 403
    client.force_login(staff)
    assert client.get(address).status_code == 200


def test_the_pages_ask_few_questions(
    reader: Client, course: Course, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in (HOME, page_of(course), ADD):
        with django_assert_max_num_queries(20, info=address):
            reader.get(address)
