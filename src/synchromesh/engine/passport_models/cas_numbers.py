"""CAS numbers: two to seven digits, two digits, and a check digit.

The check digit is the sum of the other digits, each times its place counted from the right, modulo 10
(https://www.cas.org/training/documentation/chemical-substances/checkdig).
"""

from __future__ import annotations

import re

_FORM = re.compile(r"[1-9][0-9]{1,6}-[0-9]{2}-[0-9]", re.ASCII)


def is_formed(text: str) -> bool:
    """Whether the text has the form of a CAS number, without a look at the check digit."""
    return _FORM.fullmatch(text) is not None


def check_digit(text: str) -> str:
    """The digit that the other digits of a formed CAS number ask for."""
    digits = [int(sign) for sign in text[:-2] if sign != "-"]
    return str(sum(digit * place for place, digit in enumerate(reversed(digits), start=1)) % 10)


def has_check_digit(text: str) -> bool:
    """Whether the text is a CAS number with the right check digit."""
    return is_formed(text) and check_digit(text) == text[-1]
