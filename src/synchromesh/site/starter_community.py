"""What ships about the alliance's work, as a table: each part is one CSV file, read by an importer of the community.

`site.starter` loads the parts in the order of the table, through the same preview and commit that people use. A part
that names records of another part (an event its region, a project its organisations) stands below that one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from synchromesh.community.operations.engagement_importing import EngagementImporter
from synchromesh.community.operations.event_importing import EventImporter
from synchromesh.community.operations.group_importing import AgreementImporter, GroupImporter
from synchromesh.community.operations.member_importing import (
    MemberImporter,
    OrganisationImporter,
    StatedValueImporter,
)
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
)
from synchromesh.plumbing.imports import Importer
from synchromesh.plumbing.sources import Origin

FOLDER = "community"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of the folder `starter/community`, and who reads it.

    `origin` goes to the importer as the option of that name: real for facts of others, starter for our own drafts.
    """

    name: str
    file: str
    importer: Callable[[], Importer]
    origin: Origin = Origin.REAL


PARTS: tuple[Part, ...] = (
    Part(name="networks of regions", file="region_networks.csv", importer=RegionNetworkImporter),
    Part(name="regions", file="regions.csv", importer=RegionImporter),
    Part(name="facts about regions", file="region_facts.csv", importer=RegionFactImporter),
    Part(name="organisations of the alliance", file="organisations.csv", importer=OrganisationImporter),
    Part(name="members", file="members.csv", importer=MemberImporter),
    Part(name="projects", file="projects.csv", importer=ProjectImporter),
    Part(name="deliverables", file="deliverables.csv", importer=DeliverableImporter),
    Part(name="stated numbers", file="stated_values.csv", importer=StatedValueImporter),
    Part(name="groups", file="groups.csv", importer=GroupImporter),
    Part(name="agreements", file="agreements.csv", importer=AgreementImporter),
    Part(name="practices", file="practices.csv", importer=PracticeImporter, origin=Origin.STARTER),
    Part(name="events", file="events.csv", importer=EventImporter),
    Part(name="results of projects", file="project_results.csv", importer=ProjectResultImporter),
    Part(name="engagements", file="engagements.csv", importer=EngagementImporter),
)
