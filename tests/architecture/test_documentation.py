"""The documentation names every setting and every command, and its links lead somewhere."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.architecture.tree import PACKAGE, ROOT, files_below, layers, parsed, repository_files, shown

from synchromesh.site.console.commands import add_commands

PAGES = [file for file in repository_files() if file.suffix == ".md"]
# `make browser` makes these; until it has run once they are not there.
PICTURES = {f"docs/pictures/{name}.png" for name in ("home", "role", "gap", "path")}
INSTALLING = ROOT / "docs" / "operations" / "installing.md"
EXAMPLE = ROOT / ".env.example"
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _settings() -> Iterator[tuple[str, object]]:
    """Every name that settings.py asks the environment for, with its default where that is a plain value."""
    for node in ast.walk(parsed(PACKAGE / "config" / "settings.py")):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner, first = node.func.value, node.args[0] if node.args else None
            asks = isinstance(owner, ast.Name) and owner.id == "env" and node.func.attr != "read_env"
            if asks and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield f"SYNCHROMESH_{first.value}", _default(node)


def _default(call: ast.Call) -> object:
    try:
        return ast.literal_eval(call.args[1])
    except (IndexError, ValueError):
        return None


SETTINGS = dict(_settings())


def test_the_search_for_settings_finds_them() -> None:
    assert SETTINGS["SYNCHROMESH_EMAIL_PORT"] == 587
    assert "SYNCHROMESH_SECRET_KEY" in SETTINGS


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_a_setting_is_described(name: str) -> None:
    assert f"| `{name}` |" in _text(INSTALLING)
    assert re.search(rf"^# .+\n#{name}=", _text(EXAMPLE), re.MULTILINE), f".env.example lacks {name} with its line."


@pytest.mark.parametrize("file", [INSTALLING, EXAMPLE], ids=shown)
def test_no_setting_is_described_that_does_not_exist(file: Path) -> None:
    named = set(re.findall(r"(?:\| `|^#)(SYNCHROMESH_[A-Z_]+)", _text(file), re.MULTILINE))
    assert named - SETTINGS.keys() == set()


@pytest.mark.parametrize("name", sorted(name for name, default in SETTINGS.items() if default not in (None, "", {})))
def test_the_defaults_in_the_example_are_the_real_ones(name: str) -> None:
    default = SETTINGS[name]
    shown_as = ",".join(default) if isinstance(default, list) else str(default)
    written = shown_as.lower() if isinstance(default, bool) else shown_as
    assert f"\n#{name}={written}\n" in _text(EXAMPLE)


def _make_targets() -> list[str]:
    return re.findall(r"^([a-z-]+):.*## ", _text(ROOT / "Makefile"), re.MULTILINE)


@pytest.mark.parametrize("target", _make_targets())
def test_a_make_command_is_described(target: str) -> None:
    described = _text(ROOT / "README.md") + _text(ROOT / "CONTRIBUTING.md")
    assert re.search(rf"\bmake {target}\b", described)


def test_no_make_command_is_described_that_does_not_exist() -> None:
    pages = " ".join(code for page in PAGES for code in re.findall(r"`make ([a-z-]+)", _text(page)))
    assert set(pages.split()) <= set(_make_targets())


def _leaves(parser: argparse.ArgumentParser, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every command that can be run, as the words one types."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield words
    for group in groups:
        for name, child in group.choices.items():
            yield from _leaves(child, (*words, name))


def _commands() -> list[str]:
    parser = argparse.ArgumentParser(prog="synchromesh")
    add_commands(parser.add_subparsers(parser_class=argparse.ArgumentParser))
    return [" ".join(words) for words in _leaves(parser, ("synchromesh",))]


@pytest.mark.parametrize("command", _commands())
def test_a_console_command_is_described(command: str) -> None:
    assert re.search(rf"`{command}[ `]", _text(ROOT / "docs" / "glossary.md"))


def test_no_console_command_is_described_that_does_not_exist() -> None:
    known = {command.split()[1] for command in _commands()}
    lines = [line for page in PAGES for line in _text(page).splitlines()]
    typed = [match for line in lines for match in re.findall(r"(?:^ {4}|`|/bin/)synchromesh ([a-z]+)", line)]
    assert typed
    assert set(typed) <= known


def _anchors(page: Path) -> set[str]:
    """The headings of a page, as links name them."""
    headings = re.findall(r"^#+ (.+)$", _text(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def _links() -> list[tuple[Path, str]]:
    found = []
    for page in PAGES:
        links = _LINK.findall(_CODE.sub("", _text(page)))
        found += [(page, link) for link in links if not re.match(r"[a-z]+:", link)]
    return found


@pytest.mark.parametrize(
    ("page", "link"), _links(), ids=lambda value: shown(value) if isinstance(value, Path) else value
)
def test_a_link_between_pages_leads_somewhere(page: Path, link: str) -> None:
    path, _, anchor = unquote(link).partition("#")
    target = (page.parent / path).resolve() if path else page
    if shown(target) in PICTURES:
        return
    assert target.exists(), f"{shown(page)} links to {link}."
    if anchor:
        assert anchor in _anchors(target), f"{shown(page)} links to a heading that {shown(target)} lacks."


def test_a_page_that_the_code_names_exists() -> None:
    named = re.compile(r"\bdocs/[\w./-]*\w")
    missing = {
        f"{shown(file)}: {name}"
        for file in (*files_below(PACKAGE, ".py", ".html", ".css", ".js"), ROOT / ".importlinter", EXAMPLE)
        for name in named.findall(_text(file))
        if not list((ROOT / name).parent.glob(f"{Path(name).name}*"))
    }
    assert missing == set()


def test_the_architecture_names_every_package_of_the_house_and_of_the_engine() -> None:
    text = _text(ROOT / "docs" / "architecture.md")
    placed = [name for contract in ("layers", "engine") for names in layers(contract) for name in names]
    assert [name for name in placed if f"`{name}`" not in text] == []


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    text = _text(ROOT / "docs" / "architecture.md")
    assert [file.name for file in files if f"(decisions/{file.name})" not in text] == []
    assert [file.name for file in files if "\nStatus: " not in _text(file)] == []
