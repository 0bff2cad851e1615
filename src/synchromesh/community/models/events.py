"""Events of the alliance: when and where they are, their programme, what is handed out, and their series."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation
from synchromesh.credentials.models import Achievement
from synchromesh.framework.models import Topic
from synchromesh.places.models import Country, Region
from synchromesh.plumbing.sources import SourcedRecord
from synchromesh.plumbing.translated_text import TranslatedField


class EventKind(models.TextChoices):
    """What kind of event it is; `stated_kind` keeps what a source calls it."""

    CONFERENCE = "conference", "Conference"
    STUDY_VISIT = "study-visit", "Study visit"
    VET_FORUM = "vet-forum", "VET forum"
    WORKSHOP = "workshop", "Workshop"
    WEBINAR = "webinar", "Webinar"
    MEETING = "meeting", "Meeting"
    OTHER = "other", "Other"


class EventState(models.TextChoices):
    """A draft is there for its organisers only; what is called off stays, so that calendars learn of it."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    CANCELLED = "cancelled", "Cancelled"


class EventVisibility(models.TextChoices):
    """Who knows of an event beside its organisers."""

    PUBLIC = "public", "Everybody"
    MEMBERS = "members", "Members of the alliance"


class EventMode(models.TextChoices):
    """Where people meet; empty where the source does not say it."""

    ON_SITE = "on-site", "On site"
    ONLINE = "online", "Online"
    BLENDED = "blended", "Online and on site"


class DatePrecision(models.TextChoices):
    """How exactly dates are known: `starts_on` and `ends_on` are then the first and last day of the month or year."""

    DAY = "day", "To the day"
    MONTH = "month", "To the month"
    YEAR = "year", "To the year"


class EventSeries(models.Model):
    """Events that follow each other under one name, such as a yearly conference."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    titles = TranslatedField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "event series"

    def __str__(self) -> str:
        return str(self.titles.get("en", self.slug))


class Event(SourcedRecord):
    """One event. Whoever calls it by its `uid` in a calendar finds it again; each change counts `sequence` up.

    `starts_on` and `ends_on` are days at the place of the event. With times there are also the instants, and `zone`
    says in which time zone they are meant. Only who is registered sees `online_url`.
    """

    slug = models.SlugField(max_length=120, unique=True)
    titles = TranslatedField()
    summaries = TranslatedField()
    travel_notes = TranslatedField()
    kind = models.CharField(max_length=12, choices=EventKind.choices, default=EventKind.OTHER)
    stated_kind = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=9, choices=EventState.choices, default=EventState.DRAFT)
    visibility = models.CharField(max_length=7, choices=EventVisibility.choices, default=EventVisibility.PUBLIC)
    series = models.ForeignKey(EventSeries, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    organiser = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    topics = models.ManyToManyField(Topic, blank=True, related_name="events")

    precision = models.CharField(max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY)
    starts_on = models.DateField()
    ends_on = models.DateField()
    starts_at = models.DateTimeField(null=True, blank=True, help_text="Empty: all day.")
    ends_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=64, default="Europe/Brussels")
    mode = models.CharField(max_length=8, choices=EventMode.choices, blank=True)
    place = models.CharField(max_length=300, blank=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    url = models.URLField(max_length=1000, blank=True, help_text="A page of the event elsewhere.")
    online_url = models.URLField(max_length=1000, blank=True)

    takes_registrations = models.BooleanField(default=False)
    needs_approval = models.BooleanField(default=False)
    takes_guests = models.BooleanField(default=False, help_text="People without an account may register.")
    seats = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: without a limit.")
    seats_per_organisation = models.PositiveIntegerField(null=True, blank=True)
    registers_from_at = models.DateTimeField(null=True, blank=True)
    registers_until_at = models.DateTimeField(null=True, blank=True)
    guest_days = models.PositiveSmallIntegerField(default=30, help_text="Guests are forgotten so long after the end.")
    achievement = models.ForeignKey(
        Achievement,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        help_text="What whoever was there is awarded; empty: a certificate of attendance without a signature.",
    )

    words = models.TextField(blank=True, editable=False, help_text="What the search of the list looks through, folded.")
    sequence = models.PositiveIntegerField(default=0)
    made_by = models.CharField(max_length=40)
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=500, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True, help_text="By people here; then no file changes it.")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["starts_on", "slug"]
        indexes = [
            models.Index(fields=["state", "visibility", "starts_on"], name="event_listed"),
            models.Index(fields=["state", "visibility", "ends_on"], name="event_coming"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["import_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="event_source_external_id_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="event_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at=None, ends_at=None)
                | (models.Q(starts_at__isnull=False) & models.Q(ends_at__gt=models.F("starts_at"))),
                name="event_has_both_times_or_none",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at=None) | models.Q(precision=DatePrecision.DAY),
                name="event_times_need_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=EventState.CANCELLED) | models.Q(cancelled_at__isnull=False),
                name="event_cancelled_says_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.titles.get("en", self.slug))


class ProgrammeItem(models.Model):
    """One point of the programme. Those with the same `track` stand together; `speakers` names who agreed to it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="programme")
    titles = TranslatedField()
    track = models.CharField(max_length=100, blank=True)
    room = models.CharField(max_length=100, blank=True)
    speakers = models.CharField(max_length=500, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["event", "starts_at", "track", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="programme_item_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return str(self.titles.get("en", self.uid))


class MaterialAudience(models.TextChoices):
    """Who may open something that is handed out."""

    PUBLIC = "public", "Everybody who may see the event"
    REGISTERED = "registered", "Whoever has a place"


class EventMaterial(models.Model):
    """Something handed out: an address elsewhere, or a file whose bytes lie on disk under the `uid`."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=1000, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    bytes = models.PositiveIntegerField(default=0)
    audience = models.CharField(max_length=10, choices=MaterialAudience.choices, default=MaterialAudience.REGISTERED)
    uploaded_by = models.CharField(max_length=40)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["event", "added_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(url="") & ~models.Q(file_name="")) | (~models.Q(url="") & models.Q(file_name="")),
                name="event_material_address_or_file",
            )
        ]

    def __str__(self) -> str:
        return self.title
