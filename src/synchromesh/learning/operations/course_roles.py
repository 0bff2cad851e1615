"""Say who works on a course as author, tutor or reviewer."""

from __future__ import annotations

from django.db import transaction

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course, CoursePart, CourseRole
from synchromesh.catalogue.permissions import may_author_course, may_edit_courses_of
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.plumbing import audit


def assign_course_part(*, by: audit.Actor, course: Course, email: str, part: str) -> CourseRole:
    """Give a person with an account a part in the course; the same again changes nothing.

    Whoever edits the provider's courses gives any part, an author those of tutors and reviewers. Raises NotAllowed,
    NotFound where nobody has that e-mail, and InvalidInput for a part that is none.
    """
    _check_permission(by, course, part)
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first() if email.strip() else None
    if person is None:
        raise NotFound("Nobody here has this e-mail. Ask the person to make an account first.", field="email")
    with transaction.atomic():
        role, is_new = CourseRole.objects.get_or_create(
            course=course, person=person, part=part, defaults={"given_by": by.public_id}
        )
        if is_new:
            audit.record(
                by=by, action="assign_course_part", kind="course", uid=course.uid, person=person.public_id, part=part
            )
    return role


def remove_course_part(*, by: audit.Actor, course: Course, person: User, part: str) -> None:
    """Take a part away; somebody may lay down their own. Raises NotAllowed, InvalidInput, and NotFound."""
    if not (isinstance(by, User) and by.pk == person.pk):
        _check_permission(by, course, part)
    with transaction.atomic():
        removed, _ = CourseRole.objects.filter(course=course, person=person, part=part).delete()
        if not removed:
            raise NotFound("This person does not have this part in the course.")
        audit.record(
            by=by, action="remove_course_part", kind="course", uid=course.uid, person=person.public_id, part=part
        )


def _check_permission(by: audit.Actor, course: Course, part: str) -> None:
    if part not in CoursePart.values:
        raise InvalidInput(f"Choose one of: {', '.join(CoursePart.values)}.", field="part")
    if part == CoursePart.AUTHOR:
        allowed = may_edit_courses_of(by, course.provider)
        require(allowed, "Only editors and managers of the provider, and alliance staff, say who is an author.")
    require(may_author_course(by, course), "Only authors of the course say who tutors and reviews it.")
