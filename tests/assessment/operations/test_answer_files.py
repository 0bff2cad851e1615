"""Files of strangers: taken only when they are what they say, kept under a name of ours, seen by nobody else."""

from __future__ import annotations

import os
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.assessment.records import NOW, a_person, a_test, answer, begin, give_part, minutes
from tests.records import zip_file

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment import tasks
from synchromesh.assessment.models import AnswerFile, Attempt
from synchromesh.assessment.operations.answer_files import (
    MOST_FILES,
    add_answer_file,
    remove_answer_file,
    remove_leftover_files,
)
from synchromesh.assessment.operations.answer_types import check_answer_file
from synchromesh.assessment.operations.attempts import check_answer, submit_attempt
from synchromesh.assessment.queries.answer_files import answer_folder, answer_place, get_answer_file, open_answer_file
from synchromesh.catalogue.models import CoursePart
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound

PDF = b"%PDF-1.7\nwords"
DOCX = zip_file({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
ODT = zip_file({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"})


@pytest.fixture
def attempt(person: User) -> Attempt:
    """An attempt with a question that takes files, and one that takes none."""
    return begin(person, a_test("file", "single", changes={"file": {"endings": ["pdf", "txt"], "most_megabytes": 1}}))


def _send(attempt: Attempt, name: str = "plan.pdf", content: bytes = PDF, **columns: object) -> AnswerFile:
    given = {"by": attempt.person, "attempt_uid": attempt.uid, "position": 1, "now": NOW} | columns
    return add_answer_file(name=name, content=content, **given)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_file_is_the_answer_and_lies_where_only_the_server_reads_it(attempt: Attempt) -> None:
    file = _send(attempt, "C:\\Users\\me\\../My plan\n.PDF")
    place = answer_place(file.uid)
    assert (file.name, file.media_type, file.bytes) == ("My plan.PDF", "application/pdf", len(PDF))
    assert place.read_bytes() == PDF
    assert (place.stat().st_mode & 0o777, place.name) == (0o600, str(file.uid))
    assert attempt.responses.get(position=1).answer == [str(file.uid)]
    with open_answer_file(file) as found:
        assert found.read() == PDF


@pytest.mark.django_db
def test_a_file_is_taken_back_with_its_bytes(
    attempt: Attempt, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    kept, file = _send(attempt), _send(attempt, "notes.txt", b"words")
    with django_capture_on_commit_callbacks(execute=True):
        remove_answer_file(by=attempt.person, file_uid=file.uid, now=NOW)
    assert attempt.responses.get(position=1).answer == [str(kept.uid)]
    assert not answer_place(file.uid).exists()
    with pytest.raises(NotFound):
        remove_answer_file(by=attempt.person, file_uid=file.uid, now=NOW)
    with pytest.raises(NotFound):
        open_answer_file(file)


@pytest.mark.django_db
def test_somebody_elses_file_does_not_exist(attempt: Attempt) -> None:
    file, other = _send(attempt), a_person("other")
    tutor = give_part(a_person("tutor"), attempt.instrument, CoursePart.TUTOR)
    reviewer = give_part(a_person("reviewer"), attempt.instrument, CoursePart.REVIEWER)
    for by in (other, reviewer):
        with pytest.raises(NotFound):
            get_answer_file(file.uid, visible_to=by)
    for by in (other, tutor):
        with pytest.raises(NotFound):
            _send(attempt, by=by)
        with pytest.raises(NotFound):
            remove_answer_file(by=by, file_uid=file.uid)
    for by in (tutor, attempt.person):
        assert get_answer_file(file.uid, visible_to=by) == file
    for uid in (uuid4(), "../../secret-key"):
        with pytest.raises(NotFound):
            get_answer_file(uid, visible_to=attempt.person)


@pytest.mark.django_db
def test_an_answer_names_only_files_of_its_own(attempt: Attempt, person: User) -> None:
    file = _send(attempt)
    answer(attempt, 1, [str(file.uid)])
    with pytest.raises(InvalidInput):
        answer(attempt, 1, [str(uuid4())])
    another = begin(person, a_test("file"))
    with pytest.raises(InvalidInput):
        answer(another, 1, [str(file.uid)])


@pytest.mark.django_db
def test_files_are_refused_beyond_size_number_and_time_and_leave_nothing_behind(attempt: Attempt) -> None:
    before = {place.name for place in answer_folder().iterdir()} if answer_folder().exists() else set()
    for changes in ({"content": PDF + b" " * 1024 * 1024}, {"content": b""}, {"position": 2}, {"name": "plan.zip"}):
        with pytest.raises(InvalidInput):
            _send(attempt, **changes)
    for _ in range(MOST_FILES):
        _send(attempt)
    with pytest.raises(Conflict):
        _send(attempt)
    submit_attempt(by=attempt.person, attempt_uid=attempt.uid)
    with pytest.raises(Conflict):
        _send(attempt)
    with pytest.raises(Conflict):
        remove_answer_file(by=attempt.person, file_uid=AnswerFile.objects.first().uid)  # type: ignore[union-attr]
    written = {place.name for place in answer_folder().iterdir()} - before
    assert written == {str(uid) for uid in AnswerFile.objects.values_list("uid", flat=True)}


@pytest.mark.django_db
def test_a_checked_file_answer_stands(person: User) -> None:
    attempt = begin(person, a_test("file", feedback="after-each"))
    file = _send(attempt)
    check_answer(by=person, attempt_uid=attempt.uid, position=1, now=NOW)
    with pytest.raises(Conflict):
        _send(attempt)
    with pytest.raises(Conflict):
        remove_answer_file(by=person, file_uid=file.uid, now=NOW)


@pytest.mark.django_db
def test_bytes_without_a_record_are_deleted_after_a_day(attempt: Attempt, person: User) -> None:
    kept = answer_place(_send(attempt).uid)
    old, young = answer_place(uuid4()), answer_place(UUID(int=1))
    two_days_ago = (timezone.now() - timedelta(days=2)).timestamp()
    for place in (old, young):
        place.write_bytes(b"left")
    for place in (old, kept):
        os.utime(place, (two_days_ago, two_days_ago))
    with pytest.raises(NotAllowed):
        remove_leftover_files(by=person)
    tasks.remove_leftover_files.call()
    assert [place.exists() for place in (old, young, kept)] == [False, True, True]
    assert remove_leftover_files(by=OPERATOR, now=timezone.now() + minutes(2 * 24 * 60)) >= 1
    assert [place.exists() for place in (young, kept)] == [False, True]


GOOD = {
    "a.pdf": PDF,
    "a.png": b"\x89PNG\r\n\x1a\nrest",
    "a.JPG": b"\xff\xd8\xff\xe0rest",
    "a.gif": b"GIF89arest",
    "a.webp": b"RIFF\x00\x00\x00\x00WEBPrest",
    "a.docx": DOCX,
    "a.odt": ODT,
    "a.zip": zip_file({"a.txt": b"x"}),
    "a.txt": "Größe\n".encode(),
    "a.csv": "a;b".encode("utf-16"),
}
BAD = {
    "a program that is called a picture": ("a.png", b"MZ\x90\x00"),
    "a page that is called a PDF": ("a.pdf", b"<html><script>"),
    "a zip that is called a Word file": ("a.docx", zip_file({"a.txt": b"x"})),
    "a Word file with a program inside": (
        "a.docx",
        zip_file({"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b"x"}),
    ),
    "a spreadsheet that is called a text": ("a.odt", zip_file({"mimetype": b"application/x-other"})),
    "half a zip": ("a.zip", DOCX[:40]),
    "a zip that climbs out of its folder": ("a.zip", zip_file({"../a.txt": b"x"})),
    "bytes that are no text": ("a.txt", b"a\x00b"),
    "bytes in no known letters": ("a.txt", b"\xff\xfe\x00"),
    "a name with a second ending": ("a.pdf.exe", PDF),
    "a name without an ending": ("plan", PDF),
}
ENDINGS = ("pdf", "png", "jpg", "gif", "webp", "docx", "odt", "zip", "txt", "csv", "exe")


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_what_it_says_is_taken(name: str) -> None:
    assert check_answer_file(name, GOOD[name], endings=ENDINGS, most_bytes=10_000)[0] == name


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_not_what_it_says_is_refused(what: str) -> None:
    name, content = BAD[what]
    with pytest.raises(InvalidInput) as refused:
        check_answer_file(name, content, endings=ENDINGS, most_bytes=10_000)
    assert refused.value.field == "file"


def test_a_long_name_keeps_its_ending() -> None:
    kept, _ = check_answer_file("x" * 500 + ".pdf", PDF, endings=("pdf",), most_bytes=100)
    assert (len(kept) <= 200, kept.endswith("x.pdf")) == (True, True)
