"""Job titles as people and advertisements write them, reduced to the name of the job.

    normalise_title("Senior Schweißer (m/w/d) bei Beispiel GmbH, 100 %")
    Title(text="Schweißer", seniority="senior", others=())

Titles name the job, the rank of the person, both genders, the employer, the place and codes of the advertiser in one
line. Only the name of the job is looked up; the rank is kept as information. Nothing is translated, and a title of
which nothing would be left stays as it was.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from synchromesh.engine.matching.folding import fold_label

Seniority = Literal["", "trainee", "junior", "senior"]
LONGEST_TITLE = 300  # characters that are read
MOST_TITLES = 4

_TRAINEES = (
    "trainee apprentice intern azubi azubis auszubildender auszubildende lehrling praktikant praktikantin stagiaire "
    "apprenti apprentie alternant becario becaria aprendiz praktykant stazysta stazista stazistka tirocinante "
    "apprendista stagista leerling larling"
)
_RANKS: dict[str, Seniority] = {
    **dict.fromkeys(("senior", "sr", "seniorni", "starszy"), "senior"),
    **dict.fromkeys(("junior", "jr", "juniorni", "mlodszy", "berufseinsteiger", "berufseinsteigerin"), "junior"),
    **dict.fromkeys(_TRAINEES.split(), "trainee"),
}
# Words between a rank and the job: "apprentice as a welder".
_AFTER_RANK = frozenset({"zum", "zur", "als", "as", "a", "an"})
_TRAINING = re.compile(r"(?:ausbildung|apprenticeship|lehre|praktikum)\s+(?:zum|zur|als|as an?|as)\s+(?=\S)", re.I)

_LETTER = r"[mwfdxhvgnik]"
_GENDERS = re.compile(
    rf"""[(\[]\s*{_LETTER}(?:\s*[/|,*.·]\s*{_LETTER}){{1,3}}\s*[)\]]   # (m/w/d) (H/F) (m, f, x)
    | (?<!\S){_LETTER}(?:\s?[/|]\s?{_LETTER}){{1,3}}(?!\S)             # m/w/d without brackets
    | [(\[]\s*(?:all\ genders?|any\ gender|gn|divers|alle\ geschlechter)\s*[)\]]""",
    re.VERBOSE | re.IGNORECASE,
)
_ENDING = "innen|in|frau|e|le|ne|se|euse|trice|ice|a|o|os|as|ka|ra|r"
_SECOND_GENDER = re.compile(
    rf"(?<=[^\W\d_]{{3}})(?:\(-?(?:{_ENDING})\)|[:*·_]-?(?:{_ENDING})\b|/-(?:{_ENDING})\b"
    r"|/(?:innen|in|frau|e|euse|trice|a|ka)\b|(?<=de)/r\b|(?<=[a-zäöü])In\b)"
)
_PAIR = re.compile(r"(?<![\w-])([^\W\d_]{3,})/([^\W\d_]{3,})(?![\w-])")
_SAME_STEM = 3  # letters with which both words of a pair begin
# What follows is the employer or the place: " - Example Ltd", " | Vienna", " bei Beispiel", " at Example".
_ELSEWHERE = re.compile(r"\s[-–—]\s|\s?\|\s?|\s(?:bei|beim|at|chez|presso|@)\s", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]{0,200}[)\]}]")
_CODES = re.compile(
    r"""\b(?:ref|req|job|id|nr|no|kennziffer|referenz|stellennummer)\b[.:#\s-]{0,3}(?=[\w./-]{0,40}\d)[\w./-]{1,60}
    | [#№]\s?\w{0,20}\d[\w./-]{0,40}
    | \b\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?%
    | (?<![\w-])[A-Z]{1,6}[-_/]?\d{3,}[\w/-]{0,40}
    | (?<![\w.,-])\d[\d./-]{2,}(?![\w%])""",
    re.VERBOSE | re.IGNORECASE,
)
_STEP = re.compile(r"\s(?:I{1,3}|IV|V|[1-9])$")  # "Engineer II"
_EDGES = " \t,;:.-–—/|*#&+·"
_SLASH = re.compile(r"\s?/\s?")
_ABBREVIATION = re.compile(r"[A-Z0-9&+.]{1,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The name of a job. `seniority` is what the title says about rank; `others` are further names in the same title.

    "Welder / pipe fitter" has the text "Welder" and the other name "pipe fitter".
    """

    text: str
    seniority: Seniority = ""
    others: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the first one first; empty where the title is."""
        return (self.text, *self.others) if self.text else ()


def normalise_title(text: str) -> Title:
    """Read a title; see the module. Never fails: a text without a letter gives an empty title."""
    plain = " ".join(unicodedata.normalize("NFC", text[:LONGEST_TITLE]).split())
    without = " ".join(_GENDERS.sub(" ", plain).split())
    names: list[str] = []
    ranks: list[Seniority] = [_rank(part.strip("()[]{} ")) for part in _BRACKETS.findall(without)]
    for form in both_genders(_job_part(without)):
        for part in _split(form):
            name, rank = _without_rank(_clean(part))
            ranks.append(rank)
            if name and fold_label(name) not in map(fold_label, names):
                names.append(name)
    if not names:
        left = _clean(without) or without.strip(_EDGES)
        names = [left] if any(sign.isalpha() for sign in left) else []
    return Title(
        text=names[0] if names else "",
        seniority=next((rank for rank in ranks if rank), ""),
        others=tuple(names[1:MOST_TITLES]),
    )


def both_genders(text: str) -> tuple[str, ...]:
    """A title for one gender each: "Technicien/technicienne de cellules" gives "Technicien de cellules" and the other.

    Of endings ("Mechaniker/in", "vendeur(se)") only the first gender is written out. A title for one gender comes back
    as it is.
    """
    text = _SECOND_GENDER.sub("", text)
    first = _PAIR.sub(lambda pair: pair[1] if _is_pair(pair) else pair[0], text)
    second = _PAIR.sub(lambda pair: pair[2] if _is_pair(pair) else pair[0], text)
    return (first,) if first == second else (first, second)


def _is_pair(pair: re.Match[str]) -> bool:
    return fold_label(pair[1])[:_SAME_STEM] == fold_label(pair[2])[:_SAME_STEM]


def _job_part(text: str) -> str:
    """The first part between separators that holds words beside codes and ranks: employer and place come later."""
    parts = _ELSEWHERE.split(text)
    named = (part for part in parts if _without_rank(_clean(part))[0])
    found = next(named, text)
    # A rank may stand in a part of its own: "Trainee - Sales".
    before = [part for part in parts[: parts.index(found)] if _rank(part.strip())] if found in parts else []
    return " ".join([*before, found])


def _clean(text: str) -> str:
    """Without what stands in brackets, codes, percentages and steps of pay; empty where no letter is left."""
    previous = None
    while previous != text:
        previous = text
        text = " ".join(_CODES.sub(" ", _BRACKETS.sub(" ", text)).split()).strip(_EDGES)
        text = _STEP.sub("", text).strip(_EDGES)
    return text if any(sign.isalpha() for sign in text) else ""


def _without_rank(text: str) -> tuple[str, Seniority]:
    """The name and the rank before it. Behind a name only senior and junior are ranks: a "dip apprentice" is a job."""
    rank: Seniority = ""
    training = _TRAINING.match(text)
    if training:
        text, rank = text[training.end() :], "trainee"
    words = text.split()
    while words and (found := _rank(words[0])):
        rank = rank or found
        words = words[1:]
        while len(words) > 1 and words[0].casefold() in _AFTER_RANK:
            words = words[1:]
    while words and (found := _rank(words[-1])) in {"senior", "junior"}:
        rank = rank or found
        words = words[:-1]
    return " ".join(words).strip(_EDGES), rank


def _rank(word: str) -> Seniority:
    return _RANKS.get(fold_label(word), "")


def _split(text: str) -> list[str]:
    """The titles between slashes; "CAD/CAM engineer" stays one, and so does a word of one letter."""
    parts: list[str] = []
    start = 0
    for slash in _SLASH.finditer(text):
        last = (text[start : slash.start()].split() or [""])[-1]
        first = (_SLASH.split(text[slash.end() :], maxsplit=1)[0].split() or [""])[0]
        short = _ABBREVIATION.fullmatch(last) or _ABBREVIATION.fullmatch(first)
        if min(len(last), len(first)) > 1 and not (slash.group() == "/" and short):
            parts.append(text[start : slash.start()])
            start = slash.end()
    return [*parts, text[start:]]
