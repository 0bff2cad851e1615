"""CASE packages against the schemas of 1EdTech and of OpenCASE, which are kept beside the repository."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft7Validator, Draft201909Validator, FormatChecker  # type: ignore[import-untyped]
from tests.engine.exchange.framework_documents import SMALL, documents

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.frameworks import FrameworkDocument, case_package, read_framework

_SHARED = Path(os.environ.get("SYNCHROMESH_SHARED") or Path(__file__).parents[3] / "shared")
FOLDER = _SHARED / "data" / "standards" / "case"
OFFICIAL = FOLDER / "official" / "case-v1p1-cfpackage.json"
VARIANT = FOLDER / "case-v1p1-cfpackage.json"

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(
        not OFFICIAL.is_file(),
        reason=f"There are no CASE schemas at {FOLDER}. SYNCHROMESH_SHARED names the folder of data/standards.",
    ),
]


def official_faults(package: Any) -> list[str]:
    schema = json.loads(OFFICIAL.read_text(encoding="utf-8"))
    validator = Draft201909Validator(schema, format_checker=FormatChecker())
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(package)]


def written(document: FrameworkDocument) -> dict[str, Any]:
    package: dict[str, Any] = json.loads(case_package.write(document)["framework.case.json"])
    return package


@pytest.mark.parametrize("document", [FrameworkDocument(), SMALL], ids=["empty", "small"])
def test_what_we_write_keeps_to_the_official_schema(document: FrameworkDocument) -> None:
    assert official_faults(written(document)) == []


@settings(max_examples=50, deadline=None)
@given(documents)
def test_any_framework_keeps_to_the_official_schema(document: FrameworkDocument) -> None:
    assert official_faults(written(document)) == []


def test_the_official_schema_would_find_a_fault() -> None:
    package = written(SMALL)
    del package["CFItems"][0]["fullStatement"]
    package["CFAssociations"][0]["associationType"] = "requires"
    package["CFItems"][1]["identifier"] = "no uuid"
    faults = official_faults(package)
    assert len(faults) == 3, faults


def test_every_official_sample_loads_or_is_refused_with_a_reason() -> None:
    files = sorted(path for path in OFFICIAL.parent.rglob("*.json") if path.is_file())
    assert files
    for path in files:
        try:
            document = read_framework({path.name: path.read_bytes()})
        except InvalidInput as refusal:
            reason = refusal.message
        else:
            reason = "loaded" if document.skills else ""
        assert reason == "loaded" or path.name in reason, f"{path.name}: {reason}"


def test_a_package_of_the_opencase_schema_loads() -> None:
    end = {"title": "t", "identifier": "x", "uri": "https://example.org/x"}
    identifiers = [f"{place:08x}-0000-4000-8000-000000000000" for place in range(3)]
    base = {"uri": "https://example.org/", "lastChangeDateTime": "2025-01-01T00:00:00Z"}
    package = {
        "document": {"sourcedId": identifiers[0], "title": "Welding", "creator": "Somebody", **base},
        "items": [
            {"sourcedId": identifier, "fullStatement": f"Weld {identifier[:8]}", "CFDocumentURI": end, **base}
            for identifier in identifiers[1:]
        ],
        "associations": [
            {
                "sourcedId": identifiers[0],
                "associationType": "isChildOf",
                "originNodeURI": {**end, "identifier": identifiers[1]},
                "destinationNodeURI": {**end, "identifier": identifiers[2]},
                **base,
            }
        ],
    }
    schema = json.loads(VARIANT.read_text(encoding="utf-8"))
    Draft7Validator(schema, format_checker=FormatChecker()).validate(package)
    document = read_framework({"variant.json": json.dumps(package).encode()})
    assert [skill.external_id for skill in document.skills] == identifiers[1:]
    assert [problem.field for problem in document.problems] == ["associationType"]
