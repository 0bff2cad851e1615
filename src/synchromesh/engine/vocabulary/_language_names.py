"""Names of languages in German, French, Spanish, Italian and Czech, and their codes of three letters.

For reading only, so all common spellings stand here and accents do not count. Codes: ISO 639-2, both columns,
https://www.loc.gov/standards/iso639-2/php/code_list.php.
"""

from __future__ import annotations

from synchromesh.engine.vocabulary.folding import fold

_NAMES = {
    "ar": "ara | Arabic Arabisch arabe árabe arabo arabština",
    "bg": "bul | Bulgarisch bulgare búlgaro bulgaro bulharština bulharsky",
    "ca": "cat | Catalan Katalanisch catalán catalano katalánština",
    "cs": "ces cze | Tschechisch tchèque checo ceco čeština česky",
    "da": "dan | Dänisch danois danés danese dánština dánsky",
    "de": "deu ger | Deutsch allemand alemán tedesco němčina německy",
    "el": "ell gre | Griechisch grec griego greco řečtina řecky",
    "en": "eng | Englisch anglais inglés inglese angličtina anglicky",
    "es": "spa | Spanisch espagnol castellano spagnolo španělština španělsky",
    "et": "est | Estnisch estonien estonio estone estonština estonsky",
    "eu": "eus baq | Basque Baskisch vasco euskera basco baskičtina",
    "fi": "fin | Finnisch finnois finlandais finés finlandés finlandese finština finsky",
    "fr": "fra fre | Französisch francés francese francouzština francouzsky",
    "ga": "gle | Irisch irlandais irlandés irlandese irština irsky",
    "gl": "glg | Galician Galicisch galicien gallego galiziano galicijština",
    "hr": "hrv | Kroatisch croate croata chorvatština chorvatsky",
    "hu": "hun | Ungarisch hongrois húngaro ungherese maďarština maďarsky",
    "is": "isl ice | Icelandic Isländisch islandais islandés islandese islandština",
    "it": "ita | Italienisch italien italština italsky",
    "lb": "ltz | Luxembourgish Luxemburgisch luxembourgeois luxemburgués lussemburghese lucemburština",
    "lt": "lit | Litauisch lituanien lituano litevština litevsky",
    "lv": "lav | Lettisch letton letón lettone lotyština lotyšsky",
    "mk": "mkd mac | Macedonian Mazedonisch macédonien macedonio macedone makedonština",
    "mt": "mlt | Maltesisch maltais maltés maltese maltština maltsky",
    "nl": "nld dut | Flemish Niederländisch néerlandais holandés olandese nizozemština nizozemsky",
    "no": "nor | Norwegisch norvégien noruego norvegese norština norsky",
    "pl": "pol | Polnisch polonais polaco polacco polština polsky",
    "pt": "por | Portugiesisch portugais portugués portoghese portugalština portugalsky",
    "ro": "ron rum | Rumänisch roumain rumano rumeno romeno rumunština rumunsky",
    "ru": "rus | Russian Russisch russe ruso russo ruština rusky",
    "sk": "slk slo | Slowakisch slovaque eslovaco slovacco slovenčina slovenština slovensky",
    "sl": "slv | Slowenisch slovène esloveno sloveno slovinština slovinsky",
    "sq": "sqi alb | Albanian Albanisch albanais albanés albanese albánština",
    "sr": "srp | Serbian Serbisch serbe serbio serbo srbština",
    "sv": "swe | Schwedisch suédois sueco svedese švédština švédsky",
    "tr": "tur | Turkish Türkisch turc turco turečtina turecky",
    "uk": "ukr | Ukrainisch ukrainien ucraniano ucraino ukrajinština ukrajinsky",
    "zh": "zho chi | Chinese Chinesisch Mandarin chinois chino cinese čínština čínsky",
}
CODES_BY_NAME: dict[str, str] = {
    fold(word): code for code, words in _NAMES.items() for word in words.split() if word != "|"
}
