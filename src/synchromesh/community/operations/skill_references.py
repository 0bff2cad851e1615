"""Hand the skills of practices and lessons on to their successors."""

from __future__ import annotations

from typing import Any

from django.db import models

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.community.models import LessonSkill, PracticeSkill
from synchromesh.framework.operations.skill_succession import Succession, planned
from synchromesh.plumbing import audit
from synchromesh.plumbing.imports import PlannedRow
from synchromesh.plumbing.record_changes import ChangeLog


def move_skill_references(*, by: audit.Actor, log: ChangeLog, succession: Succession) -> list[PlannedRow]:
    """Let each practice and lesson name every successor in the place of the retired skill. Raises NotAllowed."""
    require(is_alliance_staff(by), "Only alliance staff can split or merge skills.")
    return [
        *_move(log, succession, PracticeSkill, owner="practice"),
        *_move(log, succession, LessonSkill, owner="lesson"),
    ]


def _move(log: ChangeLog, succession: Succession, model: type[models.Model], *, owner: str) -> list[PlannedRow]:
    rows = []
    links: Any = model._default_manager.filter(skill=succession.retired).select_related(owner).order_by("pk")
    for link in links:
        record = getattr(link, owner)
        present = set(record.skill_links.values_list("skill_id", flat=True))
        missing = [skill for skill in succession.successors if skill.pk not in present]
        for skill in missing[1:]:
            log.create(model(**{owner: record, "skill": skill}))
        if missing:
            log.change(link, skill=missing[0])
        else:
            log.delete(link)
        rows.append(planned(owner, record.slug, "skill", succession.retired.slug, succession.names()))
    return rows
