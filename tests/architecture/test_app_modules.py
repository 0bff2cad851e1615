"""Inside every app that owns data a reader finds the same few names, and no name says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.architecture.tree import PACKAGE, TESTS, files_below, layers, shown

ALLOWED = {
    "__init__",
    "models",
    "permissions",
    "queries",
    "operations",
    "tasks",
    "admin",
    "management",
    "migrations",
    "apps",
}
# These packages own no workflow of the domain, so their modules are named after mechanisms, pages or commands.
NO_DATA_APPS = {
    "config": "how the parts are put together",
    "web": "pages, one folder per first segment of the address",
    "api": "the interface for machines, one module per area",
    "site": "work that spans all apps, one module per job",
    "plumbing": "mechanisms, one module each: audit, imports, jobs, mail, outgoing_http and so on",
    "search": "one mechanism, an index, cut into contract, analysis, ranking and backends",
    "engine": "the thinking, which knows no Django",
}
EXCEPTIONS = {
    ("learning", "unit_kinds"): "a kind of unit is a plug-in, and the folder states its contract",
    ("accounts", "sign_in"): "the hooks of allauth are neither a rule nor a write: allauth calls them by name",
}
SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "base", "core", "misc"}
DATA_APPS = sorted({name for names in layers("layers") for name in names} - NO_DATA_APPS.keys())


def _names_inside(app: str) -> set[str]:
    folder = PACKAGE / app
    return {file.relative_to(folder).parts[0].removesuffix(".py") for file in files_below(folder, ".py")}


@pytest.mark.parametrize("app", DATA_APPS)
def test_an_app_has_only_the_agreed_names(app: str) -> None:
    excused = {name for owner, name in EXCEPTIONS if owner == app}
    assert _names_inside(app) - ALLOWED - excused == set()


def test_an_app_with_models_says_so_in_apps() -> None:
    with_models = {app for app in (*DATA_APPS, "plumbing", "search") if "models" in _names_inside(app)}
    assert with_models
    assert {app for app in with_models if "apps" not in _names_inside(app)} == set()


def test_no_module_or_folder_has_a_name_that_says_nothing() -> None:
    found = [
        shown(file)
        for file in (*files_below(PACKAGE, ".py"), *files_below(TESTS, ".py"))
        if SAY_NOTHING & {Path(part).stem.strip("_") for part in file.relative_to(PACKAGE.parents[1]).parts}
    ]
    assert found == []


def test_the_exceptions_are_still_needed() -> None:
    built = {app for app, _ in EXCEPTIONS if "models" in _names_inside(app)}
    assert [f"{app}.{name}" for app, name in EXCEPTIONS if app in built and name not in _names_inside(app)] == []
