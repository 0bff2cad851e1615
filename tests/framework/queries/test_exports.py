"""The framework as data has the shape that the glossary fixes."""

from __future__ import annotations

import pytest
from tests.records import a_role, a_skill, a_topic

from synchromesh.framework.models import EscoLink
from synchromesh.framework.queries.exports import export_framework

pytestmark = pytest.mark.django_db


def test_the_export_has_the_promised_keys_and_values() -> None:
    topic = a_topic("battery")
    skill = a_skill("isolate-hv", topic, titles={"en": "Isolate", "de": "Freischalten"}, origin="starter")
    EscoLink.objects.create(skill=skill, uri="http://data.europa.eu/esco/skill/1", match="broad")
    role = a_role("technician", {"isolate-hv": 2}, topic)
    a_role("without-requirements", {})
    answer = export_framework()
    assert set(answer) == {"version", "levels", "families", "skills", "roles"}
    assert answer["version"] == 1
    assert [row["name"] for row in answer["levels"]] == ["Awareness", "Practitioner", "Expert"]
    (shown,) = answer["skills"]
    assert {"uid", "slug", "kind", "labels", "anchors", "esco"} <= set(shown)
    assert (shown["uid"], shown["slug"], shown["kind"]) == (str(skill.uid), "isolate-hv", "skill")
    assert shown["labels"] == {"en": "Isolate", "de": "Freischalten"}
    assert shown["anchors"] == {"2": {"en": "Does isolate-hv at 2."}}
    assert shown["esco"] == [{"uri": "http://data.europa.eu/esco/skill/1", "match": "broad"}]
    assert shown["origin"] == "starter"
    (described,) = answer["roles"]
    assert {"uid", "slug", "requirements"} <= set(described)
    assert described["uid"] == str(role.uid)
    (need,) = described["requirements"]
    assert (need["skill"], need["level"], need["essential"], need["weight"]) == ("isolate-hv", 2, True, 5)


def test_an_empty_installation_exports_version_0() -> None:
    answer = export_framework()
    assert (answer["version"], answer["skills"], answer["roles"]) == (0, [], [])
