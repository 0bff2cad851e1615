"""What only the course on high-voltage safety must hold: it gives no permission, and its German is that of the trade.

What holds for every course that ships stands in the modules `test_courses` and `test_course_*`.
"""

from __future__ import annotations

import re

from tests.starter.course_folders import bare, folder, translated

COURSE = folder("high-voltage-safety-awareness")
KINDS_OF_STANDARDS = re.compile(r"\b(?:UN Regulation|ISO|IEC|EN|DGUV Information 209-093|European Resuscitation)\b")
TERMS = ("Hochvolt-System", "Freischalten", "Gegen Wiedereinschalten sichern", "Spannungsfreiheit feststellen", "FHV")


def test_the_offer_gives_no_permission() -> None:
    assert "gives no permission" in COURSE.course["descriptions"]["en"]


def test_the_german_texts_say_sie_and_use_the_terms_of_the_trade() -> None:
    german = " ".join(bare(str(texts["de"])) for name in COURSE.files for _, texts in translated(COURSE.load(name)))
    assert not re.findall(r"\b(?:du|dich|dir|dein|deine|deinen)\b", german)
    assert [term for term in TERMS if term not in german] == []


def test_no_standard_claims_that_its_text_was_read() -> None:
    for block in COURSE.blocks("sources"):
        for entry in block["entries"]:
            assert not (entry["checked"] and KINDS_OF_STANDARDS.match(entry["title"])), entry["key"]


def test_the_skills_go_from_none_to_awareness() -> None:
    assert {(one["entry"], one["level"]) for one in COURSE.course["skills"]} == {(0, 1)}
