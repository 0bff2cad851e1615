"""A course as its authors and reviewers open it."""

from __future__ import annotations

import pytest
from tests.learning.records import a_course_with_content, a_learner, a_question, an_instrument, give_part
from tests.records import a_course

from synchromesh.engine.errors import Conflict, NotAllowed, NotFound
from synchromesh.learning.queries.authored_courses import (
    get_authored_course,
    get_question_to_edit,
    get_unit_to_edit,
    list_draft_tests,
    list_tests_asking,
)

pytestmark = pytest.mark.django_db


def test_an_author_sees_the_draft_and_a_reviewer_changes_nothing() -> None:
    published = a_course_with_content("hv", kinds=("text",))
    draft = a_course_with_content("hv", course=published.course, kinds=("text",), published=False)
    seen = get_authored_course("hv", visible_to=give_part(a_learner(), published.course, "author"))
    assert (seen.draft, seen.published, seen.version, seen.may_change) == (draft, published, draft, True)
    reviewer = give_part(a_learner(), published.course, "reviewer")
    assert not get_authored_course("hv", visible_to=reviewer).may_change
    for stranger in (a_learner(), give_part(a_learner(), published.course, "tutor")):
        with pytest.raises(NotAllowed):
            get_authored_course("hv", visible_to=stranger)


def test_what_is_not_there_is_said_in_words() -> None:
    course = a_course("hv")
    author = give_part(a_learner(), course, "author")
    with pytest.raises(NotFound):
        get_authored_course("nowhere", visible_to=author)
    seen = get_authored_course("hv", visible_to=author)
    with pytest.raises(Conflict, match="Begin one first"):
        seen.draft_to_edit()
    with pytest.raises(NotFound):
        seen.shown_version()
    with pytest.raises(NotFound):
        get_question_to_edit(seen, "nothing")
    version = a_course_with_content("hv", course=course, published=False)
    with pytest.raises(NotFound):
        get_unit_to_edit(version, "nothing")


def test_a_unit_chooses_among_the_drafts_of_tests_of_its_course() -> None:
    version = a_course_with_content("hv", kinds=("text",), published=False)
    question = a_question(version.course, "single")
    draft = an_instrument(version.course, "draft", questions=(question,), frozen_at=None)
    frozen = an_instrument(version.course, "frozen", questions=(question,))
    an_instrument(a_course("other"), "elsewhere", frozen_at=None)
    seen = get_authored_course("hv", visible_to=give_part(a_learner(), version.course, "author"))
    assert list_draft_tests(seen) == [draft]
    assert get_question_to_edit(seen, "single") == question
    assert list_tests_asking(question) == [draft, frozen]
