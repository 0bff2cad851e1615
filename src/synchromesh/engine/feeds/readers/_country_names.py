"""Countries as feeds write them: two letters, three letters, or a European country's name in several languages."""

from __future__ import annotations

from synchromesh.engine.vocabulary.countries import parse_country
from synchromesh.engine.vocabulary.iso_codes import THREE_LETTER_COUNTRIES, TWO_LETTER_COUNTRIES

__all__ = ["country_code"]

_OF_THE_EUROPEAN_UNION = {"EL": "GR", "UK": "GB"}


def country_code(text: str) -> str:
    """The two-letter code of a country; "" for a name that is not known.

    "EL" and "UK", as the European Union writes them, are GR and GB.
    """
    cleaned = " ".join(text.split())
    code = cleaned.upper()
    found = _OF_THE_EUROPEAN_UNION.get(code) or parse_country(cleaned) or TWO_LETTER_COUNTRIES.get(code, "")
    return found or (code if code in THREE_LETTER_COUNTRIES else "")
