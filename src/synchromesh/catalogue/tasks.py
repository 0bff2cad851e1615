"""Background work of the catalogue."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.operations import briefs, duplicates, link_checking, refreshing, search_upkeep
from synchromesh.catalogue.operations.feed_fetching import fetch_feed_source, start_due_fetches
from synchromesh.catalogue.operations.feed_history import remove_old_fetches
from synchromesh.catalogue.queries.feed_sources import get_feed_source
from synchromesh.plumbing.audit import Actor


@task(queue_name="fetching")
def fetch_due_feeds() -> None:
    """Send a job for each feed that is due. A repeated run finds none."""
    start_due_fetches(by=OPERATOR, now=timezone.now())


@task(queue_name="fetching")
def fetch_feed(source: str, by: str) -> None:
    """Fetch one feed in the name of whoever asked for it. A repeated run finds it unchanged."""
    actor = _actor(by)
    fetch_feed_source(by=actor, source=get_feed_source(source, visible_to=actor))


@task()
def forget_feed_history() -> None:
    """Shorten the histories of sources. A repeated run finds nothing old."""
    remove_old_fetches(by=OPERATOR, now=timezone.now())


@task(queue_name="fetching")
def check_due_links() -> None:
    """Look at the addresses of courses that are due. A repeated run finds none of them due."""
    if settings.CHECK_LINKS:
        link_checking.check_due_links(by=OPERATOR)


@task()
def ask_for_refresh() -> None:
    """Ask providers about courses that nobody has confirmed for long. A repeated run asks nobody twice."""
    refreshing.ask_for_refresh(by=OPERATOR)


@task()
def find_duplicates() -> None:
    """Look for courses that are listed twice. A repeated run finds the same pairs."""
    duplicates.look_for_duplicates(by=OPERATOR)


@task()
def update_aged_courses() -> None:
    """Have the search read the courses whose next date has passed. A repeated run finds none."""
    search_upkeep.update_aged_courses(by=OPERATOR)


@task()
def remove_old_briefs() -> None:
    """Forget wishes that nobody has repeated for two years. A repeated run finds none."""
    briefs.remove_old_briefs(by=OPERATOR)


def _actor(public_id: str) -> Actor:
    """The operator, or a person as they are now; DoesNotExist for an account that was deleted meanwhile."""
    return OPERATOR if public_id == OPERATOR.public_id else User.objects.get(uid=UUID(public_id))
