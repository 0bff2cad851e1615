"""The framework tables: nothing is lost on the way out and back, and every bad row is named."""

from __future__ import annotations

import contextlib
import datetime
import random

import pytest
from tests.engine.exchange.framework_documents import SMALL, reported, without_positions

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.frameworks import (
    EscoReference,
    FrameworkDocument,
    Provenance,
    SkillRecord,
    csv_tables,
    read_framework,
)
from synchromesh.engine.tables.writing import write_xlsx

SKILLS = "id,slug,kind,title_en,title_de,anchor_2_en,esco_uri,esco_match,source,source_url,source_on,confidence\n"
ROLES = "id,title_en,summary_en,tasks_en,area,eqf_min,eqf_max\n"
REQUIREMENTS = "role,skill,level,need,weight,confidence,quote\n"
SAFE = "http://data.europa.eu/esco/skill/1"


def read_one(name: str, content: str) -> FrameworkDocument:
    return read_framework({name: content.encode()})


def test_a_full_row_of_each_table_is_read() -> None:
    document = read_framework(
        {
            "starter/Skills.csv": (
                f"{SKILLS}s1,s-one,Knowledge,One,Eins,Can do,{SAFE},exact,Draft,,31.12.2025,0.5\n".encode()
            ),
            "roles.csv": f"{ROLES}r1,Battery Technician!,Repairs,Test; Repair,Repair,3,5\n".encode(),
            "requirements.csv": f"{REQUIREMENTS}r1,s1,Expert,optional,4,,quoted words\n".encode(),
        }
    )
    assert document.problems == ()
    assert document.skills == (
        SkillRecord(
            position="starter/Skills.csv row 2", external_id="s1", slug="s-one", kind="knowledge", topics=(),
            titles={"en": "One", "de": "Eins"}, descriptions={}, anchors={2: {"en": "Can do"}},
            esco=(EscoReference(uri=SAFE, match="exact"),),
            provenance=Provenance(source="Draft", source_url="", source_on=datetime.date(2025, 12, 31), confidence=0.5),
        ),
    )  # fmt: skip
    assert document.roles[0].slug == "battery-technician"
    assert document.roles[0].tasks == {"en": ("Test", "Repair")}
    assert (document.roles[0].eqf_min, document.roles[0].eqf_max) == (3, 5)
    requirement = document.requirements[0]
    assert (requirement.level, requirement.essential, requirement.weight) == (3, False, 4)
    assert requirement.provenance.quote == "quoted words"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (",,skill,,Titel,,,,,,,", "id"),
        ("s1,,skill,,,,,,,,,", "title_en"),
        ("s1,,talent,One,,,,,,,,", "kind"),
        ("s1,,,One,,,,,,,,", "kind"),
        ("s1,Not A Slug,skill,One,,,,,,,,", "slug"),
        (f"s1,,skill,One,,,{SAFE},same,,,,", "esco_match"),
        (f"s1,,skill,One,,,{SAFE},,,,,", "esco_match"),
        ("s1,,skill,One,,,,exact,,,,", "esco_match"),
        ("s1,,skill,One,,,http://example.org/1,exact,,,,", "esco_uri"),
        ("s1,,skill,One,,,,,,example.org,,", "source_url"),
        ("s1,,skill,One,,,,,,,3/4/2025,", "source_on"),
        ("s1,,skill,One,,,,,,,,1.5", "confidence"),
    ],
)
def test_a_bad_cell_of_a_skill_is_named_and_the_next_row_still_loads(row: str, field: str) -> None:
    document = read_one("skills.csv", f"{SKILLS}{row}\ngood,,skill,Good,,,,,,,,\n")
    assert reported(document) == [("skills.csv row 2", field)]
    assert [skill.external_id for skill in document.skills] == ["good"]


@pytest.mark.parametrize(
    ("row", "field"),
    [("r,R,,,,0,", "eqf_min"), ("r,R,,,,3,9", "eqf_max"), ("r,R,,,,5,4", "eqf_max"), ("r,R,,,,x,", "eqf_min")],
)
def test_eqf_levels_are_1_to_8_and_in_order(row: str, field: str) -> None:
    document = read_one("roles.csv", f"{ROLES}{row}\ngood,Good,,,,1,8\n")
    assert reported(document) == [("roles.csv row 2", field)]
    assert [role.external_id for role in document.roles] == ["good"]


@pytest.mark.parametrize(
    ("row", "field"),
    [("r,s,0,essential,1,,", "level"), ("r,s,4,essential,1,,", "level"), ("r,s,,essential,1,,", "level"),
     ("r,s,1,maybe,1,,", "need"), ("r,s,1,,1,,", "need"), ("r,s,1,essential,0,,", "weight"),
     ("r,s,1,essential,6,,", "weight"), ("r,s,1,essential,,,", "weight"),
     (",s,1,essential,1,,", "role"), ("r,,1,essential,1,,", "skill")],
)  # fmt: skip
def test_a_bad_cell_of_a_requirement_is_named(row: str, field: str) -> None:
    document = read_one("requirements.csv", f"{REQUIREMENTS}{row}\nr,good,Practitioner,essential,1,,\n")
    assert reported(document) == [("requirements.csv row 2", field)]
    assert [(requirement.skill, requirement.level) for requirement in document.requirements] == [("good", 2)]


def test_all_problems_of_a_row_are_reported_at_once() -> None:
    document = read_one("skills.csv", f"{SKILLS}s1,,talent,One,,,,,,nowhere,never,2\n")
    assert reported(document) == [
        ("skills.csv row 2", name) for name in ("kind", "confidence", "source_url", "source_on")
    ]


def test_an_id_slug_skill_or_requirement_that_stands_twice_is_reported_with_the_first_place() -> None:
    document = read_framework(
        {
            "skills.csv": f"{SKILLS}a,,skill,One,,,,,,,,\na,x,skill,Two,,,,,,,,\nb,one,skill,Three,,,,,,,,\n".encode(),
            "requirements.csv": f"{REQUIREMENTS}r,s,1,essential,1,,\nr,s,2,essential,1,,\n".encode(),
            "roles.csv": f"{ROLES}a,One,,,,,\n".encode(),
        }
    )
    assert reported(document) == [
        ("requirements.csv row 3", "skill"), ("skills.csv row 3", "id"), ("skills.csv row 4", "slug"),
    ]  # fmt: skip
    assert "skills.csv row 2" in document.problems[1].message
    assert len(document.roles) == 1


def test_the_slug_stands_in_for_a_missing_id_and_the_english_title_for_both() -> None:
    document = read_one("skills.csv", f"{SKILLS},my-slug,skill,One,,,,,,,,\n,,skill,Größe & Maß,,,,,,,,\n")
    assert [(skill.external_id, skill.slug) for skill in document.skills] == [("my-slug",) * 2, ("grosse-mass",) * 2]


@pytest.mark.parametrize("title", ["Ασφάλεια", "Безопасност"])
def test_a_title_in_another_script_takes_the_slug_from_the_id(title: str) -> None:
    document = read_one("skills.csv", f"{SKILLS}HV 1,,skill,{title},,,,,,,,\n{title},,skill,{title},,,,,,,,\n")
    assert document.skills[0].slug == "hv-1"
    assert document.skills[1].slug
    assert document.skills[1].external_id == title


def test_a_title_in_any_one_language_is_enough() -> None:
    document = read_one("skills.csv", "id,kind,title_lt\na,skill,Sauga\n")
    assert document.skills[0].titles == {"lt": "Sauga"}
    assert document.problems == ()


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [("ID;Kind;Title DE", "a;skill;Eins", "skills"), ("id;title_de;tasks_de", "a;Eins;x", "roles"),
     ("role;skill;level;need;weight", "r;s;1;essential;1", "requirements")],
)  # fmt: skip
def test_a_file_of_another_name_is_known_by_its_headings(header: str, row: str, kind: str) -> None:
    document = read_one("export (3).csv", f"{header}\n{row}\n")
    assert len(getattr(document, kind)) == 1


def test_a_table_of_topics_does_not_pass_for_roles() -> None:
    document = read_framework(
        {
            "topics.csv": b"slug,position,title_en,summary_en\nx,1,X,About x.\n",
            "roles.csv": f"{ROLES}a,A,,,,,\n".encode(),
        }
    )
    assert [role.external_id for role in document.roles] == ["a"]
    assert reported(document) == [("topics.csv", "")]


def test_other_files_and_unknown_columns_are_reported_and_left_out() -> None:
    document = read_framework(
        {"notes.md": b"# Notes", "roles.csv": b"id,title_en,tasks_en,colour,title_english\na,One,x,red,y\n"}
    )
    assert reported(document) == [("notes.md", ""), ("roles.csv", "colour"), ("roles.csv", "title_english")]
    assert len(document.roles) == 1


def test_a_row_that_is_no_row_keeps_its_position_with_the_name_of_the_file() -> None:
    document = read_one("roles.csv", f"{ROLES}a,One,too,many,cells,1,2,3\nb,Two,,,,,\n")
    assert reported(document) == [("roles.csv row 2", "")]


@pytest.mark.parametrize(
    ("name", "content", "field"),
    [("skills.csv", "id,kind\na,skill\n", "title_en"), ("skills.csv", "id,title_en\na,One\n", "kind"),
     ("requirements.csv", "role,skill,level\nr,s,1\n", "need")],
)  # fmt: skip
def test_a_table_that_lacks_a_needed_column_is_refused_with_what_is_missing(
    name: str, content: str, field: str
) -> None:
    with pytest.raises(InvalidInput, match=field) as refusal:
        read_one(name, content)
    assert refusal.value.field == field


@pytest.mark.parametrize("files", [{}, {"x.json": b"{}"}, {"x.csv": b"a,b\n1,2\n"}, {"x.bin": b"\0\1\2"}])
def test_files_of_no_framework_are_refused_with_what_is_read(files: dict[str, bytes]) -> None:
    with pytest.raises(InvalidInput, match=r"skills\.csv, roles\.csv, requirements\.csv"):
        read_framework(files)


def test_damaged_tables_are_refused_or_read_around() -> None:
    files = {
        "skills.csv": f"{SKILLS}s1,s-one,skill,One,Größe,Can do,{SAFE},exact,Draft,https://a.org,2025-12-31,0.5\n".encode(),
        "roles.csv": f'{ROLES}r1,One,"Does, this",Test; Repair,Repair,3,5\n'.encode(),
        "requirements.csv": f"{REQUIREMENTS}r1,s1,Expert,optional,4,0.5,words\n".encode(),
    }
    chance = random.Random(5)
    read = 0
    for _ in range(2_000):
        name = chance.choice(sorted(files))
        data = bytearray(files[name])
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(InvalidInput):
            document = read_framework({**files, name: bytes(data)})
            assert all(problem.position and problem.message for problem in document.problems)
            read += 1
    assert read > 100


FAMILIES = "id,slug,title_en,source,source_url,source_on,confidence\n"
UNITS = "role,code,level,title_en,skill,source,source_url,source_on\n"


def test_families_and_units_are_read_and_a_role_names_its_family() -> None:
    document = read_framework(
        {
            "families.csv": f"{FAMILIES}f1,service,Service,Draft,,2026-01-02,0.5\n".encode(),
            "roles.csv": b"id,title_en,family\nr1,One,service\n",
            "units.csv": f"{UNITS}r1,R1.U1,Unit,Make safe,s1,Draft,,\nr1,R1.U1.E1,element,Switch off,,,,\n".encode(),
        }
    )
    assert document.problems == ()
    assert [(family.slug, family.titles) for family in document.families] == [("service", {"en": "Service"})]
    assert document.roles[0].family == "service"
    assert [(unit.code, unit.depth, unit.skill, unit.parent_code) for unit in document.units] == [
        ("R1.U1", "unit", "s1", ""), ("R1.U1.E1", "element", "", "R1.U1"),
    ]  # fmt: skip
    assert document.units[0].provenance.confidence == 1


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (",R.U2,unit,T,,,,", "role"), ("r,,unit,T,,,,", "code"), ("r,R..U2,unit,T,,,,", "code"),
        ("r,R U2,unit,T,,,,", "code"), ("r,R.U2,chapter,T,,,,", "level"), ("r,R.U2,,T,,,,", "level"),
        ("r,R.U2,unit,,,,,", "title_en"), ("r,R.U1,unit,T,,,,", "code"), ("r,R.U9.E1,element,T,,,,", "code"),
        ("r,R.U1.PC1,criterion,T,,,,", "code"), ("other,R.U1.E1,element,T,,,,", "code"), ("r,E1,element,T,,,,", "code"),
    ],
)  # fmt: skip
def test_a_bad_unit_is_named_and_the_others_load(row: str, field: str) -> None:
    document = read_one("units.csv", f"{UNITS}r,R.U1,unit,First,,,,\n{row}\n")
    assert reported(document) == [("units.csv row 3", field)]
    assert [unit.code for unit in document.units] == ["R.U1"]


def test_the_criteria_of_an_element_that_has_no_unit_are_left_out_with_it() -> None:
    document = read_one("units.csv", f"{UNITS}r,R.U1.E1.P1,criterion,C,,,,\nr,R.U1.E1,element,E,,,,\n")
    assert document.units == ()
    assert reported(document) == [("units.csv row 3", "code"), ("units.csv row 2", "code")]


def test_a_family_that_is_no_slug_is_reported() -> None:
    document = read_one("roles.csv", "id,title_en,family\na,A,Not A Slug\n")
    assert reported(document) == [("roles.csv row 2", "family")]


def test_units_are_known_by_their_headings_in_a_file_of_any_name() -> None:
    assert len(read_one("profile.csv", f"{UNITS}r,R.U1,unit,First,,,,\n").units) == 1


def test_one_table_as_a_workbook_of_one_sheet_is_still_a_table() -> None:
    columns = ["id", "title_en", "tasks_en"]
    document = read_framework({"export.xlsx": write_xlsx(columns, [["a", "A", "x; y"]], title="Roles")})
    assert document.roles[0].position == "export.xlsx row 2"
    assert document.roles[0].tasks == {"en": ("x", "y")}


def test_any_mixture_of_tables_is_read_together() -> None:
    files = csv_tables.write(SMALL)
    assert without_positions(read_framework({f"folder/{name}": data for name, data in files.items()})) == SMALL
