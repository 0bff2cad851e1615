"""Skills of achievements when a skill is merged or split: new credentials name the successor, signed ones stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.credentials.records import a_content, a_credential, an_achievement
from tests.records import a_skill

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Achievement, AchievementVersion
from synchromesh.credentials.operations.achievements import edit_achievement, end_achievement, publish_achievement
from synchromesh.engine.errors import Conflict
from synchromesh.framework.models import Skill
from synchromesh.plumbing.models import ImportBatch
from synchromesh.site.skill_changes import commit_skill_change, preview_skill_change, undo_skill_change

pytestmark = pytest.mark.django_db
MERGE = {"merge": {"from": ["old"], "into": "new"}}


def _commit(request: Mapping[str, Any] = MERGE) -> ImportBatch:
    return commit_skill_change(by=OPERATOR, batch=preview_skill_change(by=OPERATOR, request=request)[0])


def _proved(version: AchievementVersion) -> dict[str, int]:
    return dict(version.skills.values_list("skill__slug", "level"))


@pytest.fixture
def achievement(db: None) -> Achievement:
    """One that proves `old` at 2 and `new` at 1."""
    return an_achievement(skills=[(a_skill("old"), 2), (a_skill("new"), 1)])


def test_what_was_published_stays_and_a_new_version_names_the_successor_at_the_higher_level(
    achievement: Achievement,
) -> None:
    first = a_credential(achievement)
    _commit()
    old, new = achievement.versions.order_by("number")
    assert (_proved(old), _proved(new)) == ({"old-retired": 2, "new": 1}, {"new": 2})
    assert (first.version, a_credential(achievement, occasion="test:2").version) == (old, new)
    assert new.titles == old.titles


def test_a_draft_goes_on_behind_the_new_version(achievement: Achievement) -> None:
    content = a_content(skills=[(Skill.objects.get(slug="old"), 3)])
    draft = edit_achievement(by=OPERATOR, achievement=achievement, content=content)
    _commit()
    draft.refresh_from_db()
    assert (draft.number, draft.published_at, _proved(draft)) == (3, None, {"new": 3})
    assert publish_achievement(by=OPERATOR, achievement=achievement).number == 3


def test_parts_of_a_split_are_all_proved(achievement: Achievement) -> None:
    for slug in ("first", "second"):
        a_skill(slug)
    _commit({"split": {"from": "old", "into": ["first", "second"]}})
    assert _proved(achievement.versions.latest("number")) == {"first": 2, "second": 2, "new": 1}


def test_what_has_ended_gets_no_new_version(achievement: Achievement) -> None:
    end_achievement(by=OPERATOR, achievement=achievement)
    _commit()
    assert achievement.versions.count() == 1


def test_the_merge_is_not_undone_once_a_credential_of_the_new_version_exists(achievement: Achievement) -> None:
    batch = _commit()
    a_credential(achievement)
    with pytest.raises(Conflict):
        undo_skill_change(by=OPERATOR, batch=batch)
    assert _proved(achievement.versions.latest("number")) == {"new": 2}
