"""Writing the alliance's fields."""

from __future__ import annotations

import pytest

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import NotAllowed
from synchromesh.framework.models import Topic
from synchromesh.framework.operations.topics import save_topic
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


def _save(by: User | None = None, title: str = "Battery") -> Topic:
    return save_topic(
        by=by or OPERATOR, slug="battery", titles={"en": title}, summaries={}, position=1, source="Review of 2024"
    )


def test_a_field_is_made_once_and_changed_afterwards() -> None:
    made = _save()
    assert _save() == made
    assert AuditEvent.objects.count() == 1
    assert _save(title="Batteries") == made
    found = Topic.objects.get()
    assert (found.titles, found.uid, found.source) == ({"en": "Batteries"}, made.uid, "Review of 2024")
    assert AuditEvent.objects.count() == 2


def test_only_alliance_staff_write_fields(person: User, staff: User) -> None:
    with pytest.raises(NotAllowed):
        _save(by=person)
    assert not Topic.objects.exists()
    assert _save(by=staff).slug == "battery"
