"""Small records and files for tests; every column has a good value until a test says otherwise."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.utils import timezone

from synchromesh.accounts.models import Organisation, OrganisationKindOf
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, CourseSkill, Run
from synchromesh.catalogue.operations.importing import CourseImporter
from synchromesh.framework.models import (
    Anchor,
    FrameworkVersion,
    JobRole,
    Requirement,
    Skill,
    Topic,
    VersionStatus,
)
from synchromesh.framework.operations.importing import FrameworkImporter
from synchromesh.pathways.queries.gaps import Gap, find_gap
from synchromesh.plumbing import imports
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.models import AuditEvent, ImportBatch, ImportedChange

TODAY = date(2027, 3, 1)
"""The day on which the tests that ask for one take place."""

Levels = Mapping[str, int]
Teaching = Mapping[str, tuple[int | None, int]]


def a_topic(slug: str = "battery", **columns: Any) -> Topic:
    """A field with an English title."""
    return Topic.objects.create(**({"slug": slug, "titles": {"en": slug.title()}} | columns))


def a_skill(slug: str, *topics: Topic, **columns: Any) -> Skill:
    """A skill whose title is its slug in words; no version of the framework speaks of it yet."""
    title = slug.replace("-", " ").capitalize()
    skill = Skill.objects.create(**({"slug": slug, "titles": {"en": title}} | columns))
    skill.topics.set(topics)
    return skill


def a_skill_in_force(slug: str, *topics: Topic, **columns: Any) -> Skill:
    """A skill that the published version describes, so that it is matched and found."""
    skill = a_skill(slug, *topics, **columns)
    Anchor.objects.create(version=the_version(), skill=skill, level=1, texts={"en": f"Knows {slug}."})
    return skill


def the_version() -> FrameworkVersion:
    """The published version; made when there is none."""
    return FrameworkVersion.objects.get_or_create(
        status=VersionStatus.PUBLISHED, defaults={"number": 1, "published_at": timezone.now()}
    )[0]


def a_role(slug: str, needs: Levels, *topics: Topic, **columns: Any) -> JobRole:
    """A role that needs the given skills at these levels, in this order of weight; missing skills are made."""
    title = slug.replace("-", " ").capitalize()
    role = JobRole.objects.create(**({"slug": slug, "titles": {"en": title}} | columns))
    role.topics.set(topics)
    for place, (name, level) in enumerate(needs.items()):
        skill = Skill.objects.filter(slug=name).first() or a_skill(name)
        Requirement.objects.create(
            version=the_version(), role=role, skill=skill, level=level, weight=max(1, 5 - place // 3)
        )
        Anchor.objects.get_or_create(
            version=the_version(), skill=skill, level=level, defaults={"texts": {"en": f"Does {name} at {level}."}}
        )
    return role


def a_course(slug: str, teaches: Teaching | None = None, *, confirmed: bool = True, **columns: Any) -> Course:
    """A published online course in English of 60 minutes for EUR 20 that teaches skills from an entry to a level."""
    stated = {
        "slug": slug,
        "titles": {"en": slug.replace("-", " ").capitalize()},
        "price_cents": 2000,
        "currency": "EUR",
        "minutes": 60,
        "mode": "online",
        "languages": ["en"],
        "published_at": timezone.now(),
    }
    course = Course.objects.create(**(stated | columns))
    for name, (entry, level) in (teaches or {}).items():
        CourseSkill.objects.create(
            course=course,
            skill=Skill.objects.filter(slug=name).first() or a_skill(name),
            entry_level=entry,
            level=level,
            confirmed_at=timezone.now() if confirmed else None,
            confirmed_by="operator" if confirmed else "",
        )
    return course


def a_run(course: Course, starts_on: date | None, **columns: Any) -> Run:
    """A run of the course; without a day it has words instead."""
    number = course.runs.count() + 1
    return Run.objects.create(**({"course": course, "external_id": str(number), "starts_on": starts_on} | columns))


def a_provider(slug: str = "south-school", **columns: Any) -> Organisation:
    """A training provider."""
    provider = Organisation.objects.create(
        **({"slug": slug, "name": slug.replace("-", " ").title(), "url": "https://example.org/"} | columns)
    )
    OrganisationKindOf.objects.create(organisation=provider, kind="provider")
    return provider


def a_gap(role: JobRole, **have: int) -> Gap:
    """The gap of somebody who answered these levels; underscores in names stand for hyphens."""
    uids = {skill.slug: str(skill.uid) for skill in Skill.objects.all()}
    return find_gap(role, answers={uids[name.replace("_", "-")]: level for name, level in have.items()})


def csv_file(*rows: Mapping[str, object]) -> bytes:
    """Rows as CSV; the columns are those of all rows together."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


def zip_file(files: Mapping[str, bytes]) -> bytes:
    """Files as an ordinary zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def bomb() -> bytes:
    """A zip of a few kilobytes with a table that unpacks to a thousand times its size."""
    return zip_file({"skills.csv": bytes(20 * 1024 * 1024)})


def course_row(identity: str = "c1", **cells: object) -> dict[str, object]:
    """One row of the course template with the two cells that every test needs."""
    return {"id": identity, "title": f"Course {identity}"} | cells


def preview_feed(content: bytes, **options: Any) -> tuple[ImportBatch, imports.ImportPlan]:
    """Preview a course feed of the source "north"."""
    return imports.preview(
        CourseImporter(), by=OPERATOR, file=io.BytesIO(content), name="courses.csv", source="north", options=options
    )


def commit_feed(content: bytes, **options: Any) -> ImportBatch:
    """Preview and commit a course feed of the source "north"."""
    return imports.commit(CourseImporter(), by=OPERATOR, batch=preview_feed(content, **options)[0])


def undo_feed(batch: ImportBatch, *, by: Actor = OPERATOR) -> ImportBatch:
    """Undo a course feed."""
    return imports.undo(CourseImporter(), by=by, batch=batch)


def preview_framework(
    content: bytes, *, name: str = "tables.zip", **options: Any
) -> tuple[ImportBatch, imports.ImportPlan]:
    """Preview a framework file of the source "alliance"."""
    return imports.preview(
        FrameworkImporter(), by=OPERATOR, file=io.BytesIO(content), name=name, source="alliance", options=options
    )


def commit_framework(content: bytes, *, name: str = "tables.zip", **options: Any) -> ImportBatch:
    """Preview and commit a framework file of the source "alliance"."""
    return imports.commit(FrameworkImporter(), by=OPERATOR, batch=preview_framework(content, name=name, **options)[0])


def undo_framework(batch: ImportBatch, *, by: Actor = OPERATOR) -> ImportBatch:
    """Undo a framework import."""
    return imports.undo(FrameworkImporter(), by=by, batch=batch)


def stored(*left_out: type) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the product, to compare before and after; records of mechanisms are left out."""
    skipped = {AuditEvent, ImportBatch, ImportedChange, *left_out}
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("synchromesh.") and model not in skipped
    }
