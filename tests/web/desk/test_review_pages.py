"""The desk page on which alliance staff read reviews before anybody else does."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.pathways.review_records import a_review
from tests.records import a_course

from synchromesh.accounts.models import User
from synchromesh.pathways.models import Review

pytestmark = pytest.mark.django_db
DESK = "/en/desk/reviews/"


@pytest.fixture
def review() -> Review:
    """A waiting review."""
    return a_review(a_course("welding"), state="waiting")


def _sent(review: Review, **more: str) -> dict[str, str]:
    return {"review": str(review.uid), "seen": review.written_at.isoformat()} | more


def test_a_review_is_read_shown_and_taken_back_with_a_reason(client: Client, staff: User, review: Review) -> None:
    client.force_login(staff)
    page = client.get(DESK).content.decode()
    assert "Words of anna." in page
    assert "Anna Author" not in page
    client.post(DESK, _sent(review, do="publish"))
    assert "Words of anna." in client.get("/en/courses/welding/").content.decode()
    assert "Words of anna." in client.get(f"{DESK}?state=shown").content.decode()
    assert client.post(DESK, _sent(review, do="refuse", reason="")).status_code == 422
    client.post(DESK, _sent(review, do="refuse", reason="It names a trainer."))
    assert "It names a trainer." in client.get(f"{DESK}?state=refused").content.decode()
    assert "Words of anna." not in client.get("/en/courses/welding/").content.decode()


def test_staff_deletes_an_answer_of_a_provider(client: Client, staff: User, review: Review) -> None:
    Review.objects.update(state="shown", answer="Rubbish!", answer_language="en")
    client.force_login(staff)
    client.post(f"{DESK}?state=shown", _sent(review, do="delete-answer"))
    assert Review.objects.get().answer == ""


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"review": "nonsense", "do": "publish"}, 404),
        ({"do": "nothing"}, 422),
        ({"do": "publish", "seen": "yesterday"}, 422),
        ({"do": "publish", "seen": "2027-13-45T10:00"}, 422),
        ({"do": "publish", "seen": "2020-01-01T10:00:00+00:00"}, 422),
    ],
)
def test_a_form_that_was_tampered_with_changes_nothing(
    client: Client, staff: User, review: Review, sent: dict[str, str], status: int
) -> None:
    client.force_login(staff)
    assert client.post(DESK, _sent(review) | sent).status_code == status
    assert Review.objects.get().state == "waiting"


def test_the_desk_home_counts_what_waits_and_others_stay_out(
    client: Client, staff: User, manager: User, review: Review
) -> None:
    client.force_login(staff)
    assert "1 review to read" in client.get("/en/desk/").content.decode()
    client.force_login(manager)
    assert client.get(DESK).status_code == 403
    assert client.post(DESK, _sent(review, do="publish")).status_code == 403
