"""Projects of the alliance, who takes part, what is delivered and what came of it."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course
from synchromesh.community.models.events import Event
from synchromesh.community.models.practices import Practice
from synchromesh.framework.models import JobRole
from synchromesh.plumbing.sources import SourcedRecord
from synchromesh.plumbing.translated_text import TranslatedField


class Project(SourcedRecord):
    """A project; `coordinator` is no row among its partners.

    `begins` and `ends` are as exact as their source: 2018, 2018-01 or 2018-01-15.
    Numbers that sources state (partners, countries, budget) are `StatedValue`s: sources disagree, and none is dropped.
    """

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=100)
    full_name = models.CharField(max_length=300, blank=True)
    programme = models.CharField(max_length=200, blank=True)
    begins = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)
    subjects = TranslatedField()
    coordinator = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="coordinated_projects"
    )
    url = models.URLField(max_length=1000, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True, help_text="Edited here: a file leaves it alone.")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["import_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="project_source_external_id_unique",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProjectPartner(models.Model):
    """An organisation that takes part in a project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="projects")
    task = models.CharField(max_length=200, blank=True, help_text="What it does there.")

    class Meta:
        ordering = ["project", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "organisation"], name="project_partner_unique")]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.project_id}"


class WorkPackage(models.Model):
    """A part of a project's work."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="work_packages")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    lead = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["project", "number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="work_package_number_unique")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Deliverable(SourcedRecord):
    """Something a project hands over: an address, or a file in the data folder (`name` and the columns after it)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="deliverables")
    work_package = models.ForeignKey(
        WorkPackage, on_delete=models.SET_NULL, null=True, blank=True, related_name="deliverables"
    )
    code = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    bytes = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    uploaded_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["project", "code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "code"], condition=~models.Q(code=""), name="deliverable_code_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


class ProjectResult(SourcedRecord):
    """A role, course, practice or event that came of a project, with where that is said."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="results")
    role = models.ForeignKey(JobRole, on_delete=models.CASCADE, null=True, blank=True, related_name="project_results")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, null=True, blank=True, related_name="project_results")
    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, null=True, blank=True, related_name="project_results"
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, null=True, blank=True, related_name="project_results")

    class Meta:
        ordering = ["project", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "role"], name="project_result_role_unique"),
            models.UniqueConstraint(fields=["project", "course"], name="project_result_course_unique"),
            models.UniqueConstraint(fields=["project", "practice"], name="project_result_practice_unique"),
            models.UniqueConstraint(fields=["project", "event"], name="project_result_event_unique"),
            models.CheckConstraint(
                condition=(
                    models.Q(role__isnull=False, course=None, practice=None, event=None)
                    | models.Q(role=None, course__isnull=False, practice=None, event=None)
                    | models.Q(role=None, course=None, practice__isnull=False, event=None)
                    | models.Q(role=None, course=None, practice=None, event__isnull=False)
                ),
                name="project_result_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role or self.course or self.practice or self.event} of {self.project}"
