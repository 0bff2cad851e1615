"""One course as its authors and reviewers open it: its draft, its newest published version, and who may change it."""

from __future__ import annotations

from dataclasses import dataclass

from synchromesh.accounts.permissions import require
from synchromesh.assessment.models import Instrument, Question
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.permissions import may_review_course
from synchromesh.catalogue.queries.course_parts import find_course_with_parts
from synchromesh.engine.errors import Conflict, NotFound
from synchromesh.learning.models import ContentVersion, Unit
from synchromesh.learning.permissions import may_edit_content
from synchromesh.learning.queries.versions import VersionEntry, list_course_versions
from synchromesh.plumbing.audit import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoredCourse:
    """A course with its versions, the newest first; `may_edit` is False for its reviewers."""

    course: Course
    entries: tuple[VersionEntry, ...]
    may_edit: bool

    @property
    def draft(self) -> ContentVersion | None:
        """The version that is being written."""
        return next((row.version for row in self.entries if row.version.published_at is None), None)

    @property
    def published(self) -> ContentVersion | None:
        """The newest version that learners have."""
        return next((row.version for row in self.entries if row.version.published_at is not None), None)

    @property
    def version(self) -> ContentVersion | None:
        """What the pages of authors show: the draft, else what is published, else nothing."""
        return self.draft or self.published

    @property
    def may_change(self) -> bool:
        """Whether there is something that the reader may change: a draft, and the part of an author."""
        return self.may_edit and self.draft is not None

    def draft_to_edit(self) -> ContentVersion:
        """The draft. Raises Conflict where there is none."""
        if self.draft is None:
            raise Conflict("There is no draft. Begin one first.")
        return self.draft

    def shown_version(self) -> ContentVersion:
        """The version to show. Raises NotFound where nothing is written yet."""
        if self.version is None:
            raise NotFound("Nothing is written for this course yet. Begin a draft first.")
        return self.version


def get_authored_course(slug: str, *, visible_to: Actor) -> AuthoredCourse:
    """A course for its authors and reviewers, in one question where it has a version.

    Raises NotFound, and NotAllowed for others.
    """
    entries = list_course_versions(slug, visible_to=visible_to)
    course = entries[0].version.course if entries else find_course_with_parts(slug, visible_to=visible_to)
    if course is None:
        raise NotFound("There is no such course. It may have been merged into another one.")
    may_edit = may_edit_content(visible_to, course)
    allowed = may_edit or may_review_course(visible_to, course)
    require(allowed, "Only the course's authors and reviewers see this page.")
    return AuthoredCourse(course=course, entries=tuple(entries), may_edit=may_edit)


def get_unit_to_edit(version: ContentVersion, key: str) -> Unit:
    """A unit with its section and test. The caller has asked whether the version may be read. Raises NotFound."""
    found = Unit.objects.select_related("section", "instrument__bank").filter(version=version, key=key).first()
    if found is None:
        raise NotFound("There is no such unit in this version.")
    found.version = version
    found.section.version = version
    return found


def list_draft_tests(authored: AuthoredCourse) -> list[Instrument]:
    """The tests of the course that may still change, by key: among them a unit of the draft chooses its own."""
    found = Instrument.objects.select_related("bank").filter(bank__course=authored.course, frozen_at=None)
    return list(found.order_by("key", "-pk"))


def get_question_to_edit(authored: AuthoredCourse, key: str) -> Question:
    """The present revision of a question of the course, with its bank. Raises NotFound."""
    found = Question.objects.select_related("bank", "skill")
    question = found.filter(bank__course=authored.course, key=key, replaced_at=None).first()
    if question is None:
        raise NotFound("There is no such question in this course.")
    question.bank.course = authored.course
    return question


def list_tests_asking(question: Question) -> list[Instrument]:
    """The tests that ask this revision of a question, by key. The caller has asked whether it may be read."""
    return list(Instrument.objects.filter(parts__entries__question=question).order_by("key", "-pk").distinct())
