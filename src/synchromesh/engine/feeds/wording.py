"""How providers call the form of a course, its certificate and its price, in six languages, for every reader.

Words are compared without case, accents and hyphens. What is not known, or names several things at once, gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from synchromesh.engine.vocabulary.folding import fold
from synchromesh.engine.vocabulary.money import FREE_WORDS

__all__ = ["fold_words", "is_open_price", "parse_certificate", "parse_mode", "parse_yes_no"]

_LONGEST = 120  # characters; a longer text is a description


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


_MODES: Mapping[str, re.Pattern[str]] = {
    "online": _word(
        r"online|on line|e ?learning|web(?: ?based)?|webinar\w*|virtu\w+|remote"
        r"|fern(?:unterricht|lehr\w+|kurs\w*|studi\w+)|distance|distancia|distanza|distanc\w+"
        r"|digital\w*|mooc\w*|live ?stream\w*|teleforma\w+|internet"
    ),
    "on-site": _word(
        r"on ?site|on campus|offline|in person|in presence|face to face|f2f|class ?room|prasenz\w*|praesenz\w*|vor ort"
        r"|presentiel\w*|presencial\w*|en presence|presenza|en salle|in aula|prezencn\w*|osobne"
    ),
    "blended": _word(
        r"blended(?: learning)?|hybrid\w*|mixed|mixte|mixto|mist[ao]|kombinier\w*|kombinovan\w*|gemischt\w*"
        r"|semi ?presencial\w*|bi ?modal\w*|co ?modal\w*|smisen\w*"
    ),
    "self-study": _word(
        r"self ?(?:stud\w+|paced|learning)|selbststudi\w+|selbstlern\w*|autoformation|auto ?estudio|autoapprendimento"
        r"|autoformazione|autodida\w+|samostudi\w+|asynchron\w*|correspondence|on demand"
    ),
    "in-company": _word(
        r"in ?(?:company|house)|firmen\w+|betriebsintern\w*|intra|intra ?entreprise|en entreprise|en (?:la )?empresa"
        r"|in azienda|aziendal\w+|ve firme|firemni\w*"
    ),
}
# A room that is none.
_VIRTUAL_ROOM = _word(r"virtu\w+ (?:class ?rooms?|klassen\w+|seminarr\w+|aula)|classes? virtuelles?|aulas? virtual\w*")
_OR = re.compile(r"\b(?:or|oder|ou|o|nebo|bzw|wahlweise|alternativ\w*)\b|[/,;|]")
_AND = re.compile(r"\b(?:and|und|et|y|e|a|mit|with|avec|con|plus|s)\b|[+&]")

_NO_CERTIFICATE = re.compile(
    r"(?:no|none|without|kein\w*|ohne|aucun\w*|sans|ningun\w*|sin|nessun\w*|senza|zadn\w*|bez)(?: \w+){0,2}"
)
_CERTIFICATES: Mapping[str, re.Pattern[str]] = {
    "micro-credential": _word(r"mi[ck]ro ?(?:[ck]reden[ct]\w+|certif\w+|zertifi\w+|osvedceni)"),
    "attendance": _word(
        r"attendance|participation|teilnahme\w*|bescheinigung\w*|attestations?|presence|assiduite|participacion"
        r"|asistencia|frequenza|partecipazione|ucasti|ucast\w*"
    ),
    "qualification": _word(
        r"qualification\w*|qualifikation\w*|diplom\w*|degree|bachelor\w*|masters?|meister(?:brief|titel|prufung)\w*"
        r"|gesellen\w+|\w*abschluss\w*|titre|titulo|titulacion|laurea|qualifica|kvalifika\w+|vyucni list"
    ),
    "certificate": _word(r"\w*certif\w+|\w*zertif\w+|attestat[oi]|osvedceni|\w*nachweis|\w*zeugnis"),
}

_YES = frozenset(
    {"yes", "y", "true", "1", "x", "ja", "j", "wahr", "oui", "vrai", "si", "verdadero", "vero", "ano", "✓"}
)
_NO = frozenset({"no", "n", "false", "0", "nein", "falsch", "non", "faux", "falso", "ne", "-", "✗"})

_OPEN_PRICE = _word(
    # on request
    r"request|enquir\w+|inquir\w+|quote|anfrage|absprache|vereinbarung|individuell\w*|demande|devis|consultar|peticion"
    r"|presupuesto|richiesta|preventivo|vyzadani|dotaz\w*|dohod\w+|tba|tbd|var(?:ies|iable|iabel|iiert)|depend\w+|abhangig"
    # from, up to, about
    r"|from|up to|about|ab|von|bis|ca|circa|etwa|des|a partir de?|a partire da\w*|desde|hasta|da|fino a|od|do"
    r"|max\w*|min\w*"
    # with taxes or other costs to come
    r"|plus|zzgl|zuzuglich|excl\w*|exkl\w*|hors|ht|net|netto|esclusa|mas|bez|without|ohne|sin"
    # for some people
    r"|members?|mitglieder\w*|membres|socios|soci|clen\w*|students?|studierende|discount\w*|ermassig\w*|for|fur|pour|para|per"
    # for a part only
    r"|hour|stunde|heure|hora|ora|hodin\w*|day|tag|jour|dia|giorno|den|month|monat|mois|mes|mese|mesic\w*"
)


def fold_words(text: str) -> str:
    """Return words without case, accents, hyphens and outer spaces, to be compared."""
    return " ".join(re.sub(r"[-‐‑–—_'’.()]", " ", fold(text)).split())


_FREE = tuple(f"{fold_words(word)} " for word in sorted(FREE_WORDS - {"0"}))


@lru_cache(maxsize=1024)  # a feed says the same few words at each of its courses
def parse_mode(text: str) -> str:
    """Return one of `records.MODES`, or "" where the words are unknown or offer a choice ("online or on-site")."""
    if len(text) > _LONGEST:
        return ""
    words = _VIRTUAL_ROOM.sub("online", fold_words(text))
    found = {mode for mode, pattern in _MODES.items() if pattern.search(words)}
    for mode in ("blended", "in-company"):  # these say more than what they are named with
        if mode in found:
            return mode
    if found == {"online", "self-study"}:
        return "self-study"
    if {"online", "on-site"} <= found:
        return "blended" if _AND.search(words) and not _OR.search(words) else ""
    return next(iter(found)) if len(found) == 1 else ""


def parse_certificate(text: str) -> str:
    """Return one of `records.CERTIFICATES`, or "" where the words are unknown; "yes" means a certificate.

    A certificate of attendance proves attendance, and what merely attests or confirms counts as that too.
    """
    if len(text) > _LONGEST:
        return ""
    answer = parse_yes_no(text)
    if answer is not None:
        return "certificate" if answer else "none"
    words = fold_words(text)
    if _NO_CERTIFICATE.fullmatch(words):
        return "none"
    found = [kind for kind, pattern in _CERTIFICATES.items() if pattern.search(words)]
    special = [kind for kind in found if kind != "certificate"]
    if len(special) > 1:
        return ""
    return (special or found or [""])[0]


def parse_yes_no(text: str) -> bool | None:
    """Return the answer of a cell such as "ja", "x" or "false", None for anything else, also for an empty one."""
    word = text.strip() if text.strip() == "-" else fold_words(text)
    if word in _YES:
        return True
    return False if word in _NO else None


def is_open_price(text: str) -> bool:
    """Tell whether the words speak of a price that is no single amount: "on request", "from 690 €", "240-300 EUR".

    Such words are kept beside an unknown price. Use it for what `parse_price` refuses.
    """
    if len(text) > _LONGEST:
        return False
    words = fold_words(text)
    amounts = re.findall(r"\d+(?:[.,\s]\d+)*", text)
    return bool(_OPEN_PRICE.search(words)) or len(amounts) > 1 or words.startswith(_FREE)
