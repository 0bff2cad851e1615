"""Hand the questions about a skill on to its successor."""

from __future__ import annotations

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.assessment.models import Question
from synchromesh.framework.operations.skill_succession import Succession, planned
from synchromesh.plumbing import audit
from synchromesh.plumbing.imports import PlannedRow
from synchromesh.plumbing.record_changes import ChangeLog


def move_skill_references(*, by: audit.Actor, log: ChangeLog, succession: Succession) -> list[PlannedRow]:
    """Move all questions, whatever their revision: a question asks about one skill, after a split about the first part.

    What is asked does not change by it, so that a published test stays what it is. Raises NotAllowed.
    """
    require(is_alliance_staff(by), "Only alliance staff can split or merge skills.")
    rows = []
    for question in Question.objects.filter(skill=succession.retired).select_related("bank").order_by("pk"):
        log.repoint(question, skill=succession.successors[0])
        before, after = succession.retired.slug, succession.successors[0].slug
        rows.append(planned("question", question.key, "skill", before, after))
    return rows
