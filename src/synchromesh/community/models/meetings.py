"""Meetings of a group and who was there."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import User
from synchromesh.community.models.groups import Group, Readers


class Meeting(models.Model):
    """A meeting of a group. `sequence` counts its changes, as calendars expect.

    `online_url` is seen by the people of the group only; the minutes by whom `minutes_readers` says, and not before
    `minutes_at`.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField(max_length=200)
    agenda = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=60, help_text="Such as Europe/Brussels.")
    place = models.CharField(max_length=200, blank=True)
    online_url = models.URLField(max_length=1000, blank=True)
    minutes = models.TextField(blank=True)
    minutes_readers = models.CharField(max_length=10, choices=Readers.choices, default=Readers.GROUP)
    minutes_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_later")
        ]

    def __str__(self) -> str:
        return self.title


class AttendanceState(models.TextChoices):
    """What a person said before, or what was noted at the meeting."""

    COMING = "coming", "Will come"
    EXCUSED = "excused", "Cannot come"
    PRESENT = "present", "Was there"
    ABSENT = "absent", "Was not there"


class MeetingAttendance(models.Model):
    """A person and a meeting; seen by the people of the group only. `recorded_by` is a public id."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="meeting_attendances")
    state = models.CharField(max_length=10, choices=AttendanceState.choices)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="meeting_attendance_unique")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.meeting_id}: {self.state}"
