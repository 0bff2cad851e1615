"""The words for true and false on choices, by language; the platform has its own when it shows them."""

from __future__ import annotations

TRUE_FALSE = {
    "bg": ("Вярно", "Невярно"), "cs": ("Pravda", "Nepravda"), "da": ("Sandt", "Falsk"), "de": ("Richtig", "Falsch"),
    "el": ("Σωστό", "Λάθος"), "en": ("True", "False"), "es": ("Verdadero", "Falso"), "et": ("Õige", "Vale"),
    "fi": ("Oikein", "Väärin"), "fr": ("Vrai", "Faux"), "ga": ("Fíor", "Bréagach"), "hr": ("Točno", "Netočno"),
    "hu": ("Igaz", "Hamis"), "it": ("Vero", "Falso"), "lt": ("Teisinga", "Klaidinga"), "lv": ("Patiesi", "Nepatiesi"),
    "mt": ("Veru", "Falz"), "nl": ("Waar", "Niet waar"), "pl": ("Prawda", "Fałsz"), "pt": ("Verdadeiro", "Falso"),
    "ro": ("Adevărat", "Fals"), "sk": ("Pravda", "Nepravda"), "sl": ("Pravilno", "Napačno"), "sv": ("Sant", "Falskt"),
}  # fmt: skip

_TRUE = {true.casefold() for true, _ in TRUE_FALSE.values()} | {"wahr", "juist", "correct", "right", "yes"}
_FALSE = {false.casefold() for _, false in TRUE_FALSE.values()} | {
    "unwahr",
    "onjuist",
    "onwaar",
    "incorrect",
    "wrong",
    "no",
}


def says_true_or_false(true_text: str, false_text: str) -> bool:
    """Whether the texts of two choices say no more than true and false."""
    return true_text.strip(" .").casefold() in _TRUE and false_text.strip(" .").casefold() in _FALSE
