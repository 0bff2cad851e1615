"""What goes out of a course: everything that a version shows and asks, to whom it may."""

from __future__ import annotations

import pytest
from tests.engine.exchange.course_files.course_documents import files_of, with_line
from tests.learning.records import a_course_with_content, a_learner, a_question, an_instrument, give_part
from tests.records import a_course, a_skill

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.assessment.models import Purpose
from synchromesh.engine.errors import NotAllowed
from synchromesh.engine.exchange.course_files import open_course_file, read
from synchromesh.learning.operations.course_files import import_course
from synchromesh.learning.queries.course_documents import course_document
from synchromesh.learning.queries.course_exports import export_course, export_name, list_learning_courses

pytestmark = pytest.mark.django_db


def test_the_whole_bank_and_the_tests_of_pilots_go_along() -> None:
    version = a_course_with_content(kinds=("quiz",))
    a_question(version.course, "numeric")
    an_instrument(version.course, key="before", questions=("order",), purpose=Purpose.BEFORE_TEST)
    document = course_document(version)
    assert [instrument.key for instrument in document.instruments] == ["quiz", "before"]
    assert [question["key"] for question in document.questions] == ["single", "multiple", "order", "numeric"]


def test_empty_texts_do_not_go_out() -> None:
    version = a_course_with_content(kinds=("text",), course=a_course("hv", titles={"en": "HV", "de": ""}))
    assert course_document(version).course.titles == {"en": "HV"}


def test_only_authors_and_reviewers_take_a_version_out(person: User) -> None:
    version = import_course(by=OPERATOR, files=files_of(), publish=True).version
    tutor = give_part(a_learner("tutor"), version.course, "tutor")  # who reads answers, but not the bank with its keys
    for by in (person, tutor, VISITOR):
        with pytest.raises(NotAllowed):
            export_course(version, visible_to=by)
    packed = export_course(version, visible_to=give_part(person, version.course, "reviewer"))
    assert read(open_course_file(packed)).problems == ()
    assert export_name(version) == "hv-safety-version-1.zip"


def test_the_list_tells_of_each_course_that_can_be_taken_what_its_newest_version_has() -> None:
    a_skill("isolate-hv")
    import_course(by=OPERATOR, files=files_of(), publish=True)
    import_course(by=OPERATOR, files=with_line(files_of(), "minutes: 5", "minutes: 10"), publish=True)
    a_course_with_content("unpublished", published=False)
    a_course_with_content("hidden", course=a_course("hidden", published_at=None))
    a_course_with_content("practice", kinds=("exercise",))
    first, second = list_learning_courses()
    assert first == {
        "slug": "hv-safety",
        "title": "A title",
        "languages": ["en", "de"],
        "units": 2,
        "minutes": 15,
        "questions": 2,
        "skills": [{"skill": "isolate-hv", "level": 2}],
    }
    assert (second["slug"], second["questions"], second["skills"]) == ("practice", 2, [])
