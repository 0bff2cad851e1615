"""Questions of a course in and out as files (QTI 3 and the other formats): previewed, committed, taken back."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from synchromesh.accounts.models import User
from synchromesh.assessment.operations.question_exchange import (
    KIND,
    QuestionImporter,
    export_questions,
    source_of,
)
from synchromesh.assessment.operations.questions import open_bank
from synchromesh.assessment.queries.banks import find_bank, list_questions
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.learning.operations.media import add_media
from synchromesh.learning.queries.authored_courses import AuthoredCourse
from synchromesh.learning.queries.media import media_records, read_media
from synchromesh.plumbing import imports
from synchromesh.plumbing.models import ImportBatch
from synchromesh.web.people import signed_in
from synchromesh.web.uploads import check_upload


def find_question_import(course: Course, uid: str) -> ImportBatch | None:
    """An import into the bank of this course; None where nobody asks for one. Raises NotFound."""
    if not uid:
        return None
    bank = find_bank(course)
    batch = imports.find_batch(kind=KIND, uid=uid)
    if bank is None or batch.source != source_of(bank):
        raise NotFound("There is no such import in this course.")
    return batch


def question_actions(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse:
    """Do what the button says."""
    action = request.POST["do"]
    if action == "export-questions":
        return _export(request, authored)
    importer = _importer(person, authored.course)
    if action == "import-questions":
        return _preview(request, importer, authored)
    batch = find_question_import(authored.course, request.POST.get("import", ""))
    if batch is None:
        raise NotFound("There is no such import in this course.")
    if action == "commit-questions":
        imports.commit(importer, by=person, batch=batch)
        messages.success(request, gettext("The questions are in the bank."))
    else:
        imports.undo(importer, by=person, batch=batch)
        messages.success(request, gettext("The import is taken back."))
    return redirect(_address(authored.course, batch))


def _preview(request: HttpRequest, importer: QuestionImporter, authored: AuthoredCourse) -> HttpResponse:
    check_upload(request)
    upload = request.FILES.get("question_file")
    if upload is None:
        raise InvalidInput(gettext("Choose a file first."), field="question_file")
    bank, version = find_bank(authored.course), authored.version
    if bank is None:
        raise NotFound("This course has no question bank.")
    language = version.source_language if version else "en"
    batch, _ = imports.preview(
        importer,
        by=signed_in(request),
        file=BytesIO(upload.read()),
        name=str(upload.name)[:200],
        source=source_of(bank),
        options={"language": language},
    )
    return redirect(_address(authored.course, batch))


def _importer(person: User, course: Course) -> QuestionImporter:
    """Pictures of the questions become files of the course."""
    bank = open_bank(by=person, course=course)
    return QuestionImporter(
        bank, keep_picture=lambda name, content: add_media(by=person, course=course, name=name, content=content).name
    )


def _export(request: HttpRequest, authored: AuthoredCourse) -> HttpResponse:
    person, course, bank = signed_in(request), authored.course, find_bank(authored.course)
    if bank is None:
        raise InvalidInput(gettext("This course has no questions yet."))
    language = authored.version.source_language if authored.version else "en"
    asked = {str(one.document.get("media", "")) for one in list_questions(bank, visible_to=person)}
    pictures = {name: read_media(one) for name, one in media_records(course, asked).items()}
    exported = export_questions(by=person, bank=bank, language=language, media=pictures)
    named = {"Content-Disposition": f'attachment; filename="{course.slug}-questions.zip"'}
    return HttpResponse(exported.content, content_type="application/zip", headers=named)


def _address(course: Course, batch: ImportBatch) -> str:
    return f"{reverse('teach:file', args=[course.slug])}?import={batch.uid}#questions"
