"""Fields of a course that a person holds on to, and what its feed says about them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from synchromesh.catalogue.models import Course, FieldLock
from synchromesh.catalogue.queries.exports import course_record
from synchromesh.engine.feeds.records import CourseRecord

BELONGING = ("provider", "topics", "skills", "runs")
"""What a feed says about a course beside its columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptField:
    """A field that its feed does not change; values are JSON. `differs` tells whether the feed says something else."""

    lock: FieldLock
    now: Any

    @property
    def differs(self) -> bool:
        """Whether letting go of the field would change it."""
        return bool(self.now != self.lock.source_value)


def list_kept_fields(course: Course) -> list[KeptField]:
    """The fields that somebody holds on to, by name."""
    locks = FieldLock.objects.filter(course=course).order_by("field")
    return [KeptField(lock=lock, now=field_value(course, lock.field)) for lock in locks]


def field_value(course: Course, field: str) -> Any:
    """A field as JSON, in the form in which a lock keeps what the feed says."""
    return as_json(belonging(course_record(course), field) if field in BELONGING else getattr(course, field))


def belonging(record: CourseRecord, field: str) -> Any:
    """What a record says of one of BELONGING, in an order of its own and without places in a file."""
    if field == "provider":
        return record.provider
    if field == "topics":
        return sorted(record.topics)
    if field == "skills":
        return [asdict(link) for link in sorted(record.skills, key=lambda link: link.skill)]
    runs = sorted(record.runs, key=lambda run: run.external_id)
    return [{name: value for name, value in asdict(run).items() if name != "position"} for run in runs]


def as_json(value: Any) -> Any:
    """A value of a column as JSON; equal numbers read the same."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
