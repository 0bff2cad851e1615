"""Hints at a level from wording: "basics of" is Awareness, "advanced" is Expert, and years of experience count.

A hint is a suggestion beside a match and never part of its probability. The scale is the house's: 1 Awareness,
2 Practitioner, 3 Expert. Words are our own reading of how courses and CVs are written, in six languages; what is not
listed gives no hint.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from synchromesh.engine.matching.segments import Span
from synchromesh.engine.matching.words import fold_word

_WORDS: dict[int, tuple[str, ...]] = {
    1: (
        # English
        r"basics?(?: of| in)?", r"fundamentals?", r"introduction", r"introductory", r"overview", r"awareness",
        r"first steps", r"beginners?", r"basic knowledge", r"familiar with", r"what .{0,20} (?:is|are)", r"understand",
        r"recogni[sz]e", r"no (?:previous|prior) knowledge",
        # German
        r"grundlagen", r"grundkenntnisse", r"einführung", r"einsteiger\w*", r"überblick", r"basiswissen",
        r"kennenlernen", r"sensibilisierung", r"ohne vorkenntnisse",
        # Czech
        r"základy", r"základní znalost\w*", r"úvod(?: do)?", r"přehled", r"pro začátečníky", r"seznámení",
        # French
        r"bases", r"notions", r"initiation", r"introduction", r"sensibilisation", r"découverte", r"débutants?",
        # Spanish
        r"fundamentos", r"introducción", r"nociones", r"iniciación", r"conceptos básicos", r"principiantes?",
        # Italian
        r"fondamenti", r"introduzione", r"nozioni", r"basi (?:di|del|della)", r"principianti",
    ),
    2: (
        r"hands-on", r"practical", r"in practice", r"carry out", r"perform", r"able to", r"operate", r"independently",
        r"proficien(?:t|cy)", r"good knowledge", r"solid knowledge", r"working knowledge", r"praktisch\w*",
        r"praxis\w*", r"durchführen", r"selbst(?:st)?ändig\w*", r"anwenden", r"gute kenntnisse",
        r"fundierte kenntnisse", r"umgang mit", r"prakti\w+", r"samostatn\w+", r"provádět", r"umí", r"dobrá znalost",
        r"pratiques?", r"réaliser", r"mettre en œuvre", r"autonome", r"maîtris\w+", r"práctic\w+", r"realizar",
        r"aplicar", r"autónom\w+", r"buen conocimiento", r"pratic\w+", r"eseguire", r"in autonomia",
        r"buona conoscenza",
    ),
    3: (
        r"expert\w*", r"advanced", r"in-depth", r"master(?:y|ing)?", r"lead(?:s|ing)?(?= (?:a|the|teams?|projects?))",
        r"strategy", r"train (?:others|colleagues)", r"teach", r"supervis\w+", r"architect\w*", r"extensive experience",
        r"specialist", r"experte\w*", r"fortgeschritten\w*", r"vertiefung\w*", r"leiten", r"leitung",
        r"langjährige erfahrung", r"vertieft\w*", r"pokročil\w+", r"vést", r"vedení", r"mnohaletá", r"expertn\w+",
        r"odborník\w*", r"avancée?s?", r"approfondi\w*", r"expertise", r"diriger", r"encadrer", r"solide expérience",
        r"avanzad\w+", r"expert[oa]s?", r"dirigir", r"amplia experiencia", r"avanzat\w+", r"espert[oaie]", r"guidare",
        r"esperienza pluriennale",
    ),
}  # fmt: skip
_PATTERNS = {level: re.compile(r"(?<!\w)(?:" + "|".join(several) + r")(?!\w)") for level, several in _WORDS.items()}
# English, German, Czech, French, Spanish, Italian; nobody writes more than ten years in words.
_NUMBER_WORDS = {
    1: ("one", "ein", "einem", "jeden", "un", "uno"),
    2: ("two", "zwei", "dva", "deux", "dos", "due"),
    3: ("three", "drei", "tři", "trois", "tres", "tre"),
    4: ("four", "vier", "čtyři", "quatre", "cuatro", "quattro"),
    5: ("five", "fünf", "pět", "cinq", "cinco", "cinque"),
    6: ("six", "sechs", "šest", "seis", "sei"),
    7: ("seven", "sieben", "sedm", "sept", "siete", "sette"),
    8: ("eight", "acht", "osm", "huit", "ocho", "otto"),
    9: ("nine", "neun", "devět", "neuf", "nueve", "nove"),
    10: ("ten", "zehn", "deset", "dix", "diez", "dieci"),
}
_NUMBERS = {fold_word(word): number for number, several in _NUMBER_WORDS.items() for word in several}
_NUMBER_NAMES = "|".join(word for several in _NUMBER_WORDS.values() for word in several)
_YEARS = re.compile(
    rf"(?<![\w.,])(\d{{1,2}}|(?:{_NUMBER_NAMES})(?=\s))(?:\s*+\+|\s*+[-–]\s*+\d{{1,2}})?\s*+"
    r"(?:years?|yrs|jahr(?:en?)?|let|rok[yuů]?|ans?|años?|ann[io])(?!\w)"
)
_TURKISH = str.maketrans("İı", "ii")
_PRACTITIONER_YEARS, _EXPERT_YEARS = 1, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelHint:
    """A level and the words that suggest it."""

    level: int
    words: Span


def find_level_hint(text: str, sentence: Span) -> LevelHint | None:
    """The level that a sentence's wording suggests, None where it says nothing.

    Years of experience count most; else the highest level that is named.
    """
    # Small letters are searched several times quicker than letters of either case.
    start = max(sentence.start - 1, 0)  # a word may not begin inside another
    searched, first = _lowered(text[start : sentence.end]), sentence.start - start
    years = _YEARS.search(searched, first)
    if years:
        number = _NUMBERS.get(fold_word(years[1])) or int(years[1])
        level = 3 if number >= _EXPERT_YEARS else 2 if number >= _PRACTITIONER_YEARS else 1
        return LevelHint(level=level, words=Span(years.start() + start, years.end() + start))
    for level in (3, 2, 1):
        named = _PATTERNS[level].search(searched, first)
        if named:
            return LevelHint(level=level, words=Span(named.start() + start, named.end() + start))
    return None


def _lowered(text: str) -> str:
    """The text in small letters, sign for sign: "İ" alone would become two, and it and "ı" are read as i."""
    return text.translate(_TURKISH).lower()
