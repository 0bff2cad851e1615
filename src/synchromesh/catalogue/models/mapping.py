"""What people said about single suggestions: the judgements from which matching learns, and what is not asked again."""

from __future__ import annotations

from django.db import models

from synchromesh.catalogue.models.courses import Course
from synchromesh.framework.models import Skill


class MappingDecision(models.TextChoices):
    """What a person decided about a skill for a course, or about words of its text."""

    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Rejected"
    NOT_A_SKILL = "not_a_skill", "Not a skill here"


class MappingVerdict(models.Model):
    """One judgement. Of several about the same skill of a course the latest stands.

    `quote` are the words that were marked and `sentence` the sentence around them as it was then, so that a judgement
    can still be learned from when the course says something else by now; both are empty where no text was seen.
    `probability` and `mode` are what the page showed, empty where a person came upon the skill without a suggestion.
    `decided_by` is a public id. A verdict is `inherited` where it was given about a skill that was split since, so that
    nobody has judged this very skill, or where a merge left two judgements that say the opposite: such a row is kept as
    a trace and counts for nothing.
    """

    goes_with_its_whole = True  # a note about the course; see plumbing.record_changes

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="mapping_verdicts")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, null=True, blank=True, related_name="mapping_verdicts")
    decision = models.CharField(max_length=12, choices=MappingDecision.choices)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)
    sentence = models.TextField(blank=True)
    language = models.CharField(max_length=2, blank=True)
    probability = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    mode = models.CharField(max_length=10, blank=True)
    inherited = models.BooleanField(default=False)
    decided_by = models.CharField(max_length=40)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="not_a_skill", skill=None) & ~models.Q(quote="")
                | ~models.Q(decision="not_a_skill") & ~models.Q(skill=None),
                name="mapping_verdict_of_a_skill_or_of_words",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="confirmed", level__gte=1, level__lte=3)
                | ~models.Q(decision="confirmed") & models.Q(level=None),
                name="mapping_verdict_level_where_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.decision} {self.skill_id or self.quote}"
