"""Versions as authors see them: which there are, what differs, what must be mended."""

from __future__ import annotations

import pytest
from tests.learning.records import a_course_with_content, an_enrolment, give_part

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import ContentVersion
from synchromesh.learning.operations.outline_editing import (
    add_unit,
    change_unit,
    delete_unit,
    move_unit,
    save_unit_content,
)
from synchromesh.learning.operations.versions import add_remark, create_draft, settle_remark
from synchromesh.learning.queries.versions import (
    compare_versions,
    find_draft,
    find_newest_version,
    get_version,
    list_course_versions,
    list_remarks,
    problems_of_unit,
    version_problems,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ContentVersion:
    """A published version with four units."""
    return a_course_with_content(kinds=("text", "text", "picture", "quiz"))


def test_versions_are_listed_newest_first_with_learners_and_open_remarks(version: ContentVersion) -> None:
    an_enrolment(version)
    an_enrolment(version, state="left")
    draft = create_draft(by=OPERATOR, course=version.course)
    settle_remark(by=OPERATOR, remark_uid=add_remark(by=OPERATOR, version=draft, text="Done").uid)
    add_remark(by=OPERATOR, version=draft, text="Open")
    listed = [
        (entry.version.number, entry.units, entry.learners, entry.open_remarks)
        for entry in list_course_versions(version.course.slug, visible_to=OPERATOR)
    ]
    assert listed == [(2, 4, 0, 1), (1, 4, 1, 0)]
    assert [remark.text for remark in list_remarks(draft)] == ["Open", "Done"]
    assert (find_draft(version.course), find_newest_version(version.course)) == (draft, version)


def test_authors_and_reviewers_see_a_draft_and_tutors_a_version(version: ContentVersion, person: User) -> None:
    draft = create_draft(by=OPERATOR, course=version.course)
    for by in (person, VISITOR):
        for number in (1, 2):
            with pytest.raises(NotFound):
                get_version(version.course, number, visible_to=by)
    give_part(person, version.course, "tutor")
    assert get_version(version.course, 1, visible_to=person) == version
    with pytest.raises(NotFound):
        get_version(version.course, 2, visible_to=person)
    give_part(person, version.course, "reviewer")
    assert get_version(version.course, 2, visible_to=person) == draft


def test_the_difference_names_units_that_came_went_and_changed(version: ContentVersion) -> None:
    draft = create_draft(by=OPERATOR, course=version.course)
    section = draft.sections.get(key="second")
    add_unit(by=OPERATOR, section=section, kind="text", titles={"en": "New one"})
    delete_unit(by=OPERATOR, unit=draft.units.get(key="text-2"))
    save_unit_content(by=OPERATOR, unit=draft.units.get(key="text"), content={"blocks": []})
    change_unit(by=OPERATOR, unit=draft.units.get(key="picture"), minutes=9, is_required=False)
    move_unit(by=OPERATOR, unit=draft.units.get(key="quiz"), position=1)
    found = compare_versions(version, draft)
    assert [unit.key for unit in found.added] == ["new-one"]
    assert [unit.key for unit in found.removed] == ["text-2"]
    assert {change.key: set(change.fields) for change in found.changed} == {
        "text": {"content"},
        "picture": {"minutes", "is_required", "place"},
        "quiz": {"place"},
    }
    assert found.settings == ()
    assert compare_versions(draft, draft).is_empty


def test_what_must_be_mended_is_told_by_unit(version: ContentVersion) -> None:
    draft = create_draft(by=OPERATOR, course=version.course)
    assert version_problems(draft) == []
    draft.units.filter(key="picture").update(content={"media": "gone.png", "alternatives": {"en": "A pack"}})
    places = {problem.position.split(",")[0] for problem in version_problems(draft)}
    assert places == {"unit picture"}
    assert problems_of_unit(draft, "picture") == version_problems(draft)
    assert problems_of_unit(draft, "text") == []
