"""The tables about members, groups and projects that the desk imports, and what to call them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from synchromesh.community.operations.group_importing import AgreementImporter, GroupImporter
from synchromesh.community.operations.member_importing import MemberImporter, OrganisationImporter, StatedValueImporter
from synchromesh.community.operations.project_importing import (
    DeliverableImporter,
    ProjectImporter,
    ProjectResultImporter,
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
)
