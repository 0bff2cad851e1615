"""Plug-ins of a kind do not know each other: every one that discovery finds is listed in the contract of its kind."""

from __future__ import annotations

import pkgutil

import pytest
from tests.architecture.tree import PACKAGE, contracts

# Folders whose `__init__` states a contract and whose other modules keep it. A kind that is not built yet is skipped.
KINDS = (
    "engine.credential_formats.envelopes",
    "engine.documents.readers",
    "engine.exchange.frameworks",
    "engine.exchange.questions",
    "engine.feeds.readers",
    "engine.matching.encoders",
    "engine.passport_models.exercises",
    "engine.passport_models.readers",
    "learning.unit_kinds",
    "search.backends",
)


def _plugins(kind: str) -> set[str]:
    """What discovery finds: every module whose name does not start with an underscore."""
    folder = PACKAGE.joinpath(*kind.split("."))
    names = {module.name for module in pkgutil.iter_modules([str(folder)]) if not module.name.startswith("_")}
    return {f"synchromesh.{kind}.{name}" for name in names}


def _independent() -> dict[str, set[str]]:
    """The modules of each contract of independence, by the package they share."""
    found = {}
    for section in contracts().sections():
        if contracts()[section].get("type") == "independence":
            modules = set(contracts()[section]["modules"].split())
            (kind,) = {module.removeprefix("synchromesh.").rpartition(".")[0] for module in modules}
            found[kind] = modules
    return found


BUILT = [kind for kind in KINDS if _plugins(kind)]


@pytest.mark.parametrize("kind", BUILT)
def test_every_plug_in_of_a_kind_is_held_apart_from_the_others(kind: str) -> None:
    assert _independent().get(kind) == _plugins(kind), "List exactly these in .importlinter."


def test_every_contract_of_independence_belongs_to_a_kind() -> None:
    assert _independent().keys() <= set(KINDS)


def test_discovery_finds_the_kinds_that_are_built() -> None:
    assert {"engine.exchange.frameworks", "engine.feeds.readers", "search.backends"} <= set(BUILT)
