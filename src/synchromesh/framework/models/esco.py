"""ESCO as the operator loaded it: concepts of one or several versions, labels in any language, and their relations.

Nothing here ships with the product. Our own skills and roles refer to concepts by their address (`EscoLink`), so that
links outlive the version they were made with.
"""

from __future__ import annotations

import unicodedata

from django.db import models

from synchromesh.engine.exchange.esco_packs import LONGEST_LABEL, LONGEST_URI


def fold(text: str) -> str:
    """Make a text comparable whatever its case and its forms of letters; the same on every database.

    Source: Unicode Standard, section 3.13 (caseless matching) and annex 15 (NFKC).
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class EscoVersion(models.Model):
    """One release of ESCO, such as "1.1.1". Several may be loaded; pages show the active one."""

    label = models.CharField(max_length=20, unique=True)
    imported_at = models.DateTimeField()
    is_active = models.BooleanField(default=False)
    languages = models.JSONField(default=list, help_text="Codes of the loaded languages, in the order of loading.")
    counts = models.JSONField(default=dict, help_text="Number of concepts by kind.")

    class Meta:
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"], condition=models.Q(is_active=True), name="one_active_esco_version"
            )
        ]

    def __str__(self) -> str:
        return f"ESCO {self.label}"


class EscoKind(models.TextChoices):
    """What a concept is."""

    SKILL = "skill", "Skill"
    KNOWLEDGE = "knowledge", "Knowledge"
    OCCUPATION = "occupation", "Occupation"
    SKILL_GROUP = "skill-group", "Group of skills"
    ISCO_GROUP = "isco-group", "Group of occupations"


class EscoConcept(models.Model):
    """A skill, an occupation or a group of them, in one version."""

    version = models.ForeignKey(EscoVersion, on_delete=models.CASCADE, related_name="concepts", db_index=False)
    uri = models.CharField(max_length=LONGEST_URI)
    kind = models.CharField(max_length=12, choices=EscoKind.choices)
    code = models.CharField(max_length=40, blank=True)
    reuse_level = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["version", "uri"]
        constraints = [models.UniqueConstraint(fields=["version", "uri"], name="esco_concept_unique")]
        indexes = [models.Index(fields=["version", "kind"], name="esco_concept_kind")]

    def __str__(self) -> str:
        return self.uri


class EscoLabelKind(models.TextChoices):
    """The name of a concept, another name for it, or a wording that is only to be found by a search."""

    PREFERRED = "preferred", "Preferred"
    ALTERNATIVE = "alternative", "Alternative"
    HIDDEN = "hidden", "Hidden"


class EscoLabel(models.Model):
    """One label in one language. `folded` is `fold(text)`: look labels up by (language, folded)."""

    concept = models.ForeignKey(EscoConcept, on_delete=models.CASCADE, related_name="labels", db_index=False)
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=11, choices=EscoLabelKind.choices)
    text = models.CharField(max_length=LONGEST_LABEL)
    folded = models.CharField(max_length=3 * LONGEST_LABEL)

    class Meta:
        ordering = ["concept", "language", "kind", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "language"],
                condition=models.Q(kind="preferred"),
                name="esco_label_one_preferred",
            )
        ]
        indexes = [
            models.Index(fields=["concept", "language", "kind"], name="esco_label_of_concept"),
            # With the concept, so that a search for words inside labels reads the index alone.
            models.Index(fields=["language", "folded", "concept"], name="esco_label_text"),
        ]

    def __str__(self) -> str:
        return self.text


class EscoText(models.Model):
    """What a concept means, in one language."""

    concept = models.ForeignKey(EscoConcept, on_delete=models.CASCADE, related_name="texts", db_index=False)
    language = models.CharField(max_length=2)
    description = models.TextField()

    class Meta:
        ordering = ["concept", "language"]
        constraints = [models.UniqueConstraint(fields=["concept", "language"], name="esco_text_unique")]

    def __str__(self) -> str:
        return self.description[:80]


class EscoRelationKind(models.TextChoices):
    """`broader` leads up the hierarchy; a concept needs another one as essential or optional."""

    BROADER = "broader", "Broader"
    ESSENTIAL = "essential", "Essential"
    OPTIONAL = "optional", "Optional"
    RELATED = "related", "Related"


class EscoRelation(models.Model):
    """From one concept to another of the same version: `source` has the broader concept `target`, or needs it."""

    source = models.ForeignKey(EscoConcept, on_delete=models.CASCADE, related_name="relations", db_index=False)
    target = models.ForeignKey(EscoConcept, on_delete=models.CASCADE, related_name="relations_to")
    kind = models.CharField(max_length=9, choices=EscoRelationKind.choices)

    class Meta:
        ordering = ["source", "kind", "target"]
        constraints = [models.UniqueConstraint(fields=["source", "target", "kind"], name="esco_relation_unique")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class EscoMembership(models.Model):
    """A concept belongs to a collection of ESCO, such as green, digital or transversal."""

    concept = models.ForeignKey(EscoConcept, on_delete=models.CASCADE, related_name="memberships", db_index=False)
    collection = models.CharField(max_length=40)

    class Meta:
        ordering = ["collection", "concept"]
        constraints = [models.UniqueConstraint(fields=["concept", "collection"], name="esco_membership_unique")]
        indexes = [models.Index(fields=["collection"], name="esco_membership_collection")]

    def __str__(self) -> str:
        return f"{self.collection}: {self.concept_id}"
