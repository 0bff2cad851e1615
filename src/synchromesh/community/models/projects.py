"""Projects of the alliance, who takes part, what is delivered and what came of it."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course
from synchromesh.framework.models import JobRole
from synchromesh.plumbing.sources import SourcedRecord
from synchromesh.plumbing.translated_text import TranslatedField


class Project(SourcedRecord):
    """A project. `begins` and `ends` are as exact as their source: 2018, 2018-01 or 2018-01-15.

    Numbers that sources state (partners, countries, budget) are `StatedValue`s: sources disagree, and none is dropped.
    """

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=100)
    full_name = models.CharField(max_length=300, blank=True)
    programme = models.CharField(max_length=200, blank=True)
    begins = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)
    subjects = TranslatedField()
    url = models.URLField(max_length=1000, blank=True)

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
    """An organisation in a project; one of them coordinates."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="projects")
    is_coordinator = models.BooleanField(default=False)
    task = models.CharField(max_length=200, blank=True, help_text="What it does there.")

    class Meta:
        ordering = ["project", "-is_coordinator", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation"], name="project_partner_unique"),
            models.UniqueConstraint(
                fields=["project"], condition=models.Q(is_coordinator=True), name="project_one_coordinator"
            ),
        ]

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


class Deliverable(models.Model):
    """Something a project hands over: an address, or a file in the data folder (`name` and the columns after it)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
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
    source_url = models.URLField(max_length=1000, blank=True)
    source_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["project", "code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "code"], condition=~models.Q(code=""), name="deliverable_code_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


class ProjectResult(models.Model):
    """A role or course that came of a project, with where that is said."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="results")
    role = models.ForeignKey(JobRole, on_delete=models.CASCADE, null=True, blank=True, related_name="project_results")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, null=True, blank=True, related_name="project_results")
    source = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=1000, blank=True)

    class Meta:
        ordering = ["project", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "role"], name="project_result_role_unique"),
            models.UniqueConstraint(fields=["project", "course"], name="project_result_course_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.role_id or self.course_id} of {self.project_id}"
