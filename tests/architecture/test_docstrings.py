"""Every module, class and function that others may use says what it is for."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.tree import parsed, product_modules, shown


def _without_docstring(tree: ast.Module) -> Iterator[str]:
    """Public classes and functions at the top of a module that lack a docstring."""
    for node in tree.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield node.name


def test_every_module_has_a_docstring() -> None:
    assert [shown(file) for file in product_modules() if not ast.get_docstring(parsed(file))] == []


def test_every_public_class_and_function_has_a_docstring() -> None:
    found = [f"{shown(file)}: {name}" for file in product_modules() for name in _without_docstring(parsed(file))]
    assert found == []


def test_a_missing_docstring_is_seen() -> None:
    tree = ast.parse('def said():\n    "Says it."\n\ndef silent(): ...\n\nclass Mute: ...\n\ndef _own(): ...\n')
    assert list(_without_docstring(tree)) == ["silent", "Mute"]
