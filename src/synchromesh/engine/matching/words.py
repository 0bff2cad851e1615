"""Words of a text as they are compared: folded, without accents and case, each with its place.

`C++`, `C#` and `.NET` stay words. Endings that name a second gender ("Mechaniker:in", "vendeur·se", "(m/w/d)") fall
away, because labels and texts write them in many ways.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Every pattern here reads a text once: no part of one may begin where the part before it could go on.
_JOINED = "\u0300-\u036f\u00ad\u200c\u200d"  # accents that stand as signs of their own, soft hyphens, joiners
_PART = rf"[^\W_]+(?:[{_JOINED}][^\W_]*)*"
_WORD = re.compile(rf"\.?{_PART}(?:['’]{_PART})?[+#]*")
_SECOND_GENDER = re.compile(
    r"(?<=[^\W\d_])[:*/·_(\-]{1,2}"
    r"(?:innen|in|nen|frau|e|se|euse|trice|ice|rice|ière|ère|enne|ka|čka|ička|kyně|a|o|os|as|ra|ora)\b\)?",
    re.IGNORECASE,
)
_GENDER_MARK = re.compile(r"\(\s*[mwfdxhvg](?:\s*[/|,]\s*[mwfdxhvgn]){1,3}\s*\)", re.IGNORECASE)
# How the second of two full forms ends where they part: "mechanik/mechanička", "vendeur/vendeuse".
_SECOND_FORMS = frozenset(
    {
        *(("", ending) for ending in ("in", "innen", "e", "a", "ne", "ka")),
        *(("o", "a"), ("os", "as"), ("e", "a"), ("a", "kyne"), ("s", "es"), ("k", "cka"), ("k", "ca"), ("k", "ce")),
        *(("z", "ka"), ("r", "se"), ("rs", "ses"), ("eur", "rice"), ("ore", "rice")),
    }
)
_SHORTEST_STEM = 3
_BEHIND = " \t\r\n.,;:!?…"  # signs that end no word; without them a sentence is the same with its full stop
_LONGEST_KEPT = 500  # characters of a passage
LONGEST_WORD = 60
_EXTRA_FOLDS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "’": "'"})
_UNSEEN = str.maketrans(dict.fromkeys("\u00ad\u200c\u200d"))

# Words that carry grammar, not meaning, in the languages most often met, folded. Rare languages do without.
_GRAMMAR = {
    "English": (
        "a an and any are as at be been by can could do does for from had has have he her his how i if in into is it "
        "its more most no not of on or our out so such than that the their them then there these they this those to up "
        "us was we were what when where which while who will with would you your etc"
    ),
    "German": (
        "aber als am an auch auf aus bei bis da das dass dem den der des die dies diese diesem diesen dieser du durch "
        "ein eine einem einen einer eines er es fur hat haben ich ihr ihre ihren im in ins ist kann konnen man mehr "
        "mit nach nicht noch nur oder ob sein sich sie sind so sowie uber um und uns unser unsere von vor war was wenn "
        "wer werden wie wir wird zu zum zur"
    ),
    "French": (
        "a afin au aux avec ce ces cette chez d dans de des du elle en entre est et etre il ils l la le les leur leurs "
        "lors mais ne nos notre nous ou par pas plus pour qu que qui s sa se ses si son sont sous sur un une vos votre "
        "vous y"
    ),
    "Spanish": (
        "al algo ante como con cual cuando del desde donde el ella entre era es esta estas este esto estos la las lo "
        "los mas me mi muy ni o para pero por que se sin sobre son su sus te tu un una uno unos y ya"
    ),
    "Portuguese": "ao aos com da das do dos e em na nas no nos num os pela pelo quando sao sem seu sua um uma",
    "Italian": (
        "agli ai alla alle allo anche che chi ci col con cui dagli dai dal dalla delle degli dei dell della di e ed "
        "fra gli i il l le loro ma nei nel nella nelle non ogni per piu quale questa questo si sono sul sulla tra un "
        "una uno"
    ),
    "Czech": (
        "aby ale ani az bez bude by byl co do i ia ja jak jako je jeho jej jejich jen ji jsou k kde kdo ke ktera ktere "
        "ktery mezi mi na nad nebo o od po pod podle pri pro s se si tak take to u uz v ve vsak z za ze"
    ),
    "Slovak": "alebo ako aj ci ich ma nie sa su vo zo",
    "Polish": "czy dla jest lub oraz przez przy sie sa w we z",
    "Dutch": (
        "aan bij dat de die dit door een en er het hij hoe ik is je met naar niet nog of om ook op over te tot uit van "
        "voor wat we wij worden zijn"
    ),
    "Swedish": "att av den det ett for fran har i inte jag med men och om pa sig som till var vi",
    "Danish": "af at er et fra han kan og til vil",
}


def _words_of(texts: dict[str, str]) -> frozenset[str]:
    return frozenset(word for text in texts.values() for word in text.split())


STOP_WORDS = _words_of(_GRAMMAR)


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its folded form and the characters it stands on."""

    folded: str
    start: int
    end: int


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words between two offsets that carry meaning, in order. Single letters count only with a sign ("C#")."""
    passage = text[start:end].rstrip(_BEHIND)
    read = _read_again if len(passage) <= _LONGEST_KEPT else _read
    return [Word(folded, start + first, start + last) for folded, first, last in read(passage)]


def _read(passage: str) -> list[tuple[str, int, int]]:
    passage = _GENDER_MARK.sub(_blank, _SECOND_GENDER.sub(_blank_of_one_case, passage))
    found: list[tuple[str, int, int]] = []
    before, ended = "", 0
    for match in _WORD.finditer(passage):
        folded = fold_word(match.group()[:LONGEST_WORD])
        first, last = match.span()
        repeated = passage[ended:first].strip() == "/" and _is_second_form(before, folded)
        if carries_meaning(folded) and not repeated:
            found.append((folded, first, last))
        before, ended = folded, last
    return found


_read_again = lru_cache(maxsize=1024)(_read)  # a sentence is scored by its words and later shown with them


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """Lower case, without accents, compatibility forms resolved: "Überprüfung" gives "uberprufung"."""
    if word.endswith("Innen") and word[-6:-5].islower():  # "MechanikerInnen"
        word = word[:-5]
    # Folded twice, since a sign such as ℡ shows its capitals only when it is resolved.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    bare = "".join([sign for sign in decomposed if not unicodedata.combining(sign)])
    return bare.translate(_EXTRA_FOLDS).translate(_UNSEEN)


def carries_meaning(folded: str) -> bool:
    """Whether a folded word is compared at all."""
    return len(folded) > 1 and folded not in STOP_WORDS


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _blank_of_one_case(match: re.Match[str]) -> str:
    """Blanks for an ending in small letters, or in capitals after a capital: "Database/ORA" names no second gender."""
    ending, before = match.group(), match.string[match.start() - 1]
    return _blank(match) if ending.islower() or (ending.isupper() and before.isupper()) else ending


def _is_second_form(first: str, second: str) -> bool:
    """Whether the second of two folded words names the same occupation for another gender."""
    shared = 0
    while shared < min(len(first), len(second)) and first[shared] == second[shared]:
        shared += 1
    return shared >= _SHORTEST_STEM and (first[shared:], second[shared:]) in _SECOND_FORMS
