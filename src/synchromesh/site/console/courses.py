"""Commands about whole courses: list, check, review, out as a file, in from a file."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.engine.exchange.course_files import open_course_file, read
from synchromesh.engine.exchange.course_files.course_folders import read_folder
from synchromesh.engine.exchange.course_files.course_review import CourseReview, review
from synchromesh.engine.exchange.course_files.unchecked_page import unchecked_page
from synchromesh.learning.operations.course_files import import_course
from synchromesh.learning.queries.course_checks import document_problems, unknown_names, unused_media
from synchromesh.learning.queries.course_exports import export_course, list_learning_courses
from synchromesh.learning.queries.course_review import version_review
from synchromesh.learning.queries.versions import find_draft, find_newest_version, get_version
from synchromesh.plumbing.audit import Actor
from synchromesh.site.starter import course_folders


def course_list(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """The courses that can be taken here, with what their newest version has."""
    del arguments, by
    return list_learning_courses()


def course_check(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Everything that stands in the way of publishing a course file; writes nothing."""
    del by
    document = read(read_files(arguments.file))
    problems = [*document_problems(document), *unused_media(document)]
    if not arguments.file_only:
        problems += unknown_names(document)
    return {
        "course": document.course.slug,
        "sections": len(document.sections),
        "units": len(list(document.units)),
        "questions": len(document.questions),
        "media": len(document.media),
        "problems": [asdict(problem) for problem in problems],
    }


def course_review(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """The review sheet of a course folder or zip, or of the draft or newest version of a course that is here."""
    if Path(arguments.course).exists():
        document = read(read_files(arguments.course))
        return {**_sheet(review(document)), "problems": [asdict(problem) for problem in document.problems]}
    course = _course(arguments.course)
    found = find_draft(course) or find_newest_version(course)
    if found is None:
        raise NotFound(f"The course '{course.slug}' has no content to look at.", field="course")
    version = get_version(course, found.number, visible_to=by)
    return {**_sheet(version_review(version)), "version": version.number}


def _sheet(sheet: CourseReview) -> dict[str, Any]:
    measured = {"unit_minutes": sheet.unit_minutes, "measured": round(sheet.measured, 1)}
    return asdict(sheet) | measured


def course_unchecked(arguments: argparse.Namespace, *, by: Actor) -> bytes:
    """A page in Markdown of every source of the courses that ship with which nobody has compared the text yet."""
    del by
    folders = [Path(folder) for folder in arguments.folder] or course_folders()
    return unchecked_page([read(read_files(str(folder))) for folder in folders]).encode()


def course_export(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Write the newest version of a course, or another one, into a file."""
    course = _course(arguments.slug)
    if arguments.version is not None:
        version = get_version(course, arguments.version, visible_to=by)
    else:
        found = find_newest_version(course) or find_draft(course)
        if found is None:
            raise NotFound(f"The course '{course.slug}' has no content that could go out.", field="slug")
        version = found
    packed = export_course(version, visible_to=by)
    try:
        Path(arguments.file).write_bytes(packed)
    except OSError as error:
        raise InvalidInput(f"{arguments.file} cannot be written: {error.strerror}.", field="file") from None
    return {"course": course.slug, "version": version.number, "file": str(arguments.file), "bytes": len(packed)}


def course_import(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Bring a course file in: as a draft, or with --publish for learners."""
    done = import_course(
        by=by,
        files=read_files(arguments.file),
        provider=_provider(arguments.provider),
        publish=arguments.publish,
        replace_draft=arguments.replace_draft,
    )
    return {
        "course": done.course.slug,
        "version": done.version.number,
        "published": done.version.published_at is not None,
        "effect": done.effect,
        "left_out": list(done.left_out),
    }


def read_files(path: str) -> dict[str, bytes]:
    """The files of a course folder, or of a zip of one. Raises InvalidInput."""
    place = Path(path)
    try:
        return read_folder(place) if place.is_dir() else open_course_file(place.read_bytes(), name=place.name)
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}.", field="file") from None


def _course(slug: str) -> Course:
    found = Course.objects.select_related("provider").filter(slug=slug).first()
    if found is None:
        raise NotFound(f"There is no course '{slug[:80]}'.", field="slug")
    return found


def _provider(slug: str) -> Organisation | None:
    if not slug:
        return None
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(f"There is no organisation '{slug[:80]}'.", field="provider")
    return found
