"""Keys in mails: who holds one may say, as the person who got the mail, that one course is still right."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.core import signing

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.permissions import may_edit_courses_of

KEYS_HOLD = timedelta(days=60)
_SALT = "catalogue.still-right"


class KeyFault(StrEnum):
    """Why a key opens nothing."""

    UNREADABLE = "unreadable"  # cut off, altered, or none of ours
    TOO_OLD = "too-old"
    OTHER_COURSE = "other-course"
    NO_RIGHT = "no-right"  # the person has left the provider since then


def make_refresh_key(course: Course, person: User) -> str:
    """The key for one course and one person, good for 60 days; its letters need no escaping in an address."""
    return signing.dumps([course.uid.hex, person.uid.hex], salt=_SALT)


def find_key_person(key: str, *, course: Course) -> User | KeyFault:
    """The person for whom the key of this course was made, or why there is none."""
    try:
        course_hex, person_hex = signing.loads(key, salt=_SALT, max_age=KEYS_HOLD)
        course_uid, person_uid = UUID(course_hex), UUID(person_hex)
    except signing.SignatureExpired:
        return KeyFault.TOO_OLD
    except (signing.BadSignature, TypeError, ValueError, AttributeError):
        return KeyFault.UNREADABLE
    if course_uid != course.uid:
        return KeyFault.OTHER_COURSE
    person = User.objects.filter(uid=person_uid, is_active=True).first()
    if person is None or not may_edit_courses_of(person, course.provider):
        return KeyFault.NO_RIGHT
    return person
