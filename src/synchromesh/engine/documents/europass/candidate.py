"""The present generation of Europass CVs: `Candidate`, built on HR Open Standards, since 2020.

Source of the names: Europass CV XML schema documentation 3.0.0 of the European Commission (2020), kept at
https://github.com/europass-unofficial/europass-schema-docs
"""

from __future__ import annotations

from synchromesh.engine.documents.assembling import Assembly
from synchromesh.engine.documents.europass.nodes import Node
from synchromesh.engine.documents.europass.passages import Schema, add_sections, period

ROOT = "Candidate"


def add_candidate(assembly: Assembly, root: Node) -> None:
    """Add the first profile; the others say the same in other languages (rule BR-COM-02) and are only named."""
    profiles = [child for child in root.children if child.name == "CandidateProfile"]
    for profile in profiles[:1]:
        add_sections(assembly, profile, _SCHEMA)
    for number, profile in enumerate(profiles[1:], start=2):
        language = profile.attributes.get("languageCode", "no stated language")[:20]
        assembly.report(f"profile {number}", f"Only the first profile was read; this one ({language}) was left out.")


def _period(node: Node) -> str:
    current = "true" in (node.said("CurrentIndicator").lower(), node.said("Ongoing").lower())
    return period(_date(node.find("StartDate")), _date(node.find("EndDate")), is_current=current)


def _date(node: Node | None) -> str:
    if node is None:
        return ""
    return node.said("FormattedDateTime").partition("T")[0]


def _competency(node: Node) -> str:
    """Return a skill by its name; a language has only a code, and its levels."""
    name = node.said("CompetencyName") or node.said("CompetencyID")
    levels = []
    for dimension in node.every("CompetencyDimension"):
        kind = dimension.said("CompetencyDimensionTypeCode").removeprefix("CEF-").replace("-", " ").lower()
        if level := dimension.said("Score", "ScoreText"):
            levels.append(f"{kind} {level}".strip())
    if "://" in name:  # the address of a term, not its name
        return ""
    return f"{name}: {', '.join(levels)}" if name and levels else name


def _licence(node: Node) -> str:
    named = node.said("LicenseName") or node.said("LicenseTypeCode")
    return f"Licence: {named}" if named else ""


_SCHEMA = Schema(
    sections={
        "CandidateObjective": "objective",
        "ExecutiveSummary": "summary",
        "ExperienceSummary": "summary of experience",
        "EmploymentHistory": "work experience",
        "EducationHistory": "education",
        "Licenses": "licences",
        "Certifications": "certificates",
        "CourseCertifications": "certificates",
        "MilitaryHistory": "military service",
        "PatentHistory": "patents",
        "PublicationHistory": "publications",
        "SpeakingHistory": "talks",
        "PersonQualifications": "languages and qualifications",
        "Skills": "skills",
        "DigitalSkills": "digital skills",
        "CommunicationAndInterpersonalSkills": "communication skills",
        "ManagementAndLeadershipSkills": "management skills",
        "OrganisationalSkills": "organisational skills",
        "Projects": "projects",
        "CreativeWorks": "creative works",
        "ConferencesAndSeminars": "conferences and seminars",
        "NetworksAndMemberships": "networks and memberships",
        "OrganizationAffiliations": "memberships",
        "VoluntaryWorks": "voluntary work",
        "HobbiesAndInterests": "interests",
        "Others": "other",
    },
    single=frozenset(("CandidateObjective", "ExecutiveSummary", "ExperienceSummary")),
    fields=frozenset(
        (
            *("PositionTitle", "OrganizationName", "Department", "DegreeName", "ProgramName", "Title", "Role"),
            *("CertificationName", "IssuingAuthority", "PatentTitle", "Thesis", "DegreeMajor", "MajorProgramName"),
            *("QualificationsSummary", "Name", "DigitalSkill"),
        )
    ),
    prose=frozenset(
        (
            *("Description", "OccupationalSkillsCovered", "ExecutiveSummary", "CandidateObjective", "Comment"),
            *("FormattedPublicationDescription", "CertificationDescription", "ExperienceSummary"),
        )
    ),
    left_out=frozenset(
        (
            *("OrganizationContact", "PersonContact", "Communication", "PersonName", "Referee", "Attachment"),
            *("AttachmentReference", "Link", "Address", "Verification", "EducationLevelCode"),
        )
    ),
    special={
        "EmploymentPeriod": _period,
        "AttendancePeriod": _period,
        "Date": _period,
        "FreeFormEffectivePeriod": _period,
        "PersonCompetency": _competency,
        "License": _licence,
    },
)
