"""The words of the courses that ship: short sentences, no empty phrases, terms of the glossary, no misspelt word.

Spelling is that of Debian's hunspell dictionaries (en_GB, de_DE, cs_CZ). Words of the trade that they lack, and names,
stand in `words/<language>.txt`, one on a line; `words/names.txt` holds for every language.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.starter.course_folders import DE_CS, SLUGS, bare, folder, translated

from synchromesh.engine.vocabulary.plain_language import stock_phrases_in

LONGEST_MEAN = 20
DICTIONARIES = {"en": "en_GB", "de": "de_DE", "cs": "cs_CZ"}
_WORDS = Path(__file__).parent / "words"
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"“”»«*_)]*\s+(?=[\"„»«*_(]*[A-ZÄÖÜÁČĎÉÍŇÓŘŠŤÚŽ0-9])")
_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_NOT_READ = re.compile(r"https?://\S+|`[^`]*`|\{\{[^}]*\}\}|&[a-z]+;")


def _texts(node: Any, language: str) -> Iterator[str]:
    """Every text of a language; what is accepted as an answer is none, it may be written in many ways."""
    for place, texts in translated(node):
        if place.endswith("/accepted"):
            continue
        text = texts.get(language, "")
        yield from [text] if isinstance(text, str) else (str(one) for one in text)


def _all_texts(slug: str, language: str, *, with_glossary: bool = True) -> list[str]:
    course = folder(slug)
    parts: list[Any] = [course.course, course.file["sections"], course.file["instruments"], course.questions]
    for unit in course.units:
        content = dict(course.content(unit))
        if not with_glossary and "blocks" in content:
            content["blocks"] = [block for block in content["blocks"] if block["kind"] != "glossary"]
        parts.append(content)
    return [text for part in parts for text in _texts(part, language)]


def _sentence_lengths(text: str) -> Iterator[int]:
    """Words of each sentence; headings, cells and what does not end like a sentence are none."""
    for line in re.split(r"\n\s*\n|\n\s*(?=[-*|#]|\d+\. )", bare(text)):
        if line.lstrip().startswith(("#", "|")):
            continue
        for sentence in _SENTENCE_END.split(" ".join(line.split())):
            if sentence.rstrip('"“”»«*_)').endswith((".", "!", "?")):
                yield len(re.findall(r"\w[\w’'-]*", sentence))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_sentences_of_every_unit_are_short(slug: str) -> None:
    course = folder(slug)
    for unit in course.units:
        for language in course.file["languages"]:
            lengths = [n for text in _texts(course.said_in(unit), language) for n in _sentence_lengths(text)]
            assert lengths, unit["key"]
            assert sum(lengths) / len(lengths) < LONGEST_MEAN, f"{unit['key']} in {language}"


@pytest.mark.parametrize("slug", SLUGS)
def test_no_phrase_says_nothing(slug: str) -> None:
    for language in folder(slug).file["languages"]:
        found = [phrase for text in _all_texts(slug, language) for phrase in stock_phrases_in(text, language)]
        assert found == [], language


@pytest.mark.parametrize("slug", SLUGS)
def test_no_sentence_strings_dashes_together(slug: str) -> None:
    for language in folder(slug).file["languages"]:
        found = [
            text
            for text in _all_texts(slug, language)
            if re.search(r"\s[—–]\s[^.!?\n]*\s[—–]\s[^.!?\n]*\s[—–]\s|—.*—", text)
        ]
        assert found == [], language


def _glossary(slug: str) -> list[Mapping[str, Any]]:
    return [entry for block in folder(slug).blocks("glossary") for entry in block["entries"]]


def _pattern(term: str, *, whole: bool) -> re.Pattern[str]:
    """The term, with other endings where it need not be whole; in compounds of German the word may stand inside."""
    parts = []
    for word in re.findall(r"[\w/]+", term):
        stem = word if whole or len(word) < 5 else word[: max(4, len(word) - 3)]
        parts.append(re.escape(stem) + ("" if whole else r"\w*"))
    edge = r"\b" if whole else ""
    return re.compile(edge + r"[\W_]+".join(parts) + edge, re.IGNORECASE)


def _ways_to_say(term: str) -> list[str]:
    """A term and its short form: "Battery management system (BMS)" is both."""
    inside = re.findall(r"\(([^)]*)\)", term)
    return [re.sub(r"\s*\([^)]*\)", "", term), *inside]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_term_of_the_glossary_is_used(slug: str) -> None:
    for language in folder(slug).file["languages"]:
        said = "\n".join(_all_texts(slug, language, with_glossary=False))
        for entry in _glossary(slug):
            ways = _ways_to_say(entry["terms"][language])
            assert any(_pattern(way, whole=False).search(said) for way in ways if way), f"{language}: {ways[0]}"


@pytest.mark.parametrize("slug", SLUGS)
def test_wordings_that_a_glossary_avoids_are_not_used(slug: str) -> None:
    for language in folder(slug).file["languages"]:
        said = "\n".join(_all_texts(slug, language))
        for entry in _glossary(slug):
            for wording in entry.get("avoid", {}).get(language, ()):
                found = _pattern(wording, whole=True).search(said)
                assert found is None, f"{language}: '{wording}' instead of '{entry['terms'][language]}'"


def test_a_term_has_the_same_words_in_every_course() -> None:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for slug in SLUGS:
        for entry in _glossary(slug):
            for language, term in entry["terms"].items():
                found.setdefault((entry["key"], language), {})[slug] = term
    different = {
        key: terms
        for key, terms in found.items()
        if len({_ways_to_say(term)[0].casefold() for term in terms.values()}) > 1
    }
    assert different == {}


@cache
def _known(name: str) -> frozenset[str]:
    lines = (_WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().casefold() for line in lines if line.strip() and not line.startswith("#"))


def _misspelt(words: set[str], language: str) -> list[str]:
    program = shutil.which("hunspell")
    if program is None:
        pytest.fail("hunspell is missing. Run scripts/system-packages.")
    command = [program, "-i", "utf-8", "-d", DICTIONARIES[language], "-l"]
    text = "\n".join(sorted(words)) + "\n"
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, encoding="utf-8")
    return sorted(set(done.stdout.split()))


def _spelt(slug: str, language: str) -> set[str]:
    """Every word of a course that can be misspelt; abbreviations and names of signals (BMS, CycleTime) cannot."""
    read = (_NOT_READ.sub(" ", bare(text)).replace("’", "'").replace("*", "") for text in _all_texts(slug, language))
    words = (word for text in read for word in _LETTERS.findall(text))
    return {word for word in words if len(word) > 2 and word[1:] == word[1:].lower()}


@pytest.mark.parametrize("language", DE_CS)
def test_nothing_is_misspelt(language: str) -> None:
    courses = [slug for slug in SLUGS if language in folder(slug).file["languages"]]
    by_course = {slug: _spelt(slug, language) for slug in courses}
    every = set().union(*by_course.values()) if courses else set()
    known = _known(language) | _known("names")
    wrong = [word for word in _misspelt(every, language) if word.casefold() not in known]
    assert wrong == [], {word: [slug for slug in courses if word in by_course[slug]] for word in wrong}


@pytest.mark.parametrize("language", DE_CS)
def test_the_words_that_are_let_through_are_used(language: str) -> None:
    courses = [slug for slug in SLUGS if language in folder(slug).file["languages"]]
    said = {word.casefold() for slug in courses for word in _spelt(slug, language)}
    assert sorted(_known(language) - said) == []


def test_the_spelling_is_really_looked_at() -> None:
    assert _misspelt({"color", "colour", "batery"}, "en") == ["batery", "color"]
    assert _misspelt({"Batterie", "Baterie"}, "de") == ["Baterie"]
    assert _misspelt({"baterie", "batterie"}, "cs") == ["batterie"]
