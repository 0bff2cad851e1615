"""Recording engagements: what is taken, by whom, and who reads what is not public."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.community.engagement_records import a_led_group, an_engagement
from tests.records import a_topic

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import DatePrecision, Engagement, EngagementKind, FollowUp
from synchromesh.community.operations.engagements import (
    EngagementContent,
    add_follow_up,
    add_slides,
    change_engagement,
    delete_engagement,
    record_engagement,
    settle_follow_up,
    widen,
)
from synchromesh.community.queries.engagements import list_follow_ups
from synchromesh.community.queries.stored_files import file_path, read_file
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 14)


@pytest.fixture
def leader(db: None) -> User:
    return User.objects.create_user(email="leader@example.org")


def _content(**fields: object) -> EngagementContent:
    return EngagementContent(
        **({"kind": EngagementKind.PANEL, "event_title": " Skills  forum ", "starts_on": DAY} | fields)  # type: ignore[arg-type]
    )


def test_an_engagement_is_recorded_with_what_is_known_and_nothing_else() -> None:
    topic = a_topic()
    made = record_engagement(by=OPERATOR, content=_content(topics=[topic], speakers=" Zoë Müller, WG3 \n\nIvo\n"))
    made.refresh_from_db()
    assert (made.event_title, made.starts_on, made.ends_on, made.kind) == ("Skills forum", DAY, DAY, "panel")
    assert made.speakers == "Zoë Müller, WG3\nIvo"
    assert made.reach is None
    assert list(made.topics.all()) == [topic]
    assert AuditEvent.objects.filter(action="record_engagement", target_uid=str(made.uid)).count() == 1


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        (DatePrecision.DAY, date(2024, 2, 10), date(2024, 12, 3)),
        (DatePrecision.MONTH, date(2024, 2, 1), date(2024, 12, 31)),
        (DatePrecision.YEAR, date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_days_are_widened_to_what_is_known(precision: DatePrecision, first: date, last: date) -> None:
    assert widen(date(2024, 2, 10), date(2024, 12, 3), precision) == (first, last)


def test_a_february_of_a_leap_year_has_29_days() -> None:
    assert widen(date(2024, 2, 3), date(2024, 2, 3), DatePrecision.MONTH)[1] == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"event_title": "  "}, "event_title"),
        ({"ends_on": date(2024, 5, 13)}, "ends_on"),
        ({"reach": 200}, "reach_source"),
        ({"slides_url": "javascript:alert(1)"}, "slides_url"),
        ({"place": "x" * 301}, "place"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(fields: dict[str, object], wrong: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        record_engagement(by=OPERATOR, content=_content(**fields))
    assert refused.value.field == wrong
    assert not Engagement.objects.exists()


def test_leaders_record_for_their_group_and_nobody_for_another(leader: User, person: User, staff: User) -> None:
    own, other = a_led_group(leader, "regions", person), a_led_group(staff, "batteries")
    made = record_engagement(by=leader, content=_content(group=own))
    for who, group in ((leader, other), (leader, None), (person, own)):
        with pytest.raises(NotAllowed):
            record_engagement(by=who, content=_content(group=group))
    with pytest.raises(NotAllowed):
        change_engagement(by=leader, engagement=made, content=_content(group=other))
    with pytest.raises(NotAllowed):
        delete_engagement(by=person, engagement=made)
    assert record_engagement(by=staff, content=_content()).group is None


def test_a_change_says_in_the_trail_which_fields_it_wrote_and_no_contacts() -> None:
    made = record_engagement(by=OPERATOR, content=_content())
    change_engagement(by=OPERATOR, engagement=made, content=_content(contacts="Ms Secret, 0123", place="Graz"))
    line = AuditEvent.objects.get(action="change_engagement")
    assert {"contacts", "place"} <= set(line.details["fields"])
    assert "Secret" not in str(line.details)


def test_people_of_the_group_plan_what_follows_and_others_do_not_see_it(leader: User, person: User) -> None:
    made = an_engagement(group=a_led_group(leader))
    task = add_follow_up(by=leader, engagement=made, text="Send the  report", due_on=DAY)
    assert [one.text for one in list_follow_ups(made, visible_to=leader)] == ["Send the report"]
    assert list_follow_ups(made, visible_to=person) == []
    with pytest.raises(NotAllowed):
        settle_follow_up(by=person, engagement=made, uid=str(task.uid))
    settle_follow_up(by=leader, engagement=made, uid=str(task.uid))
    assert FollowUp.objects.get().done_at is not None
    with pytest.raises(Conflict):
        settle_follow_up(by=leader, engagement=made, uid=str(task.uid))
    for wrong in ("nothing", "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(NotFound):
            settle_follow_up(by=leader, engagement=made, uid=wrong)


def test_slides_are_kept_as_a_file_and_go_with_the_engagement(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    made = an_engagement()
    add_slides(by=OPERATOR, engagement=made, name="../My talk.PDF", content=b"%PDF-1.7 talk")
    made.refresh_from_db()
    assert made.slides_name == "my-talk.pdf"
    assert read_file(made.uid) == b"%PDF-1.7 talk"
    with pytest.raises(InvalidInput):
        add_slides(by=OPERATOR, engagement=made, name="talk.pdf", content=b"<html>")
    uid = made.uid
    with django_capture_on_commit_callbacks(execute=True):
        delete_engagement(by=OPERATOR, engagement=made)
    assert not file_path(uid).exists()
