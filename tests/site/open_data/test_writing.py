"""The files of open data: what stands in them, that they are valid for others, and that a set changes in one step."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]
from rdflib import Graph
from tests.records import TODAY, a_course, a_provider, a_run

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.exports import stream_courses
from synchromesh.engine.errors import Conflict, NotAllowed
from synchromesh.engine.exchange.frameworks import case_package, csv_tables, skos_jsonld, skos_turtle
from synchromesh.engine.feeds.readers import read_feed
from synchromesh.engine.feeds.records import CourseRecord
from synchromesh.framework.models import Skill
from synchromesh.plumbing.models import AuditEvent
from synchromesh.site.open_data import files, tasks, writing
from synchromesh.site.open_data.public_records import public_record
from synchromesh.site.open_data.published import PublishedSet, find_published_set

pytestmark = pytest.mark.django_db

SHARED = Path(os.environ.get("SYNCHROMESH_SHARED") or Path(__file__).parents[4] / "shared") / "data" / "standards"
needs_standards = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"The standards are not in {SHARED}. SYNCHROMESH_SHARED names the folder of data."
)
SITE = "http://localhost:8000"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "OPEN_DATA_DIR", tmp_path / "open-data")


@pytest.fixture
def courses() -> list[Course]:
    provider = a_provider()
    first = a_course("weld", {"weld-parts": (0, 2)}, provider=provider, accessibility=["captions"], external_id="1")
    a_run(first, TODAY)
    second = a_course("drive", {"drive": (None, 1)}, origin="example", external_id="1", import_source="another")
    a_course("draft", published_at=None)
    return [second, first]


def written(name: str, found: PublishedSet | None = None) -> bytes:
    found = found or find_published_set()
    assert found is not None
    return (found.folder / name).read_bytes()


def test_a_set_has_every_file_with_its_size_its_sum_and_a_packed_copy(courses: list[Course]) -> None:
    found = writing.write_open_data(by=OPERATOR)
    names = {file.name for file in found.files}
    assert names == {file.name for file in files.FILES} | {"manifest.json", "catalog.jsonld"}
    for file in found.files[:-2]:
        content = written(file.name)
        assert (file.bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        if file.gzip_bytes is not None:
            assert gzip.decompress(written(f"{file.name}.gz")) == content
    assert found.counts["courses"] == {"example": 1, "real": 1}
    assert {path.suffix for path in found.folder.iterdir()} <= {
        ".json",
        ".csv",
        ".jsonld",
        ".xml",
        ".ttl",
        ".zip",
        ".gz",
    }


@pytest.mark.parametrize("name", ["courses.csv", "courses.jsonld", "courses-elm.xml", "courses-moochub.json"])
def test_a_file_of_courses_is_read_again_and_says_which_course_is_invented(name: str, courses: list[Course]) -> None:
    writing.write_open_data(by=OPERATOR)
    feed = read_feed(written(name), name=name)
    assert feed.problems == ()
    assert [course.origin for course in feed.courses] == ["example", "real"]
    uids = [str(course.uid) for course in courses]
    addresses = [f"{SITE}/id/course/{uid}" for uid in uids]
    assert [course.external_id for course in feed.courses] == (uids if "moochub" in name else addresses)
    assert feed.courses[1].accessibility == ("captions",)


def test_a_skill_has_its_address_in_linked_data_and_its_short_name_in_tables(courses: list[Course]) -> None:
    writing.write_open_data(by=OPERATOR)
    skill = Skill.objects.get(slug="weld-parts")
    linked = read_feed(written("courses.jsonld"), name="courses.jsonld").courses[1].skills
    table = read_feed(written("courses.csv"), name="courses.csv").courses[1].skills
    assert [link.skill for link in linked] == [f"{SITE}/id/skill/{skill.uid}"]
    assert [link.skill for link in table] == ["weld-parts"]


def test_terms_and_date_stand_in_every_file_that_has_a_place_for_them(courses: list[Course]) -> None:
    found = writing.write_open_data(by=OPERATOR)
    day = found.made_at.isoformat(timespec="seconds").encode()
    for file in found.files[:-2]:
        content = written(file.name)
        if file.name == "framework.zip":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                content = archive.comment
        if file.name == "courses.csv":  # a table has columns only
            continue
        assert file.licence.encode() in content, file.name
        assert day in content or file.name == "framework-case.json", file.name


def test_the_json_file_holds_what_the_export_holds(courses: list[Course]) -> None:
    writing.write_open_data(by=OPERATOR)
    document = json.loads(written("courses.json"))
    assert [row["slug"] for row in document["courses"]] == ["drive", "weld"]
    assert [row["course"] for row in document["runs"]] == ["weld"]
    assert [row["slug"] for row in document["providers"]] == ["south-school"]
    assert document["about"]["publisher"] == settings.ALLIANCE_NAME


def test_the_files_of_the_framework_are_read_again(courses: list[Course]) -> None:
    writing.write_open_data(by=OPERATOR)
    skills = Skill.objects.filter(retired_at=None).count()
    for name, module in (
        ("framework.ttl", skos_turtle), ("framework.jsonld", skos_jsonld), ("framework-case.json", case_package),
    ):  # fmt: skip
        document = module.read({name: written(name)})
        assert document.problems == (), name
        assert len(document.skills) == skills, name
    with zipfile.ZipFile(io.BytesIO(written("framework.zip"))) as archive:
        tables = csv_tables.read({name: archive.read(name) for name in archive.namelist()})
    assert (len(tables.skills), tables.problems) == (skills, ())


@needs_standards
@pytest.mark.conformance
@pytest.mark.usefixtures("starter_content")
def test_the_shipped_courses_are_valid_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "FILES", files.FILES[3:6])
    writing.write_open_data(by=OPERATOR)
    schema = json.loads((SHARED / "moochub" / "moochub-schema.json").read_bytes())
    feed = json.loads(written("courses-moochub.json"))
    assert len(feed["data"]) > 50
    assert [error.message for error in Draft202012Validator(schema).iter_errors(feed)] == []
    loq = etree.XMLSchema(etree.parse(SHARED / "edc" / "xsd" / "loq" / "loq.xsd"))
    assert loq.validate(etree.fromstring(written("courses-elm.xml"))), loq.error_log
    assert len(Graph().parse(data=written("courses-elm.ttl"), format="turtle")) > 1_000


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # a part of rdflib itself
def test_the_catalogue_of_files_is_sound_linked_data_with_an_address_for_each(courses: list[Course]) -> None:
    writing.write_open_data(by=OPERATOR)
    graph = Graph().parse(data=written("catalog.jsonld"), format="json-ld")
    answer = graph.query(
        "PREFIX dcat: <http://www.w3.org/ns/dcat#> SELECT ?a WHERE { ?c a dcat:Catalog ; dcat:dataset ?d . "
        "?d dcat:distribution ?f . ?f dcat:downloadURL ?a ; dcat:byteSize ?b }"
    )
    assert {str(row[0]) for row in answer} == {f"{SITE}/data/{file.name}" for file in files.FILES}  # type: ignore[index]


def test_a_new_set_takes_the_place_of_the_former_which_stays_once_more(courses: list[Course]) -> None:
    sets = [writing.write_open_data(by=OPERATOR).folder for _ in range(3)]
    current = find_published_set()
    assert current is not None
    assert current.folder == sets[2]
    assert [folder.is_dir() for folder in sets] == [False, True, True]


def test_a_set_that_cannot_be_written_leaves_the_one_before_in_force(
    courses: list[Course], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = writing.write_open_data(by=OPERATOR)

    def fail(*_: Any) -> None:
        raise OSError("No space left on device")

    broken = replace(files.FILES[3], write=fail)
    monkeypatch.setattr(writing, "FILES", (*files.FILES[:3], broken))
    with pytest.raises(OSError, match="No space"):
        writing.write_open_data(by=OPERATOR)
    assert find_published_set() == before
    assert [path.name for path in Path(settings.OPEN_DATA_DIR).glob("set-*")] == [before.folder.name]


def test_two_at_once_are_refused_and_the_duty_leaves_it_to_the_first(courses: list[Course]) -> None:
    root = Path(settings.OPEN_DATA_DIR)
    root.mkdir()
    with (root / "lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(Conflict, match="being written"):
            writing.write_open_data(by=OPERATOR)
        tasks.write_open_data.call()
    assert find_published_set() is None
    tasks.write_open_data.call()
    assert find_published_set() is not None


def test_only_staff_may_have_them_written_and_the_trail_says_who(person: User, staff: User) -> None:
    with pytest.raises(NotAllowed):
        writing.write_open_data(by=person)
    writing.write_open_data(by=staff)
    event = AuditEvent.objects.get(action="write_open_data")
    assert event.actor == staff.public_id


def test_records_are_read_one_after_the_other_for_every_format(
    courses: list[Course], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many courses there are, no format asks for the next one before it has written the last."""
    held: list[int] = []
    original = writing._Spool.records

    def counted(spool: Any) -> Iterator[CourseRecord]:
        for number in range(300):
            for record in original(spool):
                held.append(number)
                address = f"{record.external_id}{number}"
                yield replace(record, external_id=address, position=address)

    class Watching(io.BytesIO):
        """Notes how many courses had been asked for at each write."""

        asked: list[int] = []

        def write(self, data: Any) -> int:
            Watching.asked.append(len(held))
            return super().write(data)

    monkeypatch.setattr(writing._Spool, "records", counted)
    with writing._Spool(Path(settings.OPEN_DATA_DIR).with_suffix(".spool")) as spool:
        for course in stream_courses():
            spool.add(public_record(course))
        contents = files.Contents(records=spool.records, slugs=_slugs(), made_at=timezone.now())
        for file in files.FILES[2:6]:
            held.clear()
            Watching.asked = []
            file.write(contents, Watching(), file.terms(contents.made_at))
            assert len(held) == 600, file.name
            steps = [after - before for before, after in zip([0, *Watching.asked], Watching.asked, strict=False)]
            assert max(steps) <= 2, file.name


def _slugs() -> dict[str, str]:
    return {f"{SITE}/id/skill/{uid}": slug for uid, slug in Skill.objects.values_list("uid", "slug")}
