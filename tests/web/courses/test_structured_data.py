"""The page of a course as data: our own reader finds the same course in it, and no text can break out of the block."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests.records import a_course, a_provider, a_run, a_topic

from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.courses import get_course
from synchromesh.engine.feeds.readers import schema_org
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings
from synchromesh.framework.models import Skill
from synchromesh.places.models import Country, Region
from synchromesh.site.open_data.public_records import public_record

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data_of(client: Client, address: str) -> dict[str, Any]:
    """The one data block of a page."""
    (block,) = _BLOCK.findall(client.get(address).content.decode())
    found: dict[str, Any] = json.loads(block)
    return found


def read_page(client: Client, course: Course) -> CourseRecord:
    """The one course that our reader finds in the page."""
    address = f"{SITE}/en/courses/{course.slug}/"
    page = io.BytesIO(client.get(f"/en/courses/{course.slug}/").content)
    assert schema_org.accepts(page, address)
    (found,) = schema_org.read(page, name=address, settings=ReadSettings())
    assert isinstance(found, CourseRecord)
    return found


def without_positions(record: CourseRecord) -> CourseRecord:
    return replace(record, position="", runs=tuple(replace(run, position="") for run in record.runs))


@pytest.fixture
def course() -> Course:
    """A course that states everything there is to state."""
    country = Country.objects.create(code="AT", names={"en": "Austria"})
    region = Region.objects.create(code="AT12", country=country, name="Lower Austria", level=2)
    course = a_course(
        "weld", {"weld-parts": (0, 2), "drive": (None, 1)}, provider=a_provider(country=country),
        titles={"de": 'Schweißen </script><b>"fett"</b> & mehr', "en": "Welding <!-- now"}, summaries={"de": "Kurz"},
        descriptions={"de": "Erste Zeile\nZweite Zeile"}, outcomes={"de": ["Nähte ziehen", "Nähte prüfen"]},
        languages=["de"], subtitles=["en"], mode="blended", workload_text="two days", price_text="with meals",
        certificate="attendance", eqf_min=3, eqf_max=4, eqf_text="EQF 3-4", ects=Decimal("2.50"),
        url="https://example.org/weld", keywords=["welding"], licence="CC-BY-4.0",
        accessibility=["captions", "keyboard"], source="Example page",
        source_url="https://example.org/", source_on=date(2026, 3, 1),
        origin="example",
    )  # fmt: skip
    course.topics.add(a_topic("battery"))
    a_run(
        course, date(2027, 5, 3), ends_on=date(2027, 5, 5), country=country, region=region, place="St. Pölten",
        language="de", mode="on-site", deadline_on=date(2027, 4, 20), seats=12, url="https://example.org/weld/1",
    )  # fmt: skip
    return course


def test_our_own_reader_finds_the_same_course_in_its_page(client: Client, course: Course) -> None:
    expected = public_record(get_course(course.slug))
    assert without_positions(read_page(client, course)) == without_positions(expected)
    assert expected.origin == "example"


def test_a_course_that_states_little_is_read_as_little(client: Client) -> None:
    course = a_course("plain", price_cents=None, currency="", minutes=None, mode="", languages=[])
    found = read_page(client, course)
    assert (found.price, found.minutes, found.mode, found.languages) == (None, None, "", ())
    assert found.external_id == f"{SITE}/id/course/{course.uid}"


def test_a_skill_has_its_address_and_one_that_nobody_confirmed_is_not_claimed(client: Client, course: Course) -> None:
    course.skill_links.filter(skill__slug="drive").update(confirmed_at=None)
    alignments = data_of(client, "/en/courses/weld/")["educationalAlignment"]
    skill = Skill.objects.get(slug="weld-parts")
    assert [node["targetUrl"] for node in alignments if node["alignmentType"] == "teaches"] == [
        f"{SITE}/id/skill/{skill.uid}"
    ]


def test_an_unknown_price_is_left_out_and_a_free_course_says_so(client: Client) -> None:
    a_course("unknown", price_cents=None, currency="")
    a_course("free", price_cents=0)
    assert "offers" not in data_of(client, "/en/courses/unknown/")
    assert data_of(client, "/en/courses/free/")["offers"]["price"] == "0.00"


def test_no_text_ends_the_block_or_opens_a_comment(client: Client, course: Course) -> None:
    text = client.get("/en/courses/weld/").content.decode()
    (block,) = _BLOCK.findall(text)
    assert not set("<>&") & set(block)
    assert text.count("</script>") == text.count("<script")


def test_the_data_of_a_page_needs_no_exception_in_the_security_policy(client: Client, course: Course) -> None:
    policy = client.get("/en/courses/weld/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
