"""Commands about the questions of a course: list, out as a package, in from one, and back."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from synchromesh.assessment.models import QuestionBank
from synchromesh.assessment.operations.question_exchange import (
    KIND,
    LARGEST_FILE,
    QuestionImporter,
    export_questions,
    source_of,
)
from synchromesh.assessment.operations.questions import open_bank
from synchromesh.assessment.queries.banks import find_bank, list_questions
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.learning.operations.media import add_media
from synchromesh.learning.queries.media import list_media, read_media
from synchromesh.plumbing import imports
from synchromesh.plumbing.audit import Actor

FORMATS = {"qti": "qti3", "json": "json_document"}


def add_question_commands(group: Any, *, add_json: Any) -> None:
    """Attach `questions ...`."""
    group.add_parser("list", help="the questions of a course").set_defaults(run=questions_list)
    export = group.add_parser("export", help="the questions of a course as one zip file")
    export.add_argument("file", help="where to write it")
    words = "qti: a QTI 3.0 package in one language (the default); json: everything, in our own shape"
    export.add_argument("--format", choices=tuple(FORMATS), default="qti", help=words)
    export.add_argument("--language", default="en", metavar="CODE", help="of a QTI package; default: en")
    export.add_argument("--only", action="append", default=[], metavar="KEY", help="only this one; may be repeated")
    export.set_defaults(run=questions_export)
    for name, function, help_text in (
        ("preview", questions_preview, "what a file would change; writes nothing but the preview"),
        ("import", questions_import, "add the questions of a file to the course"),
    ):
        parser = group.add_parser(name, help=help_text)
        parser.add_argument("file", help="a QTI 3.0 item or package, or our own JSON")
        words = "of texts that do not state their language; default: en"
        parser.add_argument("--language", default="en", metavar="CODE", help=words)
        parser.set_defaults(run=function)
    undo = group.add_parser("undo", help="put the questions back as they were before an import")
    undo.add_argument("batch", nargs="?", help="uid of the import; default: the last one into this course")
    undo.set_defaults(run=questions_undo)
    for parser in group.choices.values():
        parser.add_argument("--course", required=True, metavar="SLUG", help="slug of the course")
        add_json(parser)


def questions_list(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """The present questions with their kinds, points and languages, for who may read them."""
    questions = list_questions(_bank(arguments), visible_to=by)
    return {
        "course": arguments.course,
        "questions": [
            {
                "key": question.key,
                "kind": question.kind,
                "points": question.points,
                "revision": question.revision,
                "skill": question.skill.slug if question.skill else None,
                "languages": sorted(question.document.get("prompts", {})),
            }
            for question in questions
        ],
    }


def questions_export(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Write a zip file of the questions, with the pictures that they show."""
    bank, course = _bank(arguments), _course(arguments)
    entries = [entry.media for entry in list_media(course, visible_to=by)]
    shown = {question.document.get("media") for question in list_questions(bank, visible_to=by)}
    media = {entry.name: read_media(entry) for entry in entries if entry.name in shown}
    exported = export_questions(
        by=by,
        bank=bank,
        language=arguments.language,
        format_name=FORMATS[arguments.format],
        media=media,
        keys=arguments.only,
    )
    try:
        Path(arguments.file).write_bytes(exported.content)
    except OSError as error:
        raise InvalidInput(f"{arguments.file} cannot be written: {error.strerror}.", field="file") from None
    problems = [asdict(problem) for problem in exported.problems]
    return {"course": course.slug, "file": arguments.file, "bytes": len(exported.content), "problems": problems}


def questions_preview(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """What a file would change."""
    return _preview(arguments, by=by)[2]


def questions_import(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Commit a file; its pictures go to the files of the course."""
    importer, batch, answer = _preview(arguments, by=by)
    return {**answer, "status": imports.commit(importer, by=by, batch=batch).status}


def questions_undo(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Take an import back; pictures that it brought stay in the course."""
    bank = _bank(arguments)
    batches = [batch for batch in imports.list_batches(kinds=[KIND]) if batch.source == source_of(bank)]
    wanted = [batch for batch in batches if arguments.batch in (None, str(batch.uid)) and batch.status == "committed"]
    if not wanted:
        raise NotFound("There is no such import into this course.", field="batch")
    importer = _importer(bank, _course(arguments), by=by)
    undone = imports.undo(importer, by=by, batch=wanted[0])
    return {"batch": str(undone.uid), "name": undone.name, "status": undone.status}


def _preview(arguments: argparse.Namespace, *, by: Actor) -> Any:
    course = _course(arguments)
    bank = open_bank(by=by, course=course)
    importer = _importer(bank, course, by=by)
    try:
        with Path(arguments.file).open("rb") as file:
            batch, plan = imports.preview(
                importer,
                by=by,
                file=file,
                name=Path(arguments.file).name,
                source=source_of(bank),
                options={"language": arguments.language},
                most_bytes=LARGEST_FILE,
            )
    except OSError as error:
        raise InvalidInput(f"{arguments.file} cannot be read: {error.strerror}.", field="file") from None
    answer = {
        "batch": str(batch.uid),
        "counts": plan.counts,
        "problems": [asdict(problem) for problem in plan.problems],
        "rows": [asdict(row) for row in plan.rows if row.effect != "same"],
    }
    return importer, batch, answer


def _importer(bank: QuestionBank, course: Course, *, by: Actor) -> QuestionImporter:
    def keep_picture(name: str, content: bytes) -> str:
        return add_media(by=by, course=course, name=name, content=content).name

    return QuestionImporter(bank, keep_picture=keep_picture)


def _course(arguments: argparse.Namespace) -> Course:
    found = Course.objects.select_related("provider").filter(slug=arguments.course).first()
    if found is None:
        raise NotFound(f"There is no course '{arguments.course[:80]}'.", field="course")
    return found


def _bank(arguments: argparse.Namespace) -> QuestionBank:
    found = find_bank(_course(arguments))
    if found is None:
        raise NotFound(f"The course '{arguments.course[:80]}' has no questions.", field="course")
    return found
