"""Have the search read a passport again after it changed."""

from __future__ import annotations

from synchromesh.passports.models import Passport
from synchromesh.plumbing import jobs


def tell_search(passport: Passport) -> None:
    """Ask for it when the current transaction commits; a draft and one of a class are not searched."""
    if passport.published_at is not None and passport.team_id is None:
        jobs.enqueue("search.tasks.update_index", kind="passport", uids=[str(passport.uid)])
