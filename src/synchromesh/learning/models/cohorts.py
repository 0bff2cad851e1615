"""Learning together: how a run takes learners, its dates, its messages, and what is said beside a unit."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course, Run
from synchromesh.learning.models.content import Unit
from synchromesh.learning.models.participation import Enrolment


class Joining(models.TextChoices):
    """How learners get into a cohort."""

    OPEN = "open", "Anybody"
    CODE = "code", "Whoever has the code"
    INVITATION = "invitation", "Whoever is invited"


class Cohort(models.Model):
    """A run that learns here: dates and seats are the run's; this says who may join. No seats stated: no limit."""

    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="cohort")
    joining = models.CharField(max_length=10, choices=Joining.choices, default=Joining.OPEN)
    code = models.CharField(max_length=20, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["run_id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="cohort_code_unique"),
            models.CheckConstraint(
                condition=~models.Q(joining="code") | ~models.Q(code=""), name="cohort_by_code_has_code"
            ),
        ]

    def __str__(self) -> str:
        return f"cohort of {self.run_id}"


class CohortInvitation(models.Model):
    """An invitation by e-mail. Only the hash of its key is kept; it lets one account in, once."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    key_hash = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="cohort_invitations"
    )

    class Meta:
        ordering = ["cohort_id", "email"]
        constraints = [models.UniqueConstraint(fields=["cohort", "email"], name="cohort_invitation_unique")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.uid}"


class CohortDate(models.Model):
    """When a unit is due in a cohort, or, for a live session, when and where it is held."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="dates")
    unit_key = models.SlugField(max_length=80)
    at = models.DateTimeField()
    place = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=1000, blank=True)

    class Meta:
        ordering = ["cohort_id", "at", "id"]
        constraints = [models.UniqueConstraint(fields=["cohort", "unit_key"], name="cohort_date_unique")]

    def __str__(self) -> str:
        return f"{self.unit_key} {self.at:%Y-%m-%d %H:%M}"


class Attendance(models.Model):
    """Whether somebody was there at a live session."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendance")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="attendance")
    was_there = models.BooleanField()
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["enrolment_id", "unit_id"]
        verbose_name_plural = "attendance"
        constraints = [models.UniqueConstraint(fields=["enrolment", "unit"], name="attendance_unique")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.unit_id} {self.was_there}"


class CohortMessage(models.Model):
    """What a tutor wrote to the learners of a cohort; it also goes out by mail."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="messages")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    sent_by = models.CharField(max_length=40)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-sent_at", "-id"]

    def __str__(self) -> str:
        return self.subject


class Post(models.Model):
    """What somebody says beside a unit, for all learners of the course or, with a `run`, of the cohort.

    A deleted account leaves its posts without a name; a hidden post keeps its place, so that answers make sense.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="posts")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, null=True, blank=True, related_name="posts")
    unit_key = models.SlugField(max_length=80)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="posts")
    answers = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    text = models.TextField()
    language = models.CharField(max_length=2)
    posted_at = models.DateTimeField(auto_now_add=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.CharField(max_length=40, blank=True)
    hidden_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["posted_at", "id"]
        indexes = [models.Index(fields=["course", "unit_key"], name="post_of_unit")]

    def __str__(self) -> str:
        return f"post {self.uid}"


class PostReport(models.Model):
    """Somebody thinks that a post should be looked at."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reports")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="post_reports")
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="post_report_unique")]

    def __str__(self) -> str:
        return f"report of {self.post_id}"
