"""Open data as files: their content, and a reader who has them already gets nothing twice."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.test import Client
from django.utils import timezone

from synchromesh.catalogue.models import Course
from synchromesh.framework.models import FrameworkVersion, JobRole, Requirement, Skill, VersionStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def content() -> None:
    version = FrameworkVersion.objects.create(number=3, status=VersionStatus.PUBLISHED, published_at=timezone.now())
    skill = Skill.objects.create(slug="isolate-hv", kind="skill", titles={"en": "Isolate a high-voltage system"})
    role = JobRole.objects.create(slug="battery-technician", titles={"en": "Battery technician", "de": "Techniker"})
    Requirement.objects.create(version=version, role=role, skill=skill, level=2, essential=True, weight=3)
    Course.objects.create(slug="safe-work", titles={"en": "Safe work"}, published_at=timezone.now())
    Course.objects.create(slug="hidden", titles={"en": "A course that nobody published"})


def test_the_framework_comes_as_json(client: Client, content: None) -> None:
    answer = client.get("/en/about/data/framework.json")
    document = json.loads(answer.content)
    assert answer["Content-Type"] == "application/json"
    assert document["version"] == 3
    assert document["roles"][0]["requirements"][0]["skill"] == "isolate-hv"


def test_the_framework_comes_as_tables_in_a_zip_file(client: Client, content: None) -> None:
    answer = client.get("/en/about/data/framework.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == [
            "families.csv",
            "requirements.csv",
            "roles.csv",
            "skills.csv",
            "units.csv",
        ]
        assert "isolate-hv" in archive.read("skills.csv").decode("utf-8-sig")


def test_courses_come_as_json_and_csv_without_unpublished_ones(client: Client, content: None) -> None:
    document = json.loads(client.get("/en/about/data/courses.json").content)
    table = client.get("/en/about/data/courses.csv")
    assert [course["slug"] for course in document["courses"]] == ["safe-work"]
    assert table["Content-Type"] == "text/csv; charset=utf-8"
    assert "Safe work" in table.content.decode("utf-8-sig")
    assert "nobody published" not in table.content.decode("utf-8-sig")


@pytest.mark.parametrize("file", ["framework.json", "framework.zip", "courses.json", "courses.csv"])
def test_a_file_is_the_same_to_the_byte_and_is_not_sent_twice(client: Client, content: None, file: str) -> None:
    first, second = client.get(f"/en/about/data/{file}"), client.get(f"/en/about/data/{file}")
    again = client.get(f"/en/about/data/{file}", headers={"If-None-Match": first["ETag"]})
    assert first.content == second.content
    assert first["Content-Disposition"] == f'attachment; filename="{file}"'
    assert again.status_code == 304
    assert again.content == b""


def test_a_changed_course_changes_the_fingerprint_of_the_file(client: Client, content: None) -> None:
    before = client.get("/en/about/data/courses.json")["ETag"]
    Course.objects.filter(slug="safe-work").update(minutes=90)
    answer = client.get("/en/about/data/courses.json", headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert answer["ETag"] != before


def test_the_framework_file_says_when_its_version_was_published(client: Client, content: None) -> None:
    assert client.get("/en/about/data/framework.json")["Last-Modified"].endswith("GMT")


@pytest.mark.parametrize("file", ["framework.csv", "courses.zip", "people.json"])
def test_a_file_that_does_not_exist_is_a_404_that_says_where_the_files_are(client: Client, file: str) -> None:
    answer = client.get(f"/en/about/data/{file}")
    assert answer.status_code == 404
    assert "listed under Open data" in answer.content.decode()


def test_the_files_exist_before_anything_was_loaded(client: Client) -> None:
    assert json.loads(client.get("/en/about/data/framework.json").content)["version"] == 0
    assert client.get("/en/about/data/framework.zip").status_code == 200
