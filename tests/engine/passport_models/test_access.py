"""Who may see what: each field with each kind of visitor."""

from __future__ import annotations

import json

import pytest
from tests.engine.passport_models.passport_samples import used

from synchromesh.engine.passport_models.access import redact, visible_fields
from synchromesh.engine.passport_models.model import Field, Tier, fields
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.engine.passport_models.writing import as_json


def _may_see(field: Field, tier: Tier) -> bool:
    """The matrix from the clauses alone: Annex XIII, points 2 to 4 restrict, all else is public."""
    if field.key == "test_report":
        return tier is Tier.AUTHORITY
    if field.clause.startswith("Annex XIII, 2"):
        return tier is not Tier.PUBLIC
    if field.category == "use" or field.key in ("service_date", "battery_status"):
        return tier is Tier.INTEREST
    return True


@pytest.mark.parametrize("tier", list(Tier))
def test_each_field_is_seen_exactly_by_whom_the_matrix_says(tier: Tier) -> None:
    assert visible_fields(tier) == {key for key, field in fields().items() if _may_see(field, tier)}


@pytest.mark.parametrize("tier", list(Tier))
def test_a_redacted_passport_holds_no_value_that_the_tier_may_not_see(tier: Tier) -> None:
    marked = used().with_value("battery_status", FieldValue(value="SECRET battery_status"))
    for key in fields():
        marked = marked.with_value(key, FieldValue(value=f"SECRET {key}."))
    text = as_json(redact(marked, tier))
    for key in fields():
        assert (f"SECRET {key}." in text) == (key in visible_fields(tier))
    assert set(json.loads(text)["values"]) == visible_fields(tier)


def test_a_field_outside_the_list_is_shown_to_nobody() -> None:
    passport = used().with_value("secret_recipe", FieldValue(value="salt"))
    assert all("secret_recipe" not in redact(passport, tier).values for tier in Tier)


def test_tiers_do_not_contain_each_other() -> None:
    assert visible_fields(Tier.PUBLIC) < visible_fields(Tier.INTEREST)
    assert visible_fields(Tier.PUBLIC) < visible_fields(Tier.AUTHORITY)
    assert not visible_fields(Tier.AUTHORITY) <= visible_fields(Tier.INTEREST)
    assert not visible_fields(Tier.INTEREST) <= visible_fields(Tier.AUTHORITY)
