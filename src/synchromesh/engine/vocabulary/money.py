"""Money as integer cents with an ISO 4217 currency; unknown is None, never 0."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from synchromesh.engine.errors import InvalidInput

FREE_WORDS = frozenset(
    {
        "free", "free of charge", "no cost", "no charge", "at no cost", "0",
        "gratis", "kostenlos", "kostenfrei", "gebührenfrei", "unentgeltlich", "umsonst",
        "gratuit", "gratuite", "gratuits", "sans frais", "gratuito", "gratuita", "sin coste", "sin costo",
        "senza costi", "zdarma", "bezplatně", "bezplatný", "bezplatné", "bezplatná",
    }
)  # fmt: skip
_LONGEST_PRICE = 60  # characters; keeps the patterns below quick and the amount within a database column
_CURRENCIES = {
    "EUR": "€ euro euros eura eur.",
    "GBP": "£ pound pounds pfund livres libras sterline",
    "USD": "$ us$ dollar dollars dolares dollari",
    "CHF": "sfr sfr. fr. franken",
    "CZK": "kč kč. koruna koruny korun",
    "PLN": "zł zloty złoty złotych",
    "HUF": "ft forint",
    "RON": "lei leu",
    "BGN": "лв лв.",
    "UAH": "₴",
}
# Source: ISO 4217, list one, https://www.six-group.com/en/products-services/financial-information/data-standards.html
_CODES = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD
    MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG
    QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD
    TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
_ISO_4217 = frozenset(_CODES.split())
_CROWNS = frozenset({"SEK", "NOK", "DKK", "ISK"})  # all written "kr"
_CURRENCY_OF = {word: code for code, words in _CURRENCIES.items() for word in words.split()}
_CURRENCY = re.compile(r"us\$|[€£$₴]|[^\W\d_]+\.?", re.IGNORECASE)
# Words that do not change what a person pays: taxes are in it, or it is the price of one person.
_SAME_AMOUNT = re.compile(
    r"[(,]?\s*(?:\b(?:inkl?|incl|inclusive|including|inklusive|einschl|vč|včetně|s)\b\.?\s*(?:gesetzl\.?\s*)?"
    r"(?:\d\d\s?%\s*)?(?:mwst|ust|vat|tva|iva|dph|tax)\b\.?|\bttc\b"
    r"|\b(?:iva|tva|vat)\s+(?:incluid[oa]|inclus[oae]?|compresa|comprise|included)\b"
    r"|\bp\.\s?p\.|\b(?:per|pro|par|por|a)\s+(?:person|persona|personne|participant|teilnehmer|osobu))\s*\)?",
    re.IGNORECASE,
)
_NO_CENTS = re.compile(r"(?<=\d)[.,]\s?[-–—]+")
# Thousands in groups of three, at most two decimals and then only zeros. A zero in front begins no thousands.
_AMOUNT = re.compile(r"(?=[.,]?[0-9])(?:[1-9][0-9]{0,2}(?:[.,\s'’][0-9]{3})+|[0-9]{1,12})?(?:[.,](?:[0-9]{1,2}0*)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in the smallest unit of its currency (cents)."""

    cents: int
    currency: str = "EUR"


def parse_price(text: str, *, currency: str = "EUR", field: str = "price") -> Money | None:
    """Read "240", "240,50", "€ 1.200,00", "690 euros TTC", "690,- Kč", "free"; empty text is unknown and gives None.

    `currency` holds where the text names none. Raises InvalidInput when the text is neither empty nor one amount, so
    that "on request" and "from 240" are reported, not guessed.
    """
    cleaned = text.strip()
    if not cleaned:
        return None
    if cleaned.casefold() in FREE_WORDS:
        return Money(cents=0, currency=currency)
    amount, code = (cleaned, currency) if _AMOUNT.fullmatch(cleaned) else _taken_apart(cleaned, currency)
    if not code:
        raise InvalidInput(
            f"'{text[:60]}' is not a price. Write an amount such as 240 or 240.50, or leave it empty.", field=field
        )
    return Money(cents=_cents(amount), currency=code)


def _taken_apart(text: str, currency: str) -> tuple[str, str]:
    """Return the amount and the ISO 4217 code, "" if there is not exactly one amount in at most one currency."""
    if len(text) > _LONGEST_PRICE:
        return "", ""
    plain = _NO_CENTS.sub("", _SAME_AMOUNT.sub(" ", text))
    words = _CURRENCY.findall(plain)
    amount = _CURRENCY.sub(" ", plain).strip()
    # The amount has a digit: a lone sign such as "." must never count as 0.
    if len(words) > 1 or not _AMOUNT.fullmatch(amount):
        return "", ""
    return amount, _currency_code(words[0], currency) if words else currency


def _currency_code(word: str, expected: str) -> str:
    if word.upper() in _ISO_4217:
        return word.upper()
    if word.lower() == "kr" and expected in _CROWNS:
        return expected
    return _CURRENCY_OF.get(word.lower(), "")


def _cents(amount: str) -> int:
    """Turn digits with either decimal sign into cents; a group of three after the last sign is a thousands group."""
    digits = re.sub(r"[\s'’]", "", amount)
    last = max(digits.rfind(","), digits.rfind("."))
    if last >= 0 and len(digits) - last - 1 != 3:
        whole, fraction = re.sub(r"[.,]", "", digits[:last]), digits[last + 1 :]
    else:
        whole, fraction = re.sub(r"[.,]", "", digits), ""
    return int((Decimal(f"{whole or '0'}.{fraction or '0'}") * 100).to_integral_value())
