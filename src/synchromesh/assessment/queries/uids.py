"""Uids as they come from an address: what is none belongs to nothing."""

from __future__ import annotations

from uuid import UUID

from synchromesh.engine.errors import NotFound


def read_uid(text: str | UUID, *, missing: str) -> UUID:
    """The uid that a text is. Raises NotFound with the sentence `missing` for anything else."""
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound(missing) from None
