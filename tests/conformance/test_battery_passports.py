"""Other people's samples of battery passports: the verdict of each schema, and every file is read.

The samples are those of the Battery Pass consortium, of Catena-X and of IDTA. The verdicts are compared with two other
implementations of JSON Schema that are used as they come.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema.validators import validator_for  # type: ignore[import-untyped]
from tests.conformance.standards import needs, standards
from tests.engine.passport_models.junk import mutations
from tests.engine.passport_models.passport_samples import TODAY

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.readers import ReadPassport, parse_file, read_passport
from synchromesh.engine.passport_models.schemas.checking import check_against
from synchromesh.engine.passport_models.schemas.library import Schema, is_schema
from synchromesh.engine.passport_models.verdict import judge

FOLDER = standards("battery")
MUTATIONS = 2000 if os.environ.get("SYNCHROMESH_EXAMPLES") == "all" else 60
_NO_PAYLOAD = ("openapi", "async-api", "-ld.json", "metadata.json")
pytestmark = needs(FOLDER)


@cache
def content(file: Path) -> Any:
    """A file of the samples."""
    return parse_file(file.read_bytes())


def _is_payload(file: Path) -> bool:
    return not any(word in file.name for word in _NO_PAYLOAD) and not is_schema(content(file))


@cache
def schemas() -> tuple[Schema, ...]:
    """Every schema of the samples."""
    files = [file for file in sorted(FOLDER.rglob("*-schema.json")) if is_schema(content(file))]
    return tuple(Schema(file=file.name, content=content(file)) for file in files)


PAYLOADS = [file for file in sorted(FOLDER.rglob("gen/*.json")) if _is_payload(file)] if FOLDER.is_dir() else []
SHELLS = sorted(FOLDER.joinpath("idta").rglob("*.json")) if FOLDER.is_dir() else []


def own_schema(payload: Path) -> Schema:
    """The schema that lies beside a payload."""
    (file,) = payload.parent.glob("*-schema.json")
    return Schema(file=file.name, content=content(file))


def named(file: Path) -> str:
    """A short name of a sample."""
    return "/".join(file.relative_to(FOLDER).parts[-4:])


def test_all_samples_are_there() -> None:
    assert (len(PAYLOADS), len(SHELLS)) == (9, 24)


@pytest.mark.parametrize("payload", PAYLOADS, ids=named)
def test_a_payload_gets_the_verdict_of_its_schema(payload: Path) -> None:
    data, schema = content(payload), own_schema(payload)
    verdict = check_against(data, [schema])
    errors = list(validator_for(dict(schema.content))(schema.content).iter_errors(data))
    assert verdict.valid == (not errors)
    assert verdict.valid == jsonschema_rs.validator_for(dict(schema.content)).is_valid(data)
    assert len(verdict.findings) == len(errors)


@pytest.mark.parametrize("payload", PAYLOADS, ids=named)
def test_a_payload_finds_its_schema_among_all(payload: Path) -> None:
    verdict = check_against(content(payload), schemas())
    assert verdict.model == own_schema(payload).name
    assert verdict.valid == check_against(content(payload), [own_schema(payload)]).valid


def test_the_one_sample_that_is_not_valid_is_explained() -> None:
    verdicts = {named(payload): check_against(content(payload), [own_schema(payload)]) for payload in PAYLOADS}
    ((name, verdict),) = [(name, verdict) for name, verdict in verdicts.items() if not verdict.valid]
    assert "MaterialComposition" in name
    (finding,) = verdict.findings
    assert finding.field == "batteryMaterials[0].batteryMaterialIdentifier"
    assert "ends with a blank" in finding.message
    assert finding.remedy == "Remove the blank at the end: '7439-93-2'."


def test_all_aspects_of_a_model_in_one_file_are_checked_together() -> None:
    aspects = [payload for payload in PAYLOADS if "io.BatteryPass." in str(payload)]
    together: dict[str, Any] = {}
    for payload in aspects:
        together |= content(payload)
    verdict = check_against(together, schemas())
    assert [finding.field for finding in verdict.findings] == ["batteryMaterials[0].batteryMaterialIdentifier"]
    assert len(verdict.model.split(", ")) == 7
    assert len(aspects) == 7


@pytest.mark.parametrize("file", [*PAYLOADS, *SHELLS], ids=named)
def test_every_sample_is_read_and_nothing_vanishes(file: Path) -> None:
    found = read_passport(content(file))
    judge(found, today=TODAY)
    carried = len(found.passport.values)
    empty = "without_example" in file.name or "02099" in file.name or "Handover" in file.name
    assert carried >= (0 if empty else 1)
    assert all(loss.path.startswith("/") and loss.reason.endswith(".") for loss in found.losses)
    if "MaterialComposition-payload" in file.name:
        rules = {(finding.field, finding.rule) for finding in judge(found, today=TODAY).findings}
        assert ("materials", "cas_blank") in rules


@pytest.mark.parametrize("file", [*PAYLOADS, *SHELLS], ids=named)
def test_mutations_of_a_sample_never_break_reader_rules_or_schema(file: Path) -> None:
    schema = own_schema(file) if file in PAYLOADS else None
    for place, document in enumerate(mutations(content(file), MUTATIONS)):
        try:
            found: ReadPassport | None = read_passport(document)
        except InvalidInput:
            found = None
        if found is not None:
            for finding in judge(found, today=TODAY).findings:
                assert finding.message
        if schema is not None and place % 10 == 0:
            for said in check_against(document, [schema]).findings:
                assert said.message
