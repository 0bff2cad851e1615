"""What a credential says, for people; whatever has another shape is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.credential_formats.badge_samples import ACHIEVEMENT, BADGE, ISSUER

from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.shown import read_shown
from synchromesh.engine.credential_formats.verdicts import Shown

NAMES = [
    "credentialSubject", "achievement", "issuer", "alignment", "name", "id", "criteria", "narrative", "identifier",
    "identityType", "hashed", "@value", "@language", "targetType", "targetName", "result", "value", "address",
]  # fmt: skip
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["name", "ext:Skill", "text"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=20,
)


def test_a_badge_is_shown_with_all_that_a_person_wants_to_know() -> None:
    shown = read_shown(open_badge_document(BADGE))
    assert (shown.title, shown.holder) == (ACHIEVEMENT.titles["en"], BADGE.holder.name)
    assert (shown.issuer_name, shown.issuer_id, shown.issuer_url) == (ISSUER.name, ISSUER.did, ISSUER.url)
    assert (shown.issued_at, shown.valid_until) == (BADGE.issued_at, BADGE.valid_until)
    assert shown.skills == ("Isolate high-voltage systems", "Judge a battery pack")
    facts = dict(shown.facts)
    assert {name: facts[name] for name in ("country", "workload", "eqf", "level", "result")} == {
        "country": "DE", "workload": "25 h", "eqf": "EQF 4", "level": "2/3", "result": "88.5"
    }  # fmt: skip
    assert facts["identity_check"] == ACHIEVEMENT.identity_check["en"]


def test_a_badge_in_another_language_says_so() -> None:
    shown = read_shown(open_badge_document(replace(BADGE, language="de")))
    assert (shown.language, shown.title) == ("de", ACHIEVEMENT.titles["de"])


def test_of_texts_in_several_languages_the_wished_one_is_shown() -> None:
    names = [{"@value": "Degree", "@language": "en"}, {"@value": "Abschluss", "@language": "de"}]
    document = {"name": names, "credentialSubject": {"name": "Ada"}, "issuer": "urn:i"}
    assert [read_shown(document, language=language).title for language in ("de", "fr", "")] == [
        "Abschluss",
        "Degree",
        "Degree",
    ]
    assert read_shown(document).holder == "Ada"


def test_a_hashed_identity_is_not_shown_as_a_name() -> None:
    identity = {"identityHash": "sha256$abc", "identityType": "name", "hashed": True}
    assert read_shown({"credentialSubject": {"id": "urn:h", "identifier": [identity]}}).holder == "urn:h"


def test_a_name_cannot_be_hidden_by_writing_it_in_another_way() -> None:
    for changes in ({"hashed": [False, False]}, {"hashed": {"@value": False}}, {"identityType": ["name"]}):
        identity = {"identityHash": ["Ada"], "identityType": "name", "hashed": False, **changes}
        assert read_shown({"credentialSubject": {"identifier": identity}}).holder == "Ada"


def test_a_text_of_a_forger_is_cut() -> None:
    assert len(read_shown({"name": "x" * 100_000}).title) == 4_000


@pytest.mark.parametrize("value", [5, None, ["x"], {"x": []}, [[]]])
@pytest.mark.parametrize("field", ["targetType", "targetName", "type"])
def test_an_alignment_of_another_shape_is_left_out(field: str, value: Any) -> None:
    document = open_badge_document(BADGE)
    document["credentialSubject"]["achievement"]["alignment"][0][field] = value
    assert "Judge a battery pack" in read_shown(document).skills


@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=5))
def test_a_document_of_any_shape_is_read_without_failing(document: dict[str, Any]) -> None:
    assert isinstance(read_shown(document), Shown)
