"""Several people at the same moment: one last seat, one invitation. Real threads, real connections."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from tests.assessment.simultaneity import shared_database, together
from tests.learning import records
from tests.learning.records import NOW

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import CohortInvitation, Enrolment
from synchromesh.learning.operations.cohort_invitations import renew_key
from synchromesh.learning.operations.joining import join_cohort

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 4


def test_the_last_seat_is_given_once(tmp_path: Path) -> None:
    cohort = records.a_cohort(records.a_course_with_content().course, seats=1)
    people = [records.a_learner() for _ in range(PEOPLE)]
    with shared_database(tmp_path):
        found = together([partial(join_cohort, by=one, cohort=cohort, language="en", now=NOW) for one in people])
    assert [isinstance(one, Enrolment) for one in found] == [True] * PEOPLE, found
    assert sorted(row.state for row in Enrolment.objects.all()) == ["active", *["waiting"] * (PEOPLE - 1)]


def test_an_invitation_lets_in_one_of_several_accounts(tmp_path: Path) -> None:
    cohort = records.a_cohort(records.a_course_with_content().course, joining="invitation")
    invitation = CohortInvitation(cohort=cohort, email="new@example.org")
    key = renew_key(invitation, by=OPERATOR, days=30)
    invitation.expires_at = NOW + timedelta(days=1)
    invitation.save()
    people = [records.a_learner() for _ in range(PEOPLE)]
    with shared_database(tmp_path):
        found = together(
            [partial(join_cohort, by=one, cohort=cohort, language="en", key=key, now=NOW) for one in people]
        )
    assert sum(isinstance(one, NotFound) for one in found) == PEOPLE - 1, found
    assert Enrolment.objects.get().person == CohortInvitation.objects.get().accepted_by
