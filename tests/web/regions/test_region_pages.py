"""Regions: one list as tiles, table and map; a region's page; several side by side; what is printed."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
from benchmarks.pages.limits import QUERIES
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries
from tests.community.sharing_records import a_member, a_practice, a_profile, a_region

from synchromesh import web
from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, Run
from synchromesh.community.models import (
    Project,
    ProjectPartner,
    RegionFact,
    RegionNetwork,
    RegionProfile,
    RegionSite,
)
from synchromesh.community.operations.boundaries import load_boundaries

pytestmark = pytest.mark.django_db
SQUARE = (
    b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"NUTS_ID": "DE11"}, "geometry": '
    b'{"type": "Polygon", "coordinates": [[[9, 48], [10, 48], [10, 49], [9, 49], [9, 48]]]}}]}'
)
FACT = {
    "do": "add-fact",
    "label": "People in the sector",
    "value": "215000",
    "year": "2023",
    "source": "A statistic",
    "source_on": "2026-01-05",
}


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("view", ["tiles", "table", "map"])
def test_the_three_views_name_the_same_regions(client: Client, view: str) -> None:
    a_profile("DE11")
    a_profile("SE232")
    load_boundaries(by=OPERATOR, name="b.geojson", content=SQUARE, credit="Owner of the lines")
    page = text_of(client, f"/en/regions/?view={view}")
    assert "Region DE11" in page
    assert "Region SE232" in page
    assert "Region SE232" not in text_of(client, f"/en/regions/?view={view}&country=DE")


def tile_of(page: str, code: str) -> str:
    """The words of one tile of the map."""
    tiles = [tile.split("</li>")[0] for tile in page.split('<li class="map-tile ')[1:]]
    found = [tile for tile in tiles if f'<span class="tile-code">{code}</span>' in tile]
    assert len(found) == 1
    return found[0]


def test_a_tile_is_a_link_with_code_name_and_count_and_a_smaller_region_lies_on_the_one_above(
    client: Client, person: User
) -> None:
    profile = a_profile("SK021")
    a_practice(person, region=profile.region)
    tile = tile_of(text_of(client, "/en/regions/"), "SK02")
    assert 'href="/en/regions/SK021/"' in tile
    assert re.sub("<[^>]*>", "", tile).endswith("SK02 Region SK021 (SK021) 1 Working-Group. practices: 1")


def test_a_tile_without_a_region_that_takes_part_is_no_link_and_is_not_read_out(client: Client) -> None:
    a_profile("DE11")
    a_region("DE12", "Karlsruhe")
    page = text_of(client, "/en/regions/")
    assert "<a" in tile_of(page, "DE11")
    tile = tile_of(page, "DE12")
    assert 'aria-hidden="true"' in tile
    assert "<a" not in tile


def test_tiles_stand_beside_each_other_on_a_grid_that_the_style_sheet_knows(client: Client) -> None:
    for code in ("DE11", "DE12", "CY00"):
        a_profile(code)
    page = text_of(client, "/en/regions/")
    places = [re.findall(r"(col|row)-(\d+)", tile_of(page, code)) for code in ("DE11", "DE12", "CY00")]
    assert [len(place) for place in places] == [2, 2, 2]
    assert len({str(place) for place in places}) == 3
    sheet = (Path(web.__file__).parent / "static/css/tiles.css").read_text(encoding="utf-8")
    assert all(f".{name}-{number} {{" in sheet for place in places for name, number in place)


def test_two_regions_on_one_tile_lead_to_the_tile_which_names_both(client: Client) -> None:
    a_profile("SK021")
    a_profile("SK022")
    assert 'href="/en/regions/SK02/"' in tile_of(text_of(client, "/en/regions/"), "SK02")
    page = text_of(client, "/en/regions/SK02/")
    assert "Nobody has described this region yet" in page
    assert "Region SK021" in page
    assert "Region SK022" in page


def test_the_map_says_whose_boundaries_it_shows_and_says_so_where_there_are_none(client: Client) -> None:
    a_profile("DE11")
    assert "No map is loaded" in text_of(client, "/en/regions/?view=map")
    load_boundaries(by=OPERATOR, name="b.geojson", content=SQUARE, credit="Owner of the lines")
    assert "Owner of the lines" in text_of(client, "/en/regions/?view=map")


def test_regions_that_a_source_counts_and_nobody_names_stand_as_not_yet_named(client: Client) -> None:
    a_profile("DE11")
    RegionNetwork.objects.update(members_stated=15, source="Minutes")
    assert "14 are not yet named" in text_of(client, "/en/regions/")


def test_the_table_is_ordered_by_its_headings(client: Client) -> None:
    a_profile("DE11", name="Zeta")
    a_profile("SE232", name="Alpha")
    page = text_of(client, "/en/regions/?view=table&order=code")
    assert page.index("Zeta") < page.index("Alpha")
    page = text_of(client, "/en/regions/?view=table&order=name")
    assert page.index("Alpha") < page.index("Zeta")


def test_a_page_of_a_region_brings_together_what_is_known_and_says_what_is_not(client: Client, person: User) -> None:
    profile = a_profile("DE11")
    RegionSite.objects.create(profile=profile, name="Plant North", place="Esslingen")
    a_practice(person, region=profile.region)
    course = Course.objects.create(slug="weld", titles={"en": "Weld cells"}, published_at="2026-01-01T00:00Z")
    Run.objects.create(course=course, region=profile.region, country=profile.region.country, starts_on=date(2126, 1, 1))
    page = text_of(client, "/en/regions/DE11/")
    for words in ("Plant North", "number of people not known", "Mentors on the night shift", "Weld cells", "A page"):
        assert words in page
    assert page.index("In the region") < page.index("Weld cells")
    assert "No provider has said that it is in this region." in page


def test_a_page_of_a_region_names_the_projects_with_a_partner_there_or_below(client: Client) -> None:
    a_profile("DE11")
    partner = Organisation.objects.create(slug="partner", name="Partner", region=a_region("DE111", "City"))
    far = Organisation.objects.create(slug="far", name="Far", region=a_region("SE23", "West"))
    ProjectPartner.objects.create(project=Project.objects.create(slug="amber", name="AMBER"), organisation=partner)
    Project.objects.create(slug="basalt", name="BASALT", coordinator=far)
    page = text_of(client, "/en/regions/DE11/")
    assert 'href="/en/projects/amber/"' in page
    assert "BASALT" not in page
    listed = text_of(client, "/en/projects/?region=DE11")
    assert "AMBER" in listed
    assert "BASALT" not in listed
    assert '<option value="DE111">City (DE111)</option>' in listed
    a_profile("AT31")
    assert "No project with a partner" in text_of(client, "/en/regions/AT31/")


def test_a_page_of_a_region_asks_at_most_ten_questions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_profile("DE11")
    with django_assert_max_num_queries(QUERIES):
        client.get("/en/regions/DE11/")


def test_a_code_that_nuts_does_not_have_is_not_found_and_small_letters_lead_to_large_ones(client: Client) -> None:
    a_profile("DE11")
    assert client.get("/en/regions/XX99/").status_code == 404
    assert client.get("/en/regions/de11/").headers["Location"] == "/en/regions/DE11/"


def test_two_regions_stand_side_by_side_and_what_one_lacks_is_not_known(client: Client) -> None:
    profile = a_profile("DE11")
    a_profile("SE232")
    RegionFact.objects.create(profile=profile, kind="figure", label="People", value=1200, unit="people", year=2024)
    page = text_of(client, "/en/regions/compare/?r=DE11&r=SE232")
    row = page[page.index(">People</th>") :].split("</tr>")[0]
    assert "1,200 people (2024)" in row
    assert "not known" in row


def test_at_most_four_regions_are_compared(client: Client) -> None:
    for code in ("DE11", "DE12", "DE13", "DE14", "DE21"):
        a_profile(code)
    page = text_of(
        client, "/en/regions/compare/?" + "&".join(f"r={code}" for code in ("DE11", "DE12", "DE13", "DE14", "DE21"))
    )
    assert page.count('<th scope="col"') == 4


def _pages(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/pdf"
    return [page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages]


def test_a_full_region_prints_on_two_pages(client: Client, person: User) -> None:
    profile = a_profile("DE11", summaries={"en": "Cars and parts. " * 200})
    for number in range(12):
        RegionSite.objects.create(profile=profile, name=f"Plant {number}", activity="Gearboxes and shafts")
        RegionFact.objects.create(profile=profile, kind="evidence", words=f"It did {number}. " * 45, source="A page")
        a_practice(person, title=f"Practice {number}", region=profile.region)
    pages = _pages(client, "/en/regions/DE11/region.pdf")
    assert len(pages) == 2
    assert "Plant 0" in pages[0]
    assert "Practice 11" in pages[1]
    assert "and 7 more" in pages[0]


def test_a_region_of_which_little_is_known_prints_on_two_pages_too(client: Client) -> None:
    a_profile("DE11")
    pages = _pages(client, "/en/regions/DE11/region.pdf")
    assert len(pages) == 2
    assert "not known" in pages[1]


def test_a_comparison_is_printed_and_needs_two_regions(client: Client) -> None:
    a_profile("DE11")
    a_profile("SE232")
    text = "".join(_pages(client, "/en/regions/compare/regions.pdf?r=DE11&r=SE232"))
    assert "Region DE11" in text
    assert "Region SE232" in text
    assert client.get("/en/regions/compare/regions.pdf?r=DE11").status_code == 422


def test_the_desk_adds_a_fact_with_its_source_and_takes_it_out(
    client: Client, editor: User, organisation: Organisation
) -> None:
    a_profile("DE11", desk=organisation)
    client.force_login(editor)
    client.post("/en/regions/DE11/facts/", FACT)
    page = text_of(client, "/en/regions/DE11/")
    assert "215,000 (2023)" in page
    assert "A statistic" in page
    client.post("/en/regions/DE11/facts/", {"do": "remove-fact", "uid": str(RegionFact.objects.get().uid)})
    assert not RegionFact.objects.exists()


def test_a_fact_without_a_source_stays_out(client: Client, editor: User, organisation: Organisation) -> None:
    a_profile("DE11", desk=organisation)
    client.force_login(editor)
    assert client.post("/en/regions/DE11/facts/", FACT | {"source": ""}).status_code == 422
    assert not RegionFact.objects.exists()


def test_the_desk_describes_its_region_and_others_cannot(
    client: Client, editor: User, person: User, organisation: Organisation
) -> None:
    a_profile("DE11", desk=organisation)
    said = {"name": "Stuttgart Region", "summary": "Much changes here.", "texts_in": "en"}
    client.force_login(person)
    assert client.post("/en/regions/DE11/edit/", said).status_code == 403
    client.force_login(editor)
    client.post("/en/regions/DE11/edit/", said)
    assert "Much changes here." in text_of(client, "/en/regions/DE11/")


def test_only_members_of_the_alliance_see_contacts(
    client: Client, member: User, person: User, organisation: Organisation
) -> None:
    a_profile("DE11", desk=organisation)
    a_member(organisation)
    client.force_login(member)
    client.post("/en/regions/DE11/contact/", {"task": "Further training"})
    assert "member@example.org" in text_of(client, "/en/regions/DE11/")
    client.force_login(person)
    assert "member@example.org" not in text_of(client, "/en/regions/DE11/")
    client.logout()
    assert "member@example.org" not in text_of(client, "/en/regions/DE11/")


def test_nobody_is_a_contact_of_a_region_whose_desk_is_another_body(client: Client, member: User) -> None:
    a_profile("DE11")
    client.force_login(member)
    assert client.post("/en/regions/DE11/contact/", {"task": "All"}).status_code == 403


def test_alliance_staff_name_a_region_and_its_desk(client: Client, staff: User, organisation: Organisation) -> None:
    a_region("CZ080", "Moravskoslezský kraj")
    client.force_login(staff)
    said = {"region": "cz080", "name": "Moravia-Silesia", "desk": organisation.name}
    client.post("/en/regions/add/", said)
    assert RegionProfile.objects.get().desk == organisation
    client.post("/en/regions/add/", said | {"desk": ""})
    assert RegionProfile.objects.get().desk is None
    assert client.post("/en/regions/add/", said | {"region": "XX000"}).status_code == 422


def test_every_network_of_regions_stands_below_the_list_with_its_source(client: Client) -> None:
    a_profile("DE11")
    RegionNetwork.objects.update(members_stated=1, source="Minutes", source_url="https://example.org/minutes")
    RegionNetwork.objects.create(slug="other", name="Other circle", source="A page", source_url="https://example.org/p")
    page = text_of(client, "/en/regions/")
    for address in ("https://example.org/minutes", "https://example.org/p"):
        assert f'href="{address}"' in page
    assert "not yet named" not in page
    narrowed = text_of(client, "/en/regions/?network=other")
    assert "https://example.org/p" in narrowed
    assert "https://example.org/minutes" not in narrowed
