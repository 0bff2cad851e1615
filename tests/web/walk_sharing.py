"""What a walk over all addresses finds of regions, practices and lessons: North Works speaks for a region."""

from __future__ import annotations

from collections.abc import Mapping

from tests.community.event_records import an_event
from tests.community.sharing_records import TEXTS, a_lesson, a_practice, a_profile

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.operations.lessons import add_lesson_file

_PRACTICE = TEXTS | {"theme": "upskilling"}
_LESSON = {"title": "x", "summary": "y", "language": "en", "licence": "CC-BY-4.0"}
FORMS = {
    "/<language>/lessons/new/": _LESSON,
    "/<language>/lessons/<slug>/edit/": _LESSON,
    "/<language>/lessons/<slug>/state/": {"do": "add-file"},
    "/<language>/lessons/<slug>/use/": {"do": "used", "number": "99"},
    "/<language>/practices/new/": _PRACTICE,
    "/<language>/practices/<slug>/edit/": _PRACTICE,
    "/<language>/practices/<slug>/review/": {"do": "publish"},
    "/<language>/practices/<slug>/state/": {"do": "submit"},
    "/<language>/practices/<slug>/we-did-this-too/": {"organisation": "nobody", "result": "x"},
    "/<language>/regions/add/": {"region": "XX000", "name": "x"},
    "/<language>/regions/<code>/contact/": {"task": ""},
    "/<language>/regions/<code>/edit/": {"name": ""},
    "/<language>/regions/<code>/facts/": {"do": "add-fact"},
}


def make_sharing(people: Mapping[str, User | None], organisation: Organisation) -> dict[str, dict[str, str]]:
    """A region with its desk; a practice and a lesson of `person`, with a file. Values for addresses."""
    person = people["person"]
    if person is None:
        raise ValueError("The walk needs a person.")
    profile = a_profile("DE11", desk=organisation)
    practice, lesson = a_practice(person), a_lesson(person).lesson
    file = add_lesson_file(by=OPERATOR, lesson=lesson, name="sheet.txt", content=b"words")
    return {
        "/<language>/regions/": {"code": profile.region.code},
        "/<language>/practices/": {"slug": practice.slug},
        "/<language>/lessons/": {"slug": lesson.slug, "number": "1", "uid": str(file.uid)},
        "/api/v1/regions/": {"code": profile.region.code},
        "/api/v1/practices/": {"id": practice.slug},
        "/api/v1/lessons/": {"id": lesson.slug},
        "/api/v1/events/": {"id": an_event().slug},
    }
