"""Reading a CV: what is found, with which sentence, and that nothing is written."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.records import TODAY, a_role, a_skill, stored

from synchromesh.accounts.models import User
from synchromesh.engine.errors import InvalidInput
from synchromesh.pathways.models import Rating, RatingKind
from synchromesh.pathways.queries.cv_reading import LOWEST_CLAIM, MOST_UNCERTAIN, CvReading, FoundSkill, read_cv
from synchromesh.plumbing.models import AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_matching")]
CV = """Pia Person, pia@example.org, +49 711 1234567

Work experience
Battery technician, 2019 - 2023
Isolated high-voltage batteries before each repair (pia@example.org).
Programmed welding robots in two plants.
"""


@pytest.fixture(autouse=True)
def _framework() -> None:
    a_role("battery-technician", {"isolate-high-voltage-batteries": 2, "program-welding-robots": 1})
    a_role("forklift-driver", {"drive-forklift": 1})
    a_skill("retired-welding-robots", retired_at="2026-01-01T00:00:00Z")


def _found(reading: CvReading, slug: str) -> FoundSkill:
    return next(found for found in reading.found if found.skill.slug == slug)


def test_a_skill_comes_with_the_sentence_its_words_and_its_place() -> None:
    reading = read_cv(text=CV)
    found = _found(reading, "isolate-high-voltage-batteries")
    assert found.certain
    assert found.sentence.startswith("Isolated high-voltage batteries before each repair")
    words = [found.sentence[span.start : span.end] for span in found.spans]
    assert words == ["Isolated high-voltage batteries"]
    assert found.place.split()[0] in {"line", "paragraph"}
    assert "retired-welding-robots" not in {found.skill.slug for found in reading.found}


def test_certain_skills_come_first_and_the_others_are_few_and_off() -> None:
    for number in range(MOST_UNCERTAIN + 8):
        a_skill(f"program-thing-{number}")
    reading = read_cv(text="Programmed welding robots and a program of things.\n" + CV)
    certain = [found.certain for found in reading.found]
    assert certain == sorted(certain, reverse=True)
    assert certain.count(False) <= MOST_UNCERTAIN
    assert all(found.suggested == found.certain for found in reading.found)


def test_contact_details_are_neither_shown_nor_matched() -> None:
    a_skill("mail-example-org")
    reading = read_cv(text=CV)
    assert all("@" not in found.sentence for found in reading.found)
    assert "mail-example-org" not in {found.skill.slug for found in reading.found}


def test_titles_lead_to_job_roles() -> None:
    reading = read_cv(text=CV)
    assert [(likely.role.slug, likely.title) for likely in reading.roles] == [
        ("battery-technician", "Battery technician, 2019 - 2023")
    ]


def test_where_the_words_say_nothing_about_the_level_the_lowest_is_suggested() -> None:
    found = _found(read_cv(text="Programmed welding robots"), "program-welding-robots")
    if not found.level_from_words:
        assert found.level == LOWEST_CLAIM
    assert found.suggested_level == found.level


def test_what_the_person_has_on_record_is_said_and_a_proof_is_not_suggested_again(person: User) -> None:
    skills = {found.skill.slug: found.skill for found in read_cv(text=CV).found}
    for slug, kind in (("program-welding-robots", RatingKind.SELF), ("isolate-high-voltage-batteries", "assessed")):
        Rating.objects.create(person=person, skill=skills[slug], kind=kind, level=3, rater=person.public_id)
    reading = read_cv(text=CV, visible_to=person, today=TODAY)
    own, proved = (_found(reading, slug) for slug in ("program-welding-robots", "isolate-high-voltage-batteries"))
    assert (own.suggested_level, own.suggested) == (3, own.certain)
    assert proved.held is not None
    assert (proved.held.is_proof, proved.certain, proved.suggested) == (True, True, False)
    assert all(found.held is None for found in read_cv(text=CV).found)


def test_a_file_is_read_like_its_text() -> None:
    by_file = read_cv(file=("cv.txt", CV.encode()))
    assert [found.skill for found in by_file.found] == [found.skill for found in read_cv(text=CV).found]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"file": ("cv.png", b"\x89PNG\r\n\x1a\n" + bytes(50))}, "file"),
        ({"file": ("cv.pdf", b"")}, "file"),
        ({"file": ("cv.pdf", b"%PDF-1.7\nbroken")}, "file"),
        ({"text": "x" * 200_001}, "text"),
        ({"text": " "}, "text"),
    ],
)
def test_what_cannot_be_read_names_the_field_it_came_from(given: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_cv(**given)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_nothing_is_written_and_the_number_of_questions_does_not_grow(
    person: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    before = stored()
    read_cv(text=CV)
    with django_assert_max_num_queries(8):
        read_cv(text=CV * 20, visible_to=person, today=TODAY)
    assert stored() == before
    assert not AuditEvent.objects.exists()


def test_a_text_without_skills_finds_none() -> None:
    reading = read_cv(text="Zzyzx qwrt.")
    assert (reading.found, reading.roles) == ((), ())


def test_without_a_framework_nothing_is_found() -> None:
    from synchromesh.framework.models import Anchor, JobRole, Requirement, Skill

    for model in (Anchor, Requirement, JobRole, Skill):
        model._base_manager.all()._raw_delete("default")
    assert read_cv(text=CV).found == ()
