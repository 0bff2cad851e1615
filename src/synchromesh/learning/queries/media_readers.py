"""Who may open a file of a course: learners of a version that shows it, and those who work on the course."""

from __future__ import annotations

from django.core.cache import cache

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Question
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.permissions import may_review_course, may_tutor_course
from synchromesh.engine.errors import NotFound
from synchromesh.engine.vocabulary.questions import QuestionKind
from synchromesh.learning.models import ContentVersion, Enrolment, Media, Unit
from synchromesh.learning.permissions import LEARNING
from synchromesh.learning.queries.course_checks import media_of_question, media_of_unit
from synchromesh.plumbing.audit import Actor

_CACHE_SECONDS = 3600


def get_media_to_read(course_slug: str, name: str, *, visible_to: Actor) -> Media:
    """One file of a course. Raises NotFound, the same for what is not there and for what is not theirs to see."""
    media = Media.objects.select_related("course__provider").filter(course__slug=course_slug, name=name).first()
    if media is not None and (_learns_with(visible_to, media) or _works_on(visible_to, media.course)):
        return media
    raise NotFound("There is no such file in a course of yours.")


def _works_on(by: Actor, course: Course) -> bool:
    return may_review_course(by, course) or may_tutor_course(by, course)


def _learns_with(by: Actor, media: Media) -> bool:
    if not isinstance(by, User) or not by.is_active:
        return False
    own = Enrolment.objects.filter(person=by, course=media.course, state__in=LEARNING)
    published = own.filter(version__published_at__isnull=False).select_related("version")
    return any(media.name in _shown_in(enrolment.version) for enrolment in published)


def _shown_in(version: ContentVersion) -> set[str]:
    """The names of all files that a published version shows; it never changes, so that they are remembered."""
    key = f"media-of-version:{version.uid}"
    names: set[str] | None = cache.get(key)
    if names is None:
        names = _read_names(version)
        cache.set(key, names, _CACHE_SECONDS)
    return names


def _read_names(version: ContentVersion) -> set[str]:
    units = Unit.objects.filter(version=version).values_list("kind", "content")
    names = {name for kind, content in units for name in media_of_unit(kind, content)}
    asked = Question.objects.filter(entries__part__instrument__units__version=version, kind=QuestionKind.HOTSPOT)
    return names | {name for question in asked.distinct() for name in media_of_question(question.document)}
