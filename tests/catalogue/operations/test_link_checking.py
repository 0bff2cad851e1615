"""Looking at addresses of courses on a server on this machine: what is asked, what is written, who is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.catalogue.operations.feed_server import Provider, Watch, a_provider_server
from tests.plumbing.local_server import Server, running
from tests.records import a_course

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, LinkCheck
from synchromesh.catalogue.operations.link_checking import LinkRun, check_due_links
from synchromesh.engine.errors import NotAllowed
from synchromesh.plumbing.models import AuditEvent
from synchromesh.plumbing.polite_fetching import PoliteVisit

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with a_provider_server() as found:
        yield found


def check(at: datetime = NOON, visit: PoliteVisit | None = None) -> LinkRun:
    return check_due_links(by=OPERATOR, now=at, visit=visit or Watch().visit())


def note_of(course: Course) -> LinkCheck:
    return LinkCheck.objects.get(course=course)


def until_broken() -> None:
    """Look as often as is due until an address that is gone counts as broken."""
    for days in (0, 0.5, 1, 2, 4):
        check(NOON + days * DAY)


def test_a_page_that_is_there_is_good_and_rests_for_a_week(provider: Provider) -> None:
    course = a_course("welding", url=provider.say("/welding", b"a page" * 1000))
    assert check() == LinkRun(checked=1)
    found = note_of(course)
    assert (found.state, found.status, found.failures, found.url) == ("good", 200, 0, course.url)
    assert found.last_good_at == NOON
    assert found.next_check_at is not None
    assert 7 * DAY <= found.next_check_at - NOON < 8 * DAY
    assert check(NOON + DAY) == LinkRun()
    assert provider.asked == ["/welding"]


def test_only_published_courses_with_an_address_that_are_not_invented_are_looked_at(provider: Provider) -> None:
    url = provider.say("/x")
    a_course("draft", url=url, published_at=None)
    a_course("silent")
    a_course("invented", url=url, origin="example")
    assert check() == LinkRun()
    assert provider.asked == []


def test_an_address_that_several_courses_share_is_asked_once(provider: Provider) -> None:
    url = provider.say("/all")
    for slug in ("one", "two"):
        a_course(slug, url=url)
    assert check() == LinkRun(checked=2)
    assert provider.asked == ["/all"]


def test_another_address_starts_anew_and_is_due_at_once(provider: Provider) -> None:
    course = a_course("welding", url=provider.say("/old", status=404))
    until_broken()
    assert note_of(course).state == "broken"
    Course.objects.update(url=provider.say("/new", status=404))
    check(NOON + 5 * DAY)
    found = note_of(course)
    assert (found.state, found.failures, found.first_failed_at) == ("failing", 1, NOON + 5 * DAY)


def test_a_broken_address_is_written_down_and_its_provider_told_once(
    provider: Provider,
    organisation: Organisation,
    editor: User,
    member: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    editor.language = "de"
    editor.save()
    course = a_course("welding", provider=organisation, url=provider.say("/welding", status=404))
    a_course("driving", provider=organisation, url=provider.say("/driving", status=410))
    with django_capture_on_commit_callbacks(execute=True):
        until_broken()
        check(NOON + 12 * DAY)
    found = note_of(course)
    assert (found.state, found.status, found.reason) == ("broken", 404, "There is no page at this address.")
    assert found.first_failed_at == NOON
    events = AuditEvent.objects.filter(action="mark_link_broken")
    assert {event.target_uid for event in events} == {str(one.uid) for one in Course.objects.all()}
    assert {(event.actor, event.details["since"]) for event in events} == {("operator", NOON.isoformat())}
    (message,) = outbox.outbox
    assert message.to == [editor.email]
    for words in (course.url, "/de/courses/welding/", "/de/courses/driving/", "/de/desk/upkeep/", "404"):
        assert words in message.body


def test_an_address_that_works_again_heals_and_says_so_in_the_audit_trail(provider: Provider) -> None:
    course = a_course("welding", url=provider.say("/welding", status=404))
    until_broken()
    provider.say("/welding")
    assert check(NOON + 13 * DAY) == LinkRun(checked=1, healed=1)
    assert (note_of(course).state, note_of(course).first_failed_at) == ("good", None)
    event = AuditEvent.objects.get(action="mark_link_working")
    assert (event.target_uid, event.details["since"]) == (str(course.uid), NOON.isoformat())


def test_what_is_not_on_the_public_internet_is_never_asked() -> None:
    with a_provider_server() as inside:
        course = a_course("welding", url=inside.say("/secret"))
        check(visit=PoliteVisit(seconds=60))
        assert inside.asked == []
    assert note_of(course).reason == "This is no address that can be opened from the internet."


def test_a_site_that_asks_programs_to_stay_away_is_not_looked_at(provider: Provider) -> None:
    provider.say("/robots.txt", b"User-agent: *\nDisallow: /")
    course = a_course("welding", url=provider.say("/welding"))
    check()
    assert (note_of(course).state, note_of(course).failures) == ("unknown", 0)
    assert provider.asked == []


def test_a_server_that_does_not_answer_is_not_asked_for_everything(provider: Provider) -> None:
    courses = [a_course(f"course-{number}", url=f"{provider.address}/{number}") for number in range(4)]
    for number in range(4):
        provider.server.behaviours[f"/{number}"] = lambda h: h.wfile.close()
    assert check() == LinkRun(checked=2)
    assert [LinkCheck.objects.filter(course=course).exists() for course in courses] == [True, True, False, False]
    assert note_of(courses[0]).state == "failing"


def test_when_no_server_at_all_answers_our_own_network_is_to_blame_and_nothing_is_written(
    provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    for host in ("one", "two", "three"):
        a_course(host, url=f"http://{host}.invalid/course")
    assert check() == LinkRun()
    assert not LinkCheck.objects.exists()
    assert "No server answered" in caplog.text
    a_course("four", url=provider.say("/four"))
    assert check() == LinkRun(checked=4)


def test_a_run_that_has_no_time_left_says_nothing_about_the_rest(provider: Provider) -> None:
    for number in range(3):
        a_course(f"course-{number}", url=provider.say(f"/{number}"))
    assert check(visit=Watch().visit(seconds=15.5)) == LinkRun(checked=2)
    assert set(LinkCheck.objects.values_list("state", flat=True)) == {"good"}


def test_the_servers_take_turns_so_that_nobody_waits_for_nothing(provider: Provider) -> None:
    with running(Server()) as server:
        other = Provider(server)
        for place in (provider, other):
            for number in range(2):
                a_course(f"{place.server.server_port}-{number}", url=place.say(f"/{number}"))
        watch = Watch()
        assert check(visit=watch.visit()) == LinkRun(checked=4)
    assert watch.waited == [1.0]  # before the second address of the first server; then the other has rested too


def test_a_person_who_is_not_of_the_alliance_cannot_start_a_check(editor: User) -> None:
    with pytest.raises(NotAllowed):
        check_due_links(by=editor)


def test_what_another_run_has_looked_at_meanwhile_is_left_alone(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = a_course("welding", url=provider.say("/welding", status=404))
    asked: list[Any] = []
    visit = Watch().visit()
    ask = visit.ask_status

    def ask_twice(url: str, **terms: Any) -> Any:
        if not asked:
            asked.append(url)
            check()
        return ask(url, **terms)

    monkeypatch.setattr(visit, "ask_status", ask_twice)
    assert check(visit=visit) == LinkRun()
    assert note_of(course).failures == 1
