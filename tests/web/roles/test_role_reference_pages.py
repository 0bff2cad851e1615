"""Roles to look up: near ones, two side by side, all details with their files, and the lists that lead there."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from django.test import Client
from tests.records import a_course, a_role, a_skill, a_topic, the_version

from synchromesh.engine.tables.workbooks import read_workbook
from synchromesh.framework.models import EscoLink, Family, JobRole, Requirement, UnitEntry
from synchromesh.web.home.views import choose_roles

pytestmark = pytest.mark.django_db
COMPARE = "/en/roles/compare/"


@pytest.fixture
def family() -> Family:
    """A family of job roles."""
    return Family.objects.create(slug="workshop", titles={"en": "Workshop"})


@pytest.fixture
def role(family: Family) -> JobRole:
    """A role of the family with a skill card and links to ESCO."""
    columns = {"family": family, "eqf_min": 4, "eqf_max": 5, "eqf_source": "Us"}
    role = a_role("technician", {"drive": 1, "lift": 3}, **columns)
    weld = a_skill("weld")
    Requirement.objects.create(
        version=the_version(), role=role, skill=weld, level=2, weight=5, source="A study", quote="=welds"
    )
    for place, (code, depth) in enumerate([("T.U1", "unit"), ("T.U1.E1", "element"), ("T.U1.E1.PC1", "criterion")]):
        UnitEntry.objects.create(
            version=the_version(), role=role, code=code, depth=depth, titles={"en": f"Line {code}"}, position=place
        )
    EscoLink.objects.create(role=role, uri="http://data.europa.eu/esco/occupation/1", match="close")
    EscoLink.objects.create(skill=weld, uri="http://data.europa.eu/esco/skill/2", match="broad")
    return role


def _text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return " ".join(re.sub(r"<[^>]+>", " ", text.split("<main")[1].split("</main>")[0]).split())


def _headline(client: Client, first: str, second: str) -> str:
    page = client.get(f"{COMPARE}?a={first}&b={second}").content.decode()
    return unescape(re.findall(r"<h1[^>]*>(.*?)</h1>", page)[0])


def test_the_role_page_names_family_and_near_roles_and_leads_to_details_and_sheet(
    client: Client, role: JobRole
) -> None:
    a_role("mechanic", {"weld": 2, "drive": 1})
    text = _text(client, "/en/roles/technician/")
    assert "Family Workshop" in text
    assert "Roles near this one Mechanic Shares 2 skills: Drive; Weld" in text
    page = client.get("/en/roles/technician/").content.decode()
    for address in ("?family=workshop", "technician/details/", "technician/role.pdf", "?a=technician&amp;b=mechanic"):
        assert address in page
    assert "A study" not in text  # sources stand on the page of details


def test_a_role_without_neighbours_has_no_empty_list(client: Client, role: JobRole) -> None:
    assert "Roles near this one" not in _text(client, "/en/roles/technician/")


def test_roles_are_listed_by_family_and_field_together(client: Client, role: JobRole, family: Family) -> None:
    field = a_topic()
    a_role("mechanic", {"weld": 1}, field, family=family)
    a_role("clerk", {"write": 1}, field)
    assert "2 job roles · Workshop" in _text(client, "/en/roles/?family=workshop")
    both = _text(client, "/en/roles/?family=workshop&field=battery")
    assert "1 job role · Workshop Mechanic" in both
    assert 'value="battery"' in client.get("/en/roles/?field=battery").content.decode()
    assert client.get("/en/roles/?family=no-such").status_code == 404


def test_home_shows_at_most_eight_roles_and_leads_to_all(client: Client) -> None:
    for number in range(9):
        a_role(f"role-{number}", {"weld": 1})
    text = _text(client, "/en/")
    assert "Job roles 8 of 9" in text
    assert "See all 9 job roles" in text


def test_home_takes_the_role_with_most_courses_of_each_family(role: JobRole, family: Family, client: Client) -> None:
    a_role("mechanic", {"glue": 1}, family=family)
    a_role("clerk", {"write": 1})
    a_course("gluing", {"glue": (0, 1)})
    a_course("not-confirmed", {"weld": (0, 2)}, confirmed=False)
    text = _text(client, "/en/")
    assert "Mechanic" in text
    assert "Clerk" in text
    assert "Technician" not in text


def test_without_courses_the_choice_of_home_is_still_the_same_every_time(role: JobRole, family: Family) -> None:
    other = a_role("mechanic", {"glue": 1}, family=family)
    assert choose_roles([role, other], courses={}) == choose_roles([other, role], courses={}) == [other]


def test_the_form_alone_asks_for_two_roles(client: Client, role: JobRole) -> None:
    page = client.get(COMPARE).content.decode()
    assert 'name="a"' in page
    assert 'name="b"' in page
    assert "<table" not in page
    assert "same job role twice" in _text(client, f"{COMPARE}?a=technician&b=technician")
    assert client.get(f"{COMPARE}?a=technician&b=no-such").status_code == 404
    assert client.get(f"{COMPARE}?a=technician&b=").status_code == 200


def test_two_roles_stand_side_by_side_with_levels_in_words(client: Client, role: JobRole) -> None:
    a_role("driver", {"drive": 3, "lift": 2, "sell": 1})
    text = _text(client, f"{COMPARE}?a=technician&b=driver")
    assert "Both need 2 skills." in text
    assert "Drive Awareness Expert" in text
    assert "Lift Expert Practitioner" in text
    assert "Only in: Driver 1 Skill Technician Driver Sell not needed Awareness" in text
    assert "Only in: Technician 1 Skill Technician Driver Weld Practitioner not needed" in text
    page = client.get(f"{COMPARE}?a=technician&b=driver").content.decode()
    drive = page.split("Drive</a>")[1].split("</tr>")[0]
    assert re.findall(r'<span class="(\w+)">', drive)[:3] == ["met", "beyond", "beyond"]
    assert re.findall(r'class="(met|missing|beyond)"', drive)[3:] == ["met", "missing", "missing"]
    lift = page.split("Lift</a>")[1].split("</tr>")[0]
    assert re.findall(r'class="(met|missing|beyond)"', lift)[3:] == ["met", "met", "beyond"]  # as the words beside say


def test_the_headline_says_how_much_of_the_second_role_is_there(client: Client, role: JobRole) -> None:
    a_role("driver", {"drive": 3, "lift": 2, "sell": 1})
    a_role("lifter", {"lift": 1})
    a_role("seller", {"sell": 1, "lift": 1})
    a_role("clerk", {"write": 1})
    who = "Somebody who fully meets Technician"
    assert (
        _headline(client, "technician", "driver") == f"{who} already has 1 of 3 skills of Driver, and a part of 1 more."
    )
    assert _headline(client, "technician", "seller") == f"{who} already has 1 of 2 skills of Seller."
    assert _headline(client, "technician", "lifter") == f"{who} has all that Lifter needs."
    assert _headline(client, "technician", "clerk") == f"{who} has none of the skills of Clerk yet."


def test_the_details_show_requirements_skill_card_esco_and_level_with_sources(client: Client, role: JobRole) -> None:
    text = _text(client, "/en/roles/technician/details/")
    assert "Weld Practitioner essential 5 A study: “=welds”" in text
    assert "T.U1.E1.PC1 Performance criterion Line T.U1.E1.PC1" in text
    assert "http://data.europa.eu/esco/occupation/1 nearly this" in text
    assert "Weld http://data.europa.eu/esco/skill/2 the ESCO concept is wider" in text
    assert "EQF 4–5 Source: Us" in text
    assert "Framework version 1, published" in text


def test_an_old_address_of_the_details_leads_on_and_an_unknown_one_does_not_exist(
    client: Client, role: JobRole
) -> None:
    page = client.get(f"/en/roles/{role.uid}/details/")
    assert (page.status_code, page["Location"]) == (301, "/en/roles/technician/details/")
    assert client.get("/en/roles/no-such-role/details/").status_code == 404
    assert client.get("/en/roles/no-such-role/role.pdf").status_code == 404


def test_each_table_comes_as_csv(client: Client, role: JobRole) -> None:
    page = client.get("/en/roles/technician/details/?format=csv")
    assert page["Content-Type"] == "text/csv; charset=utf-8"
    assert page["Content-Disposition"] == 'attachment; filename="technician-requirements.csv"'
    rows = list(csv.DictReader(io.StringIO(page.content.decode(), newline="")))
    weld = next(row for row in rows if row["skill"] == "weld")
    assert (weld["title"], weld["level"], weld["need"], weld["weight"]) == ("Weld", "2", "essential", "5")
    assert weld["quote"] == "'=welds"  # a spreadsheet must not run it
    units = client.get("/en/roles/technician/details/?format=csv&table=units").content.decode()
    assert "technician,T.U1.E1.PC1,criterion,Line T.U1.E1.PC1," in units
    esco = client.get("/en/roles/technician/details/?format=csv&table=esco").content.decode()
    assert "role,technician,Technician,http://data.europa.eu/esco/occupation/1,close,nearly this" in esco


@pytest.mark.parametrize(("table", "rows"), [("requirements", 3), ("units", 3), ("esco", 2)])
def test_each_table_comes_as_a_workbook(client: Client, role: JobRole, table: str, rows: int) -> None:
    page = client.get(f"/en/roles/technician/details/?format=xlsx&table={table}")
    tables = read_workbook(page.content, name="table.xlsx")
    assert {title: len(found.rows) for title, found in tables.items()} == {table: rows}


@pytest.mark.parametrize("query", ["?format=pdf", "?format=csv&table=no-such", "?format=%00", "?table=units"])
def test_a_file_that_does_not_exist_is_answered_with_the_page(client: Client, role: JobRole, query: str) -> None:
    page = client.get(f"/en/roles/technician/details/{query}")
    assert (page.status_code, page["Content-Type"]) == (200, "text/html; charset=utf-8")
