"""How the starter framework is written: anchors that can be observed, levels that differ, plain sentences.

The limits were set after measuring what is there; each stands a little above the text that came out highest.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest
from tests.starter.framework_files import LANGUAGES_OF_SENTENCES, LEVELS, Row, anchors, listed, rows
from tests.starter.likeness import same_wording, shared, stems

SKILLS, ROLES = rows("skills"), rows("roles")
# What goes on in a head. An assessor sees only what follows from it.
NOT_OBSERVABLE = {
    "en": {
        *("knows", "understands", "appreciates", "realises", "comprehends", "grasps", "believes", "thinks", "feels"),
        *("learns", "respects", "values", "considers", "has", "is", "can", "may", "should", "possesses", "masters"),
    },
    "de": {
        *("weiß", "kennt", "versteht", "begreift", "glaubt", "denkt", "fühlt", "lernt", "respektiert"),
        *("beherrscht", "verfügt", "besitzt", "ist", "kann", "darf", "soll", "würdigt"),
    },
}
# Verbs that are not observable wherever they stand; the others have a second meaning inside a sentence.
NOWHERE = re.compile(
    r"\b(?:knows|understands|appreciates|realises|comprehends|is aware|is familiar|familiar with|aware of|is able to|"
    r"is capable of|has knowledge|has an understanding|has experience)\b",
    re.IGNORECASE,
)
# "Has the system isolated by an authorised person": to have something done can be seen.
SOMETHING_DONE = re.compile(r"Has the .+? by an? ")
# "As an authorised electrician, ..." and "Qualified for explosion protection, ...": the verb follows the comma.
PERMISSION_FIRST = re.compile(
    r"^(?:As an? |Authorised|Qualified|Certified|Instructed|Trained|Appointed|Licensed|Holding)[^,]*, ?"
)
# Work for which law or employer ask for a written permission: level 2 must say so, whoever rewords it.
NEEDS_PERMISSION = frozenset(
    re.findall(
        r"[\w-]+",
        """
        isolate-hv replace-module diagnose-hv-fault discharge-end-of-life test-pack find-electrical-faults
        find-hydrogen-leaks service-fuel-cell depressurise-h2 test-state-of-health build-second-life-battery
        install-storage-system commission-storage-inverter maintain-storage-system run-leaching advise-dangerous-goods
        replace-drive-unit test-power-electronics replace-hv-cables service-ev-climate secure-crashed-ev
        assess-crash-battery supervise-hv-work install-charging-point test-charging-point repair-charging-point
        operate-h2-station maintain-h2-compressor test-h2-dispenser sample-h2-quality refuel-h2-vehicle
        install-h2-lines check-ex-equipment protect-battery-in-bodywork join-battery-and-body test-electric-drive
        drive-forklift run-powder-bed wire-control-cabinet commission-machine set-drive-parameters retrofit-sensors
        test-drive-on-bench set-up-practice-station
        """,
    )
)
PERMISSION = re.compile(
    r"\b(?:authorised|qualified|certified|licensed|instructed|trained|appointed|certificate)\b", re.IGNORECASE
)
LEVELS_ALIKE = 0.40
ANCHORS_ALIKE = 0.45
FEWEST_WORDS, MOST_WORDS = 12, 26
LONG_WORD = {"en": 9, "de": 14}
LONG_SHARE_OF_A_SKILL = {"en": 0.20, "de": 0.15}
LONG_SHARE_OF_A_ROLE = {"en": 0.25, "de": 0.20}
WORDS_OF_A_SENTENCE = 21


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?;])\s+", text) if sentence]


def _main_verb(anchor: str) -> str:
    """The word an anchor starts with, after the words that say who may do it."""
    return _words(PERMISSION_FIRST.sub("", anchor))[0].lower()


@pytest.mark.parametrize("language", LANGUAGES_OF_SENTENCES)
def test_an_anchor_starts_with_something_that_can_be_observed(language: str) -> None:
    unseen = [
        (skill["slug"], level, anchor)
        for skill in SKILLS
        for level, anchor in zip(LEVELS, anchors(skill, language), strict=True)
        if _main_verb(anchor) in NOT_OBSERVABLE[language] and not SOMETHING_DONE.match(anchor)
    ]
    assert unseen == []


def test_an_english_anchor_starts_with_a_verb_in_the_third_person() -> None:
    starts = [(skill["slug"], _main_verb(anchor)) for skill in SKILLS for anchor in anchors(skill, "en")]
    assert [(slug, word) for slug, word in starts if not word.endswith("s")] == []


def test_no_anchor_of_levels_2_and_3_speaks_of_what_goes_on_in_a_head() -> None:
    found = [(skill["slug"], text) for skill in SKILLS for text in anchors(skill, "en")[1:] if NOWHERE.search(text)]
    assert found == []


@pytest.mark.parametrize(
    ("anchor", "verb"),
    [
        ("Knows the rules of the dry room.", "knows"),
        ("As a qualified person, understands the risk.", "understands"),
        ("Authorised for the plant, isolates a string.", "isolates"),
    ],
)
def test_the_main_verb_is_found_behind_the_words_of_permission(anchor: str, verb: str) -> None:
    assert _main_verb(anchor) == verb


def test_level_2_of_dangerous_work_names_the_permission_it_needs() -> None:
    second = {skill["slug"]: skill["anchor_2_en"] for skill in SKILLS}
    assert second.keys() >= NEEDS_PERMISSION
    assert [slug for slug in sorted(NEEDS_PERMISSION) if not PERMISSION.search(second[slug])] == []


def test_the_three_levels_of_a_skill_are_clearly_different() -> None:
    close = [
        (skill["slug"], round(same_wording(one, other), 2))
        for skill in SKILLS
        for one, other in combinations(anchors(skill, "en"), 2)
        if same_wording(one, other) > LEVELS_ALIKE + 0.005
    ]
    assert close == []


def test_the_three_levels_of_a_skill_start_with_different_verbs() -> None:
    alike = [skill["slug"] for skill in SKILLS if len({_main_verb(anchor) for anchor in anchors(skill, "en")}) == 1]
    assert alike == []


def test_no_anchor_says_what_an_anchor_of_another_skill_says() -> None:
    every = [(skill["slug"], frozenset(stems(anchor))) for skill in SKILLS for anchor in anchors(skill, "en")]
    alike = [
        (slug, other_slug, sorted(words & other_words))
        for (slug, words), (other_slug, other_words) in combinations(every, 2)
        if slug != other_slug and shared(words, other_words) > ANCHORS_ALIKE
    ]
    assert alike == []


@pytest.mark.parametrize("language", LANGUAGES_OF_SENTENCES)
def test_no_sentence_stands_there_twice(language: str) -> None:
    texts = [text for skill in SKILLS for text in (skill[f"description_{language}"], *anchors(skill, language))]
    texts += [text for role in ROLES for text in (role[f"summary_{language}"], *listed(role[f"tasks_{language}"]))]
    texts += [unit[f"title_{language}"] for unit in rows("units") if unit["level"] == "criterion"]
    counts = Counter(" ".join(_words(text.lower())) for text in texts)
    assert [text for text, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES_OF_SENTENCES)
def test_an_anchor_is_one_sentence_of_readable_length(language: str) -> None:
    every = [(skill["slug"], anchor) for skill in SKILLS for anchor in anchors(skill, language)]
    assert [slug for slug, anchor in every if not anchor.endswith(".") or not anchor[0].isupper()] == []
    assert [slug for slug, anchor in every if not FEWEST_WORDS <= len(anchor.split()) <= MOST_WORDS] == []
    assert [slug for slug, anchor in every if anchor != " ".join(anchor.split())] == []


def _skill_text(skill: Row, language: str) -> str:
    return " ".join((skill[f"description_{language}"], *anchors(skill, language)))


def _role_text(role: Row, language: str) -> str:
    return f"{role[f'summary_{language}']} {role[f'tasks_{language}']}"


def _long_share(text: str, language: str) -> float:
    words = _words(text)
    return sum(len(word) >= LONG_WORD[language] for word in words) / len(words)


@pytest.mark.parametrize("language", LANGUAGES_OF_SENTENCES)
def test_a_text_has_few_long_words(language: str) -> None:
    heavy = [
        skill["slug"]
        for skill in SKILLS
        if _long_share(_skill_text(skill, language), language) > LONG_SHARE_OF_A_SKILL[language]
    ] + [
        role["slug"]
        for role in ROLES
        if _long_share(_role_text(role, language), language) > LONG_SHARE_OF_A_ROLE[language]
    ]
    assert heavy == []


@pytest.mark.parametrize("language", LANGUAGES_OF_SENTENCES)
def test_sentences_are_short_on_average(language: str) -> None:
    averages = {
        row["slug"]: sum(len(sentence.split()) for sentence in sentences) / len(sentences)
        for row, sentences in [
            *((skill, _sentences(_skill_text(skill, language))) for skill in SKILLS),
            *((role, _sentences(_role_text(role, language))) for role in ROLES),
        ]
    }
    assert {slug: round(value, 1) for slug, value in averages.items() if value > WORDS_OF_A_SENTENCE} == {}
