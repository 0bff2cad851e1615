"""The packs as the European Commission publishes them: every concept of version 1.1.1 is found, and little is lost."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.exchange.esco_packs import EscoPacks
from synchromesh.framework.models import EscoVersion
from synchromesh.framework.operations.esco import import_esco
from synchromesh.framework.queries.esco import list_concepts
from synchromesh.framework.queries.esco_concepts import find_concept

SAMPLES = Path(os.environ.get("SYNCHROMESH_SHARED", "../shared")) / "data" / "esco"
CLASSIFICATION = SAMPLES / "esco-v1.1.1-classification-en.zip"
RELATIONS = SAMPLES / "esco-v1.1.1-relations.zip"
pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(not RELATIONS.is_file(), reason=f"The ESCO packs are not in {SAMPLES} (SYNCHROMESH_SHARED)."),
]


def test_every_concept_and_relation_of_the_official_pack_is_read() -> None:
    packs = EscoPacks([CLASSIFICATION, RELATIONS], languages=["en"])
    known, labels = Counter[str](), 0
    uris = set()
    for record in packs.concepts():
        known[record.kind] += 1
        labels += 1 + len(record.alternatives)
        uris.add(record.uri)
    assert (packs.versions, packs.missing) == (("1.1.1",), ())
    # The counts that the Commission and others give for this version.
    assert known == {"skill": 10_837, "knowledge": 3_059, "occupation": 3_007, "skill-group": 640, "isco-group": 619}
    assert labels > 125_000
    relations = Counter(found.kind for found in packs.relations(uris))
    assert relations.total() > 0.999 * (3_617 + 20_656 + 123_855 + 5_899)
    memberships = Counter(collection for _, collection in packs.memberships(uris))
    assert (memberships["green"], memberships["digital"], memberships["transversal"]) == (570, 1201, 96)
    assert packs.report.counts["missing_preferred_label"] == packs.report.counts["unreadable_row"] == 0
    assert packs.report.counts["dangling_relation"] < 100


def test_version_1_1_0_comes_without_relations_and_still_has_groups() -> None:
    packs = EscoPacks([SAMPLES / "esco-v1.1.0-classification-en.zip"])
    uris = {record.uri for record in packs.concepts()}
    assert packs.versions == ("1.1.0",)
    assert "relations between skills" in packs.missing
    assert sum(1 for _ in packs.relations(uris)) > 4_000
    assert packs.report.counts["unreadable_row"] == 0


@pytest.mark.django_db
def test_the_groups_and_occupations_load_and_have_their_place(tmp_path: Path) -> None:
    """The skills, three quarters of everything, are left to the benchmark."""
    import zipfile

    with zipfile.ZipFile(CLASSIFICATION) as archive:
        for name in ("skillGroups_en.csv", "ISCOGroups_en.csv", "occupations_en.csv", "skillsHierarchy_en.csv"):
            archive.extract(name, tmp_path)
    done = import_esco(by=OPERATOR, paths=[tmp_path], label="1.1.1")
    assert done.written["concepts"] == 640 + 619 + 3_007
    version = EscoVersion.objects.get()
    (director,) = list_concepts(version=version, query="2654.1.7").concepts
    assert director.labels["en"] == "technical director"
    found = find_concept(director.uri)
    assert found is not None
    assert [name.code for name in found.paths[0]] == ["2", "26", "265", "2654"]
