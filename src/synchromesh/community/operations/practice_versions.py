"""The published versions of a practice: its texts as they were, so that later readers see what was changed."""

from __future__ import annotations

from django.db.models import Max

from synchromesh.community.models import Practice, PracticeVersion
from synchromesh.community.queries.practice_columns import TEXTS
from synchromesh.plumbing.audit import Actor


def next_version(practice: Practice, *, by: Actor) -> PracticeVersion:
    """A version, not stored yet, of what the practice says now."""
    last = practice.versions.aggregate(last=Max("number"))["last"] or 0
    content = {name: getattr(practice, column) for name, column in TEXTS.items()}
    return PracticeVersion(practice=practice, number=last + 1, content=content, published_by=by.public_id)
