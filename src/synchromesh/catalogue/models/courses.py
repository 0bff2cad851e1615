"""A course is what is offered; a run is one occurrence of it. Unknown is empty, never 0."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation
from synchromesh.framework.models import Skill, Topic
from synchromesh.places.models import Country, Region
from synchromesh.plumbing.sources import SourcedLink, SourcedRecord
from synchromesh.plumbing.translated_text import TranslatedField


class Mode(models.TextChoices):
    """Where learning happens; empty means unknown."""

    ONLINE = "online", "Online"
    ON_SITE = "on-site", "On site"
    BLENDED = "blended", "Online and on site"
    SELF_STUDY = "self-study", "Self-study"
    IN_COMPANY = "in-company", "In your company"


class Certificate(models.TextChoices):
    """What a learner gets at the end; empty means unknown."""

    NONE = "none", "Nothing"
    ATTENDANCE = "attendance", "Certificate of attendance"
    CERTIFICATE = "certificate", "Certificate after a test"
    MICRO_CREDENTIAL = "micro-credential", "Micro-credential"
    QUALIFICATION = "qualification", "Qualification"


class Accessibility(models.TextChoices):
    """What makes a course usable for more people, as its source states it."""

    CAPTIONS = "captions", "Captions"
    TRANSCRIPT = "transcript", "Transcripts"
    SIGN_LANGUAGE = "sign-language", "Sign language"
    AUDIO_DESCRIPTION = "audio-description", "Audio description"
    SCREEN_READER = "screen-reader", "Works with a screen reader"
    KEYBOARD = "keyboard", "Works with the keyboard alone"
    EASY_LANGUAGE = "easy-language", "Easy language"
    STEP_FREE = "step-free", "Step-free rooms"


class Course(SourcedRecord):
    """What a provider offers. `record_type` keeps the source's word, since many sources name whole programmes.

    `missing_since` is the day on which the feed that brought the course stopped naming it: it is marked, never erased.
    A course that was found to be the same as another is `merged_into` that one; its address leads there.
    `last_confirmed_on` is when somebody last said that everything is still right (`confirmed_by`, a public id or the
    name of a feed), `refresh_asked_on` when the provider was last asked.
    `learned_here_since` is when content of it was first published here; empty where it can only be taken elsewhere.
    """

    untracked_columns = frozenset({"last_confirmed_on", "confirmed_by", "refresh_asked_on", "learned_here_since"})

    slug = models.SlugField(max_length=160, unique=True)
    record_type = models.CharField(max_length=80, default="course")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="courses")
    titles = TranslatedField()
    summaries = TranslatedField()
    descriptions = TranslatedField()
    outcomes = models.JSONField(default=dict, blank=True, help_text="Language code to a list of outcomes.")
    topics = models.ManyToManyField(Topic, blank=True, related_name="courses")
    languages = models.JSONField(default=list, blank=True, help_text="Codes of the languages it is taught in.")
    subtitles = models.JSONField(default=list, blank=True)
    mode = models.CharField(max_length=12, choices=Mode.choices, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    workload_text = models.CharField(max_length=200, blank=True)
    price_cents = models.PositiveIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    price_text = models.CharField(max_length=200, blank=True)
    certificate = models.CharField(max_length=20, choices=Certificate.choices, blank=True)
    eqf_min = models.PositiveSmallIntegerField(null=True, blank=True)
    eqf_max = models.PositiveSmallIntegerField(null=True, blank=True)
    eqf_text = models.CharField(max_length=200, blank=True)
    ects = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    keywords = models.JSONField(default=list, blank=True, help_text="The source's own words for the subject.")
    licence = models.CharField(max_length=300, blank=True, help_text="Name or address of the terms of the texts.")
    accessibility = models.JSONField(default=list, blank=True, help_text="Codes of what it offers; see Accessibility.")
    published_at = models.DateTimeField(null=True, blank=True)
    missing_since = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_courses"
    )
    last_confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=80, blank=True)
    refresh_asked_on = models.DateField(null=True, blank=True)
    learned_here_since = models.DateTimeField(null=True, blank=True)
    skills = models.ManyToManyField(Skill, through="CourseSkill", related_name="courses")

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["import_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="course_source_external_id_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(price_cents=None) | ~models.Q(currency=""), name="course_price_has_currency"
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(published_at=None),
                name="merged_course_is_not_published",
            ),
        ]

    def __str__(self) -> str:
        return str(self.titles.get("en") or next(iter(self.titles.values()), self.slug))


class CourseSkill(SourcedLink):
    """A course teaches a skill from an entry level to a level; no entry level means level - 1, shown as assumed."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="skill_links")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="course_links")
    entry_level = models.PositiveSmallIntegerField(null=True, blank=True)
    level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["course", "skill"]
        constraints = [
            models.UniqueConstraint(fields=["course", "skill"], name="course_skill_unique"),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=3)
                & (models.Q(entry_level=None) | models.Q(entry_level__lt=models.F("level"))),
                name="course_skill_levels_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} teaches {self.skill_id} to {self.level}"


class Run(models.Model):
    """One occurrence: dates, place, deadline, seats. Dates in words are kept where the source has only words."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="runs")
    external_id = models.CharField(max_length=200)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    dates_text = models.CharField(max_length=200, blank=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, blank=True)
    mode = models.CharField(max_length=12, choices=Mode.choices, blank=True)
    deadline_on = models.DateField(null=True, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)
    url = models.URLField(max_length=1000, blank=True)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["course", "external_id"], name="run_external_id_unique"),
            models.CheckConstraint(
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="run_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.starts_on or self.dates_text}"
