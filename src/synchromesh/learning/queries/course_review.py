"""The review sheet of a version: see `engine.exchange.course_files.course_review`."""

from __future__ import annotations

from synchromesh.engine.exchange.course_files.course_review import CourseReview, review
from synchromesh.learning.models import ContentVersion
from synchromesh.learning.queries.course_documents import course_document


def version_review(version: ContentVersion) -> CourseReview:
    """Outcomes, units and questions of a version with their gaps. The caller has asked whether it may be read.

    The outcomes are those that the catalogue shows now: they belong to the course, not to one version.
    """
    return review(course_document(version))
