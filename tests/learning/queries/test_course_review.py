"""The review sheet of a version that is stored here."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.engine.exchange.course_files.course_documents import a_document_of_a_course, files_of
from tests.records import a_skill

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.exchange.course_files.course_review import review
from synchromesh.learning.operations.course_files import import_course
from synchromesh.learning.operations.outline_editing import delete_unit
from synchromesh.learning.operations.versions import create_draft
from synchromesh.learning.queries.course_review import version_review

pytestmark = pytest.mark.django_db


def test_a_stored_version_gives_the_sheet_of_its_file(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    a_skill("isolate-hv")
    version = import_course(by=OPERATOR, files=files_of(), publish=True).version
    with django_assert_max_num_queries(10):
        sheet = version_review(version)
    assert sheet == review(a_document_of_a_course())


def test_what_a_draft_dropped_since_is_a_gap_of_its_sheet() -> None:
    a_skill("isolate-hv")
    version = import_course(by=OPERATOR, files=files_of(), publish=True).version
    draft = create_draft(by=OPERATOR, course=version.course)
    delete_unit(by=OPERATOR, unit=draft.units.get(key="welcome"))
    said = [gap.message for gap in version_review(draft).gaps if gap.position == "outcome 1"]
    assert "There is no unit 'welcome' any more." in said
    assert "There is no unit 'welcome' any more." not in [gap.message for gap in version_review(version).gaps]
