"""Migrations: one line of history per app, and nothing in the models that no migration knows."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.test import override_settings

OWN = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("synchromesh."))


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    """The migrations on disk, read without a database; other tests may have switched them off (--nomigrations)."""
    with override_settings(MIGRATION_MODULES={}):
        return MigrationLoader(None)


@pytest.mark.parametrize("app", OWN)
def test_an_app_has_one_last_migration(app: str, loader: MigrationLoader) -> None:
    """The index in PostgreSQL has tables but no models, since there are none on other databases."""
    has_tables = app == "search" or bool(list(apps.get_app_config(app).get_models()))
    assert len(loader.graph.leaf_nodes(app)) == (1 if has_tables else 0)


def test_no_change_of_a_model_lacks_its_migration(loader: MigrationLoader) -> None:
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(loader.graph)
    own = {app: [migration.operations for migration in made] for app, made in changes.items() if app in OWN}
    assert own == {}
