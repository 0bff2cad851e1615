"""Amounts of time in words of six languages, taken apart: "2 Tage (je 6 Std.)" into two parts and what joins them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from synchromesh.engine.vocabulary import folding

_UNITS = {
    "minute": "min mins minute minutes minuten minuto minutos minuti minuta minuty minut minutig",
    "lesson": "ue ues ustd ust unterrichtseinheit unterrichtseinheiten unterrichtsstunde unterrichtsstunden "
    "vyucovaci_hodina vyucovaci_hodiny vyucovacich_hodin",
    "hour": "h hr hrs hour hours std stdn stunde stunden zeitstunde zeitstunden stundig stundiger stundiges stundige "
    "heure heures hora horas ora ore hodina hodiny hodin hod",
    "day": "d day days tag tage tagen tagig tagiger tagiges tagige j jour jours journee journees dia dias jornada "
    "jornadas giorno giorni giornata giornate den dny dni dnu dne",
    "week": "week weeks wk wks woche wochen wochig semaine semaines semana semanas settimana settimane tyden tydny "
    "tydnu",
    "month": "month months monat monate monaten monatig mois mes meses mese mesi mesic mesice mesicu",
    "year": "year years jahr jahre jahren jahrig an ans annee annees ano anos anno anni rok roky let",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_NUMBERS = {
    Fraction(1): "one a an ein eine eines einen einem einer un une una uno jeden jedna",
    Fraction(2): "two zwei deux dos due dva dve",
    Fraction(3): "three drei trois tres tre tri",
    Fraction(4): "four vier quatre cuatro quattro ctyri",
    Fraction(5): "five funf cinq cinco cinque pet",
    Fraction(6): "six sechs seis sei sest",
    Fraction(7): "seven sieben sept siete sette sedm",
    Fraction(8): "eight acht huit ocho otto osm",
    Fraction(9): "nine neun neuf nueve nove devet",
    Fraction(10): "ten zehn dix diez dieci deset",
    Fraction(1, 2): "half halb halbe halber halbes halben demi demie medio media mezzo mezza pul",
    Fraction(3, 2): "anderthalb eineinhalb",
    Fraction(5, 2): "zweieinhalb",
}
_NUMBER_OF = {word: number for number, words in _NUMBERS.items() for word in words.split()}
_HALF = Fraction(1, 2)
# German and Czech write number and unit as one word.
_JOINED = {"halbtag": (_HALF, "day"), "halbtags": (_HALF, "day"), "pulden": (_HALF, "day"), "puldenni": (_HALF, "day")}
_JOINED_WORD = re.compile(
    "("
    + "|".join(sorted((word for word in _NUMBER_OF if len(word) > 2), key=len, reverse=True))
    + r")(tag|stund|woch|monat)ig(?:e[rsmn]?)?"
)
_JOINED_UNIT = {"tag": "day", "stund": "hour", "woch": "week", "monat": "month"}

_SIGNS = {
    "and": "+ & and und et y e plus sowie a",
    "or": "( [ / = or oder ou o nebo in over on auf an sur en su ve soit entspricht",
    "times": "× x * mal fois je zu of de da po",
    ",": ",",
    "-": "- – — ; : |",
}
_SIGN_OF = {word: sign for sign, words in _SIGNS.items() for word in words.split()}
_PER = frozenset({"per", "pro", "par", "por", "al", "alla", "a", "za", "na", "je", "/", "each", "every"})
_ARTICLES = frozenset({"la", "the"})
_PERIODS = {
    "daily": "day", "taglich": "day", "denne": "day", "weekly": "week", "wochentlich": "week", "tydne": "week",
    "hebdomadaires": "week", "semanales": "week", "settimanali": "week", "monthly": "month", "monatlich": "month",
}  # fmt: skip
# Words that leave an amount as it is.
_FILLERS = """
    . ) ] ~ ca circa approx approximately about around etwa rund environ aproximadamente unos cerca asi priblizne zhruba
    duration dauer duree duracion durata delka trvani total gesamt insgesamt gesamtdauer totale celkem course kurs
    lehrgang seminar workshop training schulung formation stage curso corso kurz skoleni online full volle vollen ganze
    ganzen ganzer complet entera intera cely cele netto
"""
_FILLER_WORDS = frozenset(_FILLERS.split())
_TOKEN = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?!\d)|\d+(?:[.,]\d+)*|vyucovaci(?:ch)? hodin[ay]?|[^\W\d_]+|[^\w\s]")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,' ’]\d{3})+")
_DECIMAL = re.compile(r"\d{1,8}(?:[.,]\d{1,3})?", re.ASCII)
_HALF_SIGN = re.compile(r"(\d?)\s*(?:½|\b1/2\b)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An amount of a unit ("minute" to "year"), `per` a period ("day", "week", "month") or "".

    `before` is what joins it to the part in front: "and", "or" (the same in other words), "times", "," "-" or "".
    """

    amount: Fraction
    unit: str
    per: str
    before: str


def fold(text: str) -> list[str]:
    """Return the words, numbers and signs of a text, without case and accents."""
    halved = _HALF_SIGN.sub(lambda match: f"{match[1] or '0'}.5", text.casefold())
    # In front of a number "à" means "of ... each", while "a" may mean "and"; "2 à 3" is a span and stays unreadable.
    marked = re.sub(r"([^\W\d_]\.?)\s+à\s+(?=\d)", r"\1 × ", halved)
    return [token.replace(" ", "_") if token[0].isalpha() else token for token in _TOKEN.findall(folding.fold(marked))]


def unit_of(token: str) -> str:
    """Return the unit that a folded word names, "" for none; the joined words of German count."""
    if token in _JOINED:
        return _JOINED[token][1]
    joined = _JOINED_WORD.fullmatch(token)
    return _JOINED_UNIT[joined[2]] if joined else _UNIT_OF.get(token, "")


def is_number(token: str) -> bool:
    """Tell whether a folded word is a number, in digits or in letters."""
    return token[0].isdigit() or token in _NUMBER_OF or token in _JOINED or bool(_JOINED_WORD.fullmatch(token))


def read_parts(tokens: list[str]) -> list[Part]:
    """Return the amounts in their order, none if there is a word that is not understood."""
    reader = _Reader(tokens)
    while not reader.ended:
        if not reader.step():
            return []
    return [] if reader.before else reader.parts


class _Reader:
    """Walks over the words once."""

    def __init__(self, tokens: list[str]) -> None:
        self.parts: list[Part] = []
        self.before = ""
        self._tokens = tokens
        self._place = 0

    @property
    def ended(self) -> bool:
        return self._place >= len(self._tokens)

    def _peek(self, ahead: int = 0) -> str:
        place = self._place + ahead
        return self._tokens[place] if place < len(self._tokens) else "."

    def step(self) -> bool:
        """Read a sign, a filler or an amount; False where there is none of them."""
        token = self._peek()
        sign = _SIGN_OF.get(token, "")
        if sign and (not token.isalpha() or self._starts_amount(1)):
            self._place += 1
            if self.parts:
                self.before = sign
            return True
        if token in _FILLER_WORDS:
            self._place += 1
            return True
        return self._amount()

    def _starts_amount(self, ahead: int) -> bool:
        token = self._peek(ahead)
        return token[0].isdigit() or (token in _NUMBER_OF and self._peek(ahead + 1) != ".") or token in _JOINED

    def _amount(self) -> bool:
        joined = self._joined()
        if joined is None:
            amount = self._number()
            if amount is None:
                return False
            if self._peek() == "-" and unit_of(self._peek(1)):
                self._place += 1
            unit = self._unit(amount)
            if not unit:
                return False
            joined = amount, unit
        amount, unit = joined
        if (
            _SIGN_OF.get(self._peek()) == "and"
            and _NUMBER_OF.get(self._peek(1)) == _HALF
            and not unit_of(self._peek(2))
        ):
            amount += _HALF
            self._place += 2
        self.parts.append(Part(amount=amount, unit=unit, per=self._period(), before=self.before))
        self.before = ""
        return True

    def _joined(self) -> tuple[Fraction, str] | None:
        """Read "dreitägig" or "půlden"."""
        token = self._peek()
        match = _JOINED_WORD.fullmatch(token)
        found = (_NUMBER_OF[match[1]], _JOINED_UNIT[match[2]]) if match else _JOINED.get(token)
        if found is not None:
            self._place += 1
        return found

    def _number(self) -> Fraction | None:
        """Read "3", "eine halbe", "one and a half", "2 x 3"."""
        amount = self._plain_number()
        if amount is None:
            return None
        if _SIGN_OF.get(self._peek()) == "times" and self._peek(1)[0].isdigit():
            self._place += 1
            factor = self._plain_number()
            return amount * factor if factor is not None else None
        if _SIGN_OF.get(self._peek()) == "and" and self._half_follows():
            return amount + _HALF
        if self._peek() == "-" and _NUMBER_OF.get(self._peek(1)) == _HALF:
            self._place += 1
        if _HALF in (amount, _NUMBER_OF.get(self._peek())) and self._peek() in _NUMBER_OF:
            amount *= _NUMBER_OF[self._peek()]
            self._place += 1
        return amount

    def _half_follows(self) -> bool:
        skipped = 2 if self._peek(1) in ("a", "ein", "eine") else 1
        if _NUMBER_OF.get(self._peek(skipped)) != _HALF or not unit_of(self._peek(skipped + 1)):
            return False
        self._place += skipped + 1
        return True

    def _plain_number(self) -> Fraction | None:
        token = self._peek()
        number = _NUMBER_OF.get(token)
        if number is None and _THOUSANDS.fullmatch(token):
            number = Fraction(re.sub(r"\D", "", token[:12]))
        elif number is None and _DECIMAL.fullmatch(token):
            number = Fraction(token.replace(",", "."))
        if number is not None:
            self._place += 1
        return number

    def _unit(self, amount: Fraction) -> str:
        """Read the unit of an amount; behind hours "m" and nothing at all mean minutes, as in "1h30"."""
        after_hours = bool(self.parts) and self.parts[-1].unit == "hour" and not self.before
        unit = unit_of(self._peek()) or ("minute" if after_hours and self._peek() == "m" else "")
        if unit:
            self._place += 1
        elif after_hours and amount < 60 and amount.denominator == 1 and self._peek() not in _SIGN_OF:
            unit = "minute"
        return unit

    def _period(self) -> str:
        """Read "per week", "a day", "týdně" behind an amount."""
        if self._peek() in _PERIODS:
            self._place += 1
            return _PERIODS[self._tokens[self._place - 1]]
        article = 1 if self._peek(1) in _ARTICLES else 0
        unit = unit_of(self._peek(1 + article))
        if self._peek() in _PER and unit and self._peek(1 + article) not in _JOINED:
            self._place += 2 + article
            return unit
        return ""
