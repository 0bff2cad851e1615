"""Award a whole to who holds all its parts: on a list that is released like any other, or by itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_operator, require
from synchromesh.credentials.models import Achievement, BatchState, IssueBatch, IssueRow
from synchromesh.credentials.operations.batches import ONLY_EDITORS, parts_occasion, submit_batch
from synchromesh.credentials.operations.issuing import NewCredential, issue_many, published_version
from synchromesh.credentials.operations.status_places import lock_issuer
from synchromesh.credentials.permissions import may_issue, may_publish_achievement
from synchromesh.credentials.queries.stacks import (
    ReadyPerson,
    describe_ready,
    list_following_wholes,
    list_ready_people,
)
from synchromesh.engine.errors import Conflict
from synchromesh.plumbing import audit
from synchromesh.plumbing.bulk_writing import insert_records

MOST_AT_ONCE = 1000


def award_to_ready(*, by: audit.Actor, achievement: Achievement, people: Sequence[User]) -> IssueBatch:
    """Put these people on a list and submit it: it is issued, or waits for a manager or a second person.

    Who has not all valid parts, or stands on such a list already, is left out. Raises NotAllowed, Conflict where the
    achievement is not awarded or nobody is left.
    """
    require(may_issue(by, achievement), ONLY_EDITORS)
    version = published_version(achievement)
    with transaction.atomic():
        lock_issuer(achievement.issuer)  # so that two lists at once do not hold the same people
        wanted = {one.pk for one in people}
        ready = describe_ready(achievement, list(list_ready_people(achievement).filter(pk__in=wanted)[:MOST_AT_ONCE]))
        if not ready:
            raise Conflict("None of these people has all valid parts and waits for this.")
        batch = IssueBatch.objects.create(
            version=version,
            name=f"Holders of all parts, {len(ready)}",
            state=BatchState.PREVIEW,
            valid_from=timezone.now().replace(microsecond=0),
            made_by=by.public_id,
            rows_in_all=len(ready),
        )
        insert_records([_row(batch, position, one) for position, one in enumerate(ready, start=1)])
        audit.record(by=by, action="award_to_ready", kind="issue batch", uid=batch.uid, rows=len(ready))
        return submit_batch(by=by, batch=batch)


def award_by_parts(*, by: audit.Actor) -> int:
    """Issue every achievement that follows its parts to all who have them, and return to how many. Raises NotAllowed.

    The operator's doing, as when a course awards by itself. What cannot be issued now, for want of a key, waits.
    """
    require(is_operator(by), "Only the operator of the server does this.")
    issued = 0
    for version in list_following_wholes():
        achievement = version.achievement
        ready = describe_ready(achievement, list(list_ready_people(achievement)[:MOST_AT_ONCE]))
        people = [_new_credential(achievement, one) for one in ready]
        try:
            issued += len(issue_many(by=by, version=version, people=people)) if people else 0
        except Conflict:
            continue
    return issued


def set_follows_parts(*, by: audit.Actor, achievement: Achievement, follows: bool) -> None:
    """Say whether who has all parts gets it without anybody's doing. Raises NotAllowed, Conflict for two persons."""
    message = "Only managers of the issuer say whether it follows its parts."
    require(may_publish_achievement(by, achievement.issuer), message)
    with transaction.atomic():
        locked = Achievement.objects.select_for_update().get(pk=achievement.pk)
        if follows and locked.needs_two_persons:
            raise Conflict("It needs two persons, so it cannot be awarded without anybody's doing.")
        locked.follows_parts = follows
        locked.save(update_fields=["follows_parts"])
        audit.record(by=by, action="set_follows_parts", kind="achievement", uid=locked.uid, follows=follows)
    achievement.follows_parts = follows


def _new_credential(achievement: Achievement, one: ReadyPerson) -> NewCredential:
    return NewCredential(
        name=one.name,
        occasion=parts_occasion(achievement, one.person),
        email=one.email,
        person=one.person,
        language=one.language,
    )


def _row(batch: IssueBatch, position: int, one: ReadyPerson) -> IssueRow:
    return IssueRow(
        batch=batch, position=position, holder=one.person, name=one.name, email=one.email, language=one.language
    )
