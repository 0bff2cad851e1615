"""The tree as the tests of the architecture see it: files, modules, and the order of the layers.

Nothing here imports the product, so that a test of the house still runs when a room does not.
"""

from __future__ import annotations

import ast
import configparser
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "synchromesh"
TESTS = ROOT / "tests"


@cache
def repository_files() -> tuple[Path, ...]:
    """Every file that is tracked or would be: what git ignores is left out."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
        files = [ROOT / name for name in listed.split("\0") if name]
    else:  # an unpacked archive holds no ignored files but those that were made here
        ignored = {line.strip("/\n") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()}
        files = [file for file in ROOT.rglob("*") if not ignored & set(file.relative_to(ROOT).parts)]
    return tuple(sorted(file for file in files if file.is_file() and file.suffix != ".pyc"))


def files_below(folder: Path, *endings: str) -> list[Path]:
    """The repository's files in a folder that have one of the endings, in order."""
    return [file for file in repository_files() if folder in file.parents and file.suffix in endings]


def is_migration(file: Path) -> bool:
    """Whether Django wrote the file."""
    return file.parent.name == "migrations"


def product_modules() -> list[Path]:
    """The hand-written modules of the product."""
    return [file for file in files_below(PACKAGE, ".py") if not is_migration(file)]


def shown(file: Path) -> str:
    """A path as messages name it."""
    return file.relative_to(ROOT).as_posix()


def dotted(file: Path) -> str:
    """The name by which a module of the product is imported."""
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def parsed(file: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def functions_of(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, also those inside classes and functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@cache
def contracts() -> configparser.ConfigParser:
    """The file in which the layers are written down."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    return parser


def layers(contract: str) -> list[list[str]]:
    """The layers of a contract from the top down, each with its packages."""
    lines = contracts()[f"importlinter:contract:{contract}"]["layers"].strip().splitlines()
    return [[name.strip(" ()") for name in line.split("|")] for line in lines]


def depth_of(package: str) -> int:
    """How far down a package of the house stands; 0 is the top."""
    return next(depth for depth, names in enumerate(layers("layers")) if package in names)


def may_know(above: str, below: str) -> bool:
    """Whether the layers let the first package know the second."""
    return above == below or depth_of(above) < depth_of(below)
