"""What a European credential says is shown, whatever shape its parts have."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.credential_formats.european_samples import SIGNED, needs_samples, sample
from tests.engine.credential_formats.printed_records import FULL

from synchromesh.engine.credential_formats.european_learning_model import elm_document
from synchromesh.engine.credential_formats.european_shown import shown_of_elm
from synchromesh.engine.credential_formats.verdicts import Shown
from synchromesh.engine.credential_formats.wording import ENGLISH

DOCUMENT = elm_document(FULL, wording=ENGLISH, picture=b"picture", legal_id="VATDE-123456789")
PLACES = ("displayParameter", "credentialSubject", "issuer", "hasClaim", "specifiedBy", "provenBy", "title", "issued")


def test_our_own_credential_is_shown_in_the_language_that_is_asked_for() -> None:
    shown = shown_of_elm(DOCUMENT, language="de")
    assert shown.title == "Sicherheit an Hochvoltbatterien"
    assert shown.holder == FULL.holder.name
    assert (shown.issuer_name, shown.issuer_id, shown.issuer_url) == (
        FULL.issuer.name,
        FULL.issuer.did,
        FULL.issuer.url,
    )
    assert shown.valid_until == FULL.valid_until
    assert shown.criteria == FULL.achievement.criteria["en"]
    assert "Hochvoltsysteme freischalten" in shown.skills
    assert dict(shown.facts) == {
        "workload": "PT25H",
        "eqf": "4",
        "credit_points": "1",
        "assessment": FULL.achievement.assessment["en"],
        "result": "88 %",
    }


@pytest.mark.conformance
@needs_samples
def test_the_commissions_sample_is_shown() -> None:
    shown = shown_of_elm(json.loads(json.loads(sample(SIGNED[1]))["payload"]))
    assert shown.title == "Digital micro-credential creation"
    assert shown.holder == "Ana Andromeda"
    assert shown.issuer_name == "ORGANIZACION TEST"
    assert shown.language == "eng"
    assert shown.issued_at == datetime(2023, 9, 27, 11, 54, 17, tzinfo=UTC)
    assert shown.skills == ("Communication, collaboration and creativity", "Developing digital content")


def test_a_holder_may_be_named_in_two_parts_and_a_text_stand_in_a_list() -> None:
    subject = {"givenName": [{"en": ["Ana", "Anna"]}], "familyName": {"es": "Andromeda"}}
    assert shown_of_elm({"credentialSubject": [subject]}).holder == "Ana Andromeda"


def test_a_document_that_says_nothing_shows_nothing() -> None:
    assert shown_of_elm({}) == Shown()


@settings(max_examples=100)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PLACES) | st.text(max_size=3), inner)
        ),
        max_leaves=15,
    )
)
def test_no_shape_stops_it(value: Any) -> None:
    shown_of_elm(value if isinstance(value, dict) else dict.fromkeys(PLACES, value))
