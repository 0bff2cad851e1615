"""Events from a table: loaded once, left alone where people changed them, and taken back whole."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from tests.community.event_records import a_content

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import Event
from synchromesh.community.operations.event_editing import edit_event
from synchromesh.community.operations.event_importing import EventImporter
from synchromesh.engine.errors import NotAllowed
from synchromesh.places.models import Country
from synchromesh.plumbing import imports
from synchromesh.plumbing.import_plans import ImportPlan
from synchromesh.plumbing.models import ImportBatch

pytestmark = pytest.mark.django_db
TABLE = """id,title,title_de,kind,stated_kind,date,place,country,mode,source,source_url,source_on
visit,Study visit Timișoara,Studienbesuch,study-visit,,2025-05-12/2025-05-13,Timișoara,RO,,ASA,https://example.org/a,2026-11-23
forum,VET forum,,vet-forum,teacher forum,2025-05,,,on-site,ASA,https://example.org/b,2026-11-23
launch,Launch,,other,launch,2024,,,,ASA,https://example.org/c,2026-11-23
"""


def load(text: str = TABLE) -> tuple[ImportBatch, ImportPlan]:
    """Preview and commit a table."""
    Country.objects.get_or_create(code="RO", defaults={"names": {"en": "Romania"}})
    importer = EventImporter()
    file = io.BytesIO(text.encode())
    batch, plan = imports.preview(importer, by=OPERATOR, file=file, name="events.csv", source="starter")
    return imports.commit(importer, by=OPERATOR, batch=batch), plan


def test_dates_are_kept_as_exactly_as_they_are_known() -> None:
    _, plan = load()
    assert plan.counts == {"new": 3, "changed": 0, "same": 0, "error": 0}
    found = {event.external_id: event for event in Event.objects.all()}
    assert {name: (str(one.starts_on), str(one.ends_on), one.precision) for name, one in found.items()} == {
        "visit": ("2025-05-12", "2025-05-13", "day"),
        "forum": ("2025-05-01", "2025-05-31", "month"),
        "launch": ("2024-01-01", "2024-12-31", "year"),
    }
    assert (found["visit"].slug, found["visit"].state) == ("study-visit-timisoara-2025", "published")
    assert "timisoara" in found["visit"].words


def test_loading_again_changes_nothing_and_a_changed_row_changes_one() -> None:
    load()
    assert load()[1].counts["same"] == 3
    assert load(TABLE.replace("VET forum,", "Forum for teachers,"))[1].counts == {
        "new": 0, "changed": 1, "same": 2, "error": 0
    }  # fmt: skip
    assert Event.objects.get(external_id="forum").titles == {"en": "Forum for teachers"}


def test_what_people_changed_here_is_theirs() -> None:
    load()
    event = Event.objects.get(external_id="visit")
    edit_event(by=OPERATOR, event=event, content=a_content(titles={"en": "Ours"}), now=datetime(2027, 1, 1, tzinfo=UTC))
    load()
    assert Event.objects.get(pk=event.pk).titles == {"en": "Ours"}


def test_bad_rows_stay_out_with_a_sentence_and_good_ones_load() -> None:
    bad = "x,Bad day,,other,,2025-13-01,,,,,,\ny,,,other,,2025,,,,,,\nz,No country,,other,,2025,,XX,,,,\n"
    _, plan = load(TABLE + bad)
    assert (plan.counts["new"], plan.counts["error"]) == (3, 3)
    assert {problem.field for problem in plan.problems} == {"date", "title", "country"}


def test_an_import_is_taken_back_whole() -> None:
    batch, _ = load()
    imports.undo(EventImporter(), by=OPERATOR, batch=batch)
    assert not Event.objects.exists()


def test_only_alliance_staff_import(manager: User) -> None:
    with pytest.raises(NotAllowed):
        imports.preview(EventImporter(), by=manager, file=io.BytesIO(b"id"), name="x.csv", source="s")
