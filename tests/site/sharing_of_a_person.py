"""Records of practices, lessons and regions that belong to a person, one of each kind."""

from __future__ import annotations

from collections.abc import Callable

from tests.community.sharing_records import a_lesson, a_practice, a_profile

from synchromesh.accounts.models import User
from synchromesh.community.models import LessonReuse, RegionContact


def _lesson_reuse(person: User) -> None:
    other = User.objects.create_user(email="author@example.org", name="Anna Author")
    LessonReuse.objects.create(version=a_lesson(other, title="Of somebody else"), person=person, note="Two hours")


SHARING_BUILDERS: dict[str, Callable[[User], object]] = {
    "community.Practice.submitted_by": a_practice,
    "community.Lesson.author": a_lesson,
    "community.LessonReuse.person": _lesson_reuse,
    "community.RegionContact.person": lambda person: RegionContact.objects.create(
        profile=a_profile("DE11"), person=person, task="Further training"
    ),
}
