"""Instruments: what is put to a learner, by which rules."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.assessment.models.banks import Question, QuestionBank
from synchromesh.plumbing.translated_text import TranslatedField


class Purpose(models.TextChoices):
    """What an instrument is for. A questionnaire has no right answers and no result."""

    QUIZ = "quiz", "Quiz"
    FINAL_TEST = "final-test", "Final test"
    ASSIGNMENT = "assignment", "Assignment"
    BEFORE_TEST = "before-test", "Test before the course"
    AFTER_TEST = "after-test", "Test after the course"
    QUESTIONNAIRE = "questionnaire", "Questionnaire"


class AttemptRule(models.TextChoices):
    """Which attempt counts."""

    BEST = "best", "The best attempt"
    LATEST = "latest", "The latest attempt"
    FIRST = "first", "The first attempt"


class FeedbackTime(models.TextChoices):
    """When a learner sees what was right."""

    AFTER_EACH = "after-each", "After each answer"
    AFTER_END = "after-end", "After handing in"
    AFTER_PASS = "after-pass", "After passing, or after the last attempt"
    NEVER = "never", "Only the points"


class Instrument(models.Model):
    """A test, quiz, assignment or questionnaire. Once frozen (its course version is published) it never changes."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bank = models.ForeignKey(QuestionBank, on_delete=models.CASCADE, related_name="instruments")
    key = models.SlugField(max_length=80)
    purpose = models.CharField(max_length=14, choices=Purpose.choices)
    titles = TranslatedField()
    introductions = TranslatedField()
    minutes = models.PositiveIntegerField(null=True, blank=True, help_text="Time limit; empty: none.")
    attempts_allowed = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: as many as one likes.")
    attempt_rule = models.CharField(max_length=6, choices=AttemptRule.choices, default=AttemptRule.BEST)
    pass_percent = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: taking part is enough.")
    shuffle_questions = models.BooleanField(default=False)
    shuffle_choices = models.BooleanField(default=True)
    feedback = models.CharField(max_length=10, choices=FeedbackTime.choices, default=FeedbackTime.AFTER_END)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["bank_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pass_percent=None) | models.Q(pass_percent__gte=1, pass_percent__lte=100),
                name="instrument_pass_percent",
            ),
            models.CheckConstraint(
                condition=models.Q(attempts_allowed=None) | models.Q(attempts_allowed__gte=1),
                name="instrument_attempts_allowed",
            ),
            models.CheckConstraint(condition=models.Q(minutes=None) | models.Q(minutes__gte=1), name="instrument_time"),
        ]

    def __str__(self) -> str:
        return str(self.titles.get("en") or self.key)


class InstrumentPart(models.Model):
    """A pool of questions of which `count` are drawn; a pool of one is a question that everybody gets."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["instrument_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "position"], name="instrument_part_position_unique"),
            models.CheckConstraint(condition=models.Q(count__gte=1), name="instrument_part_count"),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} part {self.position}"


class PartQuestion(models.Model):
    """One question of a part."""

    part = models.ForeignKey(InstrumentPart, on_delete=models.CASCADE, related_name="entries")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["part_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["part", "position"], name="part_question_position_unique"),
            models.UniqueConstraint(fields=["part", "question"], name="part_question_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.question_id}"
