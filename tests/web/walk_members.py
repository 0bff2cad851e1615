"""What a walk over all addresses finds of members, groups, projects and agreements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import (
    Agreement,
    Group,
    GroupMember,
    GroupMemberState,
    Meeting,
    MemberProfile,
    Project,
)
from synchromesh.community.operations.documents import add_document
from synchromesh.community.operations.projects import DeliverableDetails, add_deliverable
from synchromesh.places.models import Country

_APPLICATION = {
    "name": "South Works",
    "value_chain_area": "suppliers",
    "country": "MT",
    "contact_name": "Zoë Müller",
    "contact_email": "zoe@example.org",
}
_GROUP = "/<language>/groups/<slug>/"
FORMS = {
    "/<language>/members/apply/": _APPLICATION,
    "/<language>/members/desk/": {"do": "publish", "version": "2026", "url": "https://example.org/statutes"},
    "/<language>/members/<slug>/manage/": {"do": "add-domain", "domain": "example.org"},
    "/<language>/members/<slug>/details/": {"about": "We make seats."},
    "/<language>/groups/new/": {"name": "Batteries", "kind": "task-force", "visibility": "public"},
    f"{_GROUP}edit/": {"name": "Batteries", "kind": "task-force", "visibility": "members"},
    f"{_GROUP}people/": {"do": "leave"},
    f"{_GROUP}meetings/new/": {
        "title": "Kick-off",
        "day": "2030-01-15",
        "begins": "10:00",
        "ends": "12:00",
        "time_zone": "Europe/Brussels",
    },
    f"{_GROUP}meetings/<uid>/": {"do": "answer", "state": "coming"},
    f"{_GROUP}meetings/<uid>/edit/": {
        "title": "Kick-off",
        "day": "2030-01-15",
        "begins": "10:00",
        "ends": "12:00",
        "time_zone": "Europe/Brussels",
    },
    f"{_GROUP}documents/<uid>/": {"do": "readers", "readers": "members"},
    "/<language>/projects/new/": {"name": "AMBER"},
    "/<language>/projects/<slug>/edit/": {"name": "AMBER"},
    "/<language>/projects/<slug>/parts/": {"do": "package", "package-number": "1", "package-title": "Management"},
    "/<language>/agreements/new/": {"name": "With a neighbour"},
    "/<language>/agreements/<slug>/": {"do": "add", "text": "Meet twice a year"},
    "/<language>/agreements/<slug>/edit/": {"name": "With a neighbour"},
}


def make_members(people: Mapping[str, User | None], organisation: Organisation) -> dict[str, dict[str, str]]:
    """The organisation is a member; `editor` leads a group for members, in which `member` works.

    Its document is for the group alone. The organisation coordinates a project. Returns the values for addresses.
    """
    Country.objects.get_or_create(code="MT", defaults={"names": {"en": "Malta"}})
    MemberProfile.objects.create(organisation=organisation, joined_on=timezone.localdate() - timedelta(days=400))
    group = Group.objects.create(
        slug="batteries", kind="working-group", names={"en": "Cells and packs"}, visibility="members"
    )
    for name in ("editor", "member"):
        person = people[name]
        if person is not None:
            GroupMember.objects.create(
                group=group, person=person, state=GroupMemberState.APPROVED, is_leader=name == "editor"
            )
    starts_at = timezone.now() + timedelta(days=30)
    meeting = Meeting.objects.create(
        group=group,
        title="Kick-off",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        time_zone="Europe/Brussels",
    )
    document = add_document(
        by=OPERATOR, group=group, title="Work plan", readers="group", name="plan.txt", content=b"First things first."
    )
    project = Project.objects.create(slug="amber", name="AMBER", coordinator=organisation)
    handed_over = DeliverableDetails(title="What jobs need", file_name="report.txt", content=b"What was found.")
    deliverable = add_deliverable(by=OPERATOR, project=project, details=handed_over)
    agreement = Agreement.objects.create(slug="neighbour", names={"en": "With a neighbour"})
    return {
        "/<language>/members/": {"slug": organisation.slug},
        "/<language>/groups/": {"slug": group.slug},
        "/<language>/groups/<slug>/meetings/": {"uid": str(meeting.uid)},
        "/<language>/groups/<slug>/documents/": {"uid": str(document.uid), "number": "1"},
        "/<language>/projects/": {"slug": project.slug, "uid": str(deliverable.uid)},
        "/<language>/agreements/": {"slug": agreement.slug},
        "/api/v1/groups/": {"id": group.slug},
        "/api/v1/projects/": {"id": project.slug},
    }
