"""Relations between records keep the order of the layers; import-linter cannot see them, because Django names models
in strings too.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from tests.architecture.tree import depth_of, layers, may_know

OURS = "synchromesh."
OWN = {
    config.label: config.name.removeprefix(OURS) for config in apps.get_app_configs() if config.name.startswith(OURS)
}


def _relations() -> list[tuple[type[models.Model], models.Field[object, object], type[models.Model]]]:
    """Every forward relation from one of our models to one of our models, those of automatic tables too."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            target = field.related_model
            if isinstance(target, type) and {model._meta.app_label, target._meta.app_label} <= OWN.keys():
                found.append((model, field, target))
    return found


def test_the_walk_finds_foreign_keys_and_many_to_many_relations() -> None:
    found = {f"{model._meta.label}.{field.name}" for model, field, _ in _relations()}
    assert {"catalogue.CourseSkill.skill", "catalogue.Course.topics", "pathways.PlanStep.course"} <= found


def test_every_relation_points_to_the_same_or_a_lower_layer() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} points up or aside to {target._meta.label}"
        for model, field, target in _relations()
        if not may_know(OWN[model._meta.app_label], OWN[target._meta.app_label])
    ]
    assert wrong == []


def test_every_app_of_ours_is_placed_in_the_layers() -> None:
    placed = {name for names in layers("layers") for name in names}
    assert set(OWN.values()) <= placed


@pytest.mark.parametrize(
    ("above", "below", "allowed"),
    [
        ("catalogue", "framework", True),
        ("catalogue", "catalogue", True),
        ("framework", "catalogue", False),
        ("catalogue", "credentials", False),
        ("web", "plumbing", True),
    ],
)
def test_the_order_is_read_from_the_contract(above: str, below: str, allowed: bool) -> None:
    assert may_know(above, below) is allowed
    assert depth_of("config") == 0
