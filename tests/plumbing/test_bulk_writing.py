"""Many records at once, on either database: keys, values of all kinds, and the faults of the database as its own."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course
from synchromesh.credentials.models import LogEntry
from synchromesh.plumbing.bulk_writing import insert_records

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3, 60])
def test_records_get_keys_and_read_again_as_they_were(count: int) -> None:
    made = [
        Course(
            slug=f"course-{n}",
            titles={"de": f'Schweißen\t"{n}"\\', "en": "Welding\nwith \N{ROBOT FACE}"},
            ects=Decimal("2.5"),
            minutes=n,
            languages=["en"],
        )
        for n in range(count)
    ]
    insert_records(made)
    stored = {course.pk: course for course in Course.objects.all()}
    assert len(stored) == count
    for course in made:
        same = stored[course.pk]
        assert (same.slug, same.titles, same.ects, same.minutes) == (
            course.slug,
            course.titles,
            course.ects,
            course.minutes,
        )
    insert_records([Organisation(slug="x", name="X")])
    made[0].minutes = 1000
    made[0].save()
    assert Course.objects.filter(minutes=1000).count() == 1


@pytest.mark.parametrize("count", [2, 60])
def test_keys_of_ones_own_and_bytes_are_kept(count: int) -> None:
    at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    every_byte = bytes(range(256))
    insert_records(
        [
            LogEntry(index=n + 7, entry=every_byte, leaf_hash=bytes([n]), subject=uuid4(), added_at=at)
            for n in range(count)
        ]
    )
    entries = list(LogEntry.objects.order_by("index"))
    assert [entry.index for entry in entries] == list(range(7, 7 + count))
    assert {bytes(entry.entry) for entry in entries} == {every_byte}
    assert {entry.added_at for entry in entries} == {at}


@pytest.mark.parametrize("count", [2, 60])
def test_what_the_database_refuses_is_refused_as_ever(count: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_records([Organisation(slug="same", name="X") for _ in range(count)])
    assert not Organisation.objects.exists()
    insert_records([])
