"""Money as integer cents with an ISO 4217 currency; unknown is None, never 0."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from synchromesh.engine.errors import InvalidInput

FREE_WORDS = frozenset({"free", "free of charge", "0", "gratis", "kostenlos", "zdarma"})
_LONGEST_PRICE = 40  # characters; keeps the pattern below quick and the amount within a database column
_SYMBOLS = {"€": "EUR", "£": "GBP", "$": "USD"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in the smallest unit of its currency (cents)."""

    cents: int
    currency: str = "EUR"


def parse_price(text: str, *, currency: str = "EUR", field: str = "price") -> Money | None:
    """Read "240", "240,50", "€ 1.200,00", "EUR 240", "free"; empty text means unknown and gives None.

    Raises InvalidInput when the text is neither empty nor an amount, so that "on request" is reported, not guessed.
    """
    cleaned = text.strip()
    if not cleaned:
        return None
    if cleaned.lower() in FREE_WORDS:
        return Money(cents=0, currency=currency)
    for symbol, code in _SYMBOLS.items():
        if symbol in cleaned:
            currency, cleaned = code, cleaned.replace(symbol, "")
    # The amount has a digit: a lone sign such as "." must never count as 0.
    match = len(cleaned) <= _LONGEST_PRICE and re.fullmatch(
        r"(?:([A-Za-z]{3})\s*)?(?=[.,\s']*[0-9])([0-9.,\s']+?)\s*([A-Za-z]{3})?", cleaned.strip()
    )
    if not match:
        raise InvalidInput(
            f"'{text[:60]}' is not a price. Write an amount such as 240 or 240.50, or leave it empty.", field=field
        )
    code = match[1] or match[3] or currency
    return Money(cents=_cents(match[2], text, field), currency=code.upper())


def _cents(amount: str, text: str, field: str) -> int:
    """Turn digits with either decimal sign into cents; a group of three after the last sign is a thousands group."""
    digits = re.sub(r"[\s']", "", amount)
    last = max(digits.rfind(","), digits.rfind("."))
    if last >= 0 and len(digits) - last - 1 != 3:
        whole, fraction = re.sub(r"[.,]", "", digits[:last]), digits[last + 1 :]
    else:
        whole, fraction = re.sub(r"[.,]", "", digits), ""
    try:
        return int((Decimal(f"{whole or '0'}.{fraction or '0'}") * 100).to_integral_value())
    except InvalidOperation:
        raise InvalidInput(f"'{text}' is not a price.", field=field) from None
