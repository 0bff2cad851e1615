"""An organisation that an import changes is found by what it is called now."""

from __future__ import annotations

import pytest

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.operations.organisations import save_organisation
from synchromesh.accounts.permissions import OPERATOR

pytestmark = pytest.mark.django_db


def saved(name: str, country: str = "", **columns: str) -> tuple[Organisation, bool]:
    return save_organisation(
        by=OPERATOR, import_source="north", external_id="1", name=name, kinds=(), country=country, **columns
    )


def test_a_new_name_builds_the_search_anew_since_courses_are_found_by_it_too(asked_jobs: list[str]) -> None:
    saved("North School")
    saved("North Academy")
    assert asked_jobs == ["search.tasks.rebuild_index"]


def test_another_column_brings_the_one_record_up_to_date_and_no_change_asks_for_nothing(asked_jobs: list[str]) -> None:
    saved("North School", source="a")
    saved("North School", source="b")
    saved("North School", source="b")
    assert asked_jobs == ["search.tasks.update_index"]
