"""Background work of the open data."""

from __future__ import annotations

from django_tasks import task

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import Conflict
from synchromesh.site.open_data import writing


@task()
def write_open_data() -> None:
    """Write the files anew. A repeated run writes them again; one that finds another at work leaves it to that."""
    try:
        writing.write_open_data(by=OPERATOR)
    except Conflict:
        return
