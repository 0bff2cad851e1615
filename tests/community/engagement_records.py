"""Engagements and groups for tests; every column has a good value until a test says otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

from synchromesh.accounts.models import User
from synchromesh.community.models import DatePrecision, Engagement, Group, GroupMember


def an_engagement(title: str = "Batteries Forum", on: date = date(2024, 5, 14), **columns: Any) -> Engagement:
    """A speech on one day."""
    stated = {
        "kind": "speech",
        "event_title": title,
        "precision": DatePrecision.DAY,
        "starts_on": on,
        "ends_on": on,
        "made_by": "operator",
    }
    return Engagement.objects.create(**(stated | columns))


def a_led_group(leader: User, slug: str = "regions", *people: User) -> Group:
    """A working group with a leader and people."""
    group = Group.objects.create(slug=slug, kind="working-group", names={"en": slug.title()})
    GroupMember.objects.create(group=group, person=leader, state="approved", is_leader=True)
    for person in people:
        GroupMember.objects.create(group=group, person=person, state="approved")
    return group
