"""Open data as files: their content, and a reader who has them already gets nothing twice."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course
from synchromesh.framework.models import FrameworkVersion, JobRole, Requirement, Skill, VersionStatus
from synchromesh.site.open_data.files import FILES
from synchromesh.site.open_data.writing import write_open_data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "OPEN_DATA_DIR", tmp_path)


def body(answer: Any) -> bytes:
    """The whole of an answer that comes in parts."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


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


@pytest.fixture
def published(content: None) -> None:
    write_open_data(by=OPERATOR)


def test_the_files_lie_under_an_address_without_a_language(client: Client, published: None) -> None:
    answer = client.get("/data/courses.csv")
    text = body(answer).decode("utf-8-sig")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="courses.csv"'
    assert "Safe work" in text
    assert "nobody published" not in text
    assert [row["slug"] for row in json.loads(body(client.get("/data/courses.json")))["courses"]] == ["safe-work"]


def test_the_former_addresses_of_the_courses_lead_to_the_files(client: Client) -> None:
    answer = client.get("/en/about/data/courses.csv")
    assert (answer.status_code, answer["Location"]) == (301, "/data/courses.csv")


def test_a_file_comes_packed_where_the_reader_takes_that(client: Client, published: None) -> None:
    plain = client.get("/data/courses.jsonld")
    packed = client.get("/data/courses.jsonld", headers={"Accept-Encoding": "br, gzip"})
    content = body(packed)
    assert packed["Content-Encoding"] == "gzip"
    assert int(packed["Content-Length"]) == len(content)
    assert gzip.decompress(content) == body(plain)
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in plain["Vary"]


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_a_published_file_is_not_sent_twice(client: Client, published: None, header: str) -> None:
    first = client.get("/data/manifest.json")
    body(first)
    asked = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[header]
    again = client.get("/data/manifest.json", headers={asked: first[header]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_the_manifest_names_each_file_with_its_size_its_sum_and_its_terms(client: Client, published: None) -> None:
    manifest = json.loads(body(client.get("/data/manifest.json")))
    assert manifest["counts"]["courses"] == {"real": 1}
    assert manifest["framework_version"] == 3
    for row in manifest["files"]:
        sent = body(client.get(f"/data/{row['name']}"))
        assert (row["bytes"], row["sha256"]) == (len(sent), hashlib.sha256(sent).hexdigest())
        assert row["licence"].startswith("http")


@pytest.mark.parametrize("name", ["people.json", "..", "records", "courses.csv.gz", "current"])
def test_nothing_but_the_listed_files_is_served(client: Client, published: None, name: str) -> None:
    assert client.get(f"/data/{name}").status_code == 404


def test_before_the_first_night_the_page_and_the_address_say_when_the_files_come(client: Client) -> None:
    assert "not ready yet" in client.get("/en/about/data/").content.decode()
    answer = client.get("/data/courses.csv")
    assert answer.status_code == 404
    assert "written every night" in answer.content.decode()


def test_the_page_lists_every_file_with_its_date_and_its_terms(client: Client, published: None) -> None:
    text = client.get("/en/about/data/").content.decode()
    for file in FILES:
        assert f'href="/data/{file.name}"' in text
    assert 'href="/data/manifest.json"' in text
    assert "EUPL-1.2" in text
    assert str(timezone.now().year) in text


@pytest.mark.parametrize("file", ["framework.json", "framework.zip"])
def test_a_file_is_the_same_to_the_byte_and_is_not_sent_twice(client: Client, content: None, file: str) -> None:
    first, second = client.get(f"/en/about/data/{file}"), client.get(f"/en/about/data/{file}")
    again = client.get(f"/en/about/data/{file}", headers={"If-None-Match": first["ETag"]})
    assert first.content == second.content
    assert first["Content-Disposition"] == f'attachment; filename="{file}"'
    assert again.status_code == 304
    assert again.content == b""


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
