"""Record where the alliance spoke or showed itself, and what is to do after it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import require
from synchromesh.community.models import DatePrecision, Engagement, EngagementKind, Event, FollowUp, Group
from synchromesh.community.operations.stored_files import check_file, write_file
from synchromesh.community.permissions import may_record_engagement, may_see_engagement_notes
from synchromesh.community.queries.stored_files import file_path
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.framework.models import Topic
from synchromesh.places.models import Country
from synchromesh.plumbing import audit
from synchromesh.plumbing.column_limits import limit_refusals

ONLY_THEY = "Leaders of the group and alliance staff record engagements."


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementContent:
    """What is recorded; see `Engagement`. Without `ends_on` it is one day; `precision` widens both to month or year."""

    kind: EngagementKind
    event_title: str
    starts_on: date
    ends_on: date | None = None
    precision: DatePrecision = DatePrecision.DAY
    event: Event | None = None
    host: str = ""
    organisation: Organisation | None = None
    group: Group | None = None
    place: str = ""
    country: Country | None = None
    subject: str = ""
    topics: Collection[Topic] = ()
    speakers: str = ""
    slides_url: str = ""
    reach: int | None = None
    reach_source: str = ""
    contacts: str = ""
    source: str = ""
    source_url: str = ""


def record_engagement(*, by: audit.Actor, content: EngagementContent) -> Engagement:
    """Record an engagement. Raises NotAllowed, InvalidInput."""
    require(may_record_engagement(by, content.group), ONLY_THEY)
    columns = _columns(content)
    with transaction.atomic():
        made = Engagement.objects.create(**columns, made_by=by.public_id, edited_at=timezone.now())
        made.topics.set(content.topics)
        audit.record(by=by, action="record_engagement", kind="engagement", uid=made.uid, what=content.kind.value)
    return made


def change_engagement(*, by: audit.Actor, engagement: Engagement, content: EngagementContent) -> None:
    """Write an engagement anew. Nobody hands it to a group that is not theirs. Raises NotAllowed, InvalidInput."""
    require(may_record_engagement(by, engagement.group), ONLY_THEY)
    require(may_record_engagement(by, content.group), ONLY_THEY)
    columns = _columns(content) | {"edited_at": timezone.now()}
    with transaction.atomic():
        changed = sorted(name for name, value in columns.items() if getattr(engagement, name) != value)
        for name, value in columns.items():
            setattr(engagement, name, value)
        engagement.save(update_fields=list(columns))
        engagement.topics.set(content.topics)
        audit.record(by=by, action="change_engagement", kind="engagement", uid=engagement.uid, fields=changed)


def delete_engagement(*, by: audit.Actor, engagement: Engagement) -> None:
    """Take an engagement out that was recorded by mistake. Raises NotAllowed."""
    require(may_record_engagement(by, engagement.group), ONLY_THEY)
    with transaction.atomic():
        uid, title = engagement.uid, engagement.event_title
        engagement.delete()
        transaction.on_commit(lambda: file_path(uid).unlink(missing_ok=True))
        audit.record(by=by, action="delete_engagement", kind="engagement", uid=uid, title=title)


def add_slides(*, by: audit.Actor, engagement: Engagement, name: str, content: bytes) -> None:
    """Put the slides in as a file, in place of an earlier one. Raises NotAllowed, InvalidInput."""
    require(may_record_engagement(by, engagement.group), ONLY_THEY)
    checked = check_file(name, content)
    with transaction.atomic():
        engagement.slides_name = checked.name
        engagement.save(update_fields=["slides_name"])
        write_file(engagement.uid, content)
        audit.record(by=by, action="add_slides", kind="engagement", uid=engagement.uid, sha256=checked.sha256)


def add_follow_up(*, by: audit.Actor, engagement: Engagement, text: str, due_on: date | None = None) -> FollowUp:
    """Note something to do after an engagement. Raises NotAllowed, InvalidInput."""
    require(may_see_engagement_notes(by, engagement), "Only people of the group and alliance staff plan what follows.")
    words = " ".join(text.split())
    if not words or len(words) > 500:
        raise InvalidInput("Say in at most 500 characters what is to do.", field="text")
    with transaction.atomic():
        made = FollowUp.objects.create(engagement=engagement, text=words, due_on=due_on, made_by=by.public_id)
        audit.record(by=by, action="add_follow_up", kind="engagement", uid=engagement.uid, follow_up=str(made.uid))
    return made


def settle_follow_up(*, by: audit.Actor, engagement: Engagement, uid: str, now: datetime | None = None) -> None:
    """Say that something is done. Raises NotAllowed, NotFound, Conflict where it is done already."""
    require(may_see_engagement_notes(by, engagement), "Only people of the group and alliance staff plan what follows.")
    with transaction.atomic():
        known = _uid(uid)
        found = FollowUp.objects.filter(engagement=engagement, uid=known).first() if known else None
        if found is None:
            raise NotFound("There is nothing of this kind to do.")
        if found.done_at is not None:
            raise Conflict("This is done already.")
        found.done_at, found.settled_by = now or timezone.now(), by.public_id
        found.save(update_fields=["done_at", "settled_by"])
        audit.record(by=by, action="settle_follow_up", kind="engagement", uid=engagement.uid, follow_up=uid)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def widen(starts_on: date, ends_on: date, precision: DatePrecision) -> tuple[date, date]:
    """The first and last day of what is known: of the days themselves, of their months, of their years."""
    if precision == DatePrecision.YEAR:
        return date(starts_on.year, 1, 1), date(ends_on.year, 12, 31)
    if precision == DatePrecision.MONTH:
        after = date(ends_on.year + ends_on.month // 12, ends_on.month % 12 + 1, 1)
        return starts_on.replace(day=1), date.fromordinal(after.toordinal() - 1)
    return starts_on, ends_on


def _columns(content: EngagementContent) -> dict[str, Any]:
    last = content.ends_on or content.starts_on
    if last < content.starts_on:
        raise InvalidInput("It ends before it begins.", field="ends_on")
    starts_on, ends_on = widen(content.starts_on, last, content.precision)
    if not content.event_title.strip():
        raise InvalidInput("Say how the event is called.", field="event_title")
    if content.reach is not None and not content.reach_source.strip():
        raise InvalidInput("Say where the number of people reached comes from.", field="reach_source")
    columns: dict[str, Any] = {
        "kind": content.kind.value,
        "precision": content.precision.value,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "event": content.event,
        "organisation": content.organisation,
        "group": content.group,
        "country": content.country,
        "reach": content.reach,
        "reach_source": content.reach_source.strip() if content.reach is not None else "",
        "contacts": content.contacts.strip(),
        "speakers": "\n".join(line.strip() for line in content.speakers.splitlines() if line.strip()),
        **{
            name: " ".join(str(getattr(content, name)).split())
            for name in ("event_title", "host", "place", "subject", "slides_url", "source", "source_url")
        },
    }
    for name in ("slides_url", "source_url"):
        if columns[name] and not columns[name].startswith(("https://", "http://")):
            raise InvalidInput("Enter a whole address that begins with https://.", field=name)
    for name, message in limit_refusals(Engagement, columns):
        raise InvalidInput(message, field=name)
    return columns
