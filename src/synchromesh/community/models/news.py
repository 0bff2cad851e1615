"""News in several languages, corrections of them, and digests that people asked for."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation, User
from synchromesh.framework.models import Topic
from synchromesh.places.models import Region
from synchromesh.plumbing.sources import SourcedRecord
from synchromesh.plumbing.translated_text import TranslatedField


class NewsReaders(models.TextChoices):
    """Who reads an article once it is published."""

    PUBLIC = "public", "Everybody"
    MEMBERS = "members", "Members of the alliance"


class NewsArticle(SourcedRecord):
    """One article; a draft until `published_at`. Bodies are Markdown. `organisation` wrote it; empty: the alliance.

    The slug is made from the first title and stays, so that addresses and ids in feeds never change.
    """

    slug = models.SlugField(max_length=120, unique=True)
    titles = TranslatedField()
    summaries = TranslatedField()
    bodies = TranslatedField()
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="news_articles"
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="news_articles")
    regions = models.ManyToManyField(Region, blank=True, related_name="news_articles")
    visibility = models.CharField(max_length=7, choices=NewsReaders.choices, default=NewsReaders.PUBLIC)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=40, blank=True)
    made_by = models.CharField(max_length=40)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [models.Index(fields=["visibility", "published_at"], name="news_listed")]

    def __str__(self) -> str:
        return str(self.titles.get("en", self.slug))


class NewsCorrection(models.Model):
    """What was wrong in a published article and is put right; shown with the article for good."""

    article = models.ForeignKey(NewsArticle, on_delete=models.CASCADE, related_name="corrections")
    notes = TranslatedField()
    written_by = models.CharField(max_length=40)
    corrected_at = models.DateTimeField()

    class Meta:
        ordering = ["article", "corrected_at", "id"]

    def __str__(self) -> str:
        return f"{self.article_id} {self.corrected_at}"


class DigestFrequency(models.TextChoices):
    """How often a digest comes, if there is something new."""

    WEEKLY = "weekly", "Every week"
    MONTHLY = "monthly", "Every month"


class DigestSubscription(models.Model):
    """A digest by topic and region, for a person or for an address that was confirmed by a mail.

    No topic and no region: of everything. `told_until` is the instant up to which the digest has told what is new; it
    moves in the transaction that queues the mail, so that a run that breaks off tells nothing twice.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.OneToOneField(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="digest_subscription"
    )
    address = models.EmailField(blank=True)
    address_hash = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=7)
    frequency = models.CharField(max_length=7, choices=DigestFrequency.choices, default=DigestFrequency.MONTHLY)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")
    regions = models.ManyToManyField(Region, blank=True, related_name="+")
    with_news = models.BooleanField(default=True)
    with_events = models.BooleanField(default=True)
    with_courses = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["frequency", "told_until"], name="digest_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, address="", address_hash="")
                | (models.Q(person=None) & ~models.Q(address="") & ~models.Q(address_hash="")),
                name="digest_for_a_person_or_an_address",
            ),
            models.UniqueConstraint(
                fields=["address_hash"], condition=~models.Q(address_hash=""), name="digest_address_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(with_news=True) | models.Q(with_events=True) | models.Q(with_courses=True),
                name="digest_has_a_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.frequency} digest {self.uid}"
