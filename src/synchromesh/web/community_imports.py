"""The tables about members, groups and projects that the desk imports, and what to call them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from synchromesh.community.operations.engagement_importing import EngagementImporter
from synchromesh.community.operations.group_importing import AgreementImporter, GroupImporter
from synchromesh.community.operations.member_importing import MemberImporter, OrganisationImporter, StatedValueImporter
from synchromesh.community.operations.practice_importing import PracticeImporter
from synchromesh.community.operations.project_importing import (
    DeliverableImporter,
    ProjectImporter,
    ProjectResultImporter,
)
from synchromesh.community.operations.region_importing import (
    RegionFactImporter,
    RegionImporter,
    RegionNetworkImporter,
    RegionSiteImporter,
)
from synchromesh.plumbing.imports import Importer

COMMUNITY_IMPORTERS: dict[str, Importer] = {
    OrganisationImporter.kind: OrganisationImporter(),
    MemberImporter.kind: MemberImporter(),
    GroupImporter.kind: GroupImporter(),
    AgreementImporter.kind: AgreementImporter(),
    ProjectImporter.kind: ProjectImporter(),
    DeliverableImporter.kind: DeliverableImporter(),
    ProjectResultImporter.kind: ProjectResultImporter(),
    StatedValueImporter.kind: StatedValueImporter(),
    EngagementImporter.kind: EngagementImporter(),
    PracticeImporter.kind: PracticeImporter(),
    RegionNetworkImporter.kind: RegionNetworkImporter(),
    RegionImporter.kind: RegionImporter(),
    RegionFactImporter.kind: RegionFactImporter(),
    RegionSiteImporter.kind: RegionSiteImporter(),
}
COMMUNITY_KINDS = (
    (OrganisationImporter.kind, gettext_lazy("Organisations")),
    (MemberImporter.kind, gettext_lazy("Members, as the directory is saved")),
    (GroupImporter.kind, gettext_lazy("Groups")),
    (AgreementImporter.kind, gettext_lazy("Agreements")),
    (ProjectImporter.kind, gettext_lazy("Projects, as their list is saved")),
    (DeliverableImporter.kind, gettext_lazy("Deliverables of projects")),
    (ProjectResultImporter.kind, gettext_lazy("Results of projects")),
    (StatedValueImporter.kind, gettext_lazy("Numbers that sources state")),
    (EngagementImporter.kind, gettext_lazy("Engagements")),
    (PracticeImporter.kind, gettext_lazy("Practices, as their list is saved")),
    (RegionNetworkImporter.kind, gettext_lazy("Networks of regions")),
    (RegionImporter.kind, gettext_lazy("Regions that take part")),
    (RegionFactImporter.kind, gettext_lazy("Facts about regions")),
    (RegionSiteImporter.kind, gettext_lazy("Employers and plants in regions")),
)
