"""How a record says that it belongs to a person: a foreign key that leads to them, or their uid kept as text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from synchromesh.accounts.models import User

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalRelation:
    """A foreign key to a person. `deleted` is False where the record stays and only the link to the person is cut."""

    relation: str
    section: str
    read: Callable[[User], list[Entry]]
    deleted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReference:
    """A column that keeps a person's uid as text, so that it survives the account; `what` and `why` tell the person."""

    column: str
    what: str
    why: str


def text(value: datetime | date | None) -> str | None:
    """An instant or a day as it stands in the copy that a person takes."""
    return value.isoformat() if value else None
