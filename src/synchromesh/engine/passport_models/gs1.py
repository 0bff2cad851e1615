"""GS1 keys as batteries use them: the check digit of a GTIN, and the Digital Link address of a passport.

Source: GS1 General Specifications (https://ref.gs1.org/standards/genspecs/) and the GS1 Digital Link standard
(https://ref.gs1.org/standards/digital-link/uri-syntax/): /01/ is the GTIN, /21/ the serial number.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

_GTIN = re.compile(r"[0-9]{8}|[0-9]{12,14}", re.ASCII)
_PRODUCT = re.compile(r"/01/([0-9]{8,14})(?=[/?#]|$)", re.ASCII)
_SERIAL = re.compile(r"/21/([^/?#]+)")


def is_gtin(text: str) -> bool:
    """Whether the text has the form of a GTIN: 8, 12, 13 or 14 digits."""
    return _GTIN.fullmatch(text) is not None


def gtin_check_digit(digits: str) -> str:
    """The check digit for the digits before it: weights 3 and 1 in turn from the right, up to the next ten."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def gtin_has_check_digit(text: str) -> bool:
    """Whether the text is a GTIN with the right check digit."""
    return is_gtin(text) and gtin_check_digit(text[:-1]) == text[-1]


def digital_link(base: str, *, gtin: str, serial: str) -> str:
    """The Digital Link address of one battery below `base`, such as https://id.example.org."""
    return f"{base.rstrip('/')}/01/{gtin.zfill(14)}/21/{quote(serial, safe='')}"


def keys_of_link(address: str) -> tuple[str, str]:
    """The GTIN and the serial number in a Digital Link address; "" for what it does not hold."""
    product, serial = _PRODUCT.search(address), _SERIAL.search(address)
    return (product.group(1) if product else "", unquote(serial.group(1)) if serial else "")
