"""The command that takes in boundaries: what it answers, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.community.sharing_records import a_region
from tests.site.console.conftest import Command

from synchromesh.community.models import BoundarySet, RegionBoundary

pytestmark = pytest.mark.django_db
LOAD = ("regions", "boundaries", "load")
SQUARE = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"NUTS_ID": "DE11"}, "geometry": '
    '{"type": "Polygon", "coordinates": [[[9, 48], [10, 48], [10, 49], [9, 49], [9, 48]]]}}]}'
)


def test_boundaries_are_loaded_with_the_words_of_their_owner_and_replace_those_before(
    command: Command, tmp_path: Path
) -> None:
    a_region("DE11")
    a_region("SE23")
    file = tmp_path / "b.geojson"
    file.write_text(SQUARE)
    command(*LOAD, str(file), "--credit", "Owner", "--json")
    answer = command(*LOAD, str(file), "--credit", "Owner", "--json").answer
    assert answer == {"file": "b.geojson", "credit": "Owner", "drawn": 1, "missing": ["SE23"], "outside": []}
    assert (BoundarySet.objects.count(), RegionBoundary.objects.count()) == (1, 1)


@pytest.mark.parametrize("credit", ["", "  "])
def test_boundaries_without_the_words_of_their_owner_are_refused(command: Command, tmp_path: Path, credit: str) -> None:
    a_region("DE11")
    file = tmp_path / "b.geojson"
    file.write_text(SQUARE)
    done = command(*LOAD, str(file), "--credit", credit, "--json")
    assert done.answer["error"]["field"] == "credit"
    assert not BoundarySet.objects.exists()


def test_a_file_that_is_not_there_is_named(command: Command, tmp_path: Path) -> None:
    done = command(*LOAD, str(tmp_path / "none.geojson"), "--credit", "Owner", "--json")
    assert "cannot be read" in done.answer["error"]["message"]
