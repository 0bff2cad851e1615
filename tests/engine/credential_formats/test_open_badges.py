"""Records as Open Badges 3.0, whole and put together from parts that are written once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.credential_formats.badge_samples import ACHIEVEMENT, BADGE, ISSUER, LEAST, SITE, WITH_STATUS

from synchromesh.engine.credential_formats import open_badge_text
from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.open_badge_text import open_badge_json
from synchromesh.engine.credential_formats.open_badges import duration, open_badge_document, text_in
from synchromesh.engine.credential_formats.records import CredentialRecord, EvidenceRecord, HolderRecord, StatusPlace
from synchromesh.engine.errors import InvalidInput

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
INSTANTS = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
RECORDS = st.builds(
    replace,
    st.sampled_from([BADGE, WITH_STATUS, LEAST]),
    url=TEXT,
    holder=st.builds(HolderRecord, name=TEXT, did=TEXT),
    issued_at=INSTANTS,
    valid_from=INSTANTS,
    valid_until=st.none() | INSTANTS,
    language=st.sampled_from(["en", "de", "xx"]),
    result_percent=st.none() | st.decimals(min_value=0, max_value=100, places=2),
    refresh_url=TEXT,
    status=st.lists(
        st.builds(StatusPlace, list_url=TEXT, index=st.integers(0, 131_071), purpose=st.just("revocation")), max_size=3
    ).map(tuple),
    evidence=st.lists(
        st.builds(EvidenceRecord, names=st.dictionaries(st.just("en"), TEXT), url=TEXT, media_type=TEXT), max_size=2
    ).map(tuple),
)


@given(RECORDS)
def test_the_text_put_together_is_the_canonical_form_of_the_document(record: CredentialRecord) -> None:
    assert open_badge_json(record) == canonical_json(open_badge_document(record))


def test_points_are_in_both_writings() -> None:
    achievement, issuer = replace(ACHIEVEMENT, ects=Decimal("2.50")), replace(ISSUER, is_higher_education=True)
    record = replace(BADGE, achievement=achievement, issuer=issuer)
    document = open_badge_document(record)
    assert document["credentialSubject"]["creditsEarned"] == 2.5
    assert open_badge_json(record) == canonical_json(document)


def test_an_achievement_is_written_once_for_all_its_holders(monkeypatch: pytest.MonkeyPatch) -> None:
    achievement = replace(ACHIEVEMENT)
    open_badge_json(replace(BADGE, achievement=achievement))
    monkeypatch.setattr(open_badge_text, "achievement_part", None)
    assert b"Someone Else" in open_badge_json(
        replace(BADGE, achievement=achievement, holder=HolderRecord(name="Someone Else"))
    )


def test_what_is_remembered_is_bounded() -> None:
    for _ in range(open_badge_text._REMEMBERED + 5):
        open_badge_json(replace(LEAST, achievement=replace(LEAST.achievement)))
    assert len(open_badge_text._awards) == open_badge_text._REMEMBERED


def test_half_a_letter_cannot_be_signed() -> None:
    with pytest.raises(InvalidInput):
        open_badge_json(replace(BADGE, holder=HolderRecord(name="\ud800")))


def alignments(record: CredentialRecord) -> dict[str, dict[str, Any]]:
    found = open_badge_document(record)["credentialSubject"]["achievement"]["alignment"]
    return {alignment["targetType"]: alignment for alignment in found}


def test_every_mandatory_element_of_a_micro_credential_is_said() -> None:
    document, found = open_badge_document(BADGE), alignments(BADGE)
    subject = document["credentialSubject"]
    assert subject["identifier"][0]["identityHash"] == BADGE.holder.name
    assert subject["achievement"]["name"] == ACHIEVEMENT.titles["en"]
    assert document["issuer"]["address"]["addressCountryCode"] == "DE"
    assert document["issuer"]["name"] == ISSUER.name
    assert document["awardedDate"] == "2026-11-20T09:30:00Z"
    assert found["ext:LearningOutcome"]["targetName"] == ACHIEVEMENT.outcomes[-1]["en"]
    assert found["ext:NotionalWorkload"]["targetCode"] == "PT25H"
    assert found["ext:Level"]["targetCode"] == "2"
    assert found["ext:EQFLevel"]["targetDescription"] == ACHIEVEMENT.eqf_source
    assert found["ext:AssessmentType"]["targetName"] == ACHIEVEMENT.assessment["en"]
    assert found["ext:ParticipationForm"]["targetName"] == ACHIEVEMENT.participation["en"]
    assert found["ext:QualityAssurance"]["targetName"] == ACHIEVEMENT.quality_assurance["en"]
    assert found["ext:IdentityCheck"]["targetName"] == ACHIEVEMENT.identity_check["en"]
    assert found["ext:ESCOSkill"]["targetUrl"] == ACHIEVEMENT.skills[0].esco_uri


def test_elements_without_a_text_are_left_out() -> None:
    assert set(alignments(LEAST)) == {"ext:NotionalWorkload"}


def test_a_second_status_stands_among_the_terms_of_use() -> None:
    document = open_badge_document(WITH_STATUS)
    assert document["credentialStatus"]["statusPurpose"] == "revocation"
    assert [item["statusPurpose"] for item in document["termsOfUse"]] == ["suspension"]
    assert document["credentialStatus"]["statusListIndex"] == "94567"


def test_language_versions_and_what_it_counts_towards_are_related() -> None:
    related = open_badge_document(BADGE)["credentialSubject"]["achievement"]["related"]
    assert [(item["id"], item.get("inLanguage")) for item in related] == [
        (f"{SITE}/en/achievements/battery-technician", None),
        (f"{ACHIEVEMENT.url}?lang=de", "de"),
    ]


def test_evidence_is_bound_by_its_hash() -> None:
    (resource,) = open_badge_document(BADGE)["relatedResource"]
    assert resource["digestSRI"] == "sha256-n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
    unnamed = replace(BADGE, evidence=(replace(BADGE.evidence[0], url=""),))
    document = open_badge_document(unnamed)
    assert document["evidence"][0]["id"] == "ni:///sha-256;n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg"
    assert "relatedResource" not in document


def test_a_holder_with_no_identifier_of_their_own_has_none() -> None:
    assert "id" not in open_badge_document(LEAST)["credentialSubject"]


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (replace(BADGE, achievement=replace(ACHIEVEMENT, ects=Decimal(1))), "ects"),
        (replace(BADGE, achievement=replace(ACHIEVEMENT, eqf_source="")), "eqf_source"),
        (replace(BADGE, evidence=(replace(BADGE.evidence[0], sha256="abc"),)), "sha256"),
    ],
)
def test_what_no_issuer_may_say_is_refused(record: CredentialRecord, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        open_badge_document(record)
    assert refusal.value.field == field


@pytest.mark.parametrize(("minutes", "text"), [(0, "PT0M"), (45, "PT45M"), (60, "PT1H"), (90, "PT1H30M")])
def test_a_workload_is_written_as_iso_8601_does(minutes: int, text: str) -> None:
    assert duration(minutes) == text


def test_a_text_falls_back_to_english_and_then_to_any() -> None:
    assert [text_in({"en": "a", "de": "b"}, language) for language in ("de", "fr")] == ["b", "a"]
    assert (text_in({"el": "c"}, "fr"), text_in({}, "fr")) == ("c", "")
