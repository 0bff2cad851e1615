"""Background work of the pathways."""

from __future__ import annotations

from django_tasks import task

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.pathways.operations import saved_search_news


@task()
def send_search_news() -> None:
    """Tell people what is new in the searches that they follow. A repeated run tells nothing twice."""
    saved_search_news.send_search_news(by=OPERATOR)
