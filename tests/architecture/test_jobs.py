"""Names in strings resolve: a task that is sent by name, and a list of documents that is registered by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.utils.module_loading import import_string
from tests.architecture.tree import dotted, parsed, product_modules

from synchromesh.plumbing.jobs import resolve


def _calls(method: str, owner: str) -> Iterator[tuple[str, ast.Call]]:
    """Calls of `owner.method(...)`, or of `method(...)` where a module imported it from there."""
    for file in product_modules():
        if f"{method}(" not in file.read_text("utf-8"):
            continue  # most modules; walking their trees would cost every run of the tests half a minute
        tree = parsed(file)
        imported = any(
            isinstance(node, ast.ImportFrom)
            and (node.module or "").endswith(f".{owner}")
            and method in {alias.name for alias in node.names}
            for node in ast.walk(tree)
        )
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _names(node.func, method, owner, imported=imported):
                yield f"{dotted(file)}:{node.lineno}", node


def _names(called: ast.expr, method: str, owner: str, *, imported: bool) -> bool:
    if isinstance(called, ast.Attribute) and called.attr == method:
        return isinstance(called.value, ast.Name) and called.value.id == owner
    return imported and isinstance(called, ast.Name) and called.id == method


JOBS = dict(_calls("enqueue", "jobs"))
REGISTERED = dict(_calls("register", "registry"))


@pytest.mark.parametrize("place", JOBS)
def test_a_job_is_named_in_a_plain_string_that_resolves(place: str) -> None:
    first = JOBS[place].args[0]
    assert isinstance(first, ast.Constant), f"{place}: name the task in a plain string, so that this test sees it."
    assert isinstance(first.value, str)
    resolve(first.value)


@pytest.mark.parametrize("place", REGISTERED)
def test_a_list_of_search_documents_resolves(place: str) -> None:
    names = [keyword.value for keyword in REGISTERED[place].keywords if keyword.arg == "documents"]
    assert len(names) == 1
    assert isinstance(names[0], ast.Constant)
    assert isinstance(names[0].value, str)
    assert callable(import_string(f"synchromesh.{names[0].value}"))


def test_the_search_for_calls_finds_them() -> None:
    assert any(place.startswith("synchromesh.catalogue.operations") for place in JOBS)
    assert any(place.startswith("synchromesh.framework.apps") for place in REGISTERED)


@pytest.mark.parametrize(("name", "error"), [("search.tasks.nothing", ImportError), ("search.tasks.task", TypeError)])
def test_a_wrong_name_does_not_resolve(name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        resolve(name)
