"""The shape of credentials. W3C's own suite for the data model is run through tests/conformance/vc_api.py."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.credential_formats.badge_samples import BADGE

from synchromesh.engine.credential_formats.contexts import CREDENTIALS_1, CREDENTIALS_2
from synchromesh.engine.credential_formats.credential_shape import as_list, check_shape, issuer_of, single, types_of
from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

GOOD: dict[str, Any] = {
    "@context": [CREDENTIALS_2],
    "type": ["VerifiableCredential"],
    "issuer": {"id": "urn:issuer"},
    "credentialSubject": {"id": "urn:subject"},
}
OLD = {**GOOD, "@context": [CREDENTIALS_1], "issuanceDate": "2026-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"issuer": "urn:issuer"},
        {"type": "VerifiableCredential"},
        {"credentialSubject": [{"name": "a"}, {"name": "b"}]},
        {"name": [{"@value": "a", "@language": "en", "@direction": "ltr"}, "b"]},
        {"validFrom": "2026-01-01T00:00:00.5+01:00", "validUntil": "2026-01-01T00:00:00Z"},
        {
            "credentialStatus": {"type": "X"},
            "evidence": [{"type": ["Y"]}],
            "termsOfUse": [{"type": "Z", "id": "urn:z"}],
        },
        {"relatedResource": {"id": "urn:r", "digestSRI": "sha384-AAAA"}},
        {"@context": [CREDENTIALS_2, {"a": "urn:a"}, "https://example.org/more"]},
    ],
)
def test_a_credential_as_the_data_model_asks_for_passes(changes: dict[str, Any]) -> None:
    check_shape({**GOOD, **changes})


def test_credentials_of_the_first_version_and_our_own_pass() -> None:
    check_shape(OLD)
    check_shape(open_badge_document(BADGE))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"@context": CREDENTIALS_2}, "@context"),
        ({"@context": []}, "@context"),
        ({"@context": ["https://example.org", CREDENTIALS_2]}, "@context"),
        ({"@context": [CREDENTIALS_2, 5]}, "@context"),
        ({"id": ["urn:a"]}, "id"),
        ({"id": "no address"}, "id"),
        ({"id": None}, "id"),
        ({"issuer": None}, "issuer"),
        ({"issuer": []}, "issuer"),
        ({"issuer": {"name": "x"}}, "issuer"),
        ({"issuer": {"id": None}}, "issuer"),
        ({"issuer": {"id": "urn:i", "name": 5}}, "name"),
        ({"credentialSubject": []}, "credentialSubject"),
        ({"credentialSubject": {}}, "credentialSubject"),
        ({"credentialSubject": "urn:a"}, "credentialSubject"),
        ({"credentialSubject": {"id": ["urn:a", "urn:b"]}}, "credentialSubject.id"),
        ({"validFrom": "2026-01-01"}, "validFrom"),
        ({"validUntil": 5}, "validUntil"),
        ({"awardedDate": "soon"}, "awardedDate"),
        ({"validFrom": "2026-01-02T00:00:00Z", "validUntil": "2026-01-01T00:00:00Z"}, "validUntil"),
        ({"credentialStatus": {"id": "urn:a"}}, "credentialStatus"),
        ({"credentialStatus": []}, "credentialStatus"),
        ({"credentialStatus": {"type": "X", "id": "no address"}}, "credentialStatus.id"),
        ({"credentialSchema": {"type": "X"}}, "credentialSchema"),
        ({"evidence": ["urn:a"]}, "evidence"),
        ({"name": {"@value": 5}}, "name"),
        ({"name": {"@value": "a", "other": "b"}}, "name"),
        ({"name": {"@value": "a", "@direction": "up"}}, "name"),
        ({"description": {"@value": "a", "@language": 5}}, "description"),
        ({"relatedResource": ["urn:a"]}, "relatedResource"),
        ({"relatedResource": {"id": "urn:a"}}, "relatedResource"),
        ({"relatedResource": {"digestSRI": "sha384-AAAA"}}, "relatedResource"),
        ({"relatedResource": [{"id": "urn:a", "digestSRI": "sha384-AAAA"}] * 2}, "relatedResource"),
        ({"relatedResource": {"id": CREDENTIALS_2, "digestSRI": "sha384-AAAA"}}, "relatedResource"),
    ],
)
def test_a_field_that_is_not_as_the_standard_asks_is_named(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check_shape({**GOOD, **changes})
    assert (refusal.value.reason, refusal.value.details["field"]) == (Reason.INVALID_FIELD, field)


@pytest.mark.parametrize("types", [None, [], "Other", ["Other"], 5])
def test_what_does_not_call_itself_a_credential_is_none(types: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        check_shape({**GOOD, "type": types})
    assert refusal.value.reason == Reason.NOT_A_CREDENTIAL


def test_a_credential_of_the_first_version_needs_its_date() -> None:
    with pytest.raises(Refusal):
        check_shape({name: value for name, value in OLD.items() if name != "issuanceDate"})


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("issuer", {"id": "urn:i", "name": "x"}),
        ("credentialSubject", {"type": ["Other"], "achievement": {}}),
        ("credentialSubject", {"type": ["AchievementSubject"], "source": {"id": "urn:s", "type": "InvalidProfile"}}),
    ],
)
def test_the_parts_of_an_achievement_have_their_types(place: str, value: Any) -> None:
    with pytest.raises(Refusal, match="type must be"):
        check_shape({**open_badge_document(BADGE), place: value})


def test_single_values_and_arrays_are_read_alike() -> None:
    assert (as_list(None), as_list("a"), as_list(["a"])) == ([], ["a"], ["a"])
    assert as_list([["a"], [[None]], "b"]) == ["a", "b"]
    assert [single(value) for value in ("a", ["a"], ["a", {"@value": "a"}], ["a", "b"], [])] == [
        "a",
        "a",
        "a",
        ["a", "b"],
        [],
    ]
    assert types_of({"type": ["a", 5]}) == ["a"]
    assert [issuer_of({"issuer": issuer}) for issuer in ("urn:a", {"id": "urn:a"}, {"id": 5}, 5)] == [
        "urn:a",
        "urn:a",
        "",
        "",
    ]
