"""Lists in portions: a cursor names the last record that was seen, so that nothing is missed while records come and go.

A cursor is the unpadded base64url (RFC 4648, section 5) of a JSON list: the name of the list and the values it is
ordered by. It is no secret and gives no right; it is called opaque so that callers do not make their own.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse

from synchromesh.engine.errors import InvalidInput

LONGEST_CURSOR = 600
LONGEST_NUMBER = 9
_UNREADABLE = "This cursor cannot be read. Take it from the address in 'next' of the page before, or start without one."
AROUND = 10
DEEPEST = 100_000
"""A search keeps all places before the one asked for in memory: this many at most."""
Row = TypeVar("Row", bound=Model)
Found = TypeVar("Found")
Keys = Mapping[str, Callable[[str], Any]]
"""The columns that put a list in order, with what reads each from its text; together they are unique."""

BY_SLUG: Keys = {"slug": str}


def read_number(text: str) -> int:
    """A whole number as databases can hold it. Raises ValueError."""
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise ValueError(text)
    return int(text)


def write_cursor(scope: str, *values: object) -> str:
    """The cursor behind the record with these values in the list named `scope`."""
    text = json.dumps([scope, *map(str, values)], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, scope: str, readers: Sequence[Callable[[str], Any]]) -> list[Any]:
    """The values that a cursor of the list `scope` names. Raises InvalidInput for any other text."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        named, *values = json.loads(text)
        if named != scope or len(values) != len(readers):
            raise InvalidInput(_UNREADABLE, field="cursor")
        return [read(_storable(value)) for read, value in zip(readers, values, strict=True)]
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise InvalidInput(_UNREADABLE, field="cursor") from error


def read_portion(
    found: QuerySet[Row], *, scope: str, cursor: str | None, limit: int, keys: Keys = BY_SLUG
) -> tuple[list[Row], str | None]:
    """The next `limit` rows in the order of `keys` behind the cursor, and the cursor behind them (None: no more)."""
    if cursor:
        found = found.filter(_behind(list(keys), read_cursor(cursor, scope, list(keys.values()))))
    rows = list(found.order_by(*keys)[: limit + 1])
    if len(rows) <= limit:
        return rows, None
    rows = rows[:limit]
    return rows, write_cursor(scope, *(getattr(rows[-1], key) for key in keys))


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A portion of something that is counted and not ordered by columns, such as the hits of a search.

    `place` rows have been seen, the last of them `last`. Some rows before and behind that place are read too: where the
    list has changed in the meantime, the portion goes on behind the last row that was seen.
    """

    scope: str
    limit: int
    place: int
    last: str

    @property
    def offset(self) -> int:
        """The first row to read."""
        return max(self.place - AROUND, 0)

    @property
    def size(self) -> int:
        """How many rows to read."""
        return self.limit + self.place - self.offset + (AROUND if self.place else 0)

    def cut(self, rows: Sequence[Found], uid: Callable[[Found], str], *, total: int) -> tuple[list[Found], str | None]:
        """The rows of the portion out of those read, and the cursor behind them (None: no more of `total`)."""
        uids = [uid(row) for row in rows]
        start = uids.index(self.last) + 1 if self.last in uids else self.place - self.offset
        chosen = list(rows[start : start + self.limit])
        seen = self.offset + start + len(chosen)
        if not chosen or seen >= min(total, DEEPEST):
            return chosen, None
        return chosen, write_cursor(self.scope, seen, uid(chosen[-1]))


def read_window(cursor: str, scope: str, *, limit: int) -> Window:
    """The portion that a cursor names; without one the first. Raises InvalidInput."""
    place, last = read_cursor(cursor, scope, (_place, str)) if cursor else (0, "")
    return Window(scope=scope, limit=limit, place=place, last=last)


def tell_next(request: HttpRequest, response: HttpResponse, cursor: str | None) -> str | None:
    """The address of the next portion, also as a link in the head of the answer (RFC 8288); None where there is none.

    It is that of this request with the cursor in it, so that filters stay as they are.
    """
    if cursor is None:
        return None
    asked = [(name, value) for name, values in request.GET.lists() if name != "cursor" for value in values]
    address = f"{settings.SITE_ADDRESS}{request.path}?{urlencode([*asked, ('cursor', cursor)])}"
    response["Link"] = f'<{address}>; rel="next"'
    return address


def _behind(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """The rows that come later than one with these values: (a, b) > (x, y) is a > x or (a = x and b > y)."""
    condition = Q(**{f"{keys[-1]}__gt": values[-1]})
    for key, value in reversed(list(zip(keys[:-1], values[:-1], strict=True))):
        condition = Q(**{f"{key}__gt": value}) | Q(**{key: value}) & condition
    return condition


def _place(text: str) -> int:
    place = read_number(text)
    if not 0 < place <= DEEPEST:
        raise ValueError(text)
    return place


def _storable(value: object) -> str:
    """PostgreSQL refuses even to look for a NUL character; halves of surrogate pairs can be stored nowhere."""
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    value.encode()
    return value
