"""The lists of the crosswalk desk: who is in which state, in which order, and at which cost."""

from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.esco_records import METALS, SOLDERING, WELDER, WELDING, an_esco
from tests.records import a_role, a_skill

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import EscoConcept, EscoLink, EscoVersion, Skill
from synchromesh.framework.operations.crosswalk import confirm_esco_match, reject_esco_match
from synchromesh.framework.queries import crosswalk_desk
from synchromesh.framework.queries.crosswalk_desk import (
    STATES,
    count_crosswalk,
    find_next,
    get_subject,
    list_crosswalk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def newer() -> EscoVersion:
    """Skills in each state under 1.2.0, in which soldering is gone; and a role that is done."""
    an_esco("1.1.1")
    for slug in ("bend", "solder", "types", "weld", "weld-metal"):
        a_skill(slug)
    a_skill("former", retired_at=timezone.now())
    role = a_role("welder", {})
    confirm_esco_match(by=OPERATOR, subject=_skill("weld"), uri=WELDING, match="exact")
    confirm_esco_match(by=OPERATOR, subject=_skill("solder"), uri=SOLDERING, match="exact")
    confirm_esco_match(by=OPERATOR, subject=role, uri=WELDER, match="exact")
    EscoLink.objects.create(skill=_skill("types"), uri=METALS, match="close", method="import")
    reject_esco_match(by=OPERATOR, subject=_skill("bend"), uri=METALS)
    EscoVersion.objects.update(is_active=False)
    version = an_esco("1.2.0")
    EscoConcept.objects.get(version=version, uri=SOLDERING).delete()
    return version


def _skill(slug: str) -> Skill:
    return Skill.objects.get(slug=slug)


def _slugs(state: str, kind: str = "skill", page: int = 1) -> list[str]:
    return [row.subject.slug for row in list_crosswalk(kind=kind, state=state, page=page).rows]


def test_everything_in_force_is_in_exactly_one_state(newer: EscoVersion) -> None:
    assert {state: _slugs(state) for state in STATES} == {
        "to-do": ["bend", "weld-metal"],
        "to-check": ["types"],
        "moved": ["solder"],
        "done": ["weld"],
        "rejected": ["bend"],
    }
    assert {state: _slugs(state, kind="role") for state in STATES if state != "done"} == {
        "to-do": [],
        "to-check": [],
        "moved": [],
        "rejected": [],
    }
    assert _slugs("done", kind="role") == ["welder"]


def test_the_counts_are_those_of_the_lists(newer: EscoVersion) -> None:
    counts = list_crosswalk(kind="skill", state="done").counts
    assert counts == {"to-do": 2, "to-check": 1, "moved": 1, "done": 1, "rejected": 1}
    assert count_crosswalk() == {"to-do": 2, "to-check": 1, "moved": 1, "done": 2}


def test_a_row_says_what_is_linked_what_moved_and_what_has_the_same_name(newer: EscoVersion) -> None:
    (done,) = list_crosswalk(kind="skill", state="done").rows
    assert [(link.match, name.uri if name else "") for link, name in done.links] == [("exact", WELDING)]
    (moved,) = list_crosswalk(kind="skill", state="moved").rows
    assert [change.kind for entry in moved.moved for change in entry.changes] == ["gone"]
    assert [name for _, name in moved.links] == [None]
    names = {row.subject.slug: row.same_names for row in list_crosswalk(kind="skill", state="to-do").rows}
    assert names == {"bend": (), "weld-metal": ("weld metal",)}
    (rejected,) = list_crosswalk(kind="skill", state="rejected").rows
    assert [row.uri for row, _ in rejected.rejections] == [METALS]


def test_a_skill_with_a_link_that_nobody_confirmed_is_not_done(newer: EscoVersion) -> None:
    EscoLink.objects.create(skill=_skill("weld"), uri=METALS, match="related")
    assert _slugs("done") == []
    assert _slugs("to-check") == ["types", "weld"]


def test_the_next_one_follows_by_title_and_begins_again_at_the_end(newer: EscoVersion) -> None:
    found = find_next("skill", "to-do", _skill("bend"))
    assert found == _skill("weld-metal")
    assert find_next("skill", "to-do", _skill("weld-metal")) == _skill("bend")
    assert find_next("skill", "to-do", _skill("types")) == _skill("weld-metal")
    assert find_next("skill", "done", _skill("weld")) is None


def test_a_list_goes_over_several_pages(monkeypatch: pytest.MonkeyPatch, newer: EscoVersion) -> None:
    monkeypatch.setattr(crosswalk_desk, "SUBJECTS_PER_PAGE", 1)
    assert [_slugs("to-do", page=page) for page in (1, 2, 9)] == [["bend"], ["weld-metal"], ["weld-metal"]]


def test_only_skills_and_roles_in_force_are_subjects(newer: EscoVersion) -> None:
    assert get_subject("skill", "weld") == _skill("weld")
    assert get_subject("role", "welder").slug == "welder"
    for kind, slug in (("skill", "former"), ("skill", "nobody"), ("role", "weld"), ("course", "weld")):
        with pytest.raises(NotFound):
            get_subject(kind, slug)


def test_the_lists_work_without_esco() -> None:
    a_skill("weld")
    assert _slugs("to-do") == ["weld"]
    assert count_crosswalk()["to-do"] == 1


@pytest.mark.parametrize("state", STATES)
def test_the_number_of_questions_does_not_grow_with_the_skills(
    newer: EscoVersion, state: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        skill = a_skill(f"more-{number}")
        if number % 3:
            EscoLink.objects.create(skill=skill, uri=METALS, match="close", confirmed_at=timezone.now())
        reject_esco_match(by=OPERATOR, subject=skill, uri=WELDER)
    with django_assert_max_num_queries(16):
        list_crosswalk(kind="skill", state=state)
    with django_assert_max_num_queries(11):
        count_crosswalk()
