"""Question banks: questions in revisions, so that a published test never changes under somebody who takes it."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course
from synchromesh.engine.vocabulary.questions import QuestionKind
from synchromesh.framework.models import Skill
from synchromesh.plumbing.translated_text import TranslatedField


class QuestionBank(models.Model):
    """Questions that belong together: those of a course, or those that an organisation keeps for several."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.OneToOneField(Course, on_delete=models.CASCADE, null=True, blank=True, related_name="question_bank")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="question_banks"
    )
    titles = TranslatedField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(course=None, organisation__isnull=False)
                | models.Q(course__isnull=False, organisation=None),
                name="question_bank_has_one_owner",
            )
        ]

    def __str__(self) -> str:
        return f"questions {self.uid}"


class Question(models.Model):
    """One revision of a question. A revision that a frozen test uses never changes: editing makes the next one.

    `document` is the whole question as `engine.vocabulary.question_documents` reads and writes it, with its key; it
    never goes to a browser as it is.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bank = models.ForeignKey(QuestionBank, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=80)
    revision = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in QuestionKind])
    document = models.JSONField()
    points = models.DecimalField(max_digits=6, decimal_places=2, default=1)
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="questions")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=40)
    replaced_at = models.DateTimeField(null=True, blank=True, help_text="When a newer revision or a removal took over.")

    class Meta:
        ordering = ["bank_id", "key", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["bank", "key", "revision"], name="question_revision_unique"),
            models.UniqueConstraint(
                fields=["bank", "key"], condition=models.Q(replaced_at=None), name="question_one_newest_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.revision})"
