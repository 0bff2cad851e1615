"""A content version as the file that goes out, and the list of what can be learnt here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from synchromesh.accounts.permissions import require
from synchromesh.catalogue.permissions import may_review_course
from synchromesh.engine.exchange.course_files import CourseDocument, pack_course_file, stands_in_course, write
from synchromesh.learning.models import ContentVersion
from synchromesh.learning.queries.course_documents import course_document
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.translated_text import in_language


def export_course(version: ContentVersion, *, visible_to: Actor) -> bytes:
    """The version as one file that can be read in again. Raises NotAllowed for all but authors and reviewers.

    It holds the whole question bank with its keys, also those of questions that no published test asks yet.
    """
    require(
        may_review_course(visible_to, version.course), "Only authors and reviewers can take a course out as a file."
    )
    return pack_course_file(write(_readable(course_document(version, with_media=True))))


def _readable(document: CourseDocument) -> CourseDocument:
    """The document without words and keys that would be refused when the file is read.

    The catalogue may quote words in another language; outcomes, units and questions may have gone since the coverage
    was stated.
    """
    facts = document.course
    skills = tuple(
        link if stands_in_course(link.quote, facts, document.source_language) else replace(link, quote="")
        for link in facts.skills
    )
    outcomes = len(facts.outcomes.get(document.source_language, ()))
    units = {unit.key for unit in document.units}
    questions = {question["key"] for question in document.questions}
    coverage = tuple(
        replace(
            record,
            units=tuple(key for key in record.units if key in units),
            questions=tuple(key for key in record.questions if key in questions),
        )
        for record in document.coverage
        if record.outcome <= outcomes
    )
    return replace(document, course=replace(facts, skills=skills), coverage=coverage)


def export_name(version: ContentVersion) -> str:
    """What the file is called: hv-safety-version-2.zip."""
    return f"{version.course.slug}-version-{version.number}.zip"


def list_learning_courses() -> list[dict[str, Any]]:
    """Every course that can be taken here, by slug, with what its newest version has; the answer of the command line.

    `questions` are those of its tests and exercises, `minutes` the sum of its units.
    """
    newest: dict[int, ContentVersion] = {}
    versions = ContentVersion.objects.exclude(published_at=None).exclude(course__published_at=None)
    for version in versions.select_related("course").order_by("course__slug", "-number"):
        newest.setdefault(version.course_id, version)
    return [_listed(version) for version in newest.values()]


def _listed(version: ContentVersion) -> dict[str, Any]:
    document = course_document(version)
    named = {unit.instrument for unit in document.units if unit.instrument}
    tests = [instrument for instrument in document.instruments if instrument.key in named]
    asked = {key for instrument in tests for part in instrument.parts for key in part.questions}
    exercises = sum(len(unit.content.get("questions", ())) for unit in document.units if unit.kind == "exercise")
    return {
        "slug": version.course.slug,
        "title": in_language(version.course.titles, "en").text,
        "languages": list(version.languages),
        "units": len(list(document.units)),
        "minutes": sum(unit.minutes for unit in document.units),
        "questions": len(asked) + exercises,
        "skills": [{"skill": skill.skill, "level": skill.level} for skill in document.course.skills],
    }
