"""Who may import courses, and files that are refused whole."""

from __future__ import annotations

from io import BytesIO

import pytest
from tests.records import bomb, course_row, csv_file, preview_feed, undo_feed

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.operations.importing import CourseImporter
from synchromesh.engine.errors import InvalidInput, NotAllowed
from synchromesh.plumbing import imports

pytestmark = pytest.mark.django_db


def test_staff_may_import_and_undo_and_others_may_not(staff: User, person: User, manager: User) -> None:
    importer, file = CourseImporter(), csv_file(course_row())
    for by in (person, manager, VISITOR):
        with pytest.raises(NotAllowed):
            imports.preview(importer, by=by, file=BytesIO(file), name="c.csv", source="north")
    batch, _ = preview_feed(file)
    for by in (person, manager, VISITOR):
        with pytest.raises(NotAllowed):
            imports.commit(importer, by=by, batch=batch)
    imports.commit(importer, by=staff, batch=batch)
    with pytest.raises(NotAllowed):
        undo_feed(batch, by=manager)
    undo_feed(batch, by=staff)
    assert not Course.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"%PDF-1.7",
        b"{}",
        b"id,colour\n1,x\n",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        "title\nGröße".encode("utf-16")[:-1],
    ],
)
def test_a_file_that_is_no_use_is_refused_whole_with_words(content: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        preview_feed(content)
    assert refused.value.message.endswith(".")


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(InvalidInput):
        preview_feed(bomb())
