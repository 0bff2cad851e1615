"""The printed job role, read back with pypdf."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from django.utils import translation
from pypdf import PdfReader
from tests.records import a_course, a_role, a_skill, a_topic, the_version

from synchromesh.framework.models import Family, JobRole, Requirement
from synchromesh.framework.queries.concepts import get_role, list_anchors, list_requirements
from synchromesh.web.roles.role_pdf import RoleSheet, render_role_pdf

pytestmark = pytest.mark.django_db
ADDRESS = "https://skills.example.org/en/roles/technician/"
TODAY = date(2026, 11, 22)


def _sheet(role: JobRole, *, courses: int = 3) -> bytes:
    role = get_role(role.slug)
    requirements = list_requirements(role)
    anchors = list_anchors([row.skill for row in requirements])
    sheet = RoleSheet(role=role, requirements=requirements, anchors=anchors, courses=courses, version=the_version())
    return render_role_pdf(sheet, address=ADDRESS, today=TODAY)


def _text(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00ad", "").split())


@pytest.fixture
def role() -> JobRole:
    """A starter role of a family with two tasks and two skills, one of them optional."""
    role = a_role(
        "technician",
        {"weld": 2},
        a_topic(),
        family=Family.objects.create(slug="workshop", titles={"en": "Workshop"}),
        summaries={"en": "Keeps things running."},
        tasks={"en": ["Welds parts", "Drives them away"]},
        origin="starter",
        source="A study",
        eqf_min=4,
        eqf_max=4,
    )
    drive = a_skill("drive", origin="starter")
    Requirement.objects.create(version=the_version(), role=role, skill=drive, level=1, essential=False)
    return role


def test_the_sheet_says_what_the_role_is_and_what_each_level_looks_like(role: JobRole) -> None:
    text = _text(_sheet(role))
    for words in (
        "Technician Starter draft",
        "Keeps things running.",
        "Family Workshop",
        "Level of qualification EQF 4",
        "Courses for these skills 3 courses teach",
        "Welds parts",
        "Weld Practitioner Does weld at 2.",
        "Drive Starter draft Awareness, optional Not described yet.",
        "Source: A study",
        "no permission to work",
        "Framework version 1",
        ADDRESS,
        "22 November 2026",
        "Page 1 of 1",
    ):
        assert words in text


def test_the_sheet_of_a_real_role_has_no_mark_and_says_that_no_course_is_listed() -> None:
    text = _text(_sheet(a_role("technician", {"weld": 2}), courses=0))
    assert "Starter draft" not in text
    assert "no permission" not in text
    assert "none listed yet" in text


def test_the_sheet_speaks_the_language_of_the_reader(role: JobRole) -> None:
    with translation.override("de"):
        reader = PdfReader(io.BytesIO(_sheet(role)))
    assert str(reader.root_object["/Lang"]) == "de"
    assert "22. November 2026" in reader.pages[0].extract_text()


def test_a_title_is_printed_as_written_and_never_read_as_markup() -> None:
    title = '#panic("x") *bold* $x$ = <a> @b'
    role = a_role("technician", {"weld": 1}, titles={"en": title}, tasks={"en": [title]}, summaries={"en": title})
    assert _text(_sheet(role)).count(title) >= 3


def test_many_skills_take_more_pages_and_lose_nothing() -> None:
    role = a_role("technician", {f"skill-{number}": 2 for number in range(60)})
    text = _text(_sheet(role))
    assert all(f"Does skill-{number} at 2." in text for number in range(60))


def test_the_address_gives_the_file_and_counts_courses(client: Client, role: JobRole) -> None:
    a_course("welding", {"weld": (0, 2)})
    page = client.get("/en/roles/technician/role.pdf")
    assert page["Content-Type"] == "application/pdf"
    assert page["Content-Disposition"] == 'attachment; filename="role-technician.pdf"'
    assert "Courses for these skills 1 course teaches" in _text(page.content)


@pytest.mark.usefixtures("starter_content")
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_shipped_role_fits_on_two_pages(language: str) -> None:
    with translation.override(language):
        pages = {role.slug: len(PdfReader(io.BytesIO(_sheet(role))).pages) for role in JobRole.objects.all()}
    assert pages
    assert {slug: count for slug, count in pages.items() if count > 2} == {}
