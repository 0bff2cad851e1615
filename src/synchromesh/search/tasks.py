"""Background work of the search."""

from __future__ import annotations

from django_tasks import task

from synchromesh.search import operations


@task()
def rebuild_index() -> None:
    """Build the index anew from the records. A repeated run gives the same index."""
    operations.rebuild()


@task()
def update_index(kind: str, uids: list[str]) -> None:
    """Bring single records up to date in the index. A repeated run gives the same index."""
    operations.update(kind, uids)
