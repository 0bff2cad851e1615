"""The official languages of the European Union by their ISO 639-1 code and own name.

Source: Regulation No 1/1958 as amended (24 languages). Others may appear in content; these are the ones offered.
"""

from __future__ import annotations

from synchromesh.engine.vocabulary._language_names import CODES_BY_NAME
from synchromesh.engine.vocabulary.folding import fold

OWN_NAMES: dict[str, str] = {
    "bg": "Български", "cs": "Čeština", "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά", "en": "English",
    "es": "Español", "et": "Eesti", "fi": "Suomi", "fr": "Français", "ga": "Gaeilge", "hr": "Hrvatski",
    "hu": "Magyar", "it": "Italiano", "lt": "Lietuvių", "lv": "Latviešu", "mt": "Malti", "nl": "Nederlands",
    "pl": "Polski", "pt": "Português", "ro": "Română", "sk": "Slovenčina", "sl": "Slovenščina", "sv": "Svenska",
}  # fmt: skip

ENGLISH_NAMES: dict[str, str] = {
    "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "fi": "Finnish", "fr": "French", "ga": "Irish", "hr": "Croatian",
    "hu": "Hungarian", "it": "Italian", "lt": "Lithuanian", "lv": "Latvian", "mt": "Maltese", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "sk": "Slovak", "sl": "Slovenian",
    "sv": "Swedish", "uk": "Ukrainian",
}  # fmt: skip


# Courses are taught in other languages too. Source: ISO 639-1, https://www.loc.gov/standards/iso639-2/php/code_list.php
_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv "
    "dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie "
    "ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv "
    "mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm "
    "rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts "
    "tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
ISO_639_1: frozenset[str] = frozenset(_ISO_639_1.split())


_CODES = {
    **CODES_BY_NAME,
    **{fold(name.strip()): code for names in (OWN_NAMES, ENGLISH_NAMES) for code, name in names.items()},
}


def parse_language(text: str) -> str | None:
    """Return the two-letter code for a code ("de", "DE", "de-AT", "deu") or a name ("German", "allemand"), else None.

    Any code of ISO 639-1 is taken. Names are read in the language itself, in English, German, French, Spanish, Italian
    and Czech, and codes of three letters, for the languages of Europe and a few others.
    """
    cleaned = text.strip().lower()
    code = cleaned.replace("_", "-").split("-")[0]
    if code in ISO_639_1:
        return code
    return _CODES.get(code) or _CODES.get(fold(cleaned))
