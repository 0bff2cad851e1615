from __future__ import annotations

from dataclasses import replace

import pytest

from synchromesh.engine.matching.concepts import Concept, Vocabulary

WELDING = Concept(
    uri="weld",
    kind="skill",
    preferred={"de": "Schweißen", "en": "welding"},
    alternatives={"en": ("weld", "welding"), "de": ("Schweißen", "Schweißtechnik")},
    description="Join metal.",
    relations=3,
)


def _hash(*concepts: Concept) -> str:
    return Vocabulary(name="sample", concepts=concepts).content_hash()


def test_a_label_is_given_in_the_language_else_in_english_else_in_any() -> None:
    assert WELDING.label("de") == "Schweißen"
    assert WELDING.label("fr") == "welding"
    assert replace(WELDING, preferred={"cs": "svařování"}).label("fr") == "svařování"
    assert replace(WELDING, preferred={}).label("fr") == "weld"


def test_all_labels_are_given_once_and_the_main_one_first() -> None:
    assert WELDING.all_labels() == ["welding", "Schweißen", "weld", "Schweißtechnik"]


@pytest.mark.parametrize(
    "changed",
    [
        replace(WELDING, uri="other"),
        replace(WELDING, preferred={"de": "Schweißen", "en": "welding work"}),
        replace(WELDING, alternatives={}),
        replace(WELDING, description="Join metals."),
        replace(WELDING, relations=4),
    ],
)
def test_the_hash_changes_with_what_matching_reads(changed: Concept) -> None:
    assert _hash(changed) != _hash(WELDING)


def test_the_hash_does_not_change_with_the_order_in_which_languages_were_loaded() -> None:
    turned = replace(WELDING, preferred={"en": "welding", "de": "Schweißen"})
    assert _hash(turned) == _hash(WELDING)


def test_the_hash_changes_with_the_order_of_concepts_since_scores_come_by_number() -> None:
    other = replace(WELDING, uri="other")
    assert _hash(WELDING, other) != _hash(other, WELDING)


def test_a_broken_sign_in_a_label_does_not_stop_the_hash() -> None:
    assert len(_hash(replace(WELDING, description="Join \ud800 metal."))) == 32
