"""Everything that is issued here against the official JSON schema of Open Badges 3.0."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft201909Validator, FormatChecker  # type: ignore[import-untyped]
from tests.conformance.standards import needs, standards
from tests.engine.credential_formats.badge_samples import ACHIEVEMENT, BADGE, ISSUER, KEY, LEAST, WITH_STATUS

from synchromesh.engine.credential_formats.envelopes import open_badge, open_badge_jcs, open_badge_jwt
from synchromesh.engine.credential_formats.records import CredentialRecord

FOLDER = standards("open_badges")
RECORDS = {
    "full": BADGE,
    "with status": WITH_STATUS,
    "least": LEAST,
    "renewable": replace(BADGE, refresh_url="https://alliance.example/renew"),
    "in another language": replace(WITH_STATUS, language="de"),
    "with points": replace(
        BADGE,
        issuer=replace(ISSUER, is_higher_education=True),
        achievement=replace(ACHIEVEMENT, ects=Decimal("2.5"), image_url="https://alliance.example/badge.png"),
    ),
    **{
        kind: replace(BADGE, achievement=replace(ACHIEVEMENT, kind=kind)) for kind in ("Certificate", "Course", "Badge")
    },
}

pytestmark = needs(FOLDER)


def document_of(envelope: ModuleType, record: CredentialRecord) -> dict[str, Any]:
    data: bytes = envelope.seal(record, signer=KEY)
    if envelope is open_badge_jwt:
        payload = data.split(b".")[1]
        data = base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4))
    found: dict[str, Any] = json.loads(data)
    return found


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
@pytest.mark.parametrize("envelope", [open_badge, open_badge_jcs, open_badge_jwt], ids=lambda module: module.NAME)
def test_what_is_issued_fits_the_official_schema(envelope: ModuleType, record: CredentialRecord) -> None:
    schema = json.loads((FOLDER / "ob_v3p0_achievementcredential_schema.json").read_text(encoding="utf-8"))
    validator = Draft201909Validator(schema, format_checker=FormatChecker())
    faults = [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(document_of(envelope, record))]
    assert faults == []


def test_the_schema_can_say_no() -> None:
    schema = json.loads((FOLDER / "ob_v3p0_achievementcredential_schema.json").read_text(encoding="utf-8"))
    document = document_of(open_badge, BADGE)
    document["credentialSubject"]["achievement"]["alignment"][0]["targetType"] = "ESCO:Skill"
    assert not Draft201909Validator(schema).is_valid(document)
