"""Importing organisations, members, groups, agreements, projects and what belongs to them: preview, commit, undo."""

from __future__ import annotations

from io import BytesIO

import pytest

from synchromesh.accounts.models import Organisation, OrganisationKindOf, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import (
    Agreement,
    Group,
    MemberProfile,
    Project,
    ProjectPartner,
    ProjectResult,
    StatedValue,
)
from synchromesh.community.operations.group_importing import AgreementImporter, GroupImporter
from synchromesh.community.operations.member_importing import MemberImporter, OrganisationImporter, StatedValueImporter
from synchromesh.community.operations.project_importing import (
    DeliverableImporter,
    ProjectImporter,
    ProjectResultImporter,
)
from synchromesh.engine.errors import NotAllowed
from synchromesh.framework.models import JobRole
from synchromesh.places.models import Country
from synchromesh.plumbing import imports
from synchromesh.plumbing.models import ImportBatch

pytestmark = pytest.mark.django_db


def _preview(importer: imports.Importer, text: str) -> tuple[ImportBatch, imports.ImportPlan]:
    file = BytesIO(text.encode())
    return imports.preview(importer, by=OPERATOR, file=file, name="table.csv", source="test")


def _commit(importer: imports.Importer, text: str) -> ImportBatch:
    batch, plan = _preview(importer, text)
    assert plan.problems == ()
    return imports.commit(importer, by=OPERATOR, batch=batch)


@pytest.fixture
def works() -> Organisation:
    """An organisation that files name."""
    return Organisation.objects.create(slug="works", name="The Works")


def test_organisations_come_with_their_source_and_go_again(asked_jobs: list[str]) -> None:
    Country.objects.create(code="MT", names={"en": "Malta"})
    text = "id,name,country,source,source_url,source_on\nx,Island Seats,MT,Press,https://example.org,2026-11-23\n"
    batch = _commit(OrganisationImporter(), text)
    made = Organisation.objects.get()
    assert (made.slug, made.source, str(made.source_on)) == ("island-seats", "Press", "2026-11-23")
    assert asked_jobs
    _, again = _preview(OrganisationImporter(), text)
    assert dict(again.counts) == {"new": 0, "changed": 0, "same": 1, "error": 0}
    imports.undo(OrganisationImporter(), by=OPERATOR, batch=batch)
    assert not Organisation.objects.exists()


def test_an_organisation_that_is_here_by_another_way_is_not_doubled(works: Organisation) -> None:
    _, plan = _preview(OrganisationImporter(), f"id,name\nx,{works.name}\n")
    assert plan.counts["error"] == 1
    assert plan.counts["new"] == 0


def test_members_become_members_by_kind_too_and_the_file_says_nothing_of_contacts(works: Organisation) -> None:
    text = "id,organisation,is_founder,area,contact_email\nw,the works,yes,tyres,spy@example.org\n"
    batch = _commit(MemberImporter(), text)
    made = MemberProfile.objects.get()
    assert (made.organisation, made.is_founder, made.value_chain_area, made.contact_email) == (
        works,
        True,
        "tyres",
        "",
    )
    assert OrganisationKindOf.objects.get().kind == "member"
    imports.undo(MemberImporter(), by=OPERATOR, batch=batch)
    assert not OrganisationKindOf.objects.exists()


def test_what_a_member_wrote_here_is_not_overwritten_by_a_file(works: Organisation) -> None:
    text = "id,organisation,area\nw,works,tyres\n"
    _commit(MemberImporter(), text)
    profile = MemberProfile.objects.get()
    profile.value_chain_area, profile.edited_at = "repair", profile.created_at
    profile.save()
    _commit(MemberImporter(), text)
    assert MemberProfile.objects.get().value_chain_area == "repair"


def test_a_project_comes_with_coordinator_and_partners(works: Organisation) -> None:
    other = Organisation.objects.create(slug="other", name="Other, Ltd; and sons")
    text = 'id,name,begins,ends,coordinator,partners,subject_en\np,AMBER,2024-01,2026,works,"works; other",Seats\n'
    batch = _commit(ProjectImporter(), text)
    made = Project.objects.get()
    assert (made.slug, made.coordinator, made.subjects) == ("amber", works, {"en": "Seats"})
    assert [partner.organisation for partner in made.partners.all()] == [other]
    _commit(ProjectImporter(), text.replace("works; other", "works"))
    assert not ProjectPartner.objects.exists()
    with pytest.raises(NotAllowed):
        ProjectImporter().check_permission(User(email="x@example.org"))
    assert batch.counts["new"] == 1


@pytest.mark.parametrize("row", ["p,AMBER,spring,", "p,AMBER,,nobody", "p,,2024,"])
def test_a_row_that_says_something_unknown_stays_out(row: str) -> None:
    _, plan = _preview(ProjectImporter(), f"id,name,begins,coordinator\n{row}\n")
    assert dict(plan.counts) == {"new": 0, "changed": 0, "same": 0, "error": 1}


def test_two_sources_may_state_two_numbers_and_both_stay() -> None:
    Project.objects.create(slug="amber", name="AMBER")
    rows = "a,project,amber,partners,31,https://a.example\nb,project,amber,partners,32,https://b.example\n"
    _commit(StatedValueImporter(), f"id,subject,of,fact,value,source_url\n{rows}")
    assert [one.value for one in StatedValue.objects.order_by("external_id")] == ["31", "32"]
    _, plan = _preview(StatedValueImporter(), "id,subject,of,fact,value,source_url\nc,project,amber,partners,33,\n")
    assert plan.counts["error"] == 1


def test_a_result_is_one_thing() -> None:
    Project.objects.create(slug="amber", name="AMBER")
    JobRole.objects.create(slug="role", titles={"en": "Role"})
    _commit(ProjectResultImporter(), "id,project,role\nr,amber,role\n")
    assert ProjectResult.objects.get().role is not None
    for row in ("s,amber,", "s,amber,unknown", "s,amber,role"):
        _, plan = _preview(ProjectResultImporter(), f"id,project,role\n{row}\n")
        assert plan.counts["error"] == 1, row


def test_a_deliverable_belongs_to_a_known_project_and_has_a_code_of_its_own() -> None:
    project = Project.objects.create(slug="amber", name="AMBER")
    _commit(DeliverableImporter(), "id,project,code,title\nd,amber,D1,Report\n")
    assert project.deliverables.get().title == "Report"
    for row in ("e,other,D2,More", "e,amber,D1,More"):
        _, plan = _preview(DeliverableImporter(), f"id,project,code,title\n{row}\n")
        assert plan.counts["error"] == 1, row


def test_groups_and_agreements_come_in_two_languages(works: Organisation) -> None:
    _commit(GroupImporter(), "id,kind,name_en,name_de,lead,visibility\ng,task-force,Seats,Sitze,works,members\n")
    group = Group.objects.get()
    assert (group.names, group.lead_organisation, group.visibility) == (
        {"de": "Sitze", "en": "Seats"},
        works,
        "members",
    )
    _commit(AgreementImporter(), "id,name_en,aims_en,signed,parties\na,With us,Meet,2023-11,The Works\n")
    agreement = Agreement.objects.get()
    assert (agreement.signed, [party.organisation for party in agreement.parties.all()]) == ("2023-11", [works])
    for importer, row in (
        (GroupImporter(), "id,kind,name_en\nh,club,Seats\n"),
        (AgreementImporter(), "id,name_en,signed\nb,Other,autumn\n"),
    ):
        _, plan = _preview(importer, row)
        assert plan.counts["error"] == 1
