"""The one rule by which a list is narrowed down to the skills or job roles whose names hold some words."""

from __future__ import annotations

from synchromesh.framework.models import JobRole, Skill
from synchromesh.framework.models.esco import fold


def has_words(record: Skill | JobRole, words: str) -> bool:
    """Whether one name of the record, a title in any language or the slug, holds each word, whole or in part.

    Case and forms of letters do not count (see `fold`). No words are in every name.
    """
    wanted = fold(words).split()
    return any(all(word in name for word in wanted) for name in map(fold, (record.slug, *record.titles.values())))
