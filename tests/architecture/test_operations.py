"""Operations write, say who acts, and are named by what they do: `verb_noun(*, by, ...)`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.architecture.tree import PACKAGE, dotted, parsed, product_modules

# A new verb is welcome: add it here, and use one of these where it fits.
VERBS = {
    "accept", "activate", "add", "allow", "approve", "archive", "ask", "assign", "award", "begin", "cancel",
    "change", "check", "claim", "close", "commit", "complete", "confirm", "copy", "correct", "create", "delete",
    "discard", "edit", "end", "enrol", "enter", "export", "extend", "fetch", "finish", "freeze", "give", "grant",
    "hide", "import", "issue", "join", "leave", "link", "load", "lock", "look", "make", "mark", "merge", "move",
    "open", "pause", "preview", "propose", "publish", "raise", "rate", "rebuild", "record", "refuse", "register",
    "reinstate", "reject", "release", "remove", "rename", "renew", "replace", "report", "request", "resolve",
    "restore", "resume", "retire", "review", "rotate", "save", "send", "set", "settle", "share", "sign", "split",
    "start", "submit", "suspend", "undo", "unlink", "unsubscribe", "update", "vote", "withdraw", "write",
}  # fmt: skip
WRITING_METHODS = {
    "bulk_create", "bulk_update", "create", "get_or_create", "update_or_create", "save", "delete", "set_password",
}  # fmt: skip
# Each is a consequence of a change that has its own actor and its own line in the audit trail.
WITHOUT_ACTOR = {
    "synchromesh.search.operations.rebuild",
    "synchromesh.credentials.operations.envelopes.take_envelope",
    "synchromesh.credentials.operations.log.append_entries",
}


def _is_operations(file: Path) -> bool:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return parts[1:2] == ("operations",) or (len(parts) == 2 and parts[0] == "site")


def _writes(function: ast.FunctionDef) -> bool:
    """Whether the body changes records or opens a transaction to do so."""
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and node.attr in {*WRITING_METHODS, "atomic"}:
            return True
        if isinstance(node, ast.Attribute) and node.attr == "record" and _is_name(node.value, "audit"):
            return True
        if isinstance(node, ast.Call) and any(keyword.arg == "by" for keyword in node.keywords):
            return True
    return False


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


OPERATIONS = {
    f"{dotted(file)}.{node.name}": node
    for file in product_modules()
    if _is_operations(file)
    for node in parsed(file).body
    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _writes(node)
}
NAMES = sorted(OPERATIONS.keys() - WITHOUT_ACTOR)


def test_the_search_for_operations_finds_them() -> None:
    assert {
        "synchromesh.pathways.operations.plans.save_plan",
        "synchromesh.accounts.operations.people.change_role",
        "synchromesh.site.starter.load_examples",
    } <= set(NAMES)
    assert "synchromesh.framework.operations.importing.pack" not in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_operation_takes_the_actor_and_everything_else_by_keyword(name: str) -> None:
    arguments = OPERATIONS[name].args
    assert [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)] == []
    assert "by" in {argument.arg for argument in arguments.kwonlyargs}


@pytest.mark.parametrize("name", NAMES)
def test_an_operation_is_named_by_a_verb_and_a_noun(name: str) -> None:
    verb, _, noun = OPERATIONS[name].name.partition("_")
    assert verb in VERBS
    assert noun


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_an_operation_says_what_it_does(name: str) -> None:
    assert ast.get_docstring(OPERATIONS[name])


@pytest.mark.parametrize("name", sorted(WITHOUT_ACTOR))
def test_the_exceptions_exist(name: str) -> None:
    module, _, function = name.rpartition(".")
    file = PACKAGE.parent.joinpath(*module.split(".")).with_suffix(".py")
    assert function in {node.name for node in parsed(file).body if isinstance(node, ast.FunctionDef)}
