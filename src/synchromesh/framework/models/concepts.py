"""The lasting things: a field, a skill and a job role keep their uid through every version."""

from __future__ import annotations

from django.db import models

from synchromesh.plumbing.sources import SourcedLink, SourcedRecord
from synchromesh.plumbing.translated_text import TranslatedField


def _found_by_source(name: str) -> models.UniqueConstraint:
    """An import finds a record again by (import source, external id); records made by hand have no external id."""
    return models.UniqueConstraint(
        fields=["import_source", "external_id"], condition=~models.Q(external_id=""), name=name
    )


class Topic(SourcedRecord):
    """One of the alliance's fields, shown as "Field" (address /fields/{slug})."""

    slug = models.SlugField(max_length=80, unique=True)
    titles = TranslatedField()
    summaries = TranslatedField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return str(self.titles.get("en", self.slug))


class SkillKind(models.TextChoices):
    """What a skill is: doing, knowing, or a key competence used in any job."""

    SKILL = "skill", "Skill"
    KNOWLEDGE = "knowledge", "Knowledge"
    COMPETENCE = "competence", "Key competence"


class Skill(SourcedRecord):
    """Something a person can do or know, at one of three levels."""

    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=SkillKind.choices, default=SkillKind.SKILL)
    titles = TranslatedField()
    descriptions = TranslatedField()
    topics = models.ManyToManyField(Topic, blank=True, related_name="skills")
    retired_at = models.DateTimeField(null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors")

    class Meta:
        ordering = ["slug"]
        constraints = [_found_by_source("skill_source_external_id_unique")]

    def __str__(self) -> str:
        return str(self.titles.get("en", self.slug))


class Family(SourcedRecord):
    """An occupational family: job roles that share most of their work, such as cell production."""

    slug = models.SlugField(max_length=80, unique=True)
    titles = TranslatedField()

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "families"
        constraints = [_found_by_source("family_source_external_id_unique")]

    def __str__(self) -> str:
        return str(self.titles.get("en", self.slug))


class JobRole(SourcedRecord):
    """A reference job role."""

    slug = models.SlugField(max_length=120, unique=True)
    titles = TranslatedField()
    summaries = TranslatedField()
    tasks = models.JSONField(default=dict, blank=True, help_text="Language code to a list of things done on the job.")
    topics = models.ManyToManyField(Topic, blank=True, related_name="roles")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, blank=True, related_name="roles")
    area = models.CharField(max_length=160, blank=True)
    eqf_min = models.PositiveSmallIntegerField(null=True, blank=True)
    eqf_max = models.PositiveSmallIntegerField(null=True, blank=True)
    eqf_source = models.CharField(max_length=300, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            _found_by_source("role_source_external_id_unique"),
            models.CheckConstraint(
                condition=models.Q(eqf_min=None, eqf_max=None)
                | models.Q(eqf_min__gte=1, eqf_max__lte=8, eqf_min__lte=models.F("eqf_max")),
                name="role_eqf_1_to_8",
            ),
        ]

    def __str__(self) -> str:
        return str(self.titles.get("en", self.slug))


class EscoLink(SourcedLink):
    """How a skill or a role relates to an ESCO concept, as a SKOS match; *exact* only when it is.

    `esco_version` is the version of ESCO that whoever confirmed the link looked at; empty where nobody has.
    """

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, null=True, blank=True, related_name="esco_links")
    role = models.ForeignKey(JobRole, on_delete=models.CASCADE, null=True, blank=True, related_name="esco_links")
    uri = models.URLField(max_length=300)
    match = models.CharField(max_length=10, choices=[(m, m) for m in ("exact", "close", "broad", "narrow", "related")])
    esco_version = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["uri", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(skill=None) ^ models.Q(role=None), name="esco_link_of_a_skill_or_a_role"
            ),
            models.UniqueConstraint(fields=["skill", "uri"], name="esco_link_of_skill_unique"),
            models.UniqueConstraint(fields=["role", "uri"], name="esco_link_of_role_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.match} {self.uri}"


class EscoRejection(models.Model):
    """Somebody has looked at a concept and said that it does not fit a skill or a role: it is not proposed again.

    A note of the crosswalk desk about its subject, not content of the framework: it goes with the skill or role when an
    import that brought those is undone.
    """

    goes_with_its_whole = True  # see plumbing.record_changes

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, null=True, blank=True, related_name="esco_rejections")
    role = models.ForeignKey(JobRole, on_delete=models.CASCADE, null=True, blank=True, related_name="esco_rejections")
    uri = models.URLField(max_length=300)
    esco_version = models.CharField(max_length=20, blank=True)
    rejected_by = models.CharField(max_length=40)
    rejected_at = models.DateTimeField()

    class Meta:
        ordering = ["uri", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(skill=None) ^ models.Q(role=None), name="esco_rejection_of_a_skill_or_a_role"
            ),
            models.UniqueConstraint(fields=["skill", "uri"], name="esco_rejection_of_skill_unique"),
            models.UniqueConstraint(fields=["role", "uri"], name="esco_rejection_of_role_unique"),
        ]

    def __str__(self) -> str:
        return f"not {self.uri}"


class Address(models.Model):
    """A slug that a record had before; its old address redirects."""

    kind = models.CharField(max_length=12)
    slug = models.SlugField(max_length=120)
    uid = models.UUIDField()

    class Meta:
        ordering = ["kind", "slug"]
        verbose_name_plural = "addresses"
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="address_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
