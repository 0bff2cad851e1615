"""Blank out who a CV is about, so that it is neither matched with skills nor shown back.

A CV is full of what nobody needs to find skills: addresses, numbers, birthdays. These are replaced by blanks of the
same length, so that every other character keeps its place. Forms differ by country; what is looked for are mail and
web addresses, telephone numbers, lines that begin with a word such as "Born" or "Adresse", and lines that consist of
the parts of a postal address. A name is not recognised: it names no skill and so is not shown.
"""

from __future__ import annotations

import re

_LONGEST_ADDRESS = 140  # characters of a line; running text is longer

# What stands before a colon at the beginning of a line, in the languages most CVs here are written in.
_PERSONAL = """
    address|home address|postal address|private address|adresse|adress|anschrift|wohnort|dirección|domicilio|indirizzo|
    endereço|adres|adresa|bydliště|date of birth|date/place of birth|birth ?date|birthday|place of birth|born|
    geburtsdatum|geburtsort|geburtstag|date de naissance|lieu de naissance|fecha de nacimiento|lugar de nacimiento|
    data di nascita|luogo di nascita|data de nascimento|data urodzenia|miejsce urodzenia|datum narození|místo narození|
    geboortedatum|geboorteplaats|födelsedatum|fødselsdato|nationality|citizenship|staatsangehörigkeit|nationalität|
    nationalité|nacionalidad|nazionalità|nacionalidade|narodowość|národnost|občanství|marital status|familienstand|
    situation familiale|état civil|estado civil|stato civile|stan cywilny|rodinný stav|children|kinder|enfants|religion|
    konfession|sex|gender|geschlecht|sexe|sexo|sesso|passport|passport no|passport number|steuernummer|
    sozialversicherungsnummer|pesel|dni|nie|codice fiscale|rodné číslo|iban
"""
_PERSONAL_WORDS = "|".join(words.strip() for words in _PERSONAL.strip().split("|"))
_BORN_WORDS = (
    r"born|geb\.|geboren|née?|naci(?:do|da)|nat[oa] (?:a|il)|nascid[oa]|urodzon[ya]|narozena?|född|født|geboren te"
)
# Not "cell": batteries consist of cells, and a number with a telephone's form is known without a word before it.
_TELEPHONE_WORDS = "tel|telephone|telefone?|téléphone|teléfono|telefono|telefoon|phone|mobile?|handy|fax|gsm|telefax"
_STREET_ENDINGS = (
    r"straße|strasse|str\.|weg|platz|allee|gasse|damm|ufer|straat|laan|plein|gatan|vägen|gade|vej|gata|katu|utca"
)
_STREET_BEGINNINGS = (
    r"Am|An der|An den|Auf der|Auf dem|Im|In der|Zum|Zur|Unter den|Rua|Rue|Via|Viale|Piazza|Corso|Calle|C/|Avenida|"
    r"Av\.|Avda\.|Plaza|Paseo|Avenue|Boulevard|Place|Chemin|Allée|Ulica|ul\.|al\.|os\.|Aleja|Ulice|Náměstí|nám\.|"
    r"Strada|Str\.|Bd\."
)
_ENGLISH_STREETS = (
    r"Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Ln\.?|Close|Court|Way|Square|Terrace|Place|Gardens|Crescent|Grove|Hill"
)
_ENGLISH_STREET_NAME = r"\d{1,4}[a-zA-Z]?\s+[A-Z][\w.'’ -]{1,40}"
_NAME = r"[A-ZÀ-Ž][\w.'’ -]"
_ABBREVIATIONS = r"(?:[A-Z]{2,4}[\s-]+)+"  # "Via CAN 2" is no street, "Via XX Settembre 2" is one
_HOUSE = r"\d{1,4}\s?[a-zA-Z]?(?:[/-]\d+\w?)?"
_CODE = r"\d{5}|\d{3} \d{2}|\d{2}-\d{3}|\d{4}-\d{3}|\d{4} [A-Z]{2}"
_BRITISH_CODE = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}"

_MAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64} ?(?:@|\(at\)|\[at\]) ?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.I)
_WEB = re.compile(r"(?:https?://|www\.)\S+|\b(?:linkedin|xing|github|facebook|instagram|twitter)\.com\S*", re.I)
_CALL = re.compile(rf"\b(?:{_TELEPHONE_WORDS})\b[ .:(]{{0,4}}[+(]?\d[\d ()/.–-]{{4,22}}\d", re.I)
# A bracket opens a number only where it holds the prefix alone: not in "(18650 / 21700)", two sizes of cells.
_NUMBER = re.compile(
    r"(?<![\w.,])(?:\+|\(\+|\((?=0?\d{2,4}\))|0)[\d ()/.–-]{6,23}\d(?!\w)"
    r"|(?<![\w.,-])\d{3}[ -]\d{3}[ -]\d{3,4}(?!\w)"
)
# A standard such as "VDE 0105-100" looks like a number to call. So does a span of years.
_STANDARD = re.compile(r"(?:ISO|EN|IEC|DIN|VDE|UN|ECE|SAE|IATF|UL|IEEE|ASTM|GB/T|ČSN|CSN|PN|NF|UNI|BS|SS)[\s/-]*$")
_DATES = re.compile(
    r"(?:[0-3]?\d[./-] ?)?(?:[01]?\d[./-] ?)?(?:19|20)\d\d(?:[./-][01]\d){0,2}"
    r"(?: ?[–-] ?(?:[0-3]?\d[./-] ?)?(?:[01]?\d[./-] ?)?(?:(?:19|20)\d\d)?(?:[./-][01]\d){0,2})?"
)
_LABELLED = re.compile(rf"^[^\w\n]{{0,8}}(?:{_PERSONAL_WORDS})(?: ?\([^)\n]{{0,20}}\))? ?:.*$", re.I | re.M)
_BORN = re.compile(rf"^[^\w\n]{{0,8}}(?:{_BORN_WORDS}) .{{0,60}}\d.*$", re.I | re.M)
_STREET = re.compile(
    rf"{_NAME}{{0,40}}?(?:{_STREET_ENDINGS})\s*{_HOUSE}"
    rf"|(?:{_STREET_BEGINNINGS})\s+(?!{_ABBREVIATIONS}\d){_NAME}{{1,40}}[,\s]\s*(?:n\.?|č\.p\.|no\.?|nr\.?)?\s*{_HOUSE}"
    r"|\d{1,4}\s?[a-zA-Z]?,?\s+(?:bis\s+|ter\s+)?(?:rue|avenue|boulevard|place|chemin|allée|impasse|quai)\s+"
    r"[\w.'’ -]{2,40}"
    rf"|{_ENGLISH_STREET_NAME}\s(?:{_ENGLISH_STREETS})"
)
_DRIVE = re.compile(rf"{_ENGLISH_STREET_NAME}\s(?:Drive|Dr\.?)")  # "12 Acacia Drive", or "48V Hybrid Drive"
_TOWN = re.compile(
    rf"(?:[A-Z]{{1,3}}[- ])?(?:{_CODE}|\d{{4}})\s+[A-ZÀ-Ž][\w.'’()/ -]{{1,40}}\d{{0,2}}"
    rf"|{_NAME}{{1,40}},?\s+(?:{_BRITISH_CODE}|[A-Z]{{2}}\s\d{{5}})|{_BRITISH_CODE}"
)
_SURE_CODE = re.compile(rf"(?:[A-Z]{{1,3}}-)?(?:{_CODE})\s|.*\b{_BRITISH_CODE}$")
_BETWEEN = re.compile(r"\s*[,;|·•]\s*|\s+[–-]\s+|\t+|\s{3,}")


def blank_contact_details(text: str) -> str:
    """Return the text with contact details replaced by spaces; its length and its line breaks stay the same."""
    for pattern in (_LABELLED, _BORN, _MAIL, _WEB, _CALL):
        text = pattern.sub(_blank, text)
    text = _NUMBER.sub(_blank_number, text)
    return _blank_addresses(text)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _blank_number(found: re.Match[str]) -> str:
    """Blank a number that can be called: 7 to 15 digits (ITU-T E.164), no date and not the number of a standard."""
    words = found.group()
    digits = sum(character.isdigit() for character in words)
    is_standard = _STANDARD.search(found.string, max(0, found.start() - 12), found.start()) is not None
    if not 7 <= digits <= 15 or is_standard or _DATES.fullmatch(words.strip()):
        return words
    return _blank(found)


def _blank_addresses(text: str) -> str:
    """Blank the parts of a postal address in each line: a street with a number, and a postal code with a town.

    A code of four digits may be a year ("2019 Siemens"), so a town after one counts only beside a street. What is
    driven may be electric ("48V Hybrid Drive"), so a drive counts only beside a town whose code is no year.
    """
    lines = text.split("\n")
    towns = [_parts(line, _TOWN) for line in lines]
    sure = [[place for place in towns[at] if _SURE_CODE.match(line[slice(*place)])] for at, line in enumerate(lines)]
    streets = [_parts(line, _STREET) for line in lines]
    for number, line in enumerate(lines):
        if _beside(number, sure):
            streets[number] += _parts(line, _DRIVE)
    blanked = []
    for number, line in enumerate(lines):
        rest = line
        for start, end in (*streets[number], *(towns if _beside(number, streets) else sure)[number]):
            rest = rest[:start] + " " * (end - start) + rest[end:]
        blanked.append(rest)
    return "\n".join(blanked)


def _beside(number: int, found: list[list[tuple[int, int]]]) -> bool:
    """Whether something was found in the line with this number or in one next to it."""
    return any(found[max(0, number - 1) : number + 2])


def _parts(line: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """The parts of a short line, between commas and the like, that are wholly what `pattern` describes."""
    if len(line) > _LONGEST_ADDRESS or not any(character.isdigit() for character in line):
        return []
    found, start = [], 0
    for cut in (*_BETWEEN.finditer(line), None):
        end = cut.start() if cut else len(line)
        inner = line[start:end].strip(" .")
        at = line.find(inner, start)
        if inner and pattern.fullmatch(inner):
            found.append((at, at + len(inner)))
        start = cut.end() if cut else end
    return found
