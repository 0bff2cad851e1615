"""Where the alliance spoke or showed itself at events of others: what, where, who, and what came of it."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation
from synchromesh.community.models.events import DatePrecision, Event
from synchromesh.community.models.groups import Group
from synchromesh.framework.models import Topic
from synchromesh.places.models import Country
from synchromesh.plumbing.sources import SourcedRecord


class EngagementKind(models.TextChoices):
    """What the alliance did there; `PART` where no more is known than that it took part."""

    SPEECH = "speech", "Speech"
    PANEL = "panel", "Panel"
    STAND = "stand", "Stand"
    MEETING = "meeting", "Meeting"
    INTERVIEW = "interview", "Interview"
    PART = "part", "Took part"


class Engagement(SourcedRecord):
    """One appearance. The facts are public; `contacts` and follow-ups are for the group and alliance staff alone.

    `starts_on` and `ends_on` are the first and last day of the month or year where no more is known (`precision`).
    An unknown reach stays empty; a known one says where the number comes from.
    """

    kind = models.CharField(max_length=10, choices=EngagementKind.choices)
    event_title = models.CharField(max_length=300, help_text="As the host calls it.")
    event = models.ForeignKey(Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="engagements")
    host = models.CharField(max_length=200, blank=True, help_text="The organisation that invited; empty: not known.")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="engagements",
        help_text="The host, where it has a page here.",
    )
    group = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="engagements")
    precision = models.CharField(max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY)
    starts_on = models.DateField()
    ends_on = models.DateField()
    place = models.CharField(max_length=300, blank=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True, related_name="engagements")
    subject = models.CharField(max_length=300, blank=True, help_text="What it was about.")
    topics = models.ManyToManyField(Topic, blank=True, related_name="engagements")
    speakers = models.TextField(blank=True, help_text="One in a line: name, and after a comma the function.")
    slides_url = models.URLField(max_length=1000, blank=True)
    slides_name = models.CharField(max_length=120, blank=True, help_text="Of a file that lies under the uid.")
    reach = models.PositiveIntegerField(null=True, blank=True)
    reach_source = models.CharField(max_length=200, blank=True)
    contacts = models.TextField(blank=True)
    made_by = models.CharField(max_length=40)
    edited_at = models.DateTimeField(null=True, blank=True, help_text="By hand; an import leaves it alone then.")

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["starts_on", "kind"], name="engagement_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["import_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="engagement_source_external_id_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="engagement_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(reach=None) | ~models.Q(reach_source=""), name="engagement_reach_has_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.event_title}"


class FollowUp(models.Model):
    """Something to do after an engagement, by a day; done or not."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="follow_ups")
    text = models.CharField(max_length=500)
    due_on = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["engagement", "due_on", "id"]

    def __str__(self) -> str:
        return self.text
