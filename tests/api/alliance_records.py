"""What the alliance does in the open, and beside each thing one that is for members or not public yet."""

from __future__ import annotations

from datetime import date

from tests.community.event_records import an_event
from tests.community.news_records import an_article
from tests.community.sharing_records import a_lesson, a_practice, a_profile, lesson_details, practice_details
from tests.records import a_course

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import (
    Group,
    GroupMember,
    MemberProfile,
    Project,
    ProjectPartner,
    ProjectResult,
    RegionContact,
    RegionFact,
    RegionSite,
    StatedValue,
    WorkPackage,
)
from synchromesh.community.operations.lessons import create_lesson, edit_lesson
from synchromesh.community.operations.practices import create_practice
from synchromesh.community.operations.projects import DeliverableDetails, add_deliverable

SECRET = "Onlyinside"
"""A word that stands in everything that no visitor may read, also in names and addresses of people."""


def an_alliance() -> None:
    """A member, two groups, a region, a project, and practices, lessons, events and news in each state."""
    person = User.objects.create_user(email=f"{SECRET}@example.org", password="a b c d", name=f"{SECRET} Person")
    member = Organisation.objects.create(slug="amber-seats", name="Amber Seats")
    MemberProfile.objects.create(
        organisation=member,
        is_founder=True,
        value_chain_area="suppliers",
        about={"en": "Seats."},
        contact_name=f"{SECRET} Contact",
        contact_email=f"{SECRET}@seats.example",
    )
    former = Organisation.objects.create(slug="former-works", name="Former Works")
    MemberProfile.objects.create(organisation=former, ended_on=date(2020, 1, 1), about={"en": SECRET})
    profile = a_profile("DE11", network="circle")
    RegionFact.objects.create(profile=profile, kind="figure", label="People", value="1200.5", unit="people", year=2024)
    RegionFact.objects.create(profile=profile, kind="evidence", words="Much changes.", source="A page")
    RegionSite.objects.create(profile=profile, name="Plant North", organisation=member, employees=0)
    RegionContact.objects.create(profile=profile, person=person, task=SECRET)
    _groups(person, member)
    _shared(person)
    _project(member)
    an_event(member, titles={"en": "Open day"}, region=profile.region, country=profile.region.country)
    an_event(titles={"en": f"{SECRET} evening"}, visibility="members")
    an_article("open-news", organisation=member).regions.add(profile.region)
    an_article("news-of-two", at=None, titles={"en": SECRET})
    an_article("news-of-three", visibility="members", titles={"en": SECRET})


def _groups(person: User, member: Organisation) -> None:
    inner = Group.objects.create(
        slug="inner-circle", kind="task-force", names={"en": f"{SECRET} group"}, visibility="members"
    )
    group = Group.objects.create(
        slug="open-circle", kind="working-group", names={"en": "Open circle"}, parent=inner, lead_organisation=member
    )
    Group.objects.create(slug="part", kind="forum", names={"en": "Part"}, parent=group)
    GroupMember.objects.create(group=group, person=person, state="approved")


def _shared(person: User) -> None:
    region = a_profile("SE23").region
    a_practice(person, title="Night mentors", region=region, theme="teachers")
    create_practice(by=person, details=practice_details(title=SECRET))
    lesson = a_lesson(person, title="Ohm").lesson
    edit_lesson(by=person, lesson=lesson, details=lesson_details(title=f"{SECRET} Ohm", text=SECRET))
    create_lesson(by=person, details=lesson_details(title=SECRET))


def _project(member: Organisation) -> None:
    project = Project.objects.create(slug="amber", name="AMBER", begins="2018-01", ends="2020", coordinator=member)
    ProjectPartner.objects.create(project=project, organisation=member, task="Seats")
    package = WorkPackage.objects.create(project=project, number=1, title="Management", lead=member)
    details = DeliverableDetails(title="Report", code="D1.1", url="https://example.org/", work_package=package)
    add_deliverable(by=OPERATOR, project=project, details=details)
    StatedValue.objects.create(project=project, fact="partners", value="over 20", source="A page")
    ProjectResult.objects.create(project=project, course=a_course("came-of-it"))
    hidden = an_event(titles={"en": f"{SECRET} meeting"}, visibility="members")
    ProjectResult.objects.create(project=project, event=hidden)
