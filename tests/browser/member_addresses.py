"""Pages of members, groups, projects and agreements in every state worth looking at, and what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.states import State, open_all, submit
from tests.browser.states import a_page as _page

if TYPE_CHECKING:
    from synchromesh.accounts.models import Organisation

MEMBER, GROUP, PROJECT, AGREEMENT = "member-works", "battery-talks", "amber", "with-neighbours"
LEADER, COLLEAGUE, JOINER, APPLICANT = "group-leader", "group-colleague", "member-joiner", "member-applicant"
NAMES = (LEADER, COLLEAGUE, JOINER, APPLICANT)
"""Members: the leader is a manager of the member; a colleague who is in the group; others who want to be in."""
MEMBER_NO_PAGES = {
    "members:csv": "a file",
    "members:join": "takes a POST",
    "groups:join": "takes a POST",
    "groups:calendar": "a file",
    "groups:file": "a file",
    "projects:csv": "a file",
    "projects:file": "a file",
}


def member_public_states() -> tuple[State, ...]:
    """What visitors see, of content that ships."""
    return (
        _page("members:list", "/en/members/"),
        _page("members:list", "/en/members/?country=MT&q=xqzzyvw", "without result"),
        _page("members:list", "/en/members/?view=tiles", "as tiles"),
        _page("members:detail", "/en/members/acea/"),
        _page("groups:list", "/en/groups/"),
        _page("groups:list", "/en/groups/?kind=task-force", "without result"),
        _page("groups:detail", "/en/groups/wg4-regional-implementation/"),
        _page("projects:list", "/en/projects/"),
        _page("projects:list", "/en/projects/?q=xqzzyvw&state=ended", "without result"),
        _page("projects:detail", "/en/projects/trireme/"),
        _page("projects:detail", "/en/projects/drives/", "with deliverables"),
        _page("agreements:list", "/en/agreements/"),
        _page("agreements:detail", "/en/agreements/working-agreement-with-ara-and-corai/"),
    )


def member_states() -> tuple[State, ...]:
    """What members, leaders and staff see, with the addresses of `member_content` in braces."""
    mine: dict[str, Any] = {"person": LEADER}
    staff: dict[str, Any] = {"person": "staff"}
    return (*_members(mine, staff), *_groups(mine), *_projects(staff))


def _members(mine: dict[str, Any], staff: dict[str, Any]) -> tuple[State, ...]:
    one = f"/en/members/{MEMBER}/"
    return (
        _page("members:detail", one, "for members", **mine),
        _page("members:detail", one, "may join", person=JOINER),
        _page("members:apply", "/en/members/apply/", person="newcomer"),
        _page("members:apply", "/en/members/apply/", "with an application", person=APPLICANT),
        _page("members:apply", "/en/members/apply/", "refused", person="worker", **_sending("Send the application")),
        _page("members:manage", f"{one}manage/", **mine),
        _page("members:manage", f"{one}manage/", "refused", **mine, **_sending("Add it")),
        _page("members:details", f"{one}details/", **mine),
        _page("members:desk", "/en/members/desk/", **staff),
        _page("members:desk", "/en/members/desk/", "refused", **staff, **_sending("Publish it")),
    )


def _groups(mine: dict[str, Any]) -> tuple[State, ...]:
    one = f"/en/groups/{GROUP}/"
    return (
        _page("groups:detail", one, "inside", **mine),
        _page("groups:detail", one, "may ask", person="member-asker"),
        _page("groups:new", "/en/groups/new/", person="staff"),
        _page("groups:edit", f"{one}edit/", **mine),
        _page("groups:people", f"{one}people/", **mine),
        _page("groups:people", f"{one}people/", "refused", **mine, **_sending("Leave the group")),
        _page("groups:people", f"{one}people/", "for staff", person="staff"),
        _page("groups:new-meeting", f"{one}meetings/new/", **mine),
        _page("groups:new-meeting", f"{one}meetings/new/", "refused", **mine, **_sending("Call it")),
        _page("groups:meeting", f"{one}meetings/{{coming_meeting}}/", "to come", then=open_all, **mine),
        _page("groups:meeting", f"{one}meetings/{{past_meeting}}/", "over", **mine),
        _page("groups:meeting", f"{one}meetings/{{past_meeting}}/", "minutes for everybody"),
        _page("groups:edit-meeting", f"{one}meetings/{{coming_meeting}}/edit/", **mine),
        _page("groups:new-document", f"{one}documents/new/", **mine),
        _page("groups:document", f"{one}documents/{{group_document}}/", then=open_all, **mine),
        _page("groups:document", f"{one}documents/{{group_document}}/", "to read", person=COLLEAGUE),
    )


def _projects(staff: dict[str, Any]) -> tuple[State, ...]:
    one = f"/en/projects/{PROJECT}/"
    return (
        _page("projects:detail", one, "with everything", **staff),
        _page("projects:new", "/en/projects/new/", **staff),
        _page("projects:edit", f"{one}edit/", **staff),
        _page("projects:parts", f"{one}parts/", **staff),
        _page("projects:parts", f"{one}parts/", "refused", **staff, **_sending("Add the partner")),
        _page("agreements:detail", f"/en/agreements/{AGREEMENT}/", "for staff", **staff),
        _page("agreements:new", "/en/agreements/new/", **staff),
        _page("agreements:edit", f"/en/agreements/{AGREEMENT}/edit/", **staff),
    )


def _sending(button: str) -> dict[str, Any]:
    """Send a form as it is, which is refused."""
    return {"then": lambda page: submit(page, button), "status": 422}


def member_content() -> dict[str, str]:
    """A member with a manager, a colleague and people who want to be in; a group, a project and an agreement."""
    from allauth.account.models import EmailAddress
    from tests.community.member_records import a_member_person, an_application

    from synchromesh.accounts.models import Membership, Organisation, User
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.community.models import JoinRequest, MailDomain, MemberProfile
    from synchromesh.community.operations.members import publish_statutes

    organisation = Organisation.objects.create(slug=MEMBER, name="Member Works")
    profile = MemberProfile.objects.create(
        organisation=organisation,
        value_chain_area="suppliers",
        contact_name="Zoë Müller",
        contact_email="zoe@example.org",
    )
    MailDomain.objects.create(profile=profile, domain="waits.example", named_by="x")
    checked = MailDomain.objects.create(profile=profile, domain="member.example", named_by="x")
    MailDomain.objects.filter(pk=checked.pk).update(verified_at=checked.named_at, verified_by="x")
    people = {}
    for name in (*NAMES, "member-asker"):
        people[name] = User.objects.create_user(
            email=f"{name}@member.example", password="a long enough pass phrase", name=f"{name.title()} Person"
        )
    EmailAddress.objects.create(user=people[JOINER], email=f"{JOINER}@member.example", verified=True, primary=True)
    for name, role in ((LEADER, "manager"), (COLLEAGUE, "member"), ("member-asker", "member")):
        Membership.objects.create(person=people[name], organisation=organisation, role=role)
    JoinRequest.objects.create(person=a_member_person(name="Ivo Novák"), organisation=organisation)
    an_application(people[APPLICANT], name="Applying Works")
    publish_statutes(by=OPERATOR, version="2026", url="https://example.org/statutes")
    return _group(people, organisation) | _project(organisation)


def _group(people: dict[str, Any], organisation: Organisation) -> dict[str, str]:
    from datetime import timedelta

    from django.utils import timezone
    from tests.community.member_records import a_member_person, a_past_meeting, in_group, meeting_details

    from synchromesh.community.models import Group, GroupMember
    from synchromesh.community.operations.documents import add_document
    from synchromesh.community.operations.meetings import create_meeting, record_answer, write_minutes

    group = Group.objects.create(
        slug=GROUP, kind="task-force", names={"en": "Battery talks"}, mandates={"en": "Skills for batteries."}
    )
    leader = in_group(people[LEADER], group, is_leader=True)
    in_group(people[COLLEAGUE], group)
    GroupMember.objects.create(group=group, person=a_member_person(name="Eva Nagy"), organisation=organisation)
    coming = create_meeting(by=leader, group=group, details=meeting_details(timezone.now() + timedelta(days=300)))
    record_answer(by=people[COLLEAGUE], meeting=coming, state="excused")
    past = a_past_meeting(group, title="First talk")
    write_minutes(by=leader, meeting=past, minutes="We met.\nWe will meet again.", readers="public")
    document = add_document(
        by=leader, group=group, title="Work plan", readers="members", name="plan.txt", content=b"First.", meeting=past
    )
    return {
        "coming_meeting": str(coming.uid),
        "past_meeting": str(past.uid),
        "group_document": str(document.uid),
    }


def _project(organisation: Organisation) -> dict[str, str]:
    from datetime import date

    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.community.models import (
        Agreement,
        AgreementAction,
        Project,
        ProjectPartner,
        ProjectResult,
        WorkPackage,
    )
    from synchromesh.community.operations.projects import DeliverableDetails, add_deliverable
    from synchromesh.framework.models import JobRole

    project = Project.objects.create(
        slug=PROJECT, name="AMBER", full_name="Seats for all", begins="2024-01", ends="2027", coordinator=organisation
    )
    ProjectPartner.objects.create(project=project, organisation=_partner(), task="Seats")
    package = WorkPackage.objects.create(project=project, number=1, title="Management", lead=organisation)
    ProjectResult.objects.create(project=project, role=JobRole.objects.get(slug="battery-technician"))
    for details in (
        DeliverableDetails(title="Report", code="D1", file_name="report.txt", content=b"Found.", work_package=package),
        DeliverableDetails(title="Page", code="D2", url="https://example.org", due_on=date(2026, 5, 1)),
    ):
        add_deliverable(by=OPERATOR, project=project, details=details)
    agreement = Agreement.objects.create(slug=AGREEMENT, names={"en": "With neighbours"}, signed="2024")
    for text, due_on in (("Meet twice a year", date(2025, 1, 1)), ("Write a report", None)):
        AgreementAction.objects.create(agreement=agreement, text=text, due_on=due_on)
    return {}


def _partner() -> Organisation:
    from synchromesh.accounts.models import Organisation

    return Organisation.objects.exclude(slug=MEMBER).order_by("pk")[0]
