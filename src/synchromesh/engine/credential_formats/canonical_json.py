"""JSON read so that there is only one way to read it, and written so that there is only one way to write it.

Sources: RFC 8259, RFC 7493 (I-JSON: no duplicate names, numbers that every reader holds) and RFC 8785 (JCS). The bytes
that JCS asks for are those of Python's own fast writer wherever no fraction and no rare name occurs; the rest is left
to the rfc8785 library.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

import rfc8785

from synchromesh.engine.credential_formats.limits import MOST_BYTES, MOST_DEPTH
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

# RFC 7493 section 2.2: whole numbers beyond this are not the same in every reader.
_LARGEST = 2**53 - 1
# From here on the order of UTF-16, which JCS sorts by, is not that of Unicode, which Python sorts by.
_FIRST_SURROGATE = "\ud800"
_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def read_json(data: bytes | str, *, most_bytes: int = MOST_BYTES) -> Any:
    """Read one JSON text.

    Raises Refusal for what is too large or too deep, is no UTF-8 or no JSON, says a name twice in one object, or holds
    a number that is none (NaN, Infinity) or half a letter.
    """
    text = _text_of(data, most_bytes)
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant, parse_float=_float)
    except RecursionError:
        raise Refusal(Reason.TOO_DEEP, limit=str(MOST_DEPTH)) from None
    except ValueError as fault:
        raise Refusal(Reason.NOT_JSON, problem=f"{fault}.") from None
    if isinstance(value, dict | list) and text.count("{") + text.count("[") > MOST_DEPTH:
        _refuse_depth(value, MOST_DEPTH - 1)
    if "\\u" in text:
        _refuse_half_letters(value)
    return value


def read_object(data: bytes | str, *, most_bytes: int = MOST_BYTES) -> dict[str, Any]:
    """Read one JSON text that must be an object. Raises Refusal as `read_json` does."""
    value = read_json(data, most_bytes=most_bytes)
    if not isinstance(value, dict):
        raise Refusal(Reason.NOT_A_CREDENTIAL)
    return value


def canonical_json(value: Any) -> bytes:
    """Write a value in the one form of RFC 8785. Raises Refusal for what that form cannot say."""
    try:
        if _is_plain(value):
            return _write(value).encode()
        return rfc8785.dumps(_with_doubles(value))
    except UnicodeEncodeError:
        raise Refusal(Reason.NOT_TEXT) from None
    except (rfc8785.IntegerDomainError, rfc8785.FloatDomainError) as fault:
        raise Refusal(Reason.UNSAFE_NUMBER, number=str(fault).split(" ", 1)[0][:40]) from None
    except (rfc8785.CanonicalizationError, RecursionError, TypeError) as fault:
        raise Refusal(Reason.NOT_JSON, problem=f"{fault}.") from None


def _with_doubles(value: Any) -> Any:
    """Large whole numbers as the doubles that they are in JCS, if a double is written with just these digits."""
    if isinstance(value, dict):
        return {name: _with_doubles(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_with_doubles(inner) for inner in value]
    if isinstance(value, int) and _LARGEST < abs(value) < 10**21 and rfc8785.dumps(float(value)) == b"%d" % value:
        return float(value)
    return value


def _is_plain(value: Any) -> bool:
    """Whether Python's own writer gives the bytes of RFC 8785: no fraction, no large number, no rare name."""
    if isinstance(value, str):
        return True
    if isinstance(value, dict):
        for name, inner in value.items():
            if type(name) is not str or (not name.isascii() and max(name) >= _FIRST_SURROGATE):
                return False
            if type(inner) is not str and not _is_plain(inner):
                return False
        return True
    if isinstance(value, list):
        return all(_is_plain(inner) for inner in value)
    if isinstance(value, bool) or value is None:
        return True
    return type(value) is int and -_LARGEST <= value <= _LARGEST


def _text_of(data: bytes | str, most_bytes: int) -> str:
    if len(data) > most_bytes:
        raise Refusal(Reason.TOO_LARGE, limit=str(most_bytes))
    if isinstance(data, str):
        return data
    try:
        # A byte order mark says nothing in UTF-8, but some programs write one.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(Reason.NOT_TEXT) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    for name, _value in pairs:
        if name in seen:
            raise Refusal(Reason.DUPLICATE_NAME, name=name[:80])
        seen.add(name)
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise Refusal(Reason.UNSAFE_NUMBER, number=name)


def _float(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise Refusal(Reason.UNSAFE_NUMBER, number=text[:40])
    return value


def _refuse_half_letters(value: Any) -> None:
    """Half of a letter of UTF-16 can be written as an escape, but is no text (RFC 7493, section 2.1)."""
    try:
        _write(value).encode()
    except UnicodeEncodeError:
        raise Refusal(Reason.NOT_TEXT) from None


def _refuse_depth(value: Any, levels_left: int) -> None:
    if levels_left < 0:
        raise Refusal(Reason.TOO_DEEP, limit=str(MOST_DEPTH))
    for inner in value.values() if isinstance(value, dict) else value:
        if type(inner) is dict or type(inner) is list:
            _refuse_depth(inner, levels_left - 1)
