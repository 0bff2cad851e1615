"""Engagements from a table: what is read, what stays out, and what was edited here stays."""

from __future__ import annotations

import io
from datetime import date

import pytest
from tests.architecture.tree import ROOT
from tests.records import a_topic, csv_file

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import DatePrecision, Engagement, EngagementKind
from synchromesh.community.operations.engagement_importing import EngagementImporter, read_days
from synchromesh.community.operations.engagements import EngagementContent, change_engagement
from synchromesh.engine.errors import InvalidInput, NotAllowed
from synchromesh.places.models import Country
from synchromesh.plumbing import imports
from synchromesh.plumbing.models import ImportBatch

pytestmark = pytest.mark.django_db
ROW = {"id": "e1", "kind": "panel", "event": "A forum", "date": "2024-05"}


def _commit(*rows: dict[str, str]) -> ImportBatch:
    importer = EngagementImporter()
    batch, _ = imports.preview(
        importer, by=OPERATOR, file=io.BytesIO(csv_file(*rows)), name="e.csv", source="alliance", options={}
    )
    return imports.commit(importer, by=OPERATOR, batch=batch)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024-05-14", (date(2024, 5, 14), date(2024, 5, 14), DatePrecision.DAY)),
        ("2024-03-18/2024-03-19", (date(2024, 3, 18), date(2024, 3, 19), DatePrecision.DAY)),
        ("2023-02", (date(2023, 2, 1), date(2023, 2, 28), DatePrecision.MONTH)),
        ("2024", (date(2024, 1, 1), date(2024, 12, 31), DatePrecision.YEAR)),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(text: str, days: tuple[date, date, DatePrecision]) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize("text", ["May 2024", "2024-13", "2023-02-29", "2024-05/2024-05-14", "2024-05-14/2024-05-13"])
def test_a_date_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_days(text)


def test_a_good_row_is_read_and_the_same_file_again_changes_nothing() -> None:
    topic = a_topic()
    Country.objects.get_or_create(code="AT", defaults={"names": {"en": "Austria"}})
    row = ROW | {"host": "EuroSPI", "country": "AT", "fields": topic.slug, "speakers": "Zoë, WG3; Ivo", "reach": "80"}
    row |= {"reach_source": "The host", "source": "Own review", "source_url": "https://example.org/"}
    assert _commit(row).counts["new"] == 1
    made = Engagement.objects.get()
    assert (made.kind, made.starts_on, made.precision, made.speakers) == (
        "panel",
        date(2024, 5, 1),
        "month",
        "Zoë, WG3\nIvo",
    )
    assert (made.reach, made.reach_source, made.made_by) == (80, "The host", "operator")
    assert list(made.topics.all()) == [topic]
    again = _commit(row)
    assert (again.counts["same"], again.counts["new"], again.counts["changed"]) == (1, 0, 0)


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "party"}, {"event": ""}, {"date": "soon"}, {"country": "XX"}, {"reach": "80"}, {"fields": "nowhere"}],
)
def test_a_row_that_is_wrong_stays_out_and_the_others_load(wrong: dict[str, str]) -> None:
    batch = _commit(ROW | wrong | {"id": "bad"}, ROW)
    assert (batch.counts["new"], batch.counts["error"]) == (1, 1)
    assert Engagement.objects.get().external_id == "e1"


def test_what_somebody_edited_here_is_not_overwritten() -> None:
    _commit(ROW)
    content = EngagementContent(kind=EngagementKind.STAND, event_title="Our name for it", starts_on=date(2024, 5, 3))
    change_engagement(by=OPERATOR, engagement=Engagement.objects.get(), content=content)
    _commit(ROW | {"event": "Another name"})
    assert Engagement.objects.get().event_title == "Our name for it"


def test_an_import_can_be_undone() -> None:
    batch = _commit(ROW)
    imports.undo(EngagementImporter(), by=OPERATOR, batch=batch)
    assert not Engagement.objects.exists()


def test_only_alliance_staff_import(person: User) -> None:
    with pytest.raises(NotAllowed):
        EngagementImporter().check_permission(person)


def test_the_file_that_ships_loads_whole_and_names_nobody() -> None:
    a_topic("battery")
    for code in ("AT", "BE", "FI", "IT"):
        Country.objects.get_or_create(code=code, defaults={"names": {"en": code}})
    content = (ROOT / "starter" / "community" / "engagements.csv").read_bytes()
    batch, _ = imports.preview(
        EngagementImporter(), by=OPERATOR, file=io.BytesIO(content), name="e.csv", source="starter", options={}
    )
    assert (batch.counts["new"], batch.counts["error"]) == (len(content.splitlines()) - 1, 0)
    imports.commit(EngagementImporter(), by=OPERATOR, batch=batch)
    for made in Engagement.objects.all():
        assert made.source
        assert made.reach is None
        assert not made.contacts
        assert made.speakers in {"", "President of the Automotive Skills Alliance"}
