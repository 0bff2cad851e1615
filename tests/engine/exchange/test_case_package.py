"""CASE packages: ours come back whole, also after an edit elsewhere; those of others load as skills."""

from __future__ import annotations

import dataclasses
import json
import uuid
from typing import Any

import pytest
from tests.engine.exchange.framework_documents import SMALL, reported, without_positions

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.frameworks import EscoReference, FrameworkDocument, case_package, read_framework

ESCO = "http://data.europa.eu/esco/skill/1"


def package() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(case_package.write(SMALL)["framework.case.json"])
    return content


def read(content: Any) -> FrameworkDocument:
    return read_framework({"p.json": json.dumps(content).encode()})


def item(place: int, **values: Any) -> dict[str, Any]:
    return {"identifier": f"{place:08d}-aaaa", "uri": f"https://example.org/{place}", **values}


def association(kind: str, origin: int, target: int | str) -> dict[str, Any]:
    end = {"identifier": f"{target:08d}-aaaa", "uri": ""} if isinstance(target, int) else {"uri": target}
    return {
        "associationType": kind,
        "originNodeURI": {"identifier": f"{origin:08d}-aaaa"},
        "destinationNodeURI": end,
    }


def foreign(*items: dict[str, Any], associations: tuple[dict[str, Any], ...] = (), **more: Any) -> FrameworkDocument:
    return read({"CFDocument": {"language": "deu"}, "CFItems": items, "CFAssociations": associations, **more})


def test_everything_is_an_item_and_identifiers_are_uuids_that_stay() -> None:
    items = {item["CFItemType"] for item in package()["CFItems"]}
    assert items == {
        "Job family", "Job role", "Skill", "Knowledge", "Level anchor", "Unit", "Element", "Performance criterion",
    }  # fmt: skip
    first, other = package(), json.loads(case_package.write(SMALL, base="https://a.org")["framework.case.json"])
    assert first == package()
    assert all(uuid.UUID(item["identifier"]).version == 5 for item in first["CFItems"])
    assert {item["identifier"] for item in first["CFItems"]}.isdisjoint(item["identifier"] for item in other["CFItems"])
    assert other["CFItems"][0]["uri"].startswith("https://a.org/family/")


def test_requirements_esco_and_parents_are_associations() -> None:
    kinds = [link["associationType"] for link in package()["CFAssociations"]]
    assert kinds.count("ext:requires") == 2
    assert kinds.count("exactMatchOf") == 1
    # Two mappings to ESCO that are not exact, two units that belong to a skill.
    assert kinds.count("isRelatedTo") == 4
    assert kinds.count("isChildOf") == len(package()["CFItems"])


def test_what_was_changed_in_the_places_of_case_counts() -> None:
    content = package()
    skill = next(item for item in content["CFItems"] if item.get("humanCodingScheme") == "S 1")
    skill |= {"fullStatement": "Make it safe", "notes": "New", "subject": ["safety"], "CFItemType": "Competence"}
    content["CFAssociations"] = [
        link for link in content["CFAssociations"] if link["associationType"] != "exactMatchOf"
    ]
    document = read(content)
    assert document.problems == ()
    assert document.skills[0].titles == {**SMALL.skills[0].titles, "en": "Make it safe"}
    assert document.skills[0].descriptions["en"] == "New"
    assert (document.skills[0].topics, document.skills[0].kind) == (("safety",), "competence")
    assert [link.match for link in document.skills[0].esco] == ["broad"]


def test_an_anchor_whose_skill_is_gone_is_reported() -> None:
    content = package()
    content["CFItems"] = [item for item in content["CFItems"] if item.get("humanCodingScheme") != "S 1"]
    document = read(content)
    positions = [position for position, field in reported(document) if not field]
    assert positions == ["p.json $.CFItems[1]", "p.json $.CFItems[2]"]


def test_items_of_others_become_skills_in_their_language() -> None:
    long = "Erklärt " * 40
    document = foreign(
        item(1, fullStatement="Misst Spannung", CFItemType="Competency", humanCodingScheme="A.1", notes="Mehr"),
        item(2, fullStatement="Misst Spannung", language="en-GB"),
        item(3, fullStatement=long, CFItemType="Knowledge"),
        item(4, fullStatement=long, abbreviatedStatement="Kurz", CFItemType="Skill"),
    )
    assert document.problems == ()
    assert [skill.titles for skill in document.skills[:2]] == [{"de": "Misst Spannung"}, {"en": "Misst Spannung"}]
    assert [skill.slug for skill in document.skills[:2]] == ["misst-spannung-00000001", "misst-spannung-00000002"]
    assert [skill.kind for skill in document.skills] == ["competence", "skill", "knowledge", "skill"]
    assert document.skills[0].descriptions == {"de": "Mehr"}
    assert document.skills[0].provenance.source_url == "https://example.org/1"
    assert document.skills[2].titles["de"].endswith("…")
    assert document.skills[2].descriptions == {"de": long.strip()}
    assert (document.skills[3].titles, document.skills[3].descriptions) == ({"de": "Kurz"}, {"de": long.strip()})


def test_what_is_not_understood_is_named_in_sums() -> None:
    document = foreign(
        item(1, fullStatement="A", CFItemType="Standard", educationLevel=["09"]),
        item(2, fullStatement="B", CFItemType="Standard", educationLevel=["10"]),
        item(3),
        item(1, fullStatement="again"),
        associations=(
            association("isChildOf", 1, 2), association("precedes", 1, 2), association("precedes", 2, 1),
            association("exactMatchOf", 1, ESCO), association("isRelatedTo", 2, ESCO),
            association("exactMatchOf", 9, ESCO), association("isRelatedTo", 1, 2),
        ),
        CFRubrics=[{}],
    )  # fmt: skip
    assert [skill.esco for skill in document.skills] == [
        (EscoReference(uri=ESCO, match="exact"),), (EscoReference(uri=ESCO, match="related"),),
    ]  # fmt: skip
    assert reported(document) == [
        ("p.json $.CFItems[2]", "fullStatement"),
        ("p.json $.CFItems[3]", "identifier"),
        ("p.json $.CFAssociations[5]", "originNodeURI"),
        ("p.json $.CFRubrics", "CFRubrics"),
        ("p.json $.CFItems", "educationLevel"),
        ("p.json $.CFItems", "CFItemType"),
        ("p.json $.CFAssociations", "associationType"),
        ("p.json $.CFAssociations", "associationType"),
        ("p.json $.CFAssociations", "associationType"),
    ]
    messages = " ".join(problem.message for problem in document.problems)
    assert "'precedes' (2)" in messages
    assert "'Standard' (2)" in messages
    assert "hierarchy (1)" in messages


def test_the_variant_with_other_keys_and_a_package_inside_an_object_are_read() -> None:
    variant = read({"document": {}, "items": [{"sourcedId": "a", "fullStatement": "One"}], "associations": []})
    inside = read({"CFPackage": {"CFDocument": {}, "CFItems": [item(1, fullStatement="One")]}})
    assert [skill.titles for skill in variant.skills + inside.skills] == [{"en": "One"}] * 2
    assert inside.skills[0].position == "p.json $.CFPackage.CFItems[0]"


@pytest.mark.parametrize("content", [[{"CFDocument": {}}], {"CFDocument": []}, {"x": {"CFDocument": {}}}])
def test_what_is_no_package_is_refused_with_what_is_missing(content: Any) -> None:
    with pytest.raises(InvalidInput, match=r"p\.json (has no CFDocument|is no CASE package)"):
        read(content)


def test_lists_that_are_none_are_reported() -> None:
    document = read({"CFDocument": {}, "CFItems": {}, "CFAssociations": [3]})
    assert reported(document) == [("p.json $.CFItems", "CFItems"), ("p.json $.CFAssociations[0]", "")]


def test_ids_of_several_lines_come_back() -> None:
    skill = dataclasses.replace(SMALL.skills[0], external_id="a\nb", topics=("x\ty", "z"))
    document = FrameworkDocument(skills=(skill,))
    assert without_positions(read_framework(case_package.write(document))) == document
