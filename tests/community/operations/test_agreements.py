"""Agreements, their parties, and what is done about them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from synchromesh.accounts.models import Organisation, User
from synchromesh.community.models import Agreement
from synchromesh.community.operations.agreements import (
    AgreementDetails,
    add_agreement_action,
    complete_agreement_action,
    save_agreement,
)
from synchromesh.community.queries.agreements import get_agreement, get_agreement_action, list_agreements
from synchromesh.engine.errors import InvalidInput, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def _details(**changes: Any) -> AgreementDetails:
    said: dict[str, Any] = {"language": "en", "name": "With a neighbour", "aims": "Meet", "signed": "2023-11"}
    return AgreementDetails(**said | changes)


def test_an_agreement_keeps_other_languages_and_exactly_the_parties_named(
    staff: User, organisation: Organisation
) -> None:
    other = Organisation.objects.create(slug="other", name="Other")
    made = save_agreement(by=staff, details=_details(parties=[organisation, other]))
    changed = save_agreement(
        by=staff, details=_details(language="de", name="Mit Nachbarn", aims="", parties=[other]), agreement=made
    )
    assert (changed.slug, changed.names["de"], changed.aims) == ("with-a-neighbour", "Mit Nachbarn", {"en": "Meet"})
    assert [party.organisation for party in get_agreement(made.slug).parties.all()] == [other]
    assert list(list_agreements(organisation=organisation)) == []
    assert list(list_agreements(organisation=other)) == [made]


def test_only_staff_keep_agreements(manager: User, staff: User) -> None:
    made = save_agreement(by=staff, details=_details())
    with pytest.raises(NotAllowed):
        save_agreement(by=manager, details=_details())
    with pytest.raises(NotAllowed):
        add_agreement_action(by=manager, agreement=made, text="Meet", due_on=None)
    action = add_agreement_action(by=staff, agreement=made, text="Meet", due_on=date(2027, 1, 1))
    with pytest.raises(NotAllowed):
        complete_agreement_action(by=manager, action=action, done_on=date(2025, 1, 1))


@pytest.mark.parametrize(("changes", "field"), [({"name": ""}, "name"), ({"signed": "November 2023"}, "signed")])
def test_what_is_wrong_is_named(staff: User, changes: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        save_agreement(by=staff, details=_details(**changes))
    assert refused.value.field == field


def test_an_action_is_done_on_a_day_that_has_come(staff: User) -> None:
    made = save_agreement(by=staff, details=_details())
    action = add_agreement_action(by=staff, agreement=made, text=" Meet  twice ", due_on=None)
    assert get_agreement_action(action.uid, made).text == "Meet twice"
    with pytest.raises(InvalidInput):
        complete_agreement_action(by=staff, action=action, done_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(InvalidInput):
        add_agreement_action(by=staff, agreement=made, text=" ", due_on=None)
    complete_agreement_action(by=staff, action=action, done_on=timezone.localdate())
    other = Agreement.objects.create(slug="other")
    with pytest.raises(NotFound):
        get_agreement_action(action.uid, other)
    with pytest.raises(NotFound):
        get_agreement("nothing")
