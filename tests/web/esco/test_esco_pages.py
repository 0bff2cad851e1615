"""Pages of ESCO: the empty site, the list, one concept and what changed."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.esco_records import JOINING, METALS, ROOT, SOLDERING, WELDER, WELDING, an_esco
from tests.records import a_course, a_role, a_skill

from synchromesh.framework.models import EscoConcept, EscoLabel, EscoLink, JobRole, Skill

pytestmark = pytest.mark.django_db

ATTRIBUTION = "This service uses the ESCO classification of the European Commission."


def _text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert "⚠ unknown variable" not in text
    return text


def _page(uri: str) -> str:
    return f"/en/esco/{uri.removeprefix(ROOT + '/')}/"


def _links(text: str) -> set[str]:
    return set(re.findall(r'href="(/en/esco/\w+/[^"]+/)"', text))


def test_a_site_without_esco_says_how_to_load_it(client: Client) -> None:
    text = _text(client, "/en/esco/")
    assert "ESCO is not loaded on this site." in text
    assert "synchromesh esco import" in text
    assert ATTRIBUTION in text
    assert "nothing to compare" in _text(client, "/en/esco/difference/")
    assert client.get(_page(WELDING)).status_code == 404


def test_the_list_is_filtered_by_kind_collection_group_and_words(client: Client) -> None:
    an_esco()
    text = _text(client, "/en/esco/")
    assert "9 concepts" in text
    assert ATTRIBUTION in text
    assert '<span lang="de">Deutsch</span>' in text
    for query, expected in (
        ("kind=knowledge", {METALS}),
        ("collection=green", {WELDING}),
        ("q=schwei%C3%9Fen", {WELDING}),
        ("q=metal&kind=skill", {WELDING}),
        ("q=nothing", set()),
        (f"broader={JOINING}", {WELDING, JOINING}),
    ):
        assert _links(_text(client, f"/en/esco/?{query}")) == {_page(uri) for uri in expected}, query
    for query in ("kind=rubbish", "collection=rubbish", "page=rubbish", "page=99"):
        assert "9 concepts" in _text(client, f"/en/esco/?{query}")


def test_a_search_keeps_kind_and_collection(client: Client) -> None:
    an_esco()
    text = _text(client, "/en/esco/?kind=skill&collection=green&q=weld")
    assert '<input type="hidden" name="kind" value="skill">' in text
    assert '<input type="hidden" name="collection" value="green">' in text


def test_a_concept_shows_every_language_its_place_and_its_relations(client: Client) -> None:
    an_esco()
    text = _text(client, _page(WELDING))
    assert re.search(r'<dt>German</dt><dd lang="de"><strong>Metall schweißen</strong>', text)
    assert re.search(r'<dt>English</dt><dd lang="en"><strong>weld metal</strong><br>fuse metal', text)
    assert "Join pieces of metal by heat." in text
    assert {_page(WELDER), _page(METALS), _page(JOINING)} <= _links(text)
    assert "Green skills" in text
    assert f'href="{WELDING}"' in text
    assert ATTRIBUTION in text
    assert "None of our job roles and skills refers to this concept." in text


def test_a_concept_names_our_skills_roles_and_their_courses(client: Client) -> None:
    an_esco()
    a_role("technician", {"welding": 2})
    a_course("weld-1", {"welding": (0, 1)})
    a_course("guess", {"welding": (0, 1)}, confirmed=False)
    EscoLink.objects.create(skill=Skill.objects.get(slug="welding"), uri=WELDING, match="exact")
    EscoLink.objects.create(role=JobRole.objects.get(slug="technician"), uri=WELDER, match="close")
    text = _text(client, _page(WELDING))
    assert "/en/skills/welding/" in text
    assert "exactly this" in text
    assert "/en/courses/weld-1/" in text
    assert "/en/courses/guess/" not in text
    assert "/en/roles/technician/" in _text(client, _page(WELDER))


def test_the_page_of_a_skill_leads_to_the_concept_where_it_is_loaded(client: Client) -> None:
    skill = a_skill("welding")
    EscoLink.objects.create(skill=skill, uri=WELDING, match="exact")
    assert f'href="{WELDING}"' in _text(client, "/en/skills/welding/")
    an_esco()
    text = _text(client, "/en/skills/welding/")
    assert f'<a href="{_page(WELDING)}">weld metal</a>' in text
    assert f'href="{WELDING}"' not in text


def test_a_name_in_another_language_says_so(client: Client) -> None:
    an_esco()
    EscoLabel.objects.filter(concept__uri=SOLDERING, language="en").delete()
    assert '<span lang="de">Lötverfahren anwenden</span>' in _text(client, "/en/esco/?kind=skill")


def test_what_changed_between_two_versions(client: Client) -> None:
    older = an_esco()
    newer = an_esco("1.2.0", active=False)
    EscoConcept.objects.get(version=newer, uri=SOLDERING).delete()
    EscoLink.objects.create(skill=a_skill("soldering"), uri=SOLDERING, match="exact")
    text = _text(client, "/en/esco/difference/")
    assert "apply soldering techniques" in text
    assert "/en/skills/soldering/" in text
    assert "What changed" in _text(client, "/en/esco/")
    back = _text(client, f"/en/esco/difference/?older={newer.label}&newer={older.label}")
    assert "/en/skills/soldering/" not in back
    assert "Choose two different versions." in _text(client, "/en/esco/difference/?older=1.1.1&newer=1.1.1")
    assert client.get("/en/esco/difference/?older=9.9").status_code == 404


def test_a_page_asks_at_most_ten_questions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    an_esco()
    for slug in ("welding", "joining"):
        a_course(f"{slug}-1", {slug: (0, 1)})
        EscoLink.objects.create(skill=Skill.objects.get(slug=slug), uri=WELDING, match="close")
    for address in ("/en/esco/", "/en/esco/?q=metal&kind=skill", _page(WELDING), "/en/skills/welding/"):
        with django_assert_max_num_queries(10):
            _text(client, address)
