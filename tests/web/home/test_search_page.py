"""Home and search: results by kind, similar spellings said as such, and what nobody has is counted."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from tests.esco_records import ROOT, WELDER, an_esco
from tests.records import a_course, a_provider, a_role, a_topic

from synchromesh.catalogue.models import Brief, Course
from synchromesh.framework.models import EscoLink, JobRole, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def _content() -> None:
    a_role("battery-technician", {"battery-basics": 1}, a_topic("battery"))
    for number in range(7):
        a_course(f"battery-course-{number}")
    a_provider("battery-school")


def _text(client: Client, query: str) -> str:
    page = client.get(f"/en/search/{query}")
    assert page.status_code == 200
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


@pytest.mark.usefixtures("_content")
def test_results_are_grouped_with_jobs_first(client: Client) -> None:
    text = _text(client, "?q=battery")
    places = [text.index(f">{title} <span") for title in ("Job roles", "Skills", "Courses", "Organisations")]
    assert places == sorted(places)
    assert "10 results for “battery”" in text
    for slug in ("/roles/battery-technician/", "/skills/battery-basics/", "/organisations/battery-school/"):
        assert slug in text
    assert text.count('href="/en/courses/battery-course-') == 5
    assert "/en/courses/?q=battery" in text
    assert not Brief.objects.exists()


@pytest.mark.usefixtures("_content")
def test_one_kind_is_shown_alone(client: Client) -> None:
    text = _text(client, "?q=battery&kind=course")
    assert text.count('href="/en/courses/battery-course-') == 7
    assert "/roles/battery-technician/" not in text
    assert "/roles/battery-technician/" in _text(client, "?q=battery&kind=rubbish")


@pytest.mark.usefixtures("_content")
def test_similar_spellings_are_said_to_be_similar(client: Client) -> None:
    text = _text(client, "?q=batery+tecnician")
    assert "Nothing has exactly these words." in text
    assert "/roles/battery-technician/" in text
    assert "Nothing has exactly these words." not in _text(client, "?q=battery+technician")
    assert not Brief.objects.exists()


@pytest.mark.usefixtures("_content")
def test_a_search_without_result_is_counted_once_and_offers_the_fields(client: Client) -> None:
    client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    text = _text(client, "?q=Quantum++gardening")
    assert "0 results for “Quantum gardening”" in text
    assert "/en/fields/battery/" in text
    brief = Brief.objects.get()
    assert (brief.origin, brief.words, brief.language, brief.times) == ("search", "quantum gardening", "en", 1)
    _text(client, "?q=quantum+gardening")
    brief.refresh_from_db()
    assert brief.times == 1


def _fitting(text: str) -> str:
    """The part of the page about the job title; empty where there is none."""
    return text.partition("Roles that fit this title")[2].partition("</section>")[0]


@pytest.mark.usefixtures("_content")
def test_a_job_title_leads_to_its_role_and_the_page_says_why(client: Client) -> None:
    text = _text(client, "?q=Senior+Battery+Technician+(m/w/d)")
    assert "/en/roles/battery-technician/" in _fitting(text)
    assert "has exactly this name" in _fitting(text)
    assert text.count('href="/en/roles/battery-technician/"') == 1
    assert "Nothing has exactly these words." not in text
    assert not Brief.objects.exists()


@pytest.mark.usefixtures("_content")
def test_a_title_in_another_language_names_the_language(client: Client) -> None:
    JobRole.objects.update(titles={"en": "Battery technician", "cs": "Technik baterií"})
    text = _text(client, "?q=technik+baterii")
    assert '<span lang="cs">Technik baterií</span> (Czech)' in _fitting(text)


@pytest.mark.usefixtures("_content")
def test_an_occupation_of_esco_leads_to_the_linked_role_else_to_esco(client: Client) -> None:
    an_esco()
    page = f"/en/esco/{WELDER.removeprefix(ROOT + '/')}/"
    alone = _fitting(_text(client, "?q=Schweißerin"))
    assert f'href="{page}"' in alone
    assert "no job role here is linked with it" in alone
    assert not Brief.objects.exists()
    EscoLink.objects.create(role=JobRole.objects.get(), uri=WELDER, match="close")
    linked = _fitting(_text(client, "?q=Schweißerin"))
    assert "/en/roles/battery-technician/" in linked
    assert "through the ESCO occupation" in linked
    assert "nearly this" in linked


@pytest.mark.usefixtures("_content")
def test_where_courses_alone_are_wanted_no_title_is_looked_for(client: Client) -> None:
    assert _fitting(_text(client, "?q=battery+technician&kind=course")) == ""
    assert _fitting(_text(client, "?q=battery")) == ""


@pytest.mark.usefixtures("_content")
@pytest.mark.parametrize("query", ["", "?q=", "?q=+++", "?kind=role"])
def test_without_words_nothing_is_searched_or_counted(client: Client, query: str) -> None:
    assert "result" not in _text(client, query).split("<h1>")[1].split("</main>")[0]
    assert not Brief.objects.exists()


@pytest.mark.usefixtures("_content")
@pytest.mark.parametrize("words", ["%00", "%22%3Cscript%3E", "()*AND+OR", "x" * 5000, "%F0%9F%94%8B", "a%00b"])
def test_odd_words_are_answered_like_any_others(client: Client, words: str) -> None:
    text = _text(client, f"?q={words}")
    assert "<script>" not in text.split("<h1>")[1].split("<script")[0]


@pytest.mark.usefixtures("_content")
def test_home_offers_the_search_and_the_roles(client: Client) -> None:
    page = client.get("/en/")
    text = page.content.decode()
    assert page.status_code == 200
    assert 'action="/en/search/"' in text
    assert "/en/roles/battery-technician/" in text


def test_home_of_an_empty_installation_is_a_page_too(client: Client) -> None:
    assert client.get("/en/").status_code == 200
    assert client.get("/en/courses/").status_code == 200
    assert client.get("/en/roles/").status_code == 200


@pytest.mark.usefixtures("_content")
def test_a_record_that_is_gone_meanwhile_is_not_among_the_results(client: Client) -> None:
    assert "10 results for “battery”" in _text(client, "?q=battery")
    Course.objects.filter(slug="battery-course-0").update(published_at=None)
    JobRole.objects.update(retired_at=timezone.now())
    text = _text(client, "?q=battery")
    assert "8 results for “battery”" in text
    assert "/courses/battery-course-0/" not in text
    assert "/roles/battery-technician/" not in text


@pytest.mark.usefixtures("_content")
def test_home_leads_to_all_courses_and_says_how_many_each_role_has(client: Client) -> None:
    a_course("teaching", {"battery-basics": (0, 1)})
    for address in ("/en/", "/en/roles/", "/en/fields/battery/"):
        text = unescape(client.get(address).content.decode())
        assert 'href="/en/courses/?role=battery-technician">1 course<' in text, address
    assert "8 courses, by language, price, date and more." in unescape(client.get("/en/").content.decode())


@pytest.mark.usefixtures("_content")
def test_fields_say_how_many_courses_they_have(client: Client) -> None:
    a_topic("empty")
    a_course("in-field").topics.add(Topic.objects.get(slug="battery"))
    text = unescape(client.get("/en/fields/").content.decode())
    assert 'href="/en/courses/?field=battery">1 course<' in text
    assert "no course yet" in text
