"""Tables of regions and practices: previewed, committed, undone; loading again changes nothing; edits stay."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from tests.community.sharing_records import a_practice, a_region, practice_details

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import Practice, PracticeVersion, RegionFact, RegionNetwork, RegionProfile
from synchromesh.community.operations.practice_importing import PracticeImporter
from synchromesh.community.operations.practices import edit_practice
from synchromesh.community.operations.record_importing import RecordImporter
from synchromesh.community.operations.region_importing import (
    RegionFactImporter,
    RegionImporter,
    RegionNetworkImporter,
    RegionSiteImporter,
)
from synchromesh.community.queries.practice_exports import practices_csv
from synchromesh.engine.errors import InvalidInput, NotAllowed
from synchromesh.framework.models import Skill, Topic
from synchromesh.plumbing import imports
from synchromesh.plumbing.import_plans import ImportPlan
from synchromesh.plumbing.models import ImportBatch

pytestmark = pytest.mark.django_db
PRACTICE = "id,title,theme,challenge,result,cost,nuts,skills,topics\n"
REGION = "id,name,nuts,network,summary\n"


def plan(importer: RecordImporter, table: str) -> ImportPlan:
    return importer.plan(io.BytesIO(table.encode()), name="t.csv", source="test", options={})


def load(importer: RecordImporter, table: str, **options: Any) -> ImportBatch:
    file = io.BytesIO(table.encode())
    batch, _ = imports.preview(importer, by=OPERATOR, file=file, name="t.csv", source="test", options=options)
    return imports.commit(importer, by=OPERATOR, batch=batch)


def test_practices_are_published_with_their_first_version_and_loading_again_changes_nothing() -> None:
    a_region("DE11")
    Skill.objects.create(slug="weld", titles={"en": "Weld"})
    Topic.objects.create(slug="battery", titles={"en": "Battery"})
    table = PRACTICE + "p1,Mentors,upskilling,Nobody to ask,Fewer faults,12.50,DE11,weld,battery\n"
    load(PracticeImporter(), table)
    practice = Practice.objects.get()
    assert (practice.state, practice.slug, practice.cost_cents) == ("published", "mentors", 1250)
    assert practice.country is not None
    assert [link.skill.slug for link in practice.skill_links.all()] == ["weld"]
    assert [topic.slug for topic in practice.topics.all()] == ["battery"]
    assert PracticeVersion.objects.get().content["title"] == {"en": "Mentors"}
    assert plan(PracticeImporter(), table).counts == {"new": 0, "changed": 0, "same": 1, "error": 0}


def test_an_undone_import_leaves_nothing() -> None:
    Skill.objects.create(slug="weld", titles={"en": "Weld"})
    batch = load(PracticeImporter(), PRACTICE + "p1,Mentors,upskilling,,,,,weld,\n")
    imports.undo(PracticeImporter(), by=OPERATOR, batch=batch)
    assert not Practice.objects.exists()
    assert not PracticeVersion.objects.exists()


def test_a_changed_row_makes_a_new_version_and_its_links_follow() -> None:
    for slug in ("weld", "cut"):
        Skill.objects.create(slug=slug, titles={"en": slug})
    load(PracticeImporter(), PRACTICE + "p1,Mentors,upskilling,,,,,weld,\n")
    load(PracticeImporter(), PRACTICE + "p1,Mentors at night,upskilling,,,,,cut,\n")
    practice = Practice.objects.get()
    assert [link.skill.slug for link in practice.skill_links.all()] == ["cut"]
    assert list(practice.versions.values_list("number", flat=True)) == [2, 1]


def test_what_somebody_edited_here_stays(staff: User) -> None:
    load(PracticeImporter(), PRACTICE + "p1,Mentors,upskilling,Old,,,,,\n")
    practice = Practice.objects.get()
    edit_practice(by=staff, practice=practice, details=practice_details(challenge="Ours"))
    table = PRACTICE + "p1,Mentors,upskilling,New,,,,,\n"
    assert plan(PracticeImporter(), table).counts["kept"] == 1
    load(PracticeImporter(), table)
    assert Practice.objects.get().challenges == {"en": "Ours"}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("p1,,upskilling,,,,,,", "title"),
        ("p1,Mentors,magic,,,,,,", "theme"),
        ("p1,Mentors,upskilling,,,-1,,,", "cost"),
        ("p1,Mentors,upskilling,,,,XX99,,", "nuts"),
        ("p1,Mentors,upskilling,,,,,fly,", "skills"),
        ("p1,Mentors,upskilling,,,,,,magic", "topics"),
        (",Mentors,upskilling,,,,,,", "id"),
    ],
)
def test_a_wrong_row_stays_out_and_the_others_load(row: str, column: str) -> None:
    found = plan(PracticeImporter(), f"{PRACTICE}{row}\np2,Good,funding,,,,,,\n")
    assert [problem.field for problem in found.problems] == [column]
    assert found.counts == {"new": 1, "changed": 0, "same": 0, "error": 1}


def test_an_id_stands_once() -> None:
    found = plan(PracticeImporter(), f"{PRACTICE}p1,One,funding,,,,,,\np1,Two,funding,,,,,,\n")
    assert "row 2" in found.problems[0].message


def test_a_table_without_a_needed_column_is_refused_whole() -> None:
    with pytest.raises(InvalidInput, match="has no column 'theme'"):
        plan(PracticeImporter(), "id,title\np1,One\n")


def test_only_alliance_staff_import(person: User) -> None:
    for importer in (PracticeImporter(), RegionImporter(), RegionFactImporter(), RegionSiteImporter()):
        with pytest.raises(NotAllowed):
            importer.check_permission(person)


def test_practices_that_are_handed_out_are_read_in_again_as_they_were(person: User) -> None:
    practice = a_practice(person, region=a_region("DE11"), cost_cents=1999, period="2025")
    table = practices_csv([practice], language="en").decode("utf-8-sig")
    Practice.objects.all().delete()
    load(PracticeImporter(), table)
    again = Practice.objects.get()
    for column in (
        "titles",
        "challenges",
        "actions",
        "results",
        "conditions",
        "theme",
        "region",
        "cost_cents",
        "period",
    ):
        assert getattr(again, column) == getattr(practice, column), column


def test_regions_come_with_their_network_and_facts_with_their_source() -> None:
    a_region("SK021")
    load(RegionNetworkImporter(), "id,name,members_stated,is_own\nwg,Working group,15,yes\n")
    load(RegionImporter(), REGION + "trnava,Trnava Region,SK021,wg,Cars\n")
    facts = "id,region,kind,label,value,year,words,source,source_on\n"
    facts += "f1,SK021,figure,People,1200,2024,,A statistic,2026-01-05\n"
    load(RegionFactImporter(), facts)
    profile = RegionProfile.objects.get()
    assert (profile.network, profile.summaries) == (RegionNetwork.objects.get(), {"en": "Cars"})
    fact = RegionFact.objects.get()
    assert (fact.value, fact.profile) == (Decimal(1200), profile)
    assert plan(RegionFactImporter(), facts).counts["same"] == 1


def test_a_region_has_one_profile_whoever_made_it() -> None:
    RegionProfile.objects.create(region=a_region("SK021"), name="Trnava")
    found = plan(RegionImporter(), REGION + "trnava,Trnava Region,SK021,,\n")
    assert found.counts["error"] == 1
    assert "has a profile already, Trnava" in found.problems[0].message


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("f1,DE11,figure,People,,2024,,S,2026-01-05", "value"),
        ("f1,DE11,evidence,,,,,S,2026-01-05", "words"),
        ("f1,DE11,evidence,,,,Said,,2026-01-05", "source"),
        ("f1,DE11,evidence,,,,Said,S,", "source_on"),
    ],
)
def test_a_fact_without_what_it_says_or_its_source_stays_out(row: str, column: str) -> None:
    RegionProfile.objects.create(region=a_region("DE11"), name="Stuttgart")
    found = plan(RegionFactImporter(), f"id,region,kind,label,value,year,words,source,source_on\n{row}\n")
    assert [problem.field for problem in found.problems] == [column]


def test_an_unknown_number_of_people_is_not_0() -> None:
    profile = RegionProfile.objects.create(region=a_region("DE11"), name="Stuttgart")
    load(RegionSiteImporter(), "id,region,name,employees,source,source_on\ns1,DE11,Plant,,S,2026-01-05\n")
    assert profile.sites.get().employees is None
