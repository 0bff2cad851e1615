"""The rules that hold for records whatever the format."""

from __future__ import annotations

import re
from collections.abc import Mapping

KINDS = ("skill", "knowledge", "competence")
MATCHES = ("exact", "close", "broad", "narrow", "related")
# A file that states no confidence asserts what it says.
UNSTATED_CONFIDENCE = 1.0
LEAST_EQF, MOST_EQF = 1, 8
LEAST_WEIGHT, MOST_WEIGHT = 1, 5
ESCO = ("http://data.europa.eu/esco/", "https://data.europa.eu/esco/")
_BAD_IN_ADDRESS = re.compile(r"[\s\x00-\x1f<>\"{}|^`\\]")  # RFC 3987, ucschar and what it leaves out
_CODE = re.compile(r"[^\s.]+(?:\.[^\s.]+)*")


def bad_esco_uri(uri: str) -> str:
    """Return what is wrong with an address of ESCO, "" for nothing."""
    if uri.startswith(ESCO) and not _BAD_IN_ADDRESS.search(uri):
        return ""
    return f"'{uri[:60]}' is not an ESCO address. It starts with {ESCO[0]} and has no spaces."


def bad_code(code: str) -> str:
    """Return what is wrong with the code of a unit, "" for nothing."""
    if _CODE.fullmatch(code):
        return ""
    return f"'{code[:60]}' is not a code. Join its parts with single points and without spaces: BATTECH.U1.E2."


# ISO 639-2, both codes where there are two: https://www.loc.gov/standards/iso639-2/php/code_list.php
_THREE_LETTERS: Mapping[str, str] = {
    "bul": "bg", "ces": "cs", "cze": "cs", "dan": "da", "deu": "de", "ger": "de", "ell": "el", "gre": "el",
    "eng": "en", "spa": "es", "est": "et", "fin": "fi", "fra": "fr", "fre": "fr", "gle": "ga", "hrv": "hr",
    "hun": "hu", "ita": "it", "lit": "lt", "lav": "lv", "mlt": "mt", "nld": "nl", "dut": "nl", "nor": "no",
    "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "slk": "sk", "slo": "sk", "slv": "sl", "swe": "sv",
    "ukr": "uk",
}  # fmt: skip
_LANGUAGE = re.compile(r"[a-z]{2}", re.ASCII)


def is_language(key: str) -> bool:
    """Tell whether a key is a two-letter language, by its form only."""
    return _LANGUAGE.fullmatch(key) is not None


def language_of(tag: object) -> str:
    """Return the two-letter language of a tag such as "de", "de-AT" or "deu"; "" for anything else."""
    main = tag.strip().lower().replace("_", "-").partition("-")[0] if isinstance(tag, str) else ""
    return main if is_language(main) else _THREE_LETTERS.get(main, "")
