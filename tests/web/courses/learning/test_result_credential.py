"""From the result of a course to the credential that it earned."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from tests.credentials.records import a_credential, an_achievement
from tests.learning.records import NOW
from tests.web.courses.learning.learning_site import SLUG, learning, text_of

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.learning.models import EarnedAchievement, Enrolment
from synchromesh.learning.operations.awarding import link_achievement

pytestmark = pytest.mark.django_db
RESULT = f"/en/courses/{SLUG}/result/"


def earned(client: Client, **columns: object) -> EarnedAchievement:
    found = learning(client, kinds=("text",))
    Enrolment.objects.update(state="completed", completed_at=NOW)
    values = {"enrolment": found.enrolment, "earned_at": NOW, "result": {}, "to_be_issued": True, **columns}
    return EarnedAchievement.objects.create(**values)


def test_a_course_without_an_achievement_keeps_it_for_later(client: Client) -> None:
    earned(client)
    assert "Kept, to be issued as a credential later." in text_of(client.get(RESULT))


def test_a_credential_that_is_on_its_way_is_announced(client: Client) -> None:
    kept = earned(client)
    link_achievement(by=OPERATOR, course=kept.enrolment.course, achievement=an_achievement())
    text = text_of(client.get(RESULT))
    assert "Your credential is on its way." in text
    assert 'href="/en/me/credentials/"' in text


def test_an_issued_one_is_one_step_away(client: Client) -> None:
    kept = earned(client)
    issued = a_credential(person=kept.enrolment.person)
    kept.credential_uid, kept.issued_at = issued.uid, timezone.now()
    kept.save()
    assert f'href="/en/me/credentials/{issued.code}/"' in text_of(client.get(RESULT))
    assert "issued as a credential" in text_of(client.get("/en/me/learning/"))


def test_my_pages_lead_to_my_credentials(client: Client) -> None:
    earned(client)
    assert 'href="/en/me/credentials/"' in text_of(client.get("/en/me/"))
