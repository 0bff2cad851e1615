"""Every package of the architecture exists, and its docstring says what it owns and what it does not."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests.architecture.tree import PACKAGE, layers, parsed

# The engine's lowest layer holds two modules that stand alone.
MODULES_OF_THE_ENGINE = {"plugins", "errors"}
TOP = [name for names in layers("layers") for name in names]
ENGINE = [f"engine/{name}" for names in layers("engine") for name in names if name not in MODULES_OF_THE_ENGINE]
SAYS_WHAT_IT_OWNS = re.compile(r"\b(owns|holds|says|takes)\b", re.IGNORECASE)
SAYS_WHAT_IT_DOES_NOT = re.compile(r"\b(does not|and not|knows nothing)\b", re.IGNORECASE)


def _docstring(package: str) -> str:
    return ast.get_docstring(parsed(PACKAGE / package / "__init__.py")) or ""


@pytest.mark.parametrize("package", [*TOP, *ENGINE])
def test_a_package_says_what_it_owns_and_what_not(package: str) -> None:
    words = " ".join(_docstring(package).split())
    assert SAYS_WHAT_IT_OWNS.search(words), f"{package} does not say what it owns."
    assert SAYS_WHAT_IT_DOES_NOT.search(words), f"{package} does not say what it does not own."


@pytest.mark.parametrize("package", TOP)
def test_a_package_of_the_house_uses_the_agreed_words(package: str) -> None:
    assert "Owns" in _docstring(package)
    assert "Does not" in _docstring(package)


@pytest.mark.parametrize(("folder", "contract"), [(PACKAGE, "layers"), (PACKAGE / "engine", "engine")])
def test_no_package_stands_outside_the_layers(folder: Path, contract: str) -> None:
    placed = {name for names in layers(contract) for name in names}
    assert {file.parent.name for file in folder.glob("*/__init__.py")} <= placed


@pytest.mark.parametrize("module", sorted(MODULES_OF_THE_ENGINE))
def test_the_lowest_modules_of_the_engine_are_there(module: str) -> None:
    assert ast.get_docstring(parsed(PACKAGE / "engine" / f"{module}.py"))
