"""Who may change the framework: everybody reads it, alliance staff and the operator write it."""

from __future__ import annotations

from synchromesh.accounts.permissions import is_alliance_staff
from synchromesh.plumbing.audit import Actor


def may_edit_framework(by: Actor) -> bool:
    """The competence matrix is the alliance's own: its staff edit it."""
    return is_alliance_staff(by)
