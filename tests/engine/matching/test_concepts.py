from __future__ import annotations

from dataclasses import replace

from synchromesh.engine.matching.concepts import Concept

WELDING = Concept(
    uri="weld",
    kind="skill",
    preferred={"de": "Schweißen", "en": "welding"},
    alternatives={"en": ("weld", "welding"), "de": ("Schweißen", "Schweißtechnik")},
    description="Join metal.",
    relations=3,
)


def test_a_label_is_given_in_the_language_else_in_english_else_in_any() -> None:
    assert WELDING.label("de") == "Schweißen"
    assert WELDING.label("fr") == "welding"
    assert replace(WELDING, preferred={"cs": "svařování"}).label("fr") == "svařování"
    assert replace(WELDING, preferred={}).label("fr") == "weld"


def test_all_labels_are_given_once_and_the_main_one_first() -> None:
    assert WELDING.all_labels() == ["welding", "Schweißen", "weld", "Schweißtechnik"]
